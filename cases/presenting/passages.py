"""Words that somebody selected on the page of a case, found again in its text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cases.content import CaseContent
from cases.presenting.evidence import initiative_fields
from cases.presenting.marking import Piece

_BLANK = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class FoundWords:
    """A field in which the words stand, or a part of them, in pieces: the words as hits."""

    path: str  # "initiatives[0].measures[1].text"
    pieces: tuple[Piece, ...]


def find_words(content: CaseContent, words: str) -> tuple[FoundWords, ...]:
    """The fields in which the words stand, in reading order; () if they are not there.

    Words selected from the end of one passage to the beginning of the next are found in both. Blanks and breaks are
    not compared: a selection has others than the text.
    """
    wanted = _BLANK.sub("", words)
    if not wanted:
        return ()
    for fields in ([*running_text(content)], *([field] for field in facts(content))):
        if found := _find_in(fields, wanted):
            return found
    return ()


def running_text(content: CaseContent) -> Iterator[tuple[str, str]]:
    """(path, text) of what is read from top to bottom."""
    for name in ("title", "subtitle", "summary", "intro"):
        yield name, getattr(content, name)
    for index, initiative in enumerate(content.initiatives):
        yield from initiative_fields(initiative, index)
    yield "closing", content.closing


def facts(content: CaseContent) -> Iterator[tuple[str, str]]:
    """(path, text) of what stands beside the text, each by itself."""
    for name in ("source_name", "author", "responsible_editor", "organization"):
        yield name, getattr(content, name)
    for name in ("policies", "honours", "tags"):
        yield from ((f"{name}[{number}]", words) for number, words in enumerate(getattr(content, name)))
    lists = [("metrics", content.metrics)]
    lists += [(f"initiatives[{index}].metrics", part.metrics) for index, part in enumerate(content.initiatives)]
    for path, metrics in lists:
        yield from ((f"{path}[{number}].label", metric.label) for number, metric in enumerate(metrics))
    yield from ((f"pictures[{number}].caption", picture.caption) for number, picture in enumerate(content.pictures))


def _find_in(fields: Iterable[tuple[str, str]], wanted: str) -> tuple[FoundWords, ...]:
    fields = list(fields)
    joined = [_BLANK.sub("", text) for _path, text in fields]
    start = "".join(joined).find(wanted)
    if start < 0:
        return ()
    found, begin, end = [], 0, start + len(wanted)
    for (path, text), bare in zip(fields, joined, strict=True):
        first, last = max(start - begin, 0), min(end - begin, len(bare))
        if first < last:
            found.append(FoundWords(path, _marked(text, first, last)))
        begin += len(bare)
    return tuple(found)


def _marked(text: str, first: int, last: int) -> tuple[Piece, ...]:
    """The text in pieces, `first` and `last` counted without its blanks."""
    places = [place for place, character in enumerate(text) if not character.isspace()]
    start, end = places[first], places[last - 1] + 1
    pieces = (Piece(text[:start], False), Piece(text[start:end], True), Piece(text[end:], False))
    return tuple(piece for piece in pieces if piece.text)
