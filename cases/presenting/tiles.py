"""Where each province stands on the tile map: one square each, neighbours near one another."""

import re

# code of the province: (column, row), both from 0
TILES = {
    "230000": (6, 0),
    "150000": (3, 1), "110000": (4, 1), "210000": (5, 1), "220000": (6, 1),
    "650000": (0, 2), "620000": (1, 2), "640000": (2, 2), "140000": (3, 2), "130000": (4, 2), "120000": (5, 2),
    "540000": (0, 3), "630000": (1, 3), "610000": (2, 3), "410000": (3, 3), "370000": (4, 3),
    "510000": (1, 4), "500000": (2, 4), "420000": (3, 4), "340000": (4, 4), "320000": (5, 4), "310000": (6, 4),
    "530000": (1, 5), "520000": (2, 5), "430000": (3, 5), "360000": (4, 5), "330000": (5, 5),
    "450000": (2, 6), "440000": (3, 6), "350000": (4, 6), "710000": (5, 6),
    "460000": (2, 7), "820000": (3, 7), "810000": (4, 7),
}  # fmt: skip
COLUMNS, ROWS = 7, 8
_HAN, _LATIN = 3, 8  # characters that fit beside one another in a tile
_SYLLABLE = re.compile(r"(?<![zcs])(?:[zcs]h|[bpmfdtnlgkhjqxzcsrwy])(?=[aeiouü])")


def shade(count: int, most: int) -> int:
    """How dark a tile is, 0 (none) to 4: quarters of the largest count.

    >>> [shade(count, 40) for count in (0, 1, 11, 40)]
    [0, 1, 2, 4]
    """
    return 0 if not count else min(4, 1 + (count * 4 - 1) // most)


def tile_lines(name: str) -> tuple[str, ...]:
    """The name in one or two lines that fit in a tile; what is still too long is cut, and the link says it whole.

    >>> [tile_lines(name) for name in ("河南", "Henan", "Inner Mongolia", "Heilongjiang")]
    [('河南',), ('Henan',), ('Inner', 'Mongolia'), ('Heilong-', 'jiang')]
    """
    if any(character > "\u3000" for character in name):
        half = len(name) if len(name) <= _HAN else (len(name) + 1) // 2
        return tuple(line[:_HAN] for line in (name[:half], name[half:]) if line)
    first, _blank, rest = name.partition(" ")
    if not rest and len(name) >= _LATIN:
        breaks = [found.start() for found in _SYLLABLE.finditer(name) if 0 < found.start() < _LATIN]
        middle = min(breaks, key=lambda place: abs(place - len(name) / 2), default=_LATIN - 1)
        first, rest = f"{name[:middle]}-", name[middle:]
    return tuple(line if len(line) <= _LATIN else f"{line[: _LATIN - 1]}." for line in (first, rest) if line)
