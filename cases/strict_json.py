"""Reading JSON strictly: every value is of its type and bounds, or refused by its place.

A reader takes a JSON value and the path to it, and gives back the value of a field or raises
ContentError. The functions here make readers; `cases.content` says which field has which.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

LONGEST_SHOWN = 80  # characters of a bad value that a message repeats

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def gettext_noop(message: str) -> str:
    """Mark a message for translation; whoever shows the error translates it."""
    return message


class ContentError(ValueError):
    """A JSON value that is not a case. `place` is the path to it, `initiatives[0].metrics[1].value`.

    `message` is a translatable template over `params`, so that a person reads
    `gettext(error.message) % error.params`.
    """

    def __init__(self, message: str, *, place: str, **params: object) -> None:
        self.message = message
        self.place = place
        self.params = {"place": shown(place)} | {
            name: shown(value) if isinstance(value, str) else value for name, value in params.items()
        }
        super().__init__(message % self.params)


def shown(text: str) -> str:
    """A text from outside as a message may show it: not too long, and nothing a terminal would obey."""
    safe = "".join(character if character.isprintable() else "�" for character in text[:LONGEST_SHOWN])
    return safe + "…" if len(text) > LONGEST_SHOWN else safe


Reader = Callable[[object, str], Any]  # (JSON value, place) -> field value, or ContentError


def read_object(kind: type, data: object, place: str, readers: Mapping[str, Reader]) -> Any:
    """A `kind` built from an object, each key by its reader; unknown keys are refused, missing ones left to `kind`."""
    if not isinstance(data, Mapping):
        raise ContentError(gettext_noop("%(place)s：应是一个 JSON 对象"), place=place)
    values = {}
    for key, value in data.items():
        here = f"{place}.{key}" if place else str(key)
        if key not in readers:
            raise ContentError(gettext_noop("%(place)s：不认识的字段"), place=here)
        values[key] = readers[key](value, here)
    return kind(**values)


def text(limit: int | None = None) -> Reader:
    """Any text without control characters, of at most `limit` characters."""

    def read(value: object, place: str) -> str:
        if not isinstance(value, str):
            raise ContentError(gettext_noop("%(place)s：应是文本"), place=place)
        if _CONTROLS.search(value):
            raise ContentError(gettext_noop("%(place)s：含有控制字符，请删除后再导入"), place=place)
        if limit is not None and len(value) > limit:
            raise ContentError(
                gettext_noop("%(place)s：有 %(length)d 个字符，最多 %(limit)d 个"),
                place=place,
                length=len(value),
                limit=limit,
            )
        return value

    return read


def line(limit: int) -> Reader:
    """One line of at most `limit` characters."""
    read_text = text(limit)

    def read(value: object, place: str) -> str:
        found = read_text(value, place)
        if "\n" in found:
            raise ContentError(gettext_noop("%(place)s：应是一行，不能换行"), place=place)
        return found

    return read


def code(pattern: str) -> Reader:
    """A word of the pattern; null and "" give ""."""

    def read(value: object, place: str) -> str:
        if value is None or value == "":
            return ""
        if not isinstance(value, str) or not re.fullmatch(pattern, value):
            raise ContentError(gettext_noop("%(place)s：“%(value)s”不是有效的代码"), place=place, value=value)
        return value

    return read


def choice(words: tuple[str, ...]) -> Reader:
    """One of the words."""

    def read(value: object, place: str) -> str:
        if value not in words:
            known = " ".join(word or '""' for word in words)
            raise ContentError(
                gettext_noop("%(place)s：“%(value)s”不在可用的词中：%(known)s"), place=place, value=value, known=known
            )
        return str(value)

    return read


def decimal(digits: int, places: int) -> Reader:
    """A number as text, `digits` significant at most and `places` after the point; null gives None."""

    def read(value: object, place: str) -> Decimal | None:
        if value is None:
            return None
        match = re.fullmatch(r"-?(?=\d)0*(\d*)(?:\.(\d+))?", value, re.ASCII) if isinstance(value, str) else None
        if match is None:
            raise ContentError(
                gettext_noop('%(place)s：应是写作文本的数字，如 "146.7"（带引号），这里是 %(value)s'),
                place=place,
                value=json.dumps(value, ensure_ascii=False),
            )
        whole, part = match[1], (match[2] or "").rstrip("0")
        if len((whole + part).lstrip("0")) > digits or len(part) > places:
            raise ContentError(
                gettext_noop("%(place)s：“%(value)s”超过 %(digits)d 位有效数字或 %(places)d 位小数"),
                place=place,
                value=value,
                digits=digits,
                places=places,
            )
        return plain_decimal(Decimal(str(value)))

    return read


def plain_decimal(value: Decimal) -> Decimal:
    """The same number without exponent or zeros that say nothing: 342.0 gives 342, -0 gives 0."""
    return Decimal(decimal_text(value)) + 0  # adding takes the sign off zero


def decimal_text(value: Decimal) -> str:
    """The number without exponent or trailing zeros: Decimal("1E+4") gives 10000, 2.50 gives 2.5."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def flag(value: object, place: str) -> bool:
    """true or false."""
    if not isinstance(value, bool):
        raise ContentError(gettext_noop("%(place)s：应是 true 或 false"), place=place)
    return value


def many(read_item: Reader) -> Reader:
    """A list, each item by the reader given."""

    def read(value: object, place: str) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise ContentError(gettext_noop("%(place)s：应是一个列表"), place=place)
        return tuple(read_item(item, f"{place}[{index}]") for index, item in enumerate(value))

    return read


def nested(kind: type, readers: Mapping[str, Reader]) -> Reader:
    """An object read as `read_object` does."""
    return lambda value, place: read_object(kind, value, place, readers)
