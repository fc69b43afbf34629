"""批量导入: give files, see what is in them, have drafts made of those that are ticked."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.admin.articles import about_files
from cases.admin.audited import RecordedByVerbs
from cases.admin.person import person
from cases.editing import bounds
from cases.editing.audit.recording import record
from cases.editing.batch import ENDINGS, BatchRefused, choose_cases, delete_batch, receive_batch, work_on
from cases.editing.batch_rows import (
    FILTERS,
    SORTS,
    BatchCase,
    BatchRow,
    batch_rows,
    duplicate_words,
    hidden_cases,
    report,
)
from cases.editing.folder import GivenFile, chosen_files, files_of_folder
from cases.editing.importing import largest
from cases.models import ImportBatch

_NAME = re.compile("([0-9]{1,18})(?:@([0-9]{1,9}))?")  # of a BatchCase


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class FilesField(forms.FileField):
    """Several files; cleans to a list. What is wrong with one is told when it is read."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        return [file for file in (data if isinstance(data, list | tuple) else [data]) if file]


class BatchForm(forms.Form):
    """Files, or a folder, or both."""

    chosen = FilesField(
        label=_("选择文件"),
        required=False,
        widget=FilesInput(attrs={"accept": ",".join(ENDINGS)}),
        help_text=_("可以一次选多个文件，也可以是 .zip 压缩包。"),
    )
    folder = FilesField(
        label=_("或选择文件夹"),
        required=False,
        widget=FilesInput,
        help_text=_("文件夹和下级文件夹里的文稿都会读，图片等不是文稿的略过。手机上一般不能选文件夹，请用上面一项。"),
    )
    paths = forms.JSONField(required=False, widget=forms.HiddenInput)  # of the files of the folder, where a script ran

    def given(self) -> list[GivenFile]:
        told = self.cleaned_data["paths"]
        paths = [path for path in told if isinstance(path, str)] if isinstance(told, list) else []
        return chosen_files(self.cleaned_data["chosen"]) + files_of_folder(self.cleaned_data["folder"], paths)


@admin.register(ImportBatch)
class ImportBatchAdmin(RecordedByVerbs):
    """Whoever may add cases may import many; an editor sees the batches of their own, an administrator all."""

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        return [
            path("", wrap(self.changelist_view), name="cases_importbatch_changelist"),
            path("add/", wrap(self.add_view), name="cases_importbatch_add"),
            path("<int:pk>/", wrap(self.batch_view), name="cases_importbatch_change"),
            path("<int:pk>/step/", wrap(self.step_view), name="cases_importbatch_step"),
            path("<int:pk>/drafts/", wrap(self.drafts_view), name="cases_importbatch_drafts"),
            path("<int:pk>/report.csv", wrap(self.report_view), name="cases_importbatch_report"),
            path("<int:pk>/delete/", wrap(self.delete_batch_view), name="cases_importbatch_delete"),
        ]

    # Who may do what

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_add_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("cases.add_case")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_add_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # of the table of Django's own: there is nothing to type

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_add_permission(request)

    def _batches(self, request: HttpRequest) -> Any:
        if not self.has_add_permission(request):
            raise PermissionDenied
        return ImportBatch.objects.seen_by(person(request)).with_counts()

    def _page(self, request: HttpRequest, title: str) -> dict[str, Any]:
        return {**self.admin_site.each_context(request), "title": title, "opts": self.opts, "media": self.media}

    # Pages

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Earlier batches, the newest first."""
        batches = self._batches(request).select_related("received_by").order_by("-pk")[:200]
        context = {**self._page(request, gettext("以前的批次")), "batches": batches}
        return render(request, "admin/cases/batch/list.html", context)

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Take files; they are read from the page of the batch."""
        self._batches(request)
        form = BatchForm(request.POST, request.FILES) if request.method == "POST" else BatchForm()
        if form.is_valid():
            try:
                batch = receive_batch(form.given(), by=person(request))
            except BatchRefused as error:
                form.add_error(None, gettext(error.message) % error.params)
            else:
                return redirect("admin:cases_importbatch_change", batch.pk)
        context = {**self._page(request, gettext("新的一批")), "form": form, "bounds": bounds}
        context |= {"about_files": about_files(), "largest_zip": largest("a.zip") // 2**20}
        return render(request, "admin/cases/batch/add.html", context)

    def batch_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The table of a batch, and how far it has come."""
        batch = get_object_or_404(self._batches(request), pk=pk)
        rows = batch_rows(batch)
        hidden = hidden_cases(rows, person(request))
        chosen, sort = request.GET.get("show", ""), request.GET.get("sort", "")
        shown = [row for row in rows if FILTERS.get(chosen, FILTERS[""])[1](row)]
        if sort in SORTS:
            shown.sort(key=SORTS[sort])
        context = {
            **self._page(request, str(batch)),
            "batch": batch,
            "progress": progress(batch),
            "rows": [_drawn(row, hidden) for row in shown],
            "show": chosen,
            "sort": sort,
            "filters": [(key, words, sum(map(holds, rows))) for key, (words, holds) in FILTERS.items()],
            "may_choose": any(row.may_be_chosen for row in shown),
            "is_preselected": any(row.is_preselected for row in shown),
        }
        return render(request, "admin/cases/batch/batch.html", context)

    def report_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        batch = get_object_or_404(self._batches(request), pk=pk)
        record("exported", by=person(request), about=batch)
        text = report(batch, by=person(request), link=lambda case: request.build_absolute_uri(_case_address(case)))
        name = gettext("批量导入-%(number)d.csv") % {"number": batch.pk}
        response = HttpResponse(text, content_type="text/csv; charset=utf-8")
        response.headers["Content-Disposition"] = content_disposition_header(True, name)
        return response

    # What is done. A log-in on the way turns a post into a GET: then the page of the batch is shown again.

    def step_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Work for a while; answers a script with how far it is, and a form with the page again."""
        batch = get_object_or_404(self._batches(request), pk=pk)
        if request.method == "POST":
            work_on(batch, by=person(request))
        if request.headers.get("Accept") == "application/json":
            return JsonResponse(
                progress(get_object_or_404(self._batches(request), pk=pk))
            )  # deleted meanwhile, perhaps
        return redirect("admin:cases_importbatch_change", pk)

    def drafts_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Have drafts made of the ticked cases; the page of the batch does the work."""
        batch = get_object_or_404(self._batches(request), pk=pk)
        names = filter(None, map(_NAME.fullmatch, request.POST.getlist("case")))
        wanted = [(int(name[1]), int(name[2]) if name[2] else None) for name in names]
        if request.method == "POST" and not choose_cases(batch, wanted):
            messages.warning(request, gettext("没有新选的案例：请先勾选要建草稿的案例。"))
        return redirect("admin:cases_importbatch_change", pk)

    def delete_batch_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        batch = get_object_or_404(self._batches(request), pk=pk)
        if request.method == "POST":
            record("deleted", by=person(request), about=batch)
            delete_batch(batch)
            messages.success(request, gettext("已删除。建好的草稿都还在。"))
            return redirect("admin:cases_importbatch_changelist")
        context = {**self._page(request, gettext("删除%(batch)s") % {"batch": batch}), "batch": batch}
        return render(request, "admin/cases/batch/delete.html", context)


def progress(batch: Any) -> dict[str, Any]:
    """How far a batch `with_counts` has come: done of total, whether anything waits, and the same in words."""
    if batch.waiting or not batch.chosen:
        done, total = batch.total - batch.waiting, batch.total
        words = gettext("已读 %(done)d / %(total)d 个文件") if batch.waiting else gettext("%(total)d 个文件都已读过")
    else:
        done, total = batch.made, batch.made + batch.chosen
        words = gettext("已处理 %(done)d / %(total)d 个要建草稿的文件")
    told = [words % {"done": done, "total": total}]
    if batch.refused:
        told.append(gettext("%(count)d 个读不出") % {"count": batch.refused})
    if batch.made and not batch.chosen:
        told.append(gettext("%(count)d 个已建草稿") % {"count": batch.made})
    return {
        "done": done,
        "total": total,
        "is_working": bool(batch.waiting or batch.chosen),
        "words": gettext("，").join(told),
    }


def _drawn(row: BatchRow, hidden: Collection[int]) -> dict[str, Any]:
    """A row with what its template cannot ask for; the cases beyond the reach of who looks at it without a name."""
    return {"row": row, "cases": [_drawn_case(case, hidden) for case in row.cases]}


def _drawn_case(case: BatchCase, hidden: Collection[int]) -> dict[str, Any]:
    told = {one.case for one in case.duplicates} | set(hidden)
    return {
        "case": case,
        "duplicates": [(one.seen_without(hidden), duplicate_words(one)) for one in case.duplicates],
        "drafts": [draft for draft in case.drafts if draft.pk not in told],
    }


def _case_address(pk: int) -> str:
    return reverse("admin:cases_case_change", args=[pk])
