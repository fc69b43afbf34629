"""Chinese numerals for places in an order: 一、 二、 … of initiatives, 一是 二是 … of measures."""

_DIGITS = "零一二三四五六七八九"
_TEN, _HUNDRED = "十", "百"


def chinese_numeral(number: int) -> str:
    """The number as it is written before 、 or 是; digits outside 1 to 999.

    >>> [chinese_numeral(number) for number in (1, 10, 11, 20, 21, 105, 110)]
    ['一', '十', '十一', '二十', '二十一', '一百零五', '一百一十']
    """
    if not 1 <= number <= 999:
        return str(number)
    hundreds, below = divmod(number, 100)
    tens, ones = divmod(below, 10)
    text = _DIGITS[hundreds] + _HUNDRED if hundreds else ""
    if hundreds and not tens and ones:
        text += _DIGITS[0]
    if tens:
        text += (_DIGITS[tens] if tens > 1 or hundreds else "") + _TEN
    return text + (_DIGITS[ones] if ones else "")
