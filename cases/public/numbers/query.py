"""Which metrics an address asks for, and in which order.

A search of words over labels and quotes has no index of its own: the index of cases names the cases that hold the
words, and of the best MOST_CASES of them every metric is read and compared in the folded form. That keeps the work
of a request bounded; where more cases hold the words, the page says so.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db import connection
from django.db.models import F, FloatField, Q, QuerySet, Sum
from django.db.models.expressions import Combinable, OrderBy
from django.db.models.functions import Abs, Cast, Coalesce
from django.db.models.lookups import Exact, In, IsNull
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from cases.content import LIMITS
from cases.models.published import PublishedCase, PublishedMetric
from cases.search.entry import searchable
from cases.search.hits import Hits
from cases.search.query import read_words
from cases.search.selection import BadParameter, Selection, read_selection

MOST_CASES = 2_000  # with the words of a search, whose metrics are read
MOST_METRICS = 20_000  # of them
MOST_ROWS = 50_000  # that pages and files show: nobody turns 1,000 pages, and the database would walk all before
MANY = 20_000  # metrics; from here on to walk the cases in order is quicker than to sort what an index names
SORTS = ("date", "city", "value", "change", "ratio")
NEWEST = "-date"  # the order without a choice
BY_NUMBER = ("value", "change", "ratio")


@dataclass(frozen=True)
class NumberQuery:
    """The metrics of an address; empty it means every published metric, the newest first."""

    selection: Selection = field(default_factory=Selection)  # its kinds are kinds of metrics here
    unit: str = ""  # exactly as written
    period: str = ""  # a year that stands in the period
    changed: bool = False  # with an old value only
    sort: str = NEWEST  # one of SORTS, "-" before it: from the largest down

    @property
    def order(self) -> str:
        """What is sorted by, without the direction."""
        return self.sort.removeprefix("-")

    @property
    def parameters(self) -> list[tuple[str, str]]:
        pairs = [("unit", self.unit), ("period", self.period), ("changed", "1" if self.changed else "")]
        pairs.append(("sort", "" if self.sort == NEWEST else self.sort))
        return [*self.selection.parameters, *((name, value) for name, value in pairs if value)]

    def address(self, path: str, **more: object) -> str:
        query = urlencode([*self.parameters, *((name, str(value)) for name, value in more.items())])
        return f"{path}?{query}" if query else path

    def with_(self, **changes: Any) -> NumberQuery:
        return dataclasses.replace(self, **changes)

    def without(self, name: str, value: str | None = None) -> NumberQuery:
        """Without one of its conditions."""
        if name in ("unit", "period"):
            return self.with_(**{name: ""})
        if name == "changed":
            return self.with_(changed=False)
        return self.with_(selection=self.selection.without(name, value))

    @cached_property
    def words(self) -> tuple[str, ...]:
        return read_words(self.selection.text)

    @property
    def needs_metrics(self) -> bool:
        """Whether anything but their cases tells which metrics are meant."""
        return bool(self.selection.kind or self.unit or self.period) or self._needs_old_value

    @property
    def _needs_old_value(self) -> bool:
        return self.changed or self.order in ("change", "ratio")

    @cached_property
    def cases(self) -> Hits:
        """The cases meant, by all but the kinds of their metrics."""
        return Hits(self.selection.without("kind").without("metrics"))

    # Rows

    @cached_property
    def found(self) -> Found | None:
        """What the words were found in; None without words."""
        return _find(self.cases, self.words, self._conditions(F)) if self.selection.text else None

    def metrics(self) -> QuerySet[PublishedMetric]:
        """The metrics meant, in no order. Sorted by a number, those without one are left out."""
        return self._metrics(self._conditions(F))

    def _metrics(self, conditions: Q) -> QuerySet[PublishedMetric]:
        metrics = PublishedMetric.objects.order_by()
        if self.found is not None:
            return metrics.filter(pk__in=self.found.metrics)
        if self.cases.selection:
            metrics = metrics.filter(case__in=self.cases.in_hand)
        return metrics.filter(conditions)

    def _conditions(self, column: Callable[[str], Any]) -> Q:
        """What is asked of the metrics themselves; `column` says how a column is named."""
        conditions = Q(In(column("kind"), self.selection.kind)) if self.selection.kind else Q()
        if self.unit:
            conditions &= Q(Exact(column("unit"), self.unit))
        if self.period:
            conditions &= Q(period__contains=self.period)
            if column is F:
                conditions &= Q(period__gt="")  # what the index of periods is of
        if self._needs_old_value:
            conditions &= Q(IsNull(column("from_value"), False))
        if self.order in BY_NUMBER:
            conditions &= Q(value__isnull=False)
        return conditions & ~Q(from_value=0) if self.order == "ratio" else conditions

    def ordered(self) -> QuerySet[PublishedMetric]:
        """`metrics()` in order; those that are equal by it stay in the same order for paging.

        By a number they are ordered within one unit and one kind: numbers of different units have no order.
        """
        is_of_cases = self.order not in BY_NUMBER and self.needs_metrics
        column = _unindexed if is_of_cases and self.count > MANY and connection.vendor == "sqlite" else F
        return self._metrics(self._conditions(column)).order_by(*_orders(self.order, self.sort.startswith("-")))

    @cached_property
    def count(self) -> int:
        """How many metrics are meant; known from their cases where nothing else decides."""
        if self.found is not None:
            return len(self.found.metrics)
        if self.needs_metrics or self.order in BY_NUMBER:
            return self.metrics().count()
        cases = PublishedCase.objects.all()
        cases = cases.filter(pk__in=self.cases.in_hand) if self.cases.selection else cases
        return cases.aggregate(count=Sum("metric_count"))["count"] or 0

    def matching(self) -> Any:
        """The keys of the cases that have one of the metrics, as what a column is asked to be in."""
        return self.metrics().values("case_id")

    def first_cases(self, most: int) -> list[int]:
        """The keys of some of the cases meant, for a look at what their metrics are."""
        return self.cases.keys(0, most)


@dataclass(frozen=True, slots=True)
class Found:
    """The metrics that hold every word in label or quote."""

    metrics: list[int]
    is_cut: bool  # more cases hold the words than were looked through


def _find(cases: Hits, words: tuple[str, ...], conditions: Q) -> Found:
    keys = cases.keys(0, MOST_CASES + 1) if words else []
    rows = PublishedMetric.objects.filter(conditions, case__in=keys[:MOST_CASES]).order_by()
    texts = list(rows.values_list("pk", "label", "quote")[: MOST_METRICS + 1])
    held = [pk for pk, *parts in texts[:MOST_METRICS] if _holds(words, "\n".join(map(searchable, parts)))]
    return Found(held, len(keys) > MOST_CASES or len(texts) > MOST_METRICS)


def _holds(words: tuple[str, ...], text: str) -> bool:
    return all(word in text for word in words)


def _unindexed(name: str) -> Combinable:
    """A column that no index is searched by. SQLite would rather sort half a million rows of a unit by their
    cases than walk the cases in order and meet fifty of them at once; PostgreSQL knows better by itself.
    """
    return Coalesce(name, name)


def _orders(order: str, is_down: bool) -> list[str | OrderBy]:
    if order == "date":
        return ["-case__listed_on", "-case_id", "order"] if is_down else ["case__listed_on", "case_id", "order"]
    if order == "city":
        region = F("case__region_id")
        first = region.desc(nulls_last=True) if is_down else region.asc(nulls_last=True)
        return [first, "-case__listed_on", "-case_id", "order"]
    columns = [F("unit"), F("kind"), _NUMBERS[order], F("case_id"), F("order")]
    return [column.desc() if is_down else column.asc() for column in columns]


def _as_float(name: str) -> Combinable:
    """SQLite divides whole numbers without their rest."""
    return Cast(name, FloatField())


_NUMBERS: Mapping[str, Any] = {
    "value": F("value"),
    "change": _as_float("value") - _as_float("from_value"),
    "ratio": (_as_float("value") - _as_float("from_value")) / Abs(_as_float("from_value")),
}


def read_number_query(parameters: QueryDict) -> NumberQuery:
    """The query that an address asks for. Raises BadParameter for a value that none of our links holds."""
    unit, period, sort = (parameters.get(name, "").strip() for name in ("unit", "period", "sort"))
    if not re.fullmatch(rf"[^\0\ud800-\udfff]{{0,{LIMITS['unit']}}}", unit):
        raise BadParameter("unit", _("没有这样的单位，请从下面的单位里选择，或者照文章里的写法填写。"))
    if not re.fullmatch(r"(?:(?:19|20)[0-9]{2})?", period):
        raise BadParameter("period", _("时段请填四位数的年份，例如 2023。"))
    if sort.removeprefix("-") not in ("", *SORTS) or sort == "-":
        raise BadParameter("sort", _("不能这样排序，请点表头选择。"))
    changed = parameters.get("changed", "") == "1"
    return NumberQuery(read_selection(parameters), unit, period, changed, sort or NEWEST)
