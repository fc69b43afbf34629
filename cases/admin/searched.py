"""What readers search, for editors: which words are asked for, and which are asked for in vain."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib import admin
from django.db.models import Case, F, Max, QuerySet, Sum, When, Window
from django.db.models.functions import RowNumber
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.admin.vocabulary import ReadOnly
from cases.models import SearchedWord


class DaysFilter(admin.SimpleListFilter):
    """The last days counted together; all there are if none is chosen."""

    title = _("日期")
    parameter_name = "days"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("1", _("今天")), ("7", _("最近 7 天")), ("30", _("最近 30 天")), ("365", _("最近一年"))]

    def queryset(self, request: HttpRequest, words: QuerySet) -> QuerySet:
        if self.value() not in {days for days, _title in self.lookup_choices}:
            return words
        return words.filter(day__gt=timezone.localdate() - datetime.timedelta(days=int(self.value() or 0)))


class InVainFilter(admin.SimpleListFilter):
    title = _("结果")
    parameter_name = "in_vain"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("1", _("有过没有结果的"))]

    def queryset(self, request: HttpRequest, words: QuerySet) -> QuerySet:
        return words.filter(total_in_vain__gt=0) if self.value() == "1" else words


@admin.register(SearchedWord)
class SearchedWordAdmin(ReadOnly):
    """One row a search, its days added up over the time chosen."""

    list_display = ("text", "total", "total_in_vain", "last_in_vain")
    list_display_links = None
    list_filter = (DaysFilter, InVainFilter)
    search_fields = ("text",)
    search_help_text = _("读者搜过的内容；只记内容和日期，不记是谁")
    list_per_page = 100
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """The newest row of each search; filters on the day narrow what its windows add up."""
        same: dict[str, Any] = {"partition_by": F("text")}
        in_vain = Case(When(times_in_vain__gt=0, then=F("day")))
        words = SearchedWord.objects.annotate(
            row=Window(RowNumber(), order_by=F("day").desc(), **same),
            total=Window(Sum("times"), **same),
            total_in_vain=Window(Sum("times_in_vain"), **same),
            last_in_vain=Window(Max(in_vain), **same),
        )
        return words.filter(row=1).order_by("-total", "text")

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        return ("-total", "text")

    @admin.display(description=_("次数"), ordering="total")
    def total(self, word: Any) -> int:
        return word.total

    @admin.display(description=_("没有结果的次数"), ordering="total_in_vain")
    def total_in_vain(self, word: Any) -> int:
        return word.total_in_vain

    @admin.display(description=_("最近一次没有结果"), ordering="last_in_vain")
    def last_in_vain(self, word: Any) -> datetime.date | None:
        return word.last_in_vain
