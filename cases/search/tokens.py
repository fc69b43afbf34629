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

from collections import Counter
from operator import add

BLANK = "Ｚ"  # not U+3000, which some locales part tokens at
PLACES = {"title": "Ａ", "heading": "Ｂ", "label": "Ｃ"}  # mark the pairs that stand in such a text
LEVELS = {4: "Ｄ", 8: "Ｅ", 16: "Ｆ"}  # mark the pairs that stand so often, or more often, in a case

_SAFE = {code: code + 0xFEE0 for code in range(0x21, 0x7F) if not chr(code).isalnum()} | {0x20: BLANK}


def pairs(folded: str) -> list[str]:
    """The overlapping pairs of a text and its last character, in order.

    >>> pairs("放管服")
    ['放管', '管服', '服']
    """
    safe = folded.translate(_SAFE)
    return [*map(add, safe, safe[1:]), safe[-1:]] if safe else []


def word_pairs(word: str) -> list[str]:
    """The pairs that stand wherever the word stands: none for a single character."""
    return pairs(word)[:-1]


def safe_character(character: str) -> str:
    """One character as it begins tokens."""
    return character.translate(_SAFE)


def frequent_pairs(found: Counter[str]) -> list[str]:
    """The pairs of a case that stand in it often, each marked with every level it reaches."""
    least = min(LEVELS)
    often = [(pair, count) for pair, count in found.items() if count >= least]
    return [mark + pair for level, mark in LEVELS.items() for pair, count in often if count >= level]
