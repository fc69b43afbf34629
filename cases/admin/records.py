"""发布记录: the printable list of what went public and what was taken down."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.admin.person import person
from cases.editing.audit.releases import MOST, releases
from cases.models.fields import YEARS


def _day_field(label: Any) -> forms.DateField:
    """A day that has a midnight by every clock: in the first year, and the last, there are some that have none."""
    told = _("年份应在 1949 到 2100 之间。")
    first, last = datetime.date(YEARS[0], 1, 1), datetime.date(YEARS[-1], 12, 31)
    within = [MinValueValidator(first, told), MaxValueValidator(last, told)]
    return forms.DateField(
        label=label, required=False, widget=forms.DateInput(attrs={"type": "date"}), validators=within
    )


class PeriodForm(forms.Form):
    """The days of the list; this month if nothing is asked for."""

    first = _day_field(_("从"))
    last = _day_field(_("到"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = self.period()
        if first > last:
            self.add_error("last", _("结束日期早于开始日期。"))
        return cleaned

    def period(self) -> tuple[datetime.date, datetime.date]:
        asked = getattr(self, "cleaned_data", {})
        last = asked.get("last") or timezone.localdate()
        return asked.get("first") or last.replace(day=1), last


def records_view(request: HttpRequest) -> HttpResponse:
    """What went public and what was taken down in a period, to be read or printed."""
    if not request.user.has_perm("cases.view_publication"):
        raise PermissionDenied
    form = PeriodForm(request.GET)
    is_valid = form.is_valid()
    first, last = form.period()
    sees_addresses = request.user.has_perm("cases.view_auditentry")
    rows = releases(person(request), first, last, with_addresses=sees_addresses) if is_valid else []
    context = {
        **admin.site.each_context(request),
        "title": gettext("发布记录"),
        "form": PeriodForm(initial={"first": str(first), "last": str(last)}) if is_valid else form,
        "first": first,
        "last": last,
        "rows": rows,
        "is_cut": len(rows) == MOST,
        "most": MOST,
        "printed_at": timezone.now(),
        "address": reverse("admin:records"),
    }
    return render(request, "admin/cases/audit/records.html", context)
