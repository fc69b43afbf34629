"""The list of cases and the form of one."""

from __future__ import annotations

from typing import Any

import nested_admin
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import F, Func, OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.admin import filters
from cases.admin.archiving import ArchivePages
from cases.admin.audited import RecordedByVerbs
from cases.admin.case_errors import named_errors
from cases.admin.case_form import CaseForm, CaseMetricInline, InitiativeInline, PictureInline
from cases.admin.fields import PlainText
from cases.admin.importing import ImportPages
from cases.admin.people import person
from cases.admin.picking import PickView
from cases.admin.releasing import ReleasePages
from cases.admin.rows import has_too_many_rows
from cases.admin.scoping import ScopedCases
from cases.editing.drafts import Conflict, claim, settle
from cases.models import Case, Metric
from cases.models.draft import CaseStage, PublicState


@admin.register(Case)
class CaseAdmin(
    ArchivePages, ReleasePages, ImportPages, ScopedCases, RecordedByVerbs, PlainText, nested_admin.NestedModelAdmin
):
    form = CaseForm
    inlines = (InitiativeInline, CaseMetricInline, PictureInline)
    fieldsets = (
        (
            _("基本信息"),
            {
                "fields": (
                    ("title", "seen_version"),
                    "subtitle",
                    ("published_at", "origin"),
                    ("source_name", "source_url"),
                    ("author", "responsible_editor"),
                )
            },
        ),
        (_("归类"), {"fields": (("region", "department"), "organization", "themes", "tags")}),
        (_("正文"), {"fields": ("summary", "intro", "closing")}),
        (_("政策与荣誉"), {"fields": (("policies", "honours"),)}),
    )
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
        if any("\x00" in value for values in request.GET.lists() for value in (values[0], *values[1])):
            return redirect(request.path)  # PostgreSQL can look for no such thing
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
    def metric_count(self, case: Any) -> int:
        return case.metric_total

    # The form

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        # No form of ours sends this: there is no such button here, and Django obeys it all the same.
        if "_saveasnew" in request.POST:
            raise PermissionDenied
        if request.method == "POST" and has_too_many_rows(request.POST):
            messages.error(request, gettext("没有保存：条目太多，一个案例放不下；请拆成几个案例。"))
            return redirect(request.path)
        try:
            return super().changeform_view(request, object_id, *args, **kwargs)
        except Conflict:
            # Somebody was faster between the check of the form and its saving. Nothing is written; the form
            # checks again, now sees the newer version, and comes back with all that was typed.
            return super().changeform_view(request, object_id, *args, **kwargs)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        obj = context["original"]
        context |= self.release_context(request, obj) | self.archive_context(request, obj)
        context["title"] = gettext("修改案例") if obj else gettext("新建案例")
        if context["errors"]:
            formsets = [inline.formset for inline in context["inline_admin_formsets"]]
            context["named_errors"] = named_errors(context["adminform"].form, formsets)
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Case, form: Any, change: bool) -> None:
        if change:
            claim(obj, version=form.cleaned_data["seen_version"])
        else:
            obj.created_by = obj.updated_by = person(request)
            obj.updated_at = timezone.now()
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        settle(form.instance, by=person(request))


def _count(**where: Any) -> Subquery:
    """How many metrics stand at a place; COUNT without GROUP BY gives one row, 0 where there are none."""
    metrics = Metric.objects.filter(**where).order_by()
    return Subquery(metrics.annotate(total=Func(F("pk"), function="COUNT")).values("total"))
