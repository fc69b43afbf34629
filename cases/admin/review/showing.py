"""Passages with the comments that stand beside them, the words they are about marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cases.editing.pictures import picture_address
from cases.editing.review.comments import Thread, place_threads
from cases.editing.review.passages import Passage


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a paragraph."""

    text: str
    is_quoted: bool  # by a comment that is still open


@dataclass(frozen=True, slots=True)
class ShownPassage:
    passage: Passage
    paragraphs: tuple[tuple[Piece, ...], ...]
    threads: tuple[Thread, ...]
    is_new: bool  # readers do not have it so
    picture: str = ""  # its address


def shown_passages(
    texts: Sequence[Passage], threads: Sequence[Thread], live: Sequence[Passage] | None = None
) -> tuple[list[ShownPassage], list[Thread], list[Thread]]:
    """The passages, the comments on the case as a whole, and those whose words are gone.

    `live` is what readers see; what does not stand there is marked as new, None marks nothing.
    """
    placed, whole, gone = place_threads(threads, texts)
    known = {_said(passage) for passage in (texts if live is None else live)}
    shown = [_shown(passage, placed.get(passage.path, []), _said(passage) not in known) for passage in texts]
    return shown, whole, gone


def _said(passage: Passage) -> tuple[str, ...]:
    """What makes a passage the same wherever it was moved to."""
    place = passage.path if passage.kind == "fact" else ""
    return (passage.kind, place, passage.text, passage.file)


def _shown(passage: Passage, threads: Sequence[Thread], is_new: bool) -> ShownPassage:
    quotes = [thread.comment.quote for thread in threads if thread.is_open and thread.comment.quote]
    quoted = _quoted(passage.text, quotes)
    paragraphs, start = [], 0
    for line in passage.text.split("\n"):
        if line.strip():
            paragraphs.append(_pieces(line, quoted[start : start + len(line)]))
        start += len(line) + 1
    return ShownPassage(
        passage, tuple(paragraphs), tuple(threads), is_new, picture_address(passage.file) if passage.file else ""
    )


def _quoted(text: str, quotes: Sequence[str]) -> list[bool]:
    """Of each character whether a comment is about it."""
    marks = [False] * len(text)
    for quote in quotes:
        start = text.find(quote)
        if start >= 0:
            marks[start : start + len(quote)] = [True] * len(quote)
    return marks


def _pieces(line: str, marks: Sequence[bool]) -> tuple[Piece, ...]:
    pieces, start = [], 0
    for place in range(1, len(line) + 1):
        if place == len(line) or marks[place] != marks[start]:
            pieces.append(Piece(line[start:place], marks[start]))
            start = place
    return tuple(pieces)
