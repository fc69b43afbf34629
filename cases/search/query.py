"""Finding published cases by their words.

A case is found if every word of the query stands in one of its texts, compared in the folded
form; see `cases.search.tokens` for how this is exact. Both databases find the same cases in the
same order.
"""

from __future__ import annotations

import unicodedata

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.db.models.expressions import Combinable, RawSQL

from cases.models import Department, PublishedCase, Region, Tag, Theme
from cases.search.entry import searchable
from cases.search.index import engine
from cases.search.tokens import LEVELS

MAX_LENGTH = 200  # characters of a query that are looked at
MAX_WORDS = 10

_SIGNS = ("P", "Z", "Cc", "Cf", "Sm", "Sc", "Sk")  # categories of characters that are no words by themselves


def read_words(text: str) -> tuple[str, ...]:
    """The folded words of a query, each once; empty if it holds nothing but signs and blanks.

    No more than the first MAX_LENGTH characters and MAX_WORDS words are read.
    """
    folded = searchable(text.lstrip()[:MAX_LENGTH])
    if all(unicodedata.category(character).startswith(_SIGNS) for character in folded):
        return ()
    return tuple(dict.fromkeys(folded.split(" ")))[:MAX_WORDS]


def search(
    text: str,
    *,
    region: Region | None = None,
    department: Department | None = None,
    theme: Theme | None = None,
    tag: Tag | None = None,
) -> QuerySet[PublishedCase]:
    """The published cases that hold every word of the query, best first; none if it has no words.

    Words in the title count most, then those in headings, in labels of metrics and tags, then
    how often they occur, then the day of the case. Any text is a query: there are no operators.
    """
    words = read_words(text)
    if not words:
        return PublishedCase.objects.none()
    cases = PublishedCase.objects.all() if region is None else PublishedCase.objects.in_region(region)
    given = {"department": department, "themes": theme, "tags": tag}
    cases = cases.filter(**{name: value for name, value in given.items() if value is not None})
    for word in words:
        cases = cases.filter(pk__in=engine().holding(word))
    return cases.order_by(*(rank.desc() for rank in _ranks(words)), "-listed_on", "-pk")


def _ranks(words: tuple[str, ...]) -> list[Combinable]:
    """How many of the words each place holds, then how many occur often: most telling first."""
    places = [[engine().holding(word, place) for word in words] for place in ("title", "heading", "label")]
    levels = [[engine().often_holding(word, level) for word in words] for level in LEVELS]
    return [*map(_count, places), _count([keys for level in levels for keys in level])]


def _count(sets: list[RawSQL]) -> Combinable:
    counts = (Case(When(pk__in=keys, then=1), default=0, output_field=IntegerField()) for keys in sets)
    return sum(counts, start=Value(0))
