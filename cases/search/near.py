"""What to try where nothing was found: fewer words, parts of a word that do occur, fewer filters.

Every offer is counted, so none leads to nothing again. The work is bounded, whatever was searched.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q

from cases.content import CaseContent
from cases.models import Tag
from cases.search.entry import searchable
from cases.search.hits import Hits
from cases.search.index import engine
from cases.search.selection import FACETS, Selection
from cases.search.typed import begins_with

MOST_WORDS = 6  # of which one is left out in turn
MOST_OFFERS = 6  # of shorter texts
LONGEST_TRIED = 24  # characters of a word whose parts are looked for
MOST_PROBES = 40  # of the index, for parts
SHORTEST_PART = 2  # characters
MOST_TAGS = 6
MOST_HEADINGS = 3

_WORD = re.compile(r'-?"[^"]*"|\S+')


@dataclass(frozen=True, slots=True)
class Offer:
    """Another selection, which finds `cases`."""

    selection: Selection
    cases: int
    dropped: str = ""  # the facet it does without
    kept: str = ""  # the only facet it keeps


def fewer_filters(selection: Selection) -> list[Offer]:
    """The selection without one of its facets, or without all, where that finds something; most cases first.

    If no single facet is to blame, the selection with one facet alone.
    """
    chosen = [facet for facet in FACETS if getattr(selection, facet)] + ["metrics"] * selection.with_metrics
    offers = _most_first(Offer(selection.without(facet), 0, dropped=facet) for facet in chosen)
    if not offers and len(chosen) > 1:
        offers = _most_first(Offer(_alone(selection, facet), 0, kept=facet) for facet in chosen)
    if selection.text and len(chosen) > 1:
        offers += _found([Offer(Selection(text=selection.text), 0)])
    return offers


def _alone(selection: Selection, facet: str) -> Selection:
    if facet == "metrics":
        return Selection(text=selection.text, with_metrics=True)
    return dataclasses.replace(Selection(text=selection.text), **{facet: getattr(selection, facet)})


def _most_first(offers: Iterator[Offer]) -> list[Offer]:
    return sorted(_found(offers), key=lambda offer: -offer.cases)


def shorter_texts(selection: Selection) -> list[Offer]:
    """The same filters with fewer or shorter words, where that finds something; the nearest text first.

    If nothing is found with the filters, the same texts without any.
    """
    words = _WORD.findall(selection.text)[:MOST_WORDS]
    texts = [" ".join(words[:place] + words[place + 1 :]) for place in range(len(words))] if len(words) > 1 else []
    if len(words) > 2:
        texts += words
    texts += occurring_parts(words)
    unfiltered = Selection(text=selection.text)
    found = _with_texts(selection, texts)
    return found if found or selection == unfiltered else _with_texts(unfiltered, texts)


def _with_texts(selection: Selection, texts: list[str]) -> list[Offer]:
    texts = [text for text in dict.fromkeys(texts) if not text.startswith("-")][: 2 * MOST_WORDS]
    others = (dataclasses.replace(selection, text=text) for text in texts if text != selection.text)
    return _found(Offer(other, 0) for other in others)[:MOST_OFFERS]


def _found(offers: Iterator[Offer] | list[Offer]) -> list[Offer]:
    counted = (dataclasses.replace(offer, cases=Hits(offer.selection).count()) for offer in offers)
    return [offer for offer in counted if offer.cases]


def occurring_parts(words: list[str]) -> list[str]:
    """The longest parts of the words that stand in some case, longest first.

    Read from the left: a part is as long as it can be, the next begins behind it. A text that occurs
    has occurring beginnings, so the length is found by halving.
    """
    probes, parts = MOST_PROBES, []
    for word in words:
        folded, start = searchable(word.strip('-"'))[:LONGEST_TRIED], 0
        while start <= len(folded) - SHORTEST_PART and probes > 0:
            short, long = SHORTEST_PART - 1, len(folded) - start
            while short < long and probes > 0:
                middle, probes = (short + long + 1) // 2, probes - 1
                short, long = (middle, long) if _occurs(folded[start : start + middle]) else (short, middle - 1)
            if short >= SHORTEST_PART:
                parts.append(folded[start : start + short])
            start += max(short, 1)
    return sorted(dict.fromkeys(parts), key=len, reverse=True)


def _occurs(text: str) -> bool:
    keys, values = engine().holding(text)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM ({keys}) AS held LIMIT 1", values)  # noqa: S608
        return cursor.fetchone() is not None


def like_tags(text: str) -> list[Tag]:
    """Tags that begin with two neighbouring characters of the text, the shortest first."""
    folded = searchable(text)[:LONGEST_TRIED]
    pairs = dict.fromkeys(folded[place : place + 2] for place in range(len(folded) - 1))
    beginnings = [pair for pair in pairs if len(pair) == 2 and pair.isalnum()]
    if not beginnings:
        return []
    begins = Q()
    for pair in beginnings:
        begins |= begins_with("slug", pair)
    rows = Tag.objects.filter(begins).order_by("slug")[: MOST_TAGS * 10]
    return sorted(rows, key=lambda tag: (len(tag.name), tag.slug))[:MOST_TAGS]


def like_headings(part: str) -> list[tuple[int, str, str]]:
    """(case, its title, a heading of it that holds the part) for the best cases; the part is folded."""
    found = []
    for case in Hits(Selection(text=part))[:MOST_HEADINGS]:
        heading = next((text for text in _headings(case.content) if part in searchable(text)), "")
        if heading:
            found.append((case.pk, case.title, heading))
    return found


def _headings(content: CaseContent) -> Iterator[str]:
    for initiative in content.initiatives:
        yield initiative.heading
        yield from (measure.heading for measure in initiative.measures)
