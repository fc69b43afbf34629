"""Spans laid side by side, so that together with `unplaced` they cover every visible character."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cases.parsing.characters import Line, Source, visible
from cases.parsing.result import Span, Unplaced

_SIGNS = re.compile(r"[\W_]+")


def cover(
    source: Source, spans: Sequence[Span], notice: Sequence[Line] = ()
) -> tuple[tuple[Span, ...], tuple[Unplaced, ...]]:
    """The spans in text order without overlaps (metrics lie on top), and the stretches left over.

    The lines of a notice are left over as one stretch, as far as nothing of them was placed.

    Punctuation between a heading and its text belongs to the numbering, leftovers of markup and
    invisible characters to the furniture.
    """
    metrics = [span for span in spans if span.kind == "metric"]
    side_by_side = _without_overlaps([span for span in spans if span.kind != "metric" and span.start < span.end])
    filled: list[Span] = []
    unplaced: list[Unplaced] = []
    at = 0
    for span in [*side_by_side, None]:
        end = span.start if span else len(source.text)
        joins = False
        for start, stop in _stretches(source, at, end):
            if not any(map(visible, source.words(start, stop))):
                filled.append(Span(start, stop, "furniture"))
                joins = False
            elif _SIGNS.fullmatch(source.plain[start:stop]) and start > 0:
                filled.append(Span(start, stop, "numbering"))
                joins = False
            elif joins and notice and stop <= notice[-1].end:
                unplaced[-1] = Unplaced(unplaced[-1].start, stop)
            else:
                unplaced.append(Unplaced(start, stop))
                joins = True
        if span:
            filled.append(span)
            at = span.end
    ordered = sorted([*filled, *metrics], key=lambda span: (span.start, span.kind == "metric", span.end))
    return tuple(ordered), tuple(unplaced)


def _without_overlaps(spans: list[Span]) -> list[Span]:
    spans.sort(key=lambda span: (span.start, -span.end))
    kept: list[Span] = []
    for span in spans:
        if kept and span.start < kept[-1].end:
            if span.end <= kept[-1].end:
                continue
            span = span._replace(start=kept[-1].end)
        kept.append(span)
    return kept


def _stretches(source: Source, start: int, end: int) -> list[tuple[int, int]]:
    """The stretches between two places that hold something besides blanks, one for each line."""
    found = []
    at = start
    for piece in source.text[start:end].split("\n"):
        words = piece.strip()
        if words:
            first = at + piece.index(words[0])
            found.append((first, first + len(words)))
        at += len(piece) + 1
    return found
