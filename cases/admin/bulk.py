"""批量操作: chosen or filtered cases, what will become of each, and what did."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from cases.admin.bulk_forms import FORMS
from cases.admin.listing import is_key
from cases.admin.person import person
from cases.editing.audit.recording import record
from cases.editing.bulk.actions import ACTIONS, LIMIT, carry_out, foresee
from cases.editing.bulk.lines import OUTCOMES, WILL, Line
from cases.editing.bulk.report import Report, read_report
from cases.editing.drafts import load_drafts, read_draft
from cases.editing.permissions import CHANGE, PUBLISH, REVIEW_PERMISSIONS, why_not_each
from cases.exporting.exchange import exchange_record
from cases.exporting.tables import MARK, cell_text, csv_line
from cases.models import Case

# Who is offered an action at all; whether a case may be acted on is asked of each.
OFFERED = {
    "publish": (PUBLISH,),
    "return": tuple(REVIEW_PERMISSIONS.values()),
    "withdraw": (PUBLISH,),
    "retag": (CHANGE,),
    "theme": (CHANGE,),
    "export": ("cases.view_case",),
}


class BulkPages(admin.ModelAdmin):
    """The part of the case admin that takes a step with many cases, by editing.bulk."""

    def get_urls(self) -> list[Any]:
        return [
            path("bulk/", self.admin_site.admin_view(self.bulk_view), name="cases_case_bulk"),
            path("bulk/report/", self.admin_site.admin_view(self.bulk_report_view), name="cases_case_bulk_report"),
            *super().get_urls(),
        ]

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Those of the list, and a line for each bulk action that the person might take."""
        actions = super().get_actions(request)
        if "_popup" in request.GET:
            return actions
        offered = {name: ACTIONS[name] for name in ACTIONS if _is_offered(request, name)}
        return actions | {
            f"bulk_{name}": (_opening(name), f"bulk_{name}", f"{gettext(action.name)}…")
            for name, action in offered.items()
        }

    def bulk_view(self, request: HttpRequest) -> HttpResponse:
        """Ask what is needed, show what will happen, do it, and tell what did."""
        name = request.POST.get("bulk", "")
        if request.method != "POST" or name not in ACTIONS:
            return redirect("admin:cases_case_changelist")
        if not _is_offered(request, name):
            raise PermissionDenied
        form = FORMS[name](request.POST)
        chosen = _chosen(request)
        if "_edit" in request.POST or not form.is_valid():
            return self._ask_bulk(request, name, list(chosen), form)
        if "_do" not in request.POST:
            return self._preview_bulk(request, name, list(chosen), form)
        lines = _lines(request, chosen)
        if name == "export":
            return _exported(request, lines)
        report = carry_out(ACTIONS[name], lines, by=person(request), **form.cleaned_data)
        if earlier := _report(request):
            report = report.after(earlier.lines)
        return self._tell_bulk(request, name, report, form)

    def bulk_report_view(self, request: HttpRequest) -> HttpResponse:
        """The report that a page showed, as a table for a spreadsheet."""
        report = _report(request)
        if report is None:
            return redirect("admin:cases_case_changelist")
        done = {"count": len(report.lines)}
        record("exported", by=person(request), title=gettext("批量操作的报告"), after=done, note=gettext(report.action))
        titles = [gettext("编号"), gettext("标题"), gettext("结果"), gettext("原因")]
        rows = [(line.case, line.title, gettext(OUTCOMES[line.outcome]), line.why) for line in report.lines]
        table = MARK + "".join(csv_line(cell_text(cell) for cell in row) for row in [titles, *rows])
        return _file(table, "text/csv", f"bulk-{timezone.localtime():%Y%m%d-%H%M}.csv")

    def open_bulk(self, request: HttpRequest, name: str, cases: QuerySet) -> HttpResponse | None:
        """The page of an action for what was chosen in the list, all pages of a filter included."""
        keys = list(cases.values_list("pk", flat=True)[: LIMIT + 1])
        if len(keys) > LIMIT:
            told = ngettext(
                "一次最多 %(limit)d 个案例，选中的更多；请先筛选，或者分几次操作。",
                "一次最多 %(limit)d 个案例，选中的更多；请先筛选，或者分几次操作。",
                LIMIT,
            )
            messages.error(request, told % {"limit": LIMIT})
            return None
        form = FORMS[name]()
        show = self._ask_bulk if form.fields else self._preview_bulk
        return show(request, name, keys, form)

    # The pages

    def _ask_bulk(self, request: HttpRequest, name: str, keys: Sequence[int], form: forms.Form) -> HttpResponse:
        return self._bulk_page(request, name, "ask", form, {"keys": keys, "count": len(keys)})

    def _preview_bulk(self, request: HttpRequest, name: str, keys: Sequence[int], form: forms.Form) -> HttpResponse:
        cases: Any = Case.objects.visible_to(person(request))
        choices = form.cleaned_data if form.is_bound else {}
        lines = foresee(ACTIONS[name], cases.filter(pk__in=keys), by=person(request), **choices)
        will = [line for line in lines if line.outcome == WILL]
        lines.sort(key=lambda line: line.outcome == WILL)  # what will not happen first: it wants a look
        shown = {"lines": lines, "will": will, "keys": keys, "wont_count": len(lines) - len(will)}
        shown["choices"] = [(field.label, words) for field in form if (words := _in_words(field))]
        return self._bulk_page(request, name, "preview", form, shown)

    def _tell_bulk(self, request: HttpRequest, name: str, report: Report, form: forms.Form) -> HttpResponse:
        counts = [(gettext(OUTCOMES[outcome]), count) for outcome, count in report.counts()]
        shown = {"report": report, "lines": report.lines, "counts": counts, "left": report.left}
        return self._bulk_page(request, name, "report", form, shown)

    def _bulk_page(
        self, request: HttpRequest, name: str, step: str, form: forms.Form, shown: dict[str, Any]
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": gettext(ACTIONS[name].name),
            "opts": self.opts,
            "name": name,
            "form": form,
            "limit": LIMIT,
            "media": self.media + form.media,
            **shown,
        }
        return render(request, f"admin/cases/bulk/{step}.html", context)


def _in_words(field: forms.BoundField) -> str:
    """What was chosen, as it was offered: "" for nothing."""
    chosen = field.data if isinstance(field.data, list) else [field.data]
    if not hasattr(field.field, "choices"):
        return str(field.data or "")
    if isinstance(field.field, forms.ModelChoiceField):
        row = field.field.clean(field.data)
        return field.field.label_from_instance(row) if row else ""
    return gettext("、").join(str(label) for code, label in field.field.choices if code in chosen)


def _opening(name: str) -> Any:
    def action(model_admin: BulkPages, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        return model_admin.open_bulk(request, name, queryset)

    return action


def _is_offered(request: HttpRequest, name: str) -> bool:
    return any(request.user.has_perm(permission) for permission in OFFERED[name])


def _chosen(request: HttpRequest) -> dict[int, int]:
    """Keys of the cases a form names, with the version each had in the preview; 0 before there was one."""
    chosen = {}
    for value in request.POST.getlist("case")[:LIMIT]:
        key, _colon, version = value.partition(":")
        if is_key(Case._meta.pk, key):
            chosen[int(key)] = int(version) if version.isascii() and version.isdecimal() and len(version) < 10 else 0
    return chosen


def _lines(request: HttpRequest, chosen: dict[int, int]) -> list[Line]:
    """What was shown to be done, with the titles of the cases that the person still sees."""
    seen = Case.objects.visible_to(person(request)).filter(pk__in=chosen)
    titles = dict(seen.values_list("pk", "title"))
    return [Line(pk, titles.get(pk, str(pk)), WILL, "", version) for pk, version in chosen.items()]


def _report(request: HttpRequest) -> Report | None:
    """The report a page sends back; None for none, and for one that is not ours."""
    try:
        return read_report(request.POST.get("report", ""))
    except signing.BadSignature:
        return None


def _exported(request: HttpRequest, lines: Sequence[Line]) -> HttpResponse:
    """The drafts in the exchange format, a line each."""
    cases = list(Case.objects.visible_to(person(request)).filter(pk__in=[line.case for line in lines]).order_by("pk"))
    refused = why_not_each(person(request), ACTIONS["export"].verb, cases)
    cases = [case for case in cases if not refused[case.pk]]
    load_drafts(cases)
    records = (exchange_record(str(case.external_id), read_draft(case)) for case in cases)
    text = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in records)
    told = {"count": len(cases), "cases": [case.pk for case in cases]}
    record("exported", by=person(request), title=gettext("案例"), after=told)
    return _file(text, "application/x-ndjson", f"cases-{timezone.localtime():%Y%m%d-%H%M}.jsonl")


def _file(text: str, content_type: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(text, content_type=f"{content_type}; charset=utf-8", headers=headers)
