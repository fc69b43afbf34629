"""Small charts: which shade, which place, which length. What draws them is a template."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from cases.presenting.tiles import shade

WIDEST = 7  # tiles in a row of a grid
TALLEST = 136  # pixels of a column
GROUND = 160  # pixels from the top of a chart to the foot of its columns


@dataclass(frozen=True, slots=True)
class Tile:
    """A place on a tile map; x and y in units of one tile."""

    key: str
    name: str
    count: int
    shade: int  # 0 (none) to 4
    x: int
    y: int


def grid(places: Sequence[tuple[str, str, int]]) -> list[Tile]:
    """(key, name, count) in rows, in the order given. It is no map: neighbours need not be near one another."""
    most = max((count for _, _, count in places), default=0)
    columns = columns_of(len(places))
    return [
        Tile(key, name, count, shade(count, most), number % columns, number // columns)
        for number, (key, name, count) in enumerate(places)
    ]


def columns_of(count: int) -> int:
    """How many tiles stand in a row: about a square, never more than WIDEST."""
    return max(1, min(WIDEST, math.ceil(math.sqrt(count))))


def steps(most: int) -> list[tuple[int, int, int]]:
    """The legend: (shade, least, most cases), for shades that occur.

    >>> steps(40)
    [(1, 1, 10), (2, 11, 20), (3, 21, 30), (4, 31, 40)]
    """
    ends = [most * step // 4 for step in range(1, 5)]
    return [
        (step, begin + 1, end)
        for step, (begin, end) in enumerate(zip([0, *ends], ends, strict=False), start=1)
        if end > begin
    ]


@dataclass(frozen=True, slots=True)
class Bar:
    """One column of a chart; height out of 100. All are numbers for attributes of SVG."""

    label: str
    count: int
    height: str
    left: str  # percent of the width of the chart
    width: str

    @property
    def length(self) -> str:
        """Of a column that is at most TALLEST pixels high."""
        return f"{float(self.height) / 100 * TALLEST:.1f}"

    @property
    def top(self) -> str:
        """Pixels from the top of the chart to that of the column."""
        return f"{GROUND - float(self.length):.1f}"


def bars(counts: Sequence[tuple[str, int]], most: int | None = None) -> list[Bar]:
    """Columns in the order given, the largest 100 high; `most` sets the scale for several charts side by side.

    >>> [bar.height for bar in bars([("2023", 1), ("2024", 4)])]
    ['25.0', '100.0']
    """
    most = most if most is not None else max((count for _, count in counts), default=0)
    width = 100 / len(counts) if counts else 0
    return [
        Bar(label, count, f"{count / most * 100:.1f}" if most else "0", f"{place * width:.3f}", f"{width:.3f}")
        for place, (label, count) in enumerate(counts)
    ]
