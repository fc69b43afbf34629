"""The number of a metric marked in the words it was taken from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from cases.content import MetricContent
from cases.folding import fold
from cases.presenting.marking import Piece

_FACTORS = {"百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}
_DIGITS = re.compile(rf"(\d+(?:,\d{{3}})*(?:\.\d+)?) ?([{''.join(_FACTORS)}]*)", re.ASCII)
_NUMERALS = "零一二三四五六七八九十两半"


def mark_number(metric: MetricContent) -> list[Piece]:
    """The quote in pieces, value and old value with their units as hits; no hit where they cannot be found."""
    text = fold(metric.quote)
    unit = fold(metric.unit)
    stretches = list(_in_digits(text, unit, metric)) or list(_in_numerals(text, unit))
    pieces, done = [], 0
    for start, end in stretches:
        pieces += [Piece(metric.quote[done:start], False), Piece(metric.quote[start:end], True)]
        done = end
    return [piece for piece in (*pieces, Piece(metric.quote[done:], False)) if piece.text]


def _in_digits(text: str, unit: str, metric: MetricContent) -> Iterator[tuple[int, int]]:
    numbers = {abs(number) for number in (metric.value, metric.from_value) if number is not None}
    for found in _DIGITS.finditer(text):
        if _value(found) in numbers:
            yield found.start(), found.end() + len(unit) * text.startswith(unit, found.end())


def _value(found: re.Match[str]) -> Decimal:
    value = Decimal(found[1].replace(",", ""))
    for word in found[2]:
        value *= _FACTORS[word]
    return value


def _in_numerals(text: str, unit: str) -> Iterator[tuple[int, int]]:
    """Chinese numerals right before the unit: they are read by the parser, here it is enough where they stand."""
    if unit:
        numeral = rf"[{_NUMERALS}{''.join(_FACTORS)}]+{re.escape(unit)}"
        yield from (found.span() for found in re.finditer(numeral, text))
