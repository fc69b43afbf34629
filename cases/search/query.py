"""Finding published cases by their words.

A case is found if every word of the query stands in one of its texts, compared in the folded
form. Both databases find the same cases in the same order.

Decided by measuring (`bench/search_recall.py`, 10,000 cases):

- All characters are paired, not Han alone: words, numbers, Latin and signs are then found alike,
  with recall and precision of 1. On SQLite a phrase of pairs is exact. On PostgreSQL pairs are kept
  without positions: a word of two characters is exact, a longer one is checked in the folded text,
  12 µs a hit. Deciding phrases by position read whole vectors for the same answer, and a vector
  ends at 16,383 positions; 3- and 4-character tokens would need no check and 3 times the index.
- Rank is a handful of yes or no, each answered by the index (title, heading, label, then three
  levels of frequency), and the day of the case. `bm25` and `ts_rank_cd` cannot put titles first, rank
  differently on the two databases, and `ts_rank_cd` reads the vector of every hit. nDCG@10 is 0.993;
  plain frequency would reach 1.000 there, but a reader who types a title expects that case first.
"""

from __future__ import annotations

import unicodedata

from django.db.models import Case, ExpressionWrapper, IntegerField, QuerySet, Value, When
from django.db.models.expressions import Expression, OrderBy, RawSQL

from cases.models import Department, PublishedCase, Region, Tag, Theme
from cases.search.entry import LONGEST_WORD, searchable
from cases.search.index import engine
from cases.search.tokens import LEVELS

MAX_LENGTH = LONGEST_WORD  # characters of a query
MAX_WORDS = 30
RANKED_WORDS = 10  # all words must occur; the first ones decide the order

_SIGNS = ("P", "Z", "Cc", "Cf", "Sm", "Sc", "Sk")  # categories of characters that are no words by themselves


def is_too_long(text: str) -> bool:
    """True for a query of more than MAX_LENGTH characters or MAX_WORDS words: it is not searched, not even in part."""
    folded = searchable(text)
    return len(folded) > MAX_LENGTH or len(folded.split(" ")) > MAX_WORDS


def read_words(text: str) -> tuple[str, ...]:
    """The folded words of a query, each once; empty if it is too long or holds nothing but signs and blanks."""
    if is_too_long(text):
        return ()
    folded = searchable(text)
    if all(unicodedata.category(character).startswith(_SIGNS) for character in folded):
        return ()
    return tuple(dict.fromkeys(folded.split(" ")))


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
    cases = cases.filter(pk__in=_in_all([engine().holding(word) for word in words]))
    return cases.order_by(*_ranks(words[:RANKED_WORDS]), engine().day().desc(), "-pk")


def _in_all(sets: list[RawSQL]) -> RawSQL:
    """The keys that are in every set. As conditions of their own, PostgreSQL joined ten sets in nested loops."""
    return RawSQL(" INTERSECT ".join(keys.sql for keys in sets), [value for keys in sets for value in keys.params])  # noqa: S611


def _ranks(words: tuple[str, ...]) -> list[OrderBy]:
    """How many of the words each place holds, then how many occur often: most telling first."""
    places = [[engine().holding(word, place) for word in words] for place in ("title", "heading", "label")]
    levels = [engine().often_holding(word, level) for level in LEVELS for word in words]
    return [OrderBy(_count(sets), descending=True) for sets in (*places, levels)]


def _count(sets: list[RawSQL]) -> Expression:
    """In how many of the sets of keys a case is."""
    counts = (Case(When(pk__in=keys, then=1), default=0, output_field=IntegerField()) for keys in sets)
    return ExpressionWrapper(sum(counts, start=Value(0)), output_field=IntegerField())
