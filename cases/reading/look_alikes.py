"""Characters that fonts of a PDF stand for others: radicals, compatibility forms and joined letters."""

from __future__ import annotations

import unicodedata

# Radicals that look like whole characters and that NFKC does not know: radical and character.
_RADICALS = """
2E81 5382  2E9C 65E5  2E9D 6708  2E9F 6BCD  2EA0 6C11  2EA7 725B  2EA9 738B  2EAB 76EE  2EAC 793A  2EB6 7F8A
2EBC 8089  2EC4 897F  2EC5 89C1  2EC6 89D2  2EC9 8D1D  2ECB 8F66  2ED1 9577  2ED3 957F  2ED4 95E8  2ED7 96E8
2ED8 9752  2ED9 97E6  2EDA 9875  2EDB 98CE  2EDC 98DE  2EDD 98DF  2EE2 9A6C  2EE3 9AA8  2EE4 9B3C  2EE5 9C7C
2EE6 9E1F  2EE7 5364  2EE8 9EA6  2EE9 9EC4  2EEA 9EFE  2EEC 9F50  2EED 6B6F  2EEE 9F7F  2EEF 7ADC  2EF0 9F99
2EF1 9F9C  2EF2 4E80  2EF3 9F9F
"""
_KANG_XI, _COMPATIBLE, _JOINED = range(0x2F00, 0x2FD6), range(0xF900, 0xFB00), range(0xFB00, 0xFB07)


def _table() -> dict[int, str]:
    codes = [int(code, 16) for code in _RADICALS.split()]
    table = {radical: chr(character) for radical, character in zip(codes[::2], codes[1::2], strict=True)}
    for code in (*_KANG_XI, *_COMPATIBLE, *_JOINED):
        table[code] = unicodedata.normalize("NFKC", chr(code))
    return table


_TABLE = _table()


def true_characters(text: str) -> str:
    """The text with ordinary characters, one for one; only joined letters (\ufb01) become two."""
    return text.translate(_TABLE)
