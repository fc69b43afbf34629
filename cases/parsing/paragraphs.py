"""Paragraphs broken over several lines, put together again where that is certain."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cases.parsing.characters import Line, joined
from cases.parsing.headings import container_kind
from cases.parsing.marks import line_mark

_ENDS = "。；：！？…”’）》】"
_CANNOT_OPEN = re.compile(r"[，。、；：！？）”’》%]")
_SHORTEST_WRAPPED = 16


def mended(lines: Sequence[Line]) -> list[Line]:
    """The lines with those joined that one paragraph was broken into.

    Certain are: a line that ends inside a clause (，、 or an open “ 《 （), one followed by a mark that
    opens no line, and one as wide as the text is when most of its lines are (hard-wrapped text).
    """
    width = _wrapped_width(lines)
    groups: list[list[Line]] = []
    open_marks = 0
    for line in lines:
        if groups and _continues(groups[-1][-1], line, width, open_marks):
            groups[-1].append(line)
            open_marks += _open_marks(line.text)
        else:
            groups.append([line])
            open_marks = _open_marks(line.text)
    return [joined(group) for group in groups]


def _continues(above: Line, line: Line, width: int, open_marks: int) -> bool:
    text = above.text
    if line.after_gap:
        return False
    if _CANNOT_OPEN.match(line.text):
        return True
    if line_mark(line.text) or container_kind(line.text) or container_kind(text):
        return False
    if text[-1] in "，、" and len(text) >= 8:
        return True
    if 0 < open_marks < 3 and len(text) >= 8:
        return True
    return bool(width) and abs(len(text) - width) <= 2 and text[-1] not in "。"


def _open_marks(text: str) -> int:
    return sum(text.count(a) - text.count(b) for a, b in ("“”", "《》", "（）"))


def _wrapped_width(lines: Sequence[Line]) -> int:
    """The width a text was wrapped at; 0 when its lines are paragraphs."""
    widths = [len(line.text) for line in lines]
    if len(widths) < 4:
        return 0
    widest = max(widths)
    if not _SHORTEST_WRAPPED <= widest <= 60:
        return 0
    full = [line for line in lines if widest - len(line.text) <= 2]
    inside = sum(line.text[-1] not in _ENDS for line in full)
    return widest if len(full) >= max(3, len(lines) * 0.4) and inside >= 2 else 0
