"""What of a case is searched, folded, by the weight it has."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from cases.content import CaseContent, InitiativeContent
from cases.folding import fold_blanks

LONGEST_WORD = 500  # characters; no longer word is found where a long case is cut into parts
FIELD_BREAK = "\n"  # folding leaves none in a text, so nothing is found across it


@dataclass(frozen=True, slots=True)
class Entry:
    """The searched fields of one case, folded, joined by FIELD_BREAK."""

    case: int  # key of the PublishedCase
    listed_on: datetime.date
    title: str
    heading: str
    label: str  # of metrics, and tags
    text: str

    @classmethod
    def of(cls, case: int, listed_on: datetime.date, content: CaseContent) -> Entry:
        title = [content.title, content.subtitle]
        heading = [text for item in content.initiatives for text in _headings(item)]
        label = [*(metric.label for metric in content.all_metrics()), *content.tags]
        text = [content.intro, *(text for item in content.initiatives for text in _texts(item)), content.closing]
        joined = _join([*text, content.summary])
        quotes = (searchable(metric.quote) for metric in content.all_metrics())
        # a quote repeats words of its place: indexed again it would only make them count double
        unheard = [quote for quote in quotes if quote not in joined]
        texts = FIELD_BREAK.join(filter(None, [joined, *unheard]))
        return cls(case, listed_on, _join(title), _join(heading), _join(label), texts)

    @property
    def columns(self) -> tuple[str, str, str, str]:
        return (self.title, self.heading, self.label, self.text)

    def fields(self) -> Iterator[str]:
        for column in self.columns:
            yield from filter(None, column.split(FIELD_BREAK))


def searchable(text: str) -> str:
    """The folded form in which texts and queries are compared; half a surrogate pair becomes U+FFFD."""
    return re.sub("[\ud800-\udfff]", "\ufffd", fold_blanks(text))


def _headings(initiative: InitiativeContent) -> list[str]:
    return [initiative.heading, *(measure.heading for measure in initiative.measures)]


def _texts(initiative: InitiativeContent) -> list[str]:
    return [initiative.text, *(measure.text for measure in initiative.measures)]


def _join(texts: list[str]) -> str:
    return FIELD_BREAK.join(filter(None, map(searchable, texts)))
