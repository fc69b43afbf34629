"""The words behind the numbers, marked in the text.

Quotes may stand one in another and may overlap. HTML only nests, so of two that overlap the later
one is cut where the earlier one ends: its head lies inside, its rest follows (`is_rest`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

HERE, BELOW = "here", "below"  # in the same paragraph, in the next one
DEEPEST = 100  # quotes inside one another that are still marked


@dataclass(frozen=True, slots=True)
class Quote:
    """A stretch of text that metric `number` (from 1) was taken from."""

    number: int
    parts: tuple[str | Quote, ...]
    is_rest: bool = False  # its beginning is an element before this one
    continues: frozenset[str] = frozenset()  # HERE, BELOW: where elements after this one hold its rest


Paragraph = tuple[str | Quote, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """`text[start:end]` and the metric it belongs to."""

    number: int
    start: int
    end: int
    is_rest: bool = False
    continues: frozenset[str] = frozenset()


def marked_paragraphs(text: str, stretches: Iterable[Stretch] = ()) -> tuple[Paragraph, ...]:
    """The paragraphs of a text (parted by newlines, blank ones left out), quotes marked.

    The strings of all parts, joined, are the text itself without its line breaks.
    """
    stretches = list(stretches)
    paragraphs = []
    for start, end in _lines(text):
        within = [_clip(item, start, end, BELOW) for item in stretches if item.start < end and item.end > start]
        paragraphs.append(_nest(text, start, end, within))
    return tuple(paragraphs)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield start, start + len(line)
        start += len(line) + 1


def _clip(item: Stretch, start: int, end: int, rest: str) -> Stretch:
    """What of a stretch lies between start and end; `rest` is where the remainder goes, if there is one."""
    return replace(
        item,
        start=max(item.start, start),
        end=min(item.end, end),
        is_rest=item.is_rest or item.start < start,
        continues=item.continues | {rest} if item.end > end else item.continues,
    )


def _nest(text: str, start: int, end: int, stretches: list[Stretch], depth: int = 0) -> Paragraph:
    """`text[start:end]` with its stretches as nested quotes: the earliest first, of those the longest."""
    parts: list[str | Quote] = []
    waiting = sorted(stretches, key=lambda item: (item.start, -item.end, item.number)) if depth < DEEPEST else []
    while waiting:
        first, *others = waiting
        if first.start > start:
            parts.append(text[start : first.start])
        inside = [_clip(item, first.start, first.end, HERE) for item in others if item.start < first.end]
        within = _nest(text, first.start, first.end, inside, depth + 1)
        parts.append(Quote(first.number, within, first.is_rest, first.continues))
        start = first.end
        waiting = [_clip(item, start, end, HERE) for item in others if item.end > start]
    if start < end:
        parts.append(text[start:end])
    return tuple(parts)
