"""Places, departments and themes: the words by which cases are filed."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db import models
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from taggit.admin import Tag as UnusedTag

from cases.admin.audited import Audited
from cases.admin.fields import LinesField
from cases.admin.picking import picked_name
from cases.models import Department, Region, Theme

admin.site.unregister(UnusedTag)  # taggit brings a table of its own; ours is cases.Tag, filled by publishing

MOST_WORDS = 10  # of a search; each makes the query longer, and no division has so many above it


class Retiring(admin.ModelAdmin):
    """For tables whose rows are retired: the list says so in words, and only of those that are."""

    @admin.display(description=_("状态"), ordering="is_retired")
    def retired(self, row: Any) -> str:
        return gettext("已停用") if row.is_retired else ""


class ReadOnly(Audited):
    """For tables that no one edits: they may be looked at."""

    def get_urls(self) -> list[Any]:
        return [url for url in super().get_urls() if not str(url.name).endswith(("_add", "_delete"))]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Region)
class RegionAdmin(Retiring, ReadOnly):
    list_display = ("code", "lineage", "level", "pinyin", "retired")
    list_display_links = ("code", "lineage")
    list_filter = ("level", "is_retired")
    list_per_page = 50
    show_full_result_count = False
    fields = ("code", "name", "name_en", "short_name", "level", "parent", "pinyin", "initials", "is_retired")
    search_fields = ("name",)  # Django asks for some; `get_search_results` does the searching
    search_help_text = _("可搜名称、简称、拼音、拼音首字母和代码")
    ordering = ("code",)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("parent__parent")

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        return search_regions(queryset, search_term), False

    @admin.display(description=_("名称"), ordering="code")
    def lineage(self, region: Region) -> str:
        return picked_name(region)


def search_regions(regions: QuerySet, typed: str) -> QuerySet:
    """Divisions that every typed word names, the best first: 漯河, luohe, lh and 4111 all lead to 漯河市.

    A word may name the division itself or one that holds it, so 河南 朝阳 and 漯河 (with its counties) work too.
    """
    words = typed.lower().split()[:MOST_WORDS]
    for word in words:
        regions = regions.filter(
            _names(word) | Q(parent__name__startswith=word) | Q(parent__parent__name__startswith=word)
        )
    if not words:
        return regions.order_by("code")
    last = words[-1]
    exact = Q(short_name=last) | Q(name=last) | Q(initials=last) | Q(pinyin=last) | Q(code=last)
    nearness = Case(
        When(exact, then=Value(0)),
        When(_names(last), then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    level = Case(When(level="province", then=Value(0)), When(level="prefecture", then=Value(1)), default=Value(2))
    return regions.annotate(nearness=nearness, height=level).order_by("nearness", "height", "code")


def _names(word: str) -> Q:
    return (
        Q(name__contains=word)
        | Q(short_name__contains=word)
        | Q(pinyin__startswith=word)
        | Q(initials__startswith=word)
        | Q(code__startswith=word)
    )


class DepartmentForm(forms.ModelForm):
    aliases = LinesField(label=_("别名"), required=False, limit=100, help_text=_("每行一个；导入文稿时用来认出部门。"))

    class Meta:
        model = Department
        fields = ("slug", "name", "name_en", "aliases", "order", "is_retired")


class ThemeForm(forms.ModelForm):
    keywords = LinesField(
        label=_("识别词"), required=False, limit=60, help_text=_("每行一个；导入文稿时用来推荐主题。")
    )

    class Meta:
        model = Theme
        fields = (
            *("slug", "name", "name_en", "scheme", "b_ready_topic"),
            *("description", "keywords", "order", "is_retired"),
        )


class VocabularyAdmin(Retiring, Audited):
    """Rows are retired, not deleted: old revisions were filed under them."""

    list_filter: ClassVar[tuple[str, ...]] = ("is_retired",)
    show_full_result_count = False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("slug",) if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


@admin.register(Department)
class DepartmentAdmin(VocabularyAdmin):
    form = DepartmentForm
    list_display = ("name", "alias_line", "order", "retired")
    search_fields = ("name", "name_en", "slug", "aliases")
    search_help_text = _("可搜名称、别名和标识")

    @admin.display(description=_("别名"))
    def alias_line(self, department: Department) -> str:
        return gettext("、").join(department.aliases)

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        """Departments of which the typed words are in the name, the slug or an alias.

        Their number is small and JSON is searched differently on every database, so the rows are read.
        """
        words = search_term.lower().split()
        found = [
            row.pk
            for row in queryset
            if all(word in " ".join((row.name, row.name_en, row.slug, *row.aliases)).lower() for word in words)
        ]
        return queryset.filter(pk__in=found), False


@admin.register(Theme)
class ThemeAdmin(VocabularyAdmin):
    form = ThemeForm
    list_display = ("name", "scheme", "keyword_line", "order", "retired")
    list_filter = ("scheme", "is_retired")
    search_fields = ("name", "name_en", "slug")

    @admin.display(description=_("识别词"))
    def keyword_line(self, theme: Theme) -> str:
        return gettext("、").join(theme.keywords)
