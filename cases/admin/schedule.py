"""定时: when a case goes live or is taken down."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.admin.listing import is_key
from cases.admin.person import person
from cases.admin.review.forms import reason_field, redirect_field, set_version
from cases.editing import scheduling
from cases.editing.bulk.doing import told_of
from cases.editing.drafts import Conflict
from cases.editing.permissions import PUBLISH, NotAllowed, why_not
from cases.editing.requirements import Incomplete
from cases.models import Case, Schedule, User
from cases.models.draft import PublicState


class MomentInput(forms.DateTimeInput):
    """A day and a time to the minute, as the browser asks for them: without a zone, so that the label says it."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


def moment_field() -> forms.DateTimeField:
    return forms.DateTimeField(
        label=_("时间（北京时间）"),
        widget=MomentInput(),
        error_messages={"invalid": _("请填日期和时间，如 2027-01-15 09:00。")},
    )


class PublishingTimeForm(forms.Form):
    at = moment_field()
    version = forms.IntegerField(widget=forms.HiddenInput)


class WithdrawingTimeForm(forms.Form):
    at = moment_field()
    reason = reason_field(_("读者打开原地址时会看到这段话。和“转到案例”至少填一项。"))
    redirect_to = redirect_field(_("可不填。填写后，读者打开原地址会转到这个已发布的案例。"))
    version = forms.IntegerField(widget=forms.HiddenInput)


FORMS: dict[str, type[forms.Form]] = {
    PublicState.PUBLISHED.value: PublishingTimeForm,
    PublicState.WITHDRAWN.value: WithdrawingTimeForm,
}


class SchedulePages(admin.ModelAdmin):
    """The part of the case admin that sets times, by editing.scheduling."""

    def get_urls(self) -> list[Any]:
        schedule = self.admin_site.admin_view(self.schedule_view)
        return [path("<int:pk>/schedule/", schedule, name="cases_case_schedule"), *super().get_urls()]

    def schedule_context(self, request: HttpRequest, case: Case | None) -> dict[str, Any]:
        """What the form of a case shows of its times."""
        if case is None:
            return {"schedules": []}
        return {"schedules": _open_of(case)}

    def schedule_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The times set for a case; set one, or let one go."""
        cases: Any = self.get_queryset(request)
        case = get_object_or_404(cases.visible_to(request.user), pk=pk)
        if not request.user.has_perm(PUBLISH):
            raise PermissionDenied
        if "cancel" in request.POST:
            return self._cancel_time(request, case)
        kind = request.POST.get("kind", "")
        form = FORMS[kind](request.POST, prefix=kind) if request.method == "POST" and kind in FORMS else None
        if form is not None and form.is_valid() and self._set_time(request, case, kind, form):
            return redirect("admin:cases_case_schedule", case.pk)
        return self._schedule_page(request, case, {kind: form} if form is not None else {})

    def _set_time(self, request: HttpRequest, case: Case, kind: str, form: Any) -> bool:
        """Whether the time was set; if not, the form says why."""
        given = dict(form.cleaned_data)
        case.version = given.pop("version")
        try:
            scheduling.schedule(case, by=person(request), kind=kind, **given)
        except Conflict:
            form.add_error(None, gettext("没有设定：刚才有人改过这个案例，请看过之后再设定。"))
        except (NotAllowed, Incomplete) as refusal:
            form.add_error(None, told_of(refusal))
        else:
            messages.success(request, gettext("已设定。到时间系统会自动执行。"))
            return True
        return False

    def _cancel_time(self, request: HttpRequest, case: Case) -> HttpResponse:
        key = request.POST["cancel"]
        schedule = get_object_or_404(Schedule, case=case, pk=key if is_key(Schedule._meta.pk, key) else 0)
        try:
            scheduling.cancel(schedule, by=person(request))
        except NotAllowed as refusal:
            messages.error(request, gettext(str(refusal)))
        else:
            messages.success(request, gettext("已取消定时。"))
        return redirect("admin:cases_case_schedule", case.pk)

    def _schedule_page(self, request: HttpRequest, case: Any, typed: dict[str, forms.Form]) -> HttpResponse:
        """The page, with what was typed and refused in its form."""
        fresh: Any = self.get_queryset(request).get(pk=case.pk)
        schedules = _open_of(fresh)
        for form in typed.values():
            set_version(form, fresh.version)  # the page shows the case as it is now
        blank = {
            kind: FORMS[kind](prefix=kind, initial={"version": fresh.version})
            for kind in _kinds_open(fresh, schedules, person(request))
        }
        shown = blank | typed
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("定时发布或撤下"),
            "opts": self.opts,
            "original": fresh,
            "stage": fresh.get_stage_display(),
            "public_state": PublicState(fresh.public_state),
            "schedules": schedules,
            "publishing": shown.get(PublicState.PUBLISHED),
            "withdrawing": shown.get(PublicState.WITHDRAWN),
            "now": timezone.now(),
            "media": self.media + WithdrawingTimeForm().media,
        }
        return render(request, "admin/cases/schedule/schedule.html", context)


def _kinds_open(case: Any, schedules: list[Schedule], by: User) -> list[str]:
    """What of a case a time may be set for; `case` is one `with_public_state`."""
    is_live_then = case.public_state == PublicState.PUBLISHED or any(
        one.kind == PublicState.PUBLISHED for one in schedules
    )
    may = {PublicState.PUBLISHED.value: not why_not(by, "publish", case), PublicState.WITHDRAWN.value: is_live_then}
    return [kind for kind in FORMS if may[kind]]


def _open_of(case: Case) -> list[Schedule]:
    return list(scheduling.open_schedules().filter(case=case).select_related("by", "redirect_to").order_by("at"))
