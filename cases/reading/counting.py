"""Numbers as Word and browsers count with them: 一 甲 壹 ① iv B 05.

The names of the ways to count are those of WordprocessingML (ECMA-376 part 1, 17.18.59), with those of
CSS beside them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

_HAN, _FORMAL = "〇一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖"
_PLACES, _FORMAL_PLACES = ("", "十", "百", "千"), ("", "拾", "佰", "仟")
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc")),
    *((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


def numeral(number: int, form: str) -> str:
    """A number as a list shows it; by the digits 0 to 9 in a form that is not known.

    >>> numeral(12, "chineseCountingThousand")
    '十二'
    """
    if number < 0:
        return str(number)
    return _FORMS.get(form, str)(number)


def _counted(number: int, digits: str, places: Sequence[str]) -> str:
    """Digits with their places: 一百零二; as digits alone from 10,000 on."""
    if not 0 < number < 10_000:
        return "".join(digits[int(digit)] for digit in str(number))
    parts, zero = [], False
    for place, digit in zip(range(len(str(number)) - 1, -1, -1), str(number), strict=True):
        if digit == "0":
            zero = True
            continue
        parts.append(("零" if zero else "") + digits[int(digit)] + places[place])
        zero = False
    return "".join(parts)


def _chinese(number: int) -> str:
    counted = _counted(number, _HAN, _PLACES)
    return counted[1:] if 10 <= number < 20 else counted


def _formal(number: int) -> str:
    return _counted(number, _FORMAL, _FORMAL_PLACES)


def _digits(number: int) -> str:
    return "".join(_HAN[int(digit)] for digit in str(number))


def _one_of(signs: str) -> Callable[[int], str]:
    """Signs in their order; plain digits beyond the last."""
    return lambda number: signs[number - 1] if 0 < number <= len(signs) else str(number)


def _from(first: str, count: int) -> Callable[[int], str]:
    return _one_of("".join(chr(ord(first) + place) for place in range(count)))


def _letters(number: int) -> str:
    """a … z, aa, bb …, as Word goes on."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if 0 < number <= 780 else str(number)


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    parts = []
    for value, sign in _ROMAN:
        parts.append(sign * (number // value))
        number %= value
    return "".join(parts)


def _wide(number: int) -> str:
    return str(number).translate({ord("0") + digit: 0xFF10 + digit for digit in range(10)})


_STEMS = _one_of("甲乙丙丁戊己庚辛壬癸")
_BRANCHES = _one_of("子丑寅卯辰巳午未申酉戌亥")
_CIRCLED = _from("①", 20)
_FORMS: dict[str, Callable[[int], str]] = {
    "none": lambda number: "",
    "decimalZero": lambda number: f"{number:02}",
    "decimal-leading-zero": lambda number: f"{number:02}",
    "decimalFullWidth": _wide,
    "decimalFullWidth2": _wide,
    "decimalEnclosedCircle": _CIRCLED,
    "decimalEnclosedCircleChinese": _CIRCLED,
    "decimalEnclosedFullstop": _from("⒈", 20),
    "decimalEnclosedParen": _from("⑴", 20),
    "ideographEnclosedCircle": _from("㊀", 10),
    "numberInDash": lambda number: f"- {number} -",
    "ideographTraditional": _STEMS,
    "cjk-heavenly-stem": _STEMS,
    "ideographZodiac": _BRANCHES,
    "cjk-earthly-branch": _BRANCHES,
    "lowerLetter": _letters,
    "lower-alpha": _letters,
    "lower-latin": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "upper-alpha": lambda number: _letters(number).upper(),
    "upper-latin": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "lower-roman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "upper-roman": lambda number: _roman(number).upper(),
    **dict.fromkeys(("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital", "cjk-decimal"), _digits),
    **dict.fromkeys(("chineseLegalSimplified", "ideographLegalTraditional", "simp-chinese-formal"), _formal),
    **dict.fromkeys(
        (
            *("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting"),
            *("taiwaneseCountingThousand", "koreanCounting", "koreanDigital2"),
            *("cjk-ideographic", "simp-chinese-informal", "trad-chinese-informal", "japanese-informal"),
        ),
        _chinese,
    ),
}
