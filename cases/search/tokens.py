"""The tokens by which texts are found: every two neighbouring characters.

All characters of a folded text are paired, letters, digits, signs and the blank like Han
characters, so that 46.7 finds 146.7 and 96.5% does not find 96.5. Each text closes with its
last character alone: no pair reaches from one text into the next, and every character begins
a token, so that a single one is found as the beginning of a token.

Tokens are built of characters that no tokenizer or literal takes for its own. A folded text
never holds full-width forms, they were folded away; so signs of ASCII are written in full width,
and the full-width capitals are free to mark tokens of another sort.
"""

from __future__ import annotations

import sys
from array import array
from collections import Counter
from collections.abc import Sequence
from operator import add

from cases.folding import Exchange

BLANK = "Ｚ"  # not U+3000, which some locales part tokens at
PLACES = {"title": "Ａ", "heading": "Ｂ", "label": "Ｃ"}  # mark the pairs that stand in such a text
LEVELS = {4: "Ｄ", 8: "Ｅ", 16: "Ｆ"}  # mark the pairs that stand so often, or more often, in a case
LONG = "Ｇ"  # by itself: the case has more than one row

Among = tuple[Sequence[str], Sequence[str]]  # words, and the places each of them stands in ("" for anywhere)
NOWHERE: Among = ((), ())

_SAFE = {chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F) if not chr(code).isalnum()} | {" ": BLANK}
_safe = Exchange(_SAFE)
_UTF16, _UTF32 = (f"utf-{bits}-{sys.byteorder[0]}e" for bits in (16, 32))


def pairs(folded: str) -> list[str]:
    """The overlapping pairs of a text and its last character, in order.

    >>> pairs("放管服")
    ['放管', '管服', '服']
    """
    safe = safe_text(folded)
    return [*map(add, safe, safe[1:]), safe[-1:]] if safe else []


def pair_text(safe: str, mark: str = "") -> str:
    """The pairs of one or more safe texts, joined by line breaks, as words between blanks, each after the mark.

    As `" ".join(pairs(text))` for each of them, with the first character of every further text and the mark alone
    before it, which ask for nothing. Written by arrays: one case has two thousand pairs.

    >>> pair_text("放管服\\n审批").split()
    ['放管', '管服', '服', '审', '审批', '批']
    """
    characters = array("I", safe.encode(_UTF32))
    first = len(mark)
    words = array("I", [0x20]) * ((first + 3) * len(characters))
    if mark:
        words[0 :: first + 3] = array("I", [ord(mark)]) * len(characters)
    words[first :: first + 3] = characters
    words[first + 1 : -3 : first + 3] = characters[1:]
    return words.tobytes().decode(_UTF32)


def word_pairs(word: str) -> list[str]:
    """The pairs that stand wherever the word stands: none for a single character."""
    return pairs(word)[:-1]


def safe_text(folded: str) -> str:
    """The text, of the same length, in characters that no tokenizer or literal takes for its own."""
    return _safe(folded)


def frequent_pairs(safe: str) -> list[str]:
    """The pairs that stand often in safe texts joined by line breaks, each marked with every level it reaches.

    Counted as numbers, two characters of the first plane in each: pairs of rarer characters have no levels.
    """
    units = memoryview(safe.encode(_UTF16))
    found: Counter[int] = Counter()
    for start in (0, 2):
        found.update(units[start : len(units) - (len(units) - start) % 4].cast("I"))
    least = min(LEVELS)
    often = [
        pair
        for pair, count in found.items()
        if count >= least
        if (pair & 0xFFFF) != 0x0A and (pair >> 16) != 0x0A  # the break between two texts
        if (pair & 0xF800) != 0xD800 and (pair & 0xF8000000) != 0xD8000000  # half a character
    ]
    written = array("I", often).tobytes().decode(_UTF16)
    named = [(written[2 * at : 2 * at + 2], found[pair]) for at, pair in enumerate(often)]
    return [mark + pair for level, mark in LEVELS.items() for pair, count in named if count >= level]
