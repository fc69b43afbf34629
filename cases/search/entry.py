"""What of a published case is searched and filtered by: its texts, folded, by the weight they have, and its facets."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cases.folding import fold, fold_blanks
from cases.models import PublishedCase, TaggedCase

LONGEST_WORD = 500  # characters; no longer word is found where a long case is cut into parts
FIELD_BREAK = "\n"  # folding leaves none in a text, so nothing is found across it

# Halves of characters, which no text keeps: so a whole case is folded at once and taken apart again.
_FIELD, _COLUMN = "\ud800", "\udc00"
_FOREIGN = re.compile("[\ud800-\udfff]")
_BLANKS = re.compile(" {2,}")

Columns = tuple[str, str, str, str]  # title; headings; labels of metrics, and tags; texts

_FACET_COLUMNS = ("province_id", "prefecture_id", "county_id", "department_id")


@dataclass(frozen=True, slots=True)
class Entry:
    """One case as the index takes it: folded texts joined by FIELD_BREAK, and facets as (facet, value)."""

    case: int  # key of the PublishedCase
    listed_on: datetime.date
    columns: Columns
    filed: tuple[tuple[str, str], ...] = ()
    tags: tuple[str, ...] = ()  # slugs

    def fields(self) -> Iterator[str]:
        for column in self.columns:
            yield from filter(None, column.split(FIELD_BREAK))


def read_entries(keys: Sequence[int]) -> list[Entry]:
    """The entries of published cases, from their rows, by key. Three queries."""
    tags: dict[int, dict[str, str]] = defaultdict(dict)
    filed = TaggedCase.objects.filter(content_object__in=keys).order_by("pk")
    for key, slug, name in filed.values_list("content_object_id", "tag__slug", "tag__name"):
        tags[key][slug] = name
    themes: dict[int, list[str]] = defaultdict(list)
    for key, slug in PublishedCase.themes.through.objects.filter(publishedcase__in=keys).values_list(
        "publishedcase_id", "theme_id"
    ):
        themes[key].append(slug)
    rows = PublishedCase.objects.filter(pk__in=keys).order_by("pk")
    return [
        Entry(
            key,
            listed_on,
            searched_texts(body, tags[key].values()),
            _filed(places, themes[key], listed_on, body),
            tuple(tags[key]),
        )
        for key, listed_on, body, *places in rows.values_list("pk", "listed_on", "body", *_FACET_COLUMNS)
    ]


def _filed(
    places: Sequence[str | None], themes: Sequence[str], listed_on: datetime.date, body: Mapping[str, Any]
) -> tuple[tuple[str, str], ...]:
    """What the case is filed under, but its tags."""
    *divisions, department = places
    metrics = list(_metrics(body))
    return (
        *(("region", code) for code in divisions if code),
        *([("department", department)] if department else []),
        *(("theme", slug) for slug in themes),
        ("year", str(listed_on.year)),
        *(("kind", kind) for kind in dict.fromkeys(metric["kind"] for metric in metrics) if kind),
        *([("metrics", "1")] if metrics else []),
    )


# texts


def searched_texts(body: Mapping[str, Any], tags: Iterable[str]) -> Columns:
    """Title, headings, labels and texts of a case in the exchange format, folded; its tags by the names given."""
    initiatives, metrics = body["initiatives"], list(_metrics(body))
    title, heading, label, text, quotes = _folded(
        [body["title"], body["subtitle"]],
        [part["heading"] for item in initiatives for part in (item, *item["measures"])],
        [*(metric["label"] for metric in metrics), *tags],
        [
            body["intro"],
            *(part["text"] for item in initiatives for part in (item, *item["measures"])),
            body["closing"],
            body["summary"],
        ],
        [metric["quote"] for metric in metrics],
    )
    # a quote repeats words of its place: indexed again it would only make them count double
    unheard = [quote for quote in quotes.split(FIELD_BREAK) if quote not in text]
    return title, heading, label, FIELD_BREAK.join(filter(None, [text, *unheard]))


def _metrics(body: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield from body["metrics"]
    for initiative in body["initiatives"]:
        yield from initiative["metrics"]


def _folded(*columns: Sequence[str]) -> list[str]:
    """Each column folded, its texts joined by FIELD_BREAK, no empty ones. All at once: a case has fifty texts."""
    if any(_FOREIGN.search("".join(column)) for column in columns):
        columns = tuple([_FOREIGN.sub("\ufffd", text) for text in column] for column in columns)
    folded = _BLANKS.sub(" ", fold(_COLUMN.join(map(_FIELD.join, columns))))
    for mark in (_FIELD, _COLUMN):
        folded = folded.replace(f" {mark}", mark).replace(f"{mark} ", mark)
    return [FIELD_BREAK.join(filter(None, column.split(_FIELD))) for column in folded.strip(" ").split(_COLUMN)]


def searchable(text: str) -> str:
    """The folded form in which texts and queries are compared; half a surrogate pair becomes U+FFFD."""
    return _FOREIGN.sub("\ufffd", fold_blanks(text))
