"""The pages of the form of a case: open it, save it, and be told what is wrong with it."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext

from cases.admin.editor.drawing import drawn, typed_from_content
from cases.admin.editor.fields_of_case import Typed, blank_case
from cases.admin.editor.problems import named
from cases.admin.editor.reading import (
    Problem,
    TooManyRows,
    content_from_typed,
    keep_uploads,
    typed_from_post,
)
from cases.admin.editor.rearranging import pressed, rearranged
from cases.admin.editor.vocabulary import names_of, pickers, pickers_media, theme_groups
from cases.admin.person import person
from cases.content import CaseContent, ContentError
from cases.editing.drafts import Conflict, read_draft
from cases.editing.permissions import EDITABLE, NotAllowed
from cases.editing.saving import save_content
from cases.models import Case


def number(text: str | None, otherwise: Any = 0) -> Any:
    """A number a form sent, or what stands for anything else."""
    return int(text) if text and re.fullmatch("[0-9]{1,9}", text) else otherwise


class EditorPages(admin.ModelAdmin):
    """The part of the case admin that is its form, over typed trees (see fields_of_case)."""

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        if "_saveasnew" in request.POST:
            raise PermissionDenied  # no form of ours sends this
        case = self.case_to_edit(request, object_id) if object_id is not None else None
        if object_id is not None and case is None:
            return self.missing(request)
        self._check_permission(request, case)
        if request.method == "POST":
            return self._posted(request, case)
        return self.draw(request, case, typed_from_content(read_draft(case)) if case else blank_case())

    def case_to_edit(self, request: HttpRequest, pk: str) -> Any:
        """The case of an address, with what its form shows; None if there is none."""
        if not re.fullmatch("[0-9]{1,18}", pk):
            return None
        cases = self.get_queryset(request).select_related("updated_by", "department", "region__parent__parent")
        return cases.filter(pk=pk).first()

    def may_edit(self, request: HttpRequest, case: Case | None) -> bool:
        """Whether the form has fields to type in; under review the text stands still."""
        if case is None:
            return self.has_add_permission(request)
        return case.stage in EDITABLE and self.has_change_permission(request, case)

    def _check_permission(self, request: HttpRequest, case: Case | None) -> None:
        if case is None:
            allowed = self.has_add_permission(request)
        elif request.method == "POST":
            allowed = self.has_change_permission(request)  # by role: what may not be changed now is kept, see `refused`
        else:
            allowed = self.has_view_or_change_permission(request, case)
        if not allowed:
            raise PermissionDenied

    # A posted form

    def _posted(self, request: HttpRequest, case: Any) -> HttpResponse:
        try:
            typed = self.typed_of(request)
        except TooManyRows:
            messages.error(request, gettext("没有保存：条目太多，一个案例放不下；请拆成几个案例。"))
            return redirect(request.path)
        refused = keep_uploads(typed, request.POST, request.FILES)
        if button := pressed(request.POST):
            focus = rearranged(typed, button, request.POST)
            return self.draw(request, case, typed, refused, focus=focus)
        if not self.may_edit(request, case):  # submitted or archived since the form was opened
            return self.refused(request, case, typed, gettext("案例现在的阶段不能修改。"))
        content, problems = content_from_typed(typed)
        told = {problem.path for problem in refused}
        problems = refused + [problem for problem in problems if problem.path not in told]
        return self.draw(request, case, typed, problems) if problems else self._save(request, case, typed, content)

    def _save(self, request: HttpRequest, case: Any, typed: Typed, content: CaseContent) -> HttpResponse:
        """Keep the content, then take the step of the button that was pressed."""
        is_new = case is None
        try:
            saved: Any = self.write(request, case, content)
        except Conflict as conflict:
            return self.conflict(request, self.case_to_edit(request, str(conflict)), typed)
        except ContentError as error:  # a word went from the vocabulary since it was looked up
            return self.draw(request, case, typed, [Problem(error.place, gettext(error.message) % error.params)])
        except NotAllowed as refusal:
            return self.refused(request, case, typed, gettext(str(refusal)))
        return self.response_add(request, saved) if is_new else self.response_change(request, saved)

    @transaction.atomic
    def write(self, request: HttpRequest, case: Any, content: CaseContent) -> Case:
        """The case with this content, `was_changed` telling whether it had another; an equal one writes nothing."""
        saved = save_content(
            content,
            by=person(request),
            case=case,
            version=number(request.POST.get("seen_version"), None),
            token=request.POST.get("token", ""),
            step=number(request.POST.get("step"), 0),
        )
        kept: Any = saved.case
        kept.was_changed, kept.content = saved.changed, content
        return kept

    # What the parts for unsaved text make better

    def missing(self, request: HttpRequest) -> HttpResponse:
        """The answer at the address of a case that is not there."""
        raise Http404

    def typed_of(self, request: HttpRequest) -> Typed:
        """The tree of a posted form."""
        return typed_from_post(request.POST)

    def conflict(self, request: HttpRequest, case: Case | None, typed: Typed) -> HttpResponse:
        """The answer to a form over another version of the case than is stored; None: it is gone."""
        raise NotImplementedError

    def refused(self, request: HttpRequest, case: Case | None, typed: Typed, why: str) -> HttpResponse:
        """The answer to a form that may not be saved; nothing is written."""
        raise NotImplementedError

    # Answers

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        messages.success(request, gettext("已新建案例“%(title)s”。") % {"title": obj})
        return self._after(request, obj)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        if obj.was_changed:
            messages.success(request, gettext("已保存“%(title)s”。") % {"title": obj})
        else:
            messages.info(request, gettext("没有改动，不用保存。"))
        return self._after(request, obj)

    def _after(self, request: HttpRequest, case: Case) -> HttpResponse:
        if "_save" in request.POST:
            done: HttpResponse = self.response_post_save_change(request, case)
            return done
        return redirect("admin:cases_case_change", case.pk)

    # Drawing

    def draw(
        self,
        request: HttpRequest,
        case: Any,
        typed: Typed,
        problems: Iterable[Problem] = (),
        *,
        focus: str = "",
        **context: Any,
    ) -> HttpResponse:
        """The page with this tree in its form. `context` is for what else the templates take."""
        problems = list(problems)
        findings = list(self.findings(request, case, typed))
        page = {
            **self.admin_site.each_context(request),
            **self.editor_context(request, case),
            **self._standing(request, case),
            "opts": self.opts,
            "original": case,
            "media": pickers_media(),
            "form": drawn(typed, problems, findings, focus),
            "findings": findings,
            "named_errors": named(problems, typed),
            "themes": theme_groups(typed["themes"]),
            "names": names_of(typed, case),
            "pickers": pickers(),
            "preserved_filters": self.get_preserved_filters(request),
            **context,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/cases/editor/form.html", page)

    def _standing(self, request: HttpRequest, case: Any) -> dict[str, Any]:
        """What the form is called, which version and tab it speaks for, and whether it can be typed in."""
        is_posted = request.method == "POST"
        may_edit = self.may_edit(request, case)
        return {
            "title": _title(case, not may_edit),
            "is_read_only": not may_edit,
            "is_typed": is_posted,
            "seen_version": request.POST.get("seen_version", "") if is_posted else case.version if case else "",
            "token": request.POST.get("token") or secrets.token_hex(16),
            "show_save": may_edit,
            "show_close": not may_edit,
            "show_delete_link": bool(case) and self.has_delete_permission(request, case),
        }

    def editor_context(self, request: HttpRequest, case: Any) -> dict[str, Any]:
        """What other parts of the admin add to the page."""
        return {}

    def findings(self, request: HttpRequest, case: Any, typed: Typed) -> Iterable[Any]:
        """What the checks found in a tree, by its places; another part of the admin knows them."""
        return ()


def _title(case: Any, is_read_only: bool) -> str:
    if case is None:
        return gettext("新建案例")
    return gettext("查看案例") if is_read_only else gettext("修改案例")
