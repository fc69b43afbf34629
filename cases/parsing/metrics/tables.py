"""Rows of a table with a column of what was and one of what is: 开办时间 | 5个工作日 | 1个工作日."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from cases.parsing.metrics.changes import Change
from cases.parsing.metrics.quantities import Quantity

_OLD = re.compile("前$|^原|过去|以往|去年|上年|同期|旧")
_NEW = re.compile("后$|现|如今|目前|今年|本年|当前|新")
_YEAR = re.compile(r"(20\d\d)年?")
_RULE = re.compile(r"[|—：\s]+")  # the line under the header of a Markdown table


class Columns(NamedTuple):
    """Which column of a table holds the old value and which the new, of how many."""

    old: int
    new: int
    width: int


def is_row(text: str) -> bool:
    """True for a line of cells parted by |."""
    return "|" in text.strip("| ")


def columns(header: str, above: Columns | None = None) -> Columns | None:
    """The columns that a header names (改革前 | 改革后, 2020年 | 2022年), None when it names no such two.

    A rule below a header keeps the columns of the header `above`.
    """
    if _RULE.fullmatch(header):
        return above
    cells = [header[start:end].strip() for start, end in _cells(header)]
    olds = [at for at, cell in enumerate(cells) if _OLD.search(cell)]
    news = [at for at, cell in enumerate(cells) if _NEW.search(cell) and at not in olds]
    if len(olds) == len(news) == 1:
        return Columns(olds[0], news[0], len(cells))
    years = sorted((match[1], at) for at, cell in enumerate(cells) if (match := _YEAR.match(cell)))
    if len(years) == 2 and years[0][0] != years[1][0]:
        return Columns(years[0][1], years[1][1], len(cells))
    return None


def row_change(text: str, found: Sequence[Quantity], known: Columns) -> Change | None:
    """The change that a row tells; None unless each of its two cells holds one number, both in one unit."""
    cells = _cells(text)
    if len(cells) != known.width:
        return None
    places = []
    for start, end in (cells[known.old], cells[known.new]):
        inside = [at for at, quantity in enumerate(found) if start <= quantity.start < end]
        if len(inside) != 1:
            return None
        places += inside
    old, new = places
    same = found[old].unit in ("", found[new].unit)
    return Change(old, new, same, found[old].start) if same and found[new].unit else None


def _cells(text: str) -> list[tuple[int, int]]:
    """Where the cells of a row stand, those outside its first and last | left out."""
    start = len(text) - len(text.lstrip("| "))
    cells = []
    for cell in text.strip("| ").split("|"):
        cells.append((start, start + len(cell)))
        start += len(cell) + 1
    return cells
