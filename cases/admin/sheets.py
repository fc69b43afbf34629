"""从表格导入: a sheet of cases is tried, what would become of each row is told, and the same file is then taken in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.admin.person import person
from cases.editing.sheet_columns import COLUMNS
from cases.editing.sheet_template import template
from cases.editing.sheets import (
    ENDINGS,
    LARGEST,
    RowResult,
    Sheet,
    SheetRefused,
    dry_run,
    is_tried,
    pass_for,
    read_sheet,
    take_in,
)

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class SheetForm(forms.Form):
    """A file; cleans to a Sheet."""

    file = forms.FileField(
        label=_("表格"),
        allow_empty_file=True,  # the reader says what is wrong with it
        widget=forms.FileInput(attrs={"accept": ",".join(ENDINGS)}),
        help_text=_("Excel 或 WPS 存成的 .xlsx，或者 .csv；每行一个案例，读第一张看得见的工作表。"),
    )

    def clean_file(self) -> Sheet:
        file = self.cleaned_data["file"]
        try:
            return read_sheet(file.name, file.read(LARGEST + 1))
        except SheetRefused as error:
            raise forms.ValidationError(gettext(error.message) % error.params) from None


class SheetPages(admin.ModelAdmin):
    """The part of the case admin that makes drafts of the rows of a sheet."""

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view
        return [
            path("sheet/", view(self.sheet_view), name="cases_case_sheet"),
            path("sheet/template.xlsx", view(self.sheet_template_view), name="cases_case_sheet_template"),
            *super().get_urls(),
        ]

    def sheet_template_view(self, request: HttpRequest) -> HttpResponse:
        self._only_who_adds(request)
        response = HttpResponse(template(), content_type=_XLSX)
        response.headers["Content-Disposition"] = content_disposition_header(True, gettext("案例表格模板.xlsx"))
        return response

    def sheet_view(self, request: HttpRequest) -> HttpResponse:
        """Try a sheet; with `_take`, take in what was tried."""
        self._only_who_adds(request)
        is_sent = request.method == "POST" and (request.FILES or "_try" in request.POST or "_take" in request.POST)
        form = SheetForm(request.POST, request.FILES) if is_sent else SheetForm()
        results: dict[str, Any] = {}
        if form.is_bound and form.is_valid():
            sheet = form.cleaned_data["file"]
            if "_take" in request.POST and is_tried(sheet, person(request), request.POST.get("pass", "")):
                results = self._take(request, sheet)
            else:
                if "_take" in request.POST:
                    messages.warning(request, gettext("没有导入：这不是刚才试过的那个文件，下面是它的试读结果。"))
                results = self._try(request, sheet)
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("从表格导入"),
            "opts": self.opts,
            "media": self.media,
            "form": form,
            "columns": COLUMNS,
            **results,
        }
        return render(request, "admin/cases/sheets/sheet.html", context)

    def _only_who_adds(self, request: HttpRequest) -> None:
        if not self.has_add_permission(request):
            raise PermissionDenied

    def _try(self, request: HttpRequest, sheet: Sheet) -> dict[str, Any]:
        results = dry_run(sheet, by=person(request))
        good = [result for result in results if result.outcome in ("new", "changed")]
        return {**_told(results), "is_tried": True, "good": len(good), "pass": pass_for(sheet, person(request))}

    def _take(self, request: HttpRequest, sheet: Sheet) -> dict[str, Any]:
        return {**_told(list(take_in(sheet, by=person(request)))), "is_taken": True}


def _told(results: list[RowResult]) -> dict[str, Any]:
    """The rows with those that need a look first, and how many there are of each kind."""
    outcomes = [result.outcome for result in results]
    return {
        "results": sorted(results, key=lambda result: (bool(result.outcome), result.row)),
        "counts": {
            "new": outcomes.count("new"),
            "changed": outcomes.count("changed"),
            "there": outcomes.count("there"),
            "bad": outcomes.count(""),
        },
    }
