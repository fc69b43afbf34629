"""What the list of cases is narrowed by."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from cases.models import Case, Department, Region, Theme
from cases.models.draft import CaseStage, PublicState

LIVE = Q(public_state=PublicState.PUBLISHED, live_digest=F("digest"))  # on cases `with_public_state`


class StageFilter(admin.SimpleListFilter):
    """By what the list shows as the stage: a draft that is what readers see is none."""

    title = _("阶段")
    parameter_name = "stage"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, Any]]:
        return CaseStage.choices

    def queryset(self, request: Any, cases: Any) -> QuerySet:
        if not self.value():
            return cases
        chosen = cases.filter(stage=self.value())
        return chosen.exclude(LIVE) if self.value() == CaseStage.DRAFT else chosen


class PublicationFilter(admin.SimpleListFilter):
    title = _("公开状态")
    parameter_name = "publication"
    CHANGED = "changed"  # public, and edited since

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("none", PublicState.UNPUBLISHED.label),
            (PublicState.PUBLISHED.value, PublicState.PUBLISHED.label),
            (self.CHANGED, _("有未发布的修改")),
            (PublicState.WITHDRAWN.value, PublicState.WITHDRAWN.label),
        ]

    def queryset(self, request: Any, cases: Any) -> QuerySet:
        if self.value() == self.CHANGED:
            return cases.with_unpublished_changes()
        if self.value() == "none":
            return cases.filter(public_state=PublicState.UNPUBLISHED)
        return cases.filter(public_state=self.value()) if self.value() else cases


class RegionFilter(admin.SimpleListFilter):
    """Divisions directly below the one chosen before that have cases; never the whole table."""

    is_long = True
    above = ""  # the filter that must be chosen first
    below: tuple[str, ...] = ()  # the filters that start anew when this one is chosen

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, str]]:
        within = request.GET.get(self.above) if self.above else None
        if self.above and not within:
            return []
        seen = Case.objects.visible_to(request.user)
        cases = seen.filter(_inside(within)) if within else seen.exclude(region=None)
        codes = {code for row in _lineages(cases) for code in row if code}
        rows = Region.objects.filter(pk__in=codes, parent=within).order_by("pk")
        return [(row.pk, str(row)) for row in rows]

    def choices(self, changelist: Any) -> Iterator[Any]:
        for choice, value in zip(super().choices(changelist), (None, *dict(self.lookup_choices)), strict=True):
            new = {self.parameter_name: value} if value else {}
            yield choice | {"query_string": changelist.get_query_string(new, [self.parameter_name, *self.below])}

    def queryset(self, request: Any, cases: QuerySet) -> QuerySet:
        code = self.value()
        return cases.filter(_inside(code)) if code else cases


class ProvinceFilter(RegionFilter):
    title = _("省份")
    parameter_name = "province"
    below = ("city", "county")


class CityFilter(RegionFilter):
    """What a province holds itself: its prefectures, and counties where there is none between (济源, 浦东新区)."""

    title = _("城市")
    parameter_name = "city"
    above = "province"
    below = ("county",)


class CountyFilter(RegionFilter):
    title = _("区县")
    parameter_name = "county"
    above = "city"


def _inside(code: str) -> Q:
    return Q(region=code) | Q(region__parent=code) | Q(region__parent__parent=code)


def _lineages(cases: QuerySet) -> QuerySet:
    return cases.order_by().values_list("region", "region__parent", "region__parent__parent").distinct()


class DepartmentFilter(admin.SimpleListFilter):
    is_long = True
    title = _("部门")
    parameter_name = "department"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, str]]:
        used = Case.objects.visible_to(request.user).exclude(department=None).values("department")
        return [(row.pk, str(row)) for row in Department.objects.filter(pk__in=used)]

    def queryset(self, request: Any, cases: QuerySet) -> QuerySet:
        return cases.filter(department=self.value()) if self.value() else cases


class ThemeFilter(admin.SimpleListFilter):
    """Names repeat between schemes, so the scheme stands beside each."""

    is_long = True
    title = _("主题")
    parameter_name = "theme"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, str]]:
        used = Case.objects.visible_to(request.user).values("themes")
        rows = Theme.objects.filter(pk__in=used).order_by("scheme", "order")
        return [(row.pk, row.full_name) for row in rows]

    def queryset(self, request: Any, cases: QuerySet) -> QuerySet:
        return cases.filter(themes=self.value()) if self.value() else cases
