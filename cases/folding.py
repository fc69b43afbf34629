"""Texts made alike for search and matching, one character for one character.

Width, case and traditional characters are folded by a table, so `fold(text)[i]` always stands
for `text[i]` and every found place points at the author's own words. (Unicode's NFKC does
not keep places: ㎡ becomes two characters.)
"""

from __future__ import annotations

import functools
import pathlib
import re
import unicodedata

_TRADITIONAL = pathlib.Path(__file__).parent / "data" / "traditional_characters.txt"


@functools.cache
def folding_table() -> dict[str, str]:
    """Character to its folded character, for every one that changes."""
    simplified = {ord(pair[0]): pair[1] for pair in _TRADITIONAL.read_text(encoding="utf-8").split()}
    table = {}
    for code in range(0x10000):  # beyond the first plane nothing here has a width or a case
        character = chr(code)
        narrow = unicodedata.normalize("NFKC", character) if 0xFF00 <= code <= 0xFFEF or code == 0x3000 else character
        lower = narrow.lower()
        folded = lower if len(lower) == 1 else character
        folded = simplified.get(ord(folded), folded)
        if folded.isspace() or unicodedata.category(folded) == "Cc":
            folded = " "
        if folded != character:
            table[character] = folded
    return table


class Exchange:
    """A table that puts one character for one character; fast where few characters of a text change."""

    def __init__(self, table: dict[str, str]) -> None:
        self._table = table
        self._changing = re.compile(f"[{''.join(map(re.escape, table))}]")

    def __call__(self, text: str) -> str:
        """`text` with the characters of the table changed, of the same length.

        Chinese prose holds few of them: to jump from one to the next is several times as fast as
        `str.translate`, which looks every character up.
        """
        return self._changing.sub(self._changed, text)

    def _changed(self, found: re.Match[str]) -> str:
        return self._table[found[0]]


@functools.cache
def _folding() -> Exchange:
    return Exchange(folding_table())


def fold(text: str) -> str:
    """`text` in half width, lower case and simplified characters, blanks and control characters as " ".

    Always of the same length as `text`.
    """
    return _folding()(text)


def fold_blanks(text: str) -> str:
    """`fold`, with every run of blanks one blank and none at the ends: the form in which search compares."""
    return re.sub(" +", " ", fold(text)).strip(" ")
