"""Finding published cases by their words.

A case is found if every word of the query stands in one of its texts, compared in the folded
form, or if it is filed under the division or department that the word is a name of, behind those that hold
it. Blanks part words, "…" keeps them together, and -word leaves out the cases that hold it. Both databases
find the same cases in the same order.

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
- Of a common word the best cases are looked for by themselves (`tiers`): those that hold it in title, heading and
  label and often are enough for the first pages. On PostgreSQL, 100,000 cases, the page of a word that stands in all
  of them takes 141 ms instead of 919.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import IntegerField, QuerySet
from django.db.models.expressions import OrderBy, RawSQL

from cases.models import Department, PublishedCase, Region, Tag, Theme
from cases.search import filed
from cases.search.entry import LONGEST_WORD, searchable
from cases.search.index import engine
from cases.search.names import filed_as
from cases.search.remembering import remembered
from cases.search.tokens import LEVELS, NOWHERE, Among

MAX_LENGTH = LONGEST_WORD  # characters of a query
MAX_WORDS = 30
RANKED_WORDS = 10  # all words must occur; the first ones decide the order
PLACES = ("title", "heading", "label")  # the most telling first

_SIGNS = ("P", "Z", "Cc", "Cf", "Sm", "Sc", "Sk")  # categories of characters that are no words by themselves
_WORD = re.compile(r'(?<!\S)(?P<without>-(?=\S))?(?:"(?P<phrase>[^"]*[^" ][^"]*)"(?!\S)|(?P<word>\S+))')

Sql = tuple[str, list[Any]]


class Query(NamedTuple):
    """What is searched, folded: words that must stand in a case, and words that must not."""

    words: tuple[str, ...]
    without: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words)


def is_too_long(text: str) -> bool:
    """True for a query of more than MAX_LENGTH characters or MAX_WORDS words: it is not searched, not even in part."""
    folded = searchable(text)
    return len(folded) > MAX_LENGTH or len(folded.split(" ")) > MAX_WORDS


def read_query(text: str) -> Query:
    """The query a text asks for; without words if it is too long or holds nothing but signs and blanks.

    A minus counts only beside words that must occur, so that -5% alone is searched as it stands.
    """
    folded = searchable(text)
    if is_too_long(text) or _is_signs(folded):
        return Query(())
    asked = [(match["phrase"] or match["word"], bool(match["without"])) for match in _WORD.finditer(folded)]
    words = tuple(dict.fromkeys(word.strip(" ") for word, without in asked if not without))
    if not words or all(map(_is_signs, words)):
        return Query(tuple(dict.fromkeys(folded.split(" "))))
    return Query(words, tuple(dict.fromkeys(word.strip(" ") for word, without in asked if without)))


def read_words(text: str) -> tuple[str, ...]:
    """The folded words of a query that must occur, each once; these are marked in what was found."""
    return read_query(text).words


def _is_signs(folded: str) -> bool:
    return all(unicodedata.category(character).startswith(_SIGNS) for character in folded)


def search(
    text: str,
    *,
    region: Region | None = None,
    department: Department | None = None,
    theme: Theme | None = None,
    tag: Tag | None = None,
) -> QuerySet[PublishedCase]:
    """The published cases that the query means, best first; none if it has no words.

    Words in the title count most, then those in headings, in labels of metrics and tags, then
    how often they occur, then the day of the case. Pages of long results are faster by `Hits`.
    """
    query = read_query(text)
    if not query:
        return PublishedCase.objects.none()
    cases = PublishedCase.objects.all() if region is None else PublishedCase.objects.in_region(region)
    given = {"department": department, "themes": theme, "tags": tag}
    cases = cases.filter(**{name: value for name, value in given.items() if value is not None})
    cases = cases.filter(pk__in=RawSQL(*matching(query)))  # noqa: S611
    return cases.order_by(*[OrderBy(_number(rank), descending=True) for rank in ranks(query)], "-listed_on", "-pk")


def matching(query: Query) -> Sql:
    """SQL for the keys of the cases that the query means."""
    named = filed_as(query.words)
    words = [word for word in query.words if word not in named]
    sets = [_held(word, values) for word, values in named.items()]
    if not sets:
        return engine().holding_all(words, query.without)
    sets += [engine().holding_all(words)] if words else []
    left_out = [engine().holding(word) for word in query.without]
    sql = " INTERSECT ".join(f"SELECT * FROM ({keys}) AS held" for keys, _ in sets)  # noqa: S608
    sql += "".join(f" EXCEPT {keys}" for keys, _ in left_out)
    return sql, [value for _, values in (*sets, *left_out) for value in values]


def found(query: Query) -> Sql:
    """`matching`, asked once where the database has to look into texts: a page asks for the same cases three times."""
    if not engine().looks_into_texts(query.words):
        return matching(query)
    return engine().listed(_keys(query))


@remembered(most=20)
def _keys(query: Query) -> str:
    """The keys that `matching` finds, as one text: a hundred thousand keys are soon written and soon read."""
    sql, values = matching(query)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT string_agg(case_id::text, ',') FROM ({sql}) AS matching", values)  # noqa: S608
        return cursor.fetchone()[0] or ""


def _held(word: str, named: list[filed.Value]) -> Sql:
    """SQL for the keys of the cases that hold the word, or are filed under what it is the name of."""
    keys, values = engine().holding(word)
    for facet, value in named:
        test, characters = filed.condition(facet, [value])
        keys = f"{keys} UNION SELECT case_id FROM cases_searchfiled WHERE {test}"  # noqa: S608
        values = [*values, *characters]
    return keys, values


def ranks(query: Query, key: str = "cases_publishedcase.case_id") -> list[Sql]:
    """SQL for the numbers by which a case is ranked, the most telling first; `key` is the column of its key.

    How many of the words each place holds, then how many occur often.
    """
    held = tuple(word for word in query.words if word not in filed_as(query.words))
    return _ranks(query.words[:RANKED_WORDS], PLACES, (held, ("",)) if len(held) > 1 else NOWHERE, key)


def tiers(query: Query, key: str) -> Iterator[tuple[Sql, list[Sql]]]:
    """The best cases by themselves: SQL for their keys, and for the numbers they are ranked by among each other.

    First those that hold all the words in every place and often, then each time those of one place fewer. All that a
    tier holds comes before all that it does not: where it is enough for a page, nothing behind it is ranked.
    """
    words = query.words
    if len(words) > RANKED_WORDS:
        return
    yield engine().holding_best(words, query.without, PLACES, max(LEVELS)), []
    for count in range(len(PLACES), 0, -1):
        places = PLACES[:count]
        yield engine().holding_best(words, query.without, places), _ranks(words, PLACES[count:], (words, places), key)


def _ranks(words: tuple[str, ...], places: tuple[str, ...], among: Among, key: str) -> list[Sql]:
    sets = [[engine().holding(word, place, among) for word in words] for place in places]
    levels = [engine().often_holding(word, level, among) for level in LEVELS for word in words]
    return [_count(found, key) for found in (*sets, levels)]


def _count(sets: list[Sql], key: str) -> Sql:
    """In how many of the sets of keys a case is."""
    terms = [f"CASE WHEN {key} IN ({keys}) THEN 1 ELSE 0 END" for keys, _ in sets]
    return f"({' + '.join(terms)})", [value for _, values in sets for value in values]


def _number(rank: Sql) -> RawSQL:
    return RawSQL(*rank, output_field=IntegerField())  # noqa: S611
