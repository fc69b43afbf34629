"""Numerals as Chinese official prose writes them: 276, 二百七十六, 1.2万, 第十一, ③."""

from __future__ import annotations

from decimal import Decimal

DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
SMALL_SCALES = {"十": 10, "百": 100, "千": 1000}
LARGE_SCALES = {"万": 10_000, "亿": 100_000_000}
SCALES = {
    "": 1,
    "百": 100,
    "千": 1000,
    "万": 10**4,
    "十万": 10**5,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "百亿": 10**10,
    "千亿": 10**11,
    "万亿": 10**12,
}


def chinese_integer(text: str) -> int | None:
    """The whole number a Chinese numeral spells, None when it spells none.

    >>> chinese_integer("二百七十六"), chinese_integer("三十"), chinese_integer("一万二")
    (276, 30, 12000)

    A scale without a digit before it counts once (十二, 百); 一万二 is read as spoken, 12000.
    """
    total = section = digit = 0
    last_scale = 1
    previous_digit = False
    for character in text:
        if character in DIGITS:
            if previous_digit and digit:
                return None  # 三五: two digits side by side are a rough guess
            digit, previous_digit = DIGITS[character], True
            if not digit:
                last_scale = 1
        elif character in SMALL_SCALES:
            section += (digit if previous_digit else 1) * SMALL_SCALES[character]
            last_scale, digit, previous_digit = SMALL_SCALES[character], 0, False
        elif character in LARGE_SCALES:
            scale = LARGE_SCALES[character]
            total = (total + section + digit or 1) * scale if scale > 10_000 else total + (section + digit or 1) * scale
            section, digit, previous_digit, last_scale = 0, 0, False, scale
        else:
            return None
    if digit and last_scale >= 100:
        digit *= last_scale // 10
    return total + section + digit if text else None


def ordinal(text: str) -> int | None:
    """The number of a mark: 三, 十一, 12, ③; None when it is none."""
    if len(text) == 1:
        for first in ("①", "⑴", "⒈", "㈠", "⓵"):
            if 0 <= ord(text) - ord(first) < (10 if first in "㈠⓵" else 20):
                return ord(text) - ord(first) + 1
    if text.isascii() and text.isdigit():
        return int(text)
    return chinese_integer(text)


def arabic(text: str) -> Decimal:
    """The number of digits with a decimal point, thousands set off by commas or blanks."""
    return Decimal(text.replace(",", "").replace(" ", ""))


def fits(value: Decimal) -> bool:
    """True when a content field can hold the number: at most 15 digits and 10 decimal places."""
    _, digits, exponent = value.as_tuple()
    if len(digits) <= 15 and -10 <= int(exponent) <= 0:
        return True
    _, digits, exponent = value.normalize().as_tuple()
    whole = len(digits) + max(int(exponent), 0)
    return whole <= 15 and -int(exponent) <= 10
