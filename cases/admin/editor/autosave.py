"""Unsaved text in the form of a case: what its tabs send every few seconds, and what is offered on return."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from cases.admin.editor.differing import Difference, differences
from cases.admin.editor.drawing import typed_from_content
from cases.admin.editor.fields_of_case import Typed, blank_case
from cases.admin.editor.pages import EditorPages, number
from cases.admin.editor.reading import TooManyRows, typed_from_post, typed_from_stored
from cases.admin.person import person
from cases.editing.drafts import read_draft
from cases.editing.saving import is_token
from cases.editing.unsaved import discard, hold, keep_typed, leave, others_at, steps_of, unsaved_of, unsaved_tokens
from cases.models import Case, UnsavedText, User

MOST_ASKED = 50  # tokens of one question
MOST_OFFERED = 20


@dataclass(frozen=True, slots=True)
class Offered:
    """A text that was typed and not saved."""

    text: UnsavedText
    title: str
    differences: list[Difference]  # from what the draft says


class AutosavePages(EditorPages):
    """The form of a case, from which no text goes lost."""

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(never_cache(self.autosave))
        return [
            path("autosave/", view, name="cases_case_autosave_new"),
            path("<int:pk>/autosave/", view, name="cases_case_autosave"),
            *super().get_urls(),
        ]

    def autosave(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        """GET `?token=…`: up to which step the server has what these tabs typed, and which of them left it unsaved.

        POST: keep, or throw away, a text.
        A text for a case that is not there any more, or out of sight, is kept as that of a new one.
        """
        by = person(request)
        if not (self.has_add_permission(request) or self.has_change_permission(request)):
            raise PermissionDenied
        if request.method != "POST":
            tokens = list(filter(is_token, request.GET.getlist("token")[:MOST_ASKED]))
            return JsonResponse({"steps": steps_of(by, tokens), "unsaved": unsaved_tokens(by, tokens)})
        case = Case.objects.visible_to(by).filter(pk=pk).first() if pk else None
        if is_token(token := request.POST.get("_discard", "")):
            discard(by, token)
            messages.info(request, gettext("未保存的文字已丢弃。"))
            return redirect(*(("admin:cases_case_change", pk) if pk else ("admin:cases_case_add",)))
        if not is_token(request.POST.get("token", "")):
            return JsonResponse({"state": "refused"}, status=400)
        answer = _kept(request, case, by) if request.POST.get("_left") != "nothing" else JsonResponse({"state": "left"})
        if "_left" in request.POST:
            leave(by, request.POST["token"])
        return answer

    # On return

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        asked = request.GET.get("recover", "") if request.method == "GET" else ""
        texts = UnsavedText.objects.filter(by=person(request), token=asked, typed__isnull=False)
        text = texts.first() if is_token(asked) else None
        if text is None and not {"_recover", "_merge"} & request.POST.keys():
            return super().changeform_view(request, object_id, form_url, extra_context)
        case = self.case_to_edit(request, object_id) if object_id else None
        if object_id and case is None:
            return self.missing(request)
        if not self.may_edit(request, case):
            return redirect(request.path)
        if "_merge" in request.POST:  # two texts put together, to be worked on in the same tab
            return self.draw(request, case, self.typed_of(request))
        context: dict[str, Any] = {"token": secrets.token_hex(16), "step": 0, "is_typed": True}
        if text is None:  # the copy that a browser kept, sent to be drawn
            return self.draw(request, case, self.typed_of(request), **context)
        context |= {"seen_version": text.base_version if case else "", "drawn_from": f"{text.token}:{text.step}"}
        return self.draw(request, case, as_opened(case) | typed_from_stored(text.typed), **context)

    def editor_context(self, request: HttpRequest, case: Any) -> dict[str, Any]:
        """Who else has it open, and what was typed and not saved."""
        by = person(request)
        context = {
            "others": presence(tuple(map(str, others_at(case, but=by)))) if case else "",
            "step": number(request.POST.get("step")),
            "drawn_from": ":".join(map(str, drawn_from(request) or ())),
            "may_recover": self.may_edit(request, case),
        }
        if request.method == "GET" and "recover" not in request.GET:
            context["unsaved"] = list(_offered(by, case))
        return {**super().editor_context(request, case), **context}

    def hold_typed(self, request: HttpRequest, case: Case | None, typed: Typed) -> UnsavedText | None:
        """Keep a posted text that could not be saved."""
        token, step = request.POST.get("token", ""), number(request.POST.get("step"))
        seen = number(request.POST.get("seen_version"))
        token = token if is_token(token) else secrets.token_hex(16)
        held = hold(by=person(request), case=case, token=token, base_version=seen, step=step, typed=typed)
        if held is not None and (source := drawn_from(request)):
            discard(person(request), *source)
        return held

    def refused(self, request: HttpRequest, case: Case | None, typed: Typed, why: str) -> HttpResponse:
        """The form again where it can be mended; else its text is kept, and offered on the page of the case."""
        stored = case and self.case_to_edit(request, str(case.pk))
        if self.may_edit(request, stored) and bool(stored) == bool(case):
            messages.error(request, gettext("没有保存：%(why)s") % {"why": why})
            return self.draw(request, case, typed)
        if case is None:
            raise PermissionDenied
        self.hold_typed(request, stored, typed)
        messages.error(request, gettext("没有保存：%(why)s您写的文字已留下，见下面。") % {"why": why})
        return redirect(*(("admin:cases_case_change", case.pk) if stored else ("admin:cases_case_add",)))

    def missing(self, request: HttpRequest) -> HttpResponse:
        """The form of a case that somebody deleted: its text is kept, as that of a new one."""
        may_write = self.has_add_permission(request) or self.has_change_permission(request)
        try:
            typed = self.typed_of(request) if request.method == "POST" and may_write else None
        except TooManyRows:
            typed = None
        return self.case_is_gone(request, typed) if typed else super().missing(request)

    def case_is_gone(self, request: HttpRequest, typed: Typed) -> HttpResponse:
        self.hold_typed(request, None, typed)
        messages.error(request, gettext("没有保存：这个案例已经不在了。您写的文字已留下，可以恢复成新案例。"))
        return redirect("admin:cases_case_add")


def _kept(request: HttpRequest, case: Case | None, by: User) -> HttpResponse:
    try:
        typed = None if "_open" in request.POST else typed_from_post(request.POST)
    except TooManyRows:
        return JsonResponse({"state": "refused"}, status=400)
    base_version = number(request.POST.get("seen_version"))
    kept = keep_typed(
        by=by,
        case=case,
        token=request.POST["token"],
        base_version=base_version,
        step=number(request.POST.get("step")),
        typed=typed,
        takes_over="_take_over" in request.POST,
        instead_of=drawn_from(request),
    )
    is_behind = kept.version is not None and kept.version > base_version and kept.saved_by != str(by)
    told = gettext("%(name)s 刚保存了这个案例；您保存时会看到两份文字，可以逐项合并。") % {"name": kept.saved_by}
    return JsonResponse(
        {"state": kept.state, "others": presence(kept.others), "saved": told if is_behind and case else ""}
    )


def presence(names: tuple[str, ...]) -> str:
    """王芳、李雷也打开着这个案例; "" when nobody has it open."""
    return gettext("%(names)s 也打开着这个案例。") % {"names": gettext("、").join(names)} if names else ""


def drawn_from(request: HttpRequest) -> tuple[str, int] | None:
    """Token and step of the unsaved text that the posted form was drawn from."""
    token, _colon, step = request.POST.get("drawn_from", "").partition(":")
    return (token, number(step)) if is_token(token) else None


def _offered(by: User, case: Any) -> Iterator[Offered]:
    """Unsaved texts that say something else than the draft."""
    texts = unsaved_of(by, case)[:MOST_OFFERED]
    stands = as_opened(case) if texts else {}
    for text in texts:
        typed = typed_from_stored(text.typed)
        if found := differences(stands, typed):
            yield Offered(text, typed.get("title", ""), found)


def as_opened(case: Any) -> Typed:
    """The tree of the form as it is opened."""
    return typed_from_content(read_draft(case)) if case else blank_case()
