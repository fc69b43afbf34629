"""The list of cases and the form of one."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import F, Func, OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.admin import filters
from cases.admin.archiving import ArchivePages
from cases.admin.audited import RecordedByVerbs
from cases.admin.bulk import BulkPages
from cases.admin.checking import CheckPages
from cases.admin.editor.conflict import ConflictPages
from cases.admin.editor.previewing import TypedPreviewPages
from cases.admin.importing import ImportPages
from cases.admin.picking import PickView
from cases.admin.previewing import PreviewPages
from cases.admin.releasing import ReleasePages
from cases.admin.review.pages import ReviewPages
from cases.admin.schedule import SchedulePages
from cases.admin.scoping import ScopedCases
from cases.admin.sheets import SheetPages
from cases.models import Case, Metric
from cases.models.draft import CaseStage, PublicState


@admin.register(Case)
class CaseAdmin(
    BulkPages,
    ReviewPages,
    SchedulePages,
    PreviewPages,
    ArchivePages,
    ReleasePages,
    ImportPages,
    SheetPages,
    TypedPreviewPages,
    CheckPages,
    ConflictPages,
    ScopedCases,
    RecordedByVerbs,
):
    list_display = (
        *("title", "city", "department", "working_stage", "publication"),
        *("metric_count", "updated_at", "updated_by"),
    )
    list_select_related = ("region", "department", "updated_by")
    list_filter = (
        filters.StageFilter,
        filters.PublicationFilter,
        filters.ProvinceFilter,
        filters.CityFilter,
        filters.CountyFilter,
        filters.DepartmentFilter,
        filters.ThemeFilter,
        "is_demo",
    )
    list_per_page = 50
    show_full_result_count = False
    search_fields = (
        *("title", "organization", "source_name", "external_id"),
        *("region__name", "region__parent__name", "region__parent__parent__name"),
    )
    search_help_text = _("可搜标题、实施单位、来源、城市")

    def get_urls(self) -> list[Any]:
        pick = self.admin_site.admin_view(PickView.as_view(admin_site=self.admin_site))
        return [path("autocomplete/", pick, name="cases_case_pick"), *super().get_urls()]

    # The list

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        cases: Any = super().get_queryset(request)
        metrics = _count(case=OuterRef("pk")) + _count(initiative__case=OuterRef("pk"))
        return cases.with_public_state().annotate(metric_total=metrics)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {"title": gettext("案例"), **(extra_context or {})})

    @admin.display(description=_("城市"), ordering="region")
    def city(self, case: Case) -> str:
        return str(case.region or "")

    @admin.display(description=_("阶段"), ordering="stage")
    def working_stage(self, case: Any) -> str:
        """The stage of the working copy; "" for a draft that is what readers see."""
        is_live = case.public_state == PublicState.PUBLISHED and case.live_digest == case.digest
        return "" if is_live and case.stage == CaseStage.DRAFT else case.get_stage_display()

    @admin.display(description=_("公开状态"), ordering="public_state")
    def publication(self, case: Any) -> str:
        state = PublicState(case.public_state)
        words = format_html('<span class="state state--{}">{}</span>', state or "none", state.label)
        if state == PublicState.PUBLISHED and case.live_digest != case.digest:
            return format_html('{} <span class="state state--changed">{}</span>', words, gettext("有未发布的修改"))
        return words

    @admin.display(description=_("指标"), ordering="metric_total")
    def metric_count(self, case: Any) -> str:
        """A number, which has its name beside it where the column has no heading."""
        return format_html('<span class="cell-name">{} </span>{}', gettext("指标"), case.metric_total)

    # The form

    def editor_context(self, request: HttpRequest, case: Any) -> dict[str, Any]:
        context = super().editor_context(request, case)
        return context | self.release_context(request, case) | self.schedule_context(request, case)


def _count(**where: Any) -> Subquery:
    """How many metrics stand at a place; COUNT without GROUP BY gives one row, 0 where there are none."""
    metrics = Metric.objects.filter(**where).order_by()
    return Subquery(metrics.annotate(total=Func(F("pk"), function="COUNT")).values("total"))
