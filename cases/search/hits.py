"""The cases a selection means, by their keys: counted, cut into pages and filed, without reading their rows.

Published rows are wide, and a common word stands in half of all cases. So the index finds the keys, the narrow rows of
`cases_searchfiled` narrow and order them, and only the rows of one page are read.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models.expressions import RawSQL

from cases.models import PublishedCase
from cases.search import filed
from cases.search.query import Query, found, ranks, read_query, tiers
from cases.search.remembering import remembered
from cases.search.selection import FACETS, Selection

FEW = 5_000  # cases whose keys are kept in hand
TIMES_MORE = 5  # cases than are asked for: then the best of them are looked for by themselves
MOST_TAGS = 50  # told of, the most frequent, beside those chosen: a hundred thousand cases have tens of thousands

Sql = tuple[str, list[Any]]
Counts = dict[str, dict[str, int]]  # facet → value → cases


class Hits:
    """The keys a selection means, best first if it has words, else newest first. Lazy, and cut like a list."""

    def __init__(self, selection: Selection, *, newest_first: bool = False) -> None:
        self.selection = selection
        self.newest_first = newest_first  # with words, too
        self.query: Query = read_query(selection.text)

    def count(self) -> int:
        return self._count

    def keys(self, start: int, stop: int) -> list[int]:
        """The keys from one place in the order to another."""
        if not self.query or self.newest_first:
            return self._ordered(self.found(), [], start, stop)
        if stop * TIMES_MORE < self.count():  # else the tiers would be asked in vain
            for cases, ranked in tiers(self.query, "filed.case_id"):
                best = self._ordered(self._joined(cases), ranked, start, stop)
                if len(best) == stop - start:
                    return best
        return self._ordered(self.found(), ranks(self.query, "filed.case_id"), start, stop)

    def _ordered(self, cases: Sql, ranked: list[Sql], start: int, stop: int) -> list[int]:
        rows, values = cases
        order = "".join(f"{rank} DESC, " for rank, _ in ranked) + "filed.day DESC, filed.case_id DESC"
        sql = f"SELECT filed.case_id FROM {rows} ORDER BY {order} LIMIT %s OFFSET %s"  # noqa: S608
        given = [value for _, words in ranked for value in words]
        return [key for (key,) in _rows(sql, [*values, *given, stop - start, start])]

    def matching(self) -> RawSQL:
        """The keys in no order, as what a column is asked to be in."""
        rows, values = self.found()
        return RawSQL(f"SELECT filed.case_id FROM {rows}", values)  # noqa: S608, S611

    @cached_property
    def in_hand(self) -> list[int] | RawSQL:
        """The keys, if they are few, else as `matching`: for who asks several tables for rows of the same cases."""
        keys = self.keys(0, FEW + 1)
        return keys if len(keys) <= FEW else self.matching()

    def __getitem__(self, place: slice) -> list[PublishedCase]:
        """The rows of a stretch: of a search by words as results show them, else as cards do."""
        keys = self.keys(place.start or 0, self.count() if place.stop is None else place.stop)
        cases = PublishedCase.objects.for_results() if self.query else PublishedCase.objects.for_cards()
        rows = cases.in_bulk(keys)
        return [rows[key] for key in keys if key in rows]

    def counts(self) -> Counts:
        """Facet → value → cases among those meant, as `facet_counts`, but each facet with its own choice."""
        told = self._told(self.selection)
        return {facet: told.get(facet, {}) for facet in (*FACETS, "metrics")}

    def facet_counts(self) -> Counts:
        """Facet → value → cases, for every value with at least one; "metrics" has the one value "1".
        Of tags, the most frequent and those chosen.

        A facet is counted without its own choice, as its values add to each other: a reader who chose one
        city still sees what a second would bring. Under "region" stand the divisions of all levels.
        """
        told = dict(self._told(self.selection))
        for facet in (*FACETS, "metrics"):
            wider = self.selection.without(facet)
            if wider != self.selection:
                told[facet] = self._told(wider).get(facet, {})
        return {facet: told.get(facet, {}) for facet in (*FACETS, "metrics")}

    @cached_property
    def _matching(self) -> Sql:
        return found(self.query) if self.query else ("SELECT 0 AS case_id", [])  # signs alone are no words

    @cached_property
    def _fitting(self) -> tuple[list[str], list[Any]]:
        return _fitting(self.selection)

    @cached_property
    def _count(self) -> int:
        return _count(self.selection)

    def _told(self, selection: Selection) -> Counts:
        count, told = _told(selection, self.selection.tag)
        if selection == self.selection:
            self._count = count
        return told

    def found(self) -> Sql:
        """The rows of `cases_searchfiled` that are meant: what stands behind FROM."""
        return self._joined(self._matching if self.selection.text else None)

    def _joined(self, keys: Sql | None) -> Sql:
        """The rows of cases with these keys that fit the facets. The keys lead: each row is looked up by its key."""
        tests, values = self._fitting
        if keys is not None:
            sql, given = keys
            tests, values = ["filed.case_id = found.case_id", *tests], [*given, *values]
            rows = f"({sql}) AS found CROSS JOIN cases_searchfiled AS filed"
        else:
            rows = "cases_searchfiled AS filed"
        return f"{rows} WHERE {' AND '.join(tests) or '1 = 1'}", values


# Counted once until the next publication: a second page, a second reader and an offer count nothing


@remembered()
def _count(selection: Selection) -> int:
    rows, values = Hits(selection).found()
    return _rows(f"SELECT count(*) FROM {rows}", values)[0][0]  # noqa: S608


@remembered()
def _told(selection: Selection, tags: tuple[str, ...]) -> tuple[int, Counts]:
    """How many cases, and how they spread; of tags the most frequent and those named."""
    rows, values = Hits(selection).found()
    joined = {"sqlite": "group_concat(%s, '')", "postgresql": "string_agg(%s, '')"}[connection.vendor]
    columns = ", ".join(joined % column for column in ("filed.filed", "filed.tags"))
    count, *texts = _rows(f"SELECT count(*), {columns} FROM {rows}", values)[0]  # noqa: S608
    filed_under, spelled = (text or "" for text in texts)
    return count, filed.count(filed_under) | filed.count(spelled, MOST_TAGS, also=[("tag", slug) for slug in tags])


def _fitting(selection: Selection) -> tuple[list[str], list[Any]]:
    """The conditions on a row of `cases_searchfiled` that the facets make, and their parameters."""
    tests, values = [], []
    asked = [(facet, getattr(selection, facet)) for facet in FACETS]
    for facet, wanted in [*asked, ("metrics", ("1",) if selection.with_metrics else ())]:
        if wanted:
            test, characters = filed.condition(facet, wanted)
            tests.append(test)
            values += characters
    return tests, values


def _rows(sql: str, values: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()
