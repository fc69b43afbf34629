"""Which cases a list holds, whatever it is a list of, and how it is known that they are still the same."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any, Protocol

from django.db.models import Count, QuerySet, Sum
from django.http import HttpRequest, HttpResponseBase, HttpResponseNotModified
from django.utils.http import parse_etags

from cases.models.published import CountedCase
from cases.models.vocabulary import Department, Region, Theme
from cases.search.hits import Hits

FORM = 1  # of files and feeds; to be raised when they tell of the same cases in another way


class SomeCases(Protocol):
    """Cases in no order."""

    def matching(self) -> Any:
        """Their keys, as what a column is asked to be in."""


class Cases(SomeCases, Protocol):
    """The cases of a list by their keys, in its order: `Hits`, or those that rest on a document."""

    def count(self) -> int: ...

    def keys(self, start: int, stop: int) -> list[int]: ...


def within(rows: QuerySet[Any], column: str, cases: SomeCases) -> QuerySet[Any]:
    """The rows of these cases. Where every case is meant, no database has to compare."""
    is_every_case = isinstance(cases, Hits) and not cases.selection
    return rows if is_every_case else rows.filter(**{f"{column}__in": cases.matching()})


def entity_tag(cases: SomeCases, *, named: bool = False) -> str:
    """A weak ETag: another as soon as one of the cases is published again or taken down, or one is added.

    Whenever a case is published its row of `CountedCase` is written anew, by a key larger than any before. So the
    number of keys and their sum never come back together, and no other row, clock or counter is needed: two numbers
    from narrow rows instead of thousands of texts. `named` if names of the vocabulary stand in the answer, too.
    """
    rows = within(CountedCase.objects.filter(theme=None).order_by(), "case", cases)
    said = [FORM, *rows.aggregate(count=Count("pk"), sum=Sum("pk")).values()]
    said += (
        [list(model.objects.order_by("pk").values_list("pk", "name", "name_en")) for model in _NAMED] if named else []
    )
    return f'W/"{hashlib.sha256(repr(said).encode()).hexdigest()[:32]}"'


_NAMED: tuple[Any, ...] = (Region, Department, Theme)


def unless_known(request: HttpRequest, tag: str, answer: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """The answer, or "not modified" if who asks has it already; then none of it is read."""
    known = parse_etags(request.headers.get("If-None-Match", ""))
    response = HttpResponseNotModified() if tag in known else answer()
    response.headers["ETag"] = tag
    return response
