"""纠错: what readers reported, each with its words where they stand in the case, and the answer to it."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.admin.audited import RecordedByVerbs
from cases.admin.editor.drawing import field_id
from cases.admin.listing import is_key
from cases.admin.person import person
from cases.admin.scoping import ScopedByCase
from cases.editing.corrections import ANSWER, Answered, answer, keeps_no_contact, overdue_since, start
from cases.editing.drafts import read_draft
from cases.editing.permissions import NotAllowed
from cases.editing.review.passages import passages
from cases.models import Correction, CorrectionState, PublishedCase
from cases.models.corrections import LONGEST_ANSWER, OPEN_STATES
from cases.presenting.passages import find_words


class StateFilter(admin.SimpleListFilter):
    title = _("状态")
    parameter_name = "state"
    OPEN = "open"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(self.OPEN, _("还没有答复")), *CorrectionState.choices]

    def queryset(self, request: HttpRequest, corrections: QuerySet) -> QuerySet:
        if self.value() == self.OPEN:
            return corrections.filter(state__in=OPEN_STATES)
        return corrections.filter(state=self.value()) if self.value() in CorrectionState.values else corrections


class AgeFilter(admin.SimpleListFilter):
    title = _("时间")
    parameter_name = "age"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("overdue", _("超期未答复")), ("1", _("今天")), ("7", _("最近 7 天")), ("30", _("最近 30 天"))]

    def queryset(self, request: HttpRequest, corrections: QuerySet) -> QuerySet:
        if self.value() == "overdue":
            return corrections.filter(state__in=OPEN_STATES, received_at__lt=overdue_since())
        if self.value() not in dict(self.lookup_choices):
            return corrections
        day = timezone.localdate() - datetime.timedelta(days=int(self.value() or 1) - 1)
        return corrections.filter(received_at__gte=timezone.make_aware(datetime.datetime.combine(day, datetime.time())))


class AnswerForm(forms.Form):
    """Accepted or not, and what the sender is told."""

    state = forms.ChoiceField(
        label=_("处理结果"),
        choices=[(state.value, state.label) for state in (CorrectionState.ACCEPTED, CorrectionState.DECLINED)],
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("请选采纳还是不采纳。")),
    )
    answer = forms.CharField(
        label=_("答复"),
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("提交的人在回执页面上看到；不采纳要写明理由。不会显示在案例上。"),
        error_messages={"required": _("请写答复。")},
    )


@admin.register(Correction)
class CorrectionAdmin(ScopedByCase, RecordedByVerbs):
    list_display = ("received_at", "case", "kind", "excerpt", "state", "waits")
    list_display_links = ("excerpt",)
    list_select_related = ("case",)
    list_filter = (StateFilter, AgeFilter, "kind")
    list_per_page = 50
    search_fields = ("case__title", "quote", "text", "answer")
    search_help_text = _("可搜案例标题、原文、说明和答复")
    show_full_result_count = False

    def get_urls(self) -> list[Any]:
        return [url for url in super().get_urls() if not str(url.name).endswith(("_add", "_delete"))]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=_("内容"))
    def excerpt(self, correction: Correction) -> str:
        return (correction.quote or correction.text)[:40]

    @admin.display(description=_("等待"), ordering="received_at")
    def waits(self, correction: Correction) -> str:
        if not correction.is_open:
            return ""
        days = gettext("%(days)d 天") % {"days": (timezone.now() - correction.received_at).days}
        is_overdue = correction.received_at < overdue_since()
        return gettext("%(days)s，已超期") % {"days": days} if is_overdue else days

    # The page of one

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        """One correction with its words in the case; a POST starts the work on it, or answers."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        correction = self._found(request, object_id)
        may_answer = request.user.has_perm(ANSWER)
        if request.method != "POST":
            return self._page(request, correction, AnswerForm(initial=_told(correction)) if may_answer else None)
        if not may_answer:
            raise PermissionDenied
        form = AnswerForm(request.POST)
        try:
            if "_start" in request.POST:
                start(correction, by=person(request))
                return redirect(self._editor_address(request, correction) or request.path)
            if form.is_valid():
                state, text = form.cleaned_data["state"], form.cleaned_data["answer"]
                answer(_as_seen(correction, request.POST.get("seen", "")), by=person(request), state=state, text=text)
                messages.success(request, gettext("已答复，提交的人在回执页面上可以看到。"))
                return redirect(request.path)
        except Answered:
            form.add_error(None, gettext("没有保存：别人刚刚处理过，请看上面的状态，再答复一次。"))
            correction = self._found(request, object_id)
        except NotAllowed as refusal:
            form.add_error(None, gettext(str(refusal)))
        return self._page(request, correction, form)

    def _found(self, request: HttpRequest, key: str) -> Correction:
        if not is_key(self.opts.pk, key):
            raise Http404
        correction: Correction = self.get_object(request, key)
        return correction

    def _page(self, request: HttpRequest, correction: Correction, form: AnswerForm | None) -> HttpResponse:
        case = PublishedCase.objects.filter(pk=correction.case_id).first()
        content = case.content if case else None
        found = find_words(content, correction.quote) if content else ()
        labels = {passage.path: passage.label for passage in passages(content)} if content and found else {}
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": gettext("纠错：%(case)s") % {"case": correction.case},
            "original": correction,
            "case": case,
            "found": [(labels.get(one.path, ""), one.pieces) for one in found],
            "form": form,
            "seen": _seen(correction),
            "editor_address": self._editor_address(request, correction),
            "receipt": request.build_absolute_uri(reverse("correction-receipt", args=[correction.token])),
            "shows_contact": request.user.has_perm(ANSWER),
            "keeps_no_contact": keeps_no_contact(correction),
            "is_overdue": correction.is_open and correction.received_at < overdue_since(),
        }
        return render(request, "admin/cases/correction/page.html", context)

    def _editor_address(self, request: HttpRequest, correction: Correction) -> str:
        """The form of the case, at the field in which the words stand now."""
        if not request.user.has_perm("cases.view_case"):
            return ""
        found = find_words(read_draft(correction.case), correction.quote)
        address = reverse("admin:cases_case_change", args=[correction.case_id])
        return f"{address}#{field_id(found[0].path)}" if found else address


def _told(correction: Correction) -> dict[str, str]:
    return {} if correction.is_open else {"state": correction.state, "answer": correction.answer}


def _seen(correction: Correction) -> str:
    """What of a correction its page goes by: when it was answered last."""
    return correction.answered_at.isoformat() if correction.answered_at else ""


def _as_seen(correction: Correction, seen: str) -> Correction:
    """The correction, if its page showed it as it is; raises Answered."""
    if seen != _seen(correction):
        raise Answered
    return correction
