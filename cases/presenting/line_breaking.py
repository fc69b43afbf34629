"""Lines of a Chinese text that is drawn rather than set by a browser.

A line begins with no mark that closes, and ends with none that opens; words and numbers of other scripts stay whole
as long as they fit (GB/T 15834, 5.1: 标点符号的位置).
"""

from __future__ import annotations

import re
from collections.abc import Callable

Measure = Callable[[str], float]  # how wide a text is drawn

_CLOSING = frozenset(
    "\u3001\u3002\uff0c\uff1b\uff1a\uff1f\uff01\u2026\u2014\uff5e\u00b7\u201d\u2019\u300b\u3009\u300d\u300f\u3011"
    "\u3015\uff09\uff05\u2030\u2103,.;:?!)]}%\u00b0"
)
_OPENING = frozenset("\u201c\u2018\u300a\u3008\u300c\u300e\u3010\u3014\uff08([{")
_MARKS = "\u3001\u3002\uff0c\uff1b\uff1a\uff1f\uff01\u300b\u201d\uff09"  # those that part a sentence
_PARTS = re.compile(f"[{_MARKS}](?![{_MARKS}])")
_PIECES = re.compile(r"[A-Za-z0-9]+(?:[.,:/+-][A-Za-z0-9]+)*| +|.", re.DOTALL)
_ELLIPSIS = "\u2026"


def break_lines(text: str, width: float, measure: Measure, most: int) -> list[str]:
    """At most `most` lines no wider than `width`; the last ends with … if there was more.

    Lines end after a mark where that takes no more of them than there may be, so that fewer words are torn.
    """
    lines = _fill(text, width, measure, at_marks=True)
    if len(lines) > most:
        lines = _fill(text, width, measure)
    return lines if len(lines) <= most else [*lines[: most - 1], _cut("".join(lines[most - 1 :]), width, measure)]


def _fill(text: str, width: float, measure: Measure, *, at_marks: bool = False) -> list[str]:
    lines, line = [], ""
    for piece in _whole_pieces(text, width, measure):
        if line and measure((line + piece).rstrip()) > width:
            end = _after_mark(line, width, measure) if at_marks else len(line)
            lines.append(line[:end].rstrip())
            line = line[end:].lstrip()
        line += piece if line else piece.lstrip()
    return [*lines, line.rstrip()] if line.strip() else lines


def _after_mark(line: str, width: float, measure: Measure) -> int:
    """Where the line may end: after its last mark that parts a sentence, if half of the width is used till there."""
    end = max((found.end() for found in _PARTS.finditer(line)), default=0)
    return end if measure(line[:end]) * 2 >= width else len(line)


def _whole_pieces(text: str, width: float, measure: Measure) -> list[str]:
    """What stands on one line: a character with the marks that belong to it, a word; too long ones by character."""
    pieces: list[str] = []
    for piece in _PIECES.findall(text):
        if pieces and (piece in _CLOSING or pieces[-1][-1] in _OPENING):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return [part for piece in pieces for part in ([piece] if measure(piece) <= width else piece)]


def _cut(text: str, width: float, measure: Measure) -> str:
    """As much of the text as fits before an ellipsis, which no mark precedes."""
    while text and measure(text + _ELLIPSIS) > width:
        text = text[:-1]
    return text.rstrip("".join(_CLOSING | _OPENING) + " ") + _ELLIPSIS
