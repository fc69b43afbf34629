"""The shape of a case: the one form in which it travels through every stage.

Reading and parsing end in it, draft rows are written from it and read back into it, a
revision freezes it, and pages, search, exports and comparison are drawn from it. It knows
nothing of Django, so that every stage can be run and tested with plain data.

The JSON form is the exchange format (README, "Exchange format"): `to_json` and `from_json`
are each other's inverse for every content that keeps the limits below.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

FORMAT = 1

ORIGINS = ("original", "reprint")
QUALIFIERS = ("exact", "over", "under", "about")
DIRECTIONS = ("level", "up", "down")
KINDS = ("", "amount", "share", "growth", "reduction", "completion", "satisfaction", "duration")

# Longest text of the one-line fields, in characters; the columns are as wide. Texts of
# several paragraphs (intro, text, closing, summary, quote) have no limit of their own.
LIMITS = {
    "title": 300,
    "subtitle": 300,
    "source_name": 200,
    "source_url": 500,
    "author": 100,
    "responsible_editor": 100,
    "organization": 200,
    "heading": 300,
    "label": 200,
    "unit": 40,
    "period": 100,
    "tag": 60,
    "policy": 300,
    "honour": 300,
    "file": 100,
    "name": 200,
    "alt": 300,
    "caption": 300,
}
SIGNIFICANT_DIGITS = 15  # what SQLite's REAL keeps exactly
DECIMAL_PLACES = 10

Moment = datetime.date | datetime.datetime  # as precise as the article: a day, or a minute (Asia/Shanghai, naive)


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
        self.params = {"place": place, **params}
        super().__init__(message % self.params)


@dataclass(frozen=True, slots=True)
class MetricContent:
    """One measured result, in the words of the article."""

    label: str = ""  # 企业开办时间
    value: Decimal | None = None  # in `unit`, 万 and 亿 multiplied out; None when the article gives words only
    unit: str = ""  # as written (工作日, %, 元)
    from_value: Decimal | None = None  # the value before, in the same unit
    qualifier: str = "exact"  # one of QUALIFIERS
    direction: str = "level"  # one of DIRECTIONS: sign of a change, or a level reached
    kind: str = ""  # one of KINDS; "" when unknown
    period: str = ""  # as written (2023年以来)
    quote: str = ""  # verbatim, from one text field of its place


@dataclass(frozen=True, slots=True)
class MeasureContent:
    """One concrete step under an initiative (一是…)."""

    heading: str = ""  # without its number
    text: str = ""


@dataclass(frozen=True, slots=True)
class InitiativeContent:
    """One main line of a case (一、…)."""

    heading: str = ""  # without its number
    text: str = ""  # what stands before the first measure; a newline separates paragraphs
    measures: tuple[MeasureContent, ...] = ()
    metrics: tuple[MetricContent, ...] = ()


@dataclass(frozen=True, slots=True)
class PictureContent:
    """A picture of a case; the bytes are kept under their own digest."""

    file: str = ""  # <sha256>.<ext>
    name: str = ""  # as the editor called it: 现场.jpg
    alt: str = ""
    caption: str = ""
    is_cover: bool = False


@dataclass(frozen=True, slots=True)
class CaseContent:
    """Everything a case says. Codes and slugs name rows of the vocabulary; "" means none."""

    title: str = ""
    subtitle: str = ""
    published_at: Moment | None = None  # when the article first appeared elsewhere
    source_name: str = ""
    source_url: str = ""
    origin: str = "reprint"  # one of ORIGINS
    author: str = ""
    responsible_editor: str = ""
    region: str = ""  # six-digit code
    department: str = ""  # slug of the kind of office
    organization: str = ""  # the body's own full name
    themes: tuple[str, ...] = ()  # slugs, sorted
    tags: tuple[str, ...] = ()  # free words, in the editor's order
    intro: str = ""
    summary: str = ""
    initiatives: tuple[InitiativeContent, ...] = ()
    metrics: tuple[MetricContent, ...] = ()  # of the case as a whole: in intro or closing
    closing: str = ""
    policies: tuple[str, ...] = ()
    honours: tuple[str, ...] = ()
    pictures: tuple[PictureContent, ...] = ()

    def all_metrics(self) -> tuple[MetricContent, ...]:
        """Every metric, those of the case first, then initiative by initiative."""
        return self.metrics + tuple(metric for initiative in self.initiatives for metric in initiative.metrics)


# to JSON


def to_json(content: CaseContent) -> dict[str, Any]:
    """The case as a JSON object in the order of the exchange format, `"format": 1` first."""
    return {"format": FORMAT} | _to_plain(content)


def _to_plain(value: Any) -> Any:
    """Dataclasses become objects, tuples lists, decimals and moments text; "" of a code becomes null."""
    if isinstance(value, Decimal):
        return decimal_text(value)
    if isinstance(value, datetime.date):
        return moment_text(value)
    if isinstance(value, tuple):
        return [_to_plain(item) for item in value]
    if hasattr(value, "__dataclass_fields__"):
        plain = {field.name: _to_plain(getattr(value, field.name)) for field in fields(value)}
        return plain | {code: plain[code] or None for code in ("region", "department") if code in plain}
    return value


def decimal_text(value: Decimal) -> str:
    """The number without exponent or trailing zeros: Decimal("1E+4") gives 10000, 2.50 gives 2.5."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def moment_text(value: Moment) -> str:
    """2023-12-18, or 2023-12-18T10:41 when the time is known."""
    if isinstance(value, datetime.datetime):
        return value.isoformat(timespec="minutes")
    return value.isoformat()


# from JSON


def from_json(data: object) -> CaseContent:
    """The case a JSON object of the exchange format describes (without its `id`).

    Missing keys take their empty value. Raises ContentError with the place of whatever is
    not of the format: unknown keys, wrong types, unknown words, numbers or texts too long.
    """
    if not isinstance(data, Mapping):
        raise ContentError(gettext_noop("%(place)s：应是一个 JSON 对象"), place="$")
    data = dict(data)
    if data.pop("format", FORMAT) != FORMAT:
        raise ContentError(gettext_noop("%(place)s：不认识的格式版本，应为 1"), place="format")
    return _read_object(CaseContent, data, "", _CASE_READERS)


def parse_moment(text: str) -> Moment:
    """A day or a minute from its ISO text. Raises ValueError for anything else."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return datetime.date.fromisoformat(text)
    if re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d", text):
        return datetime.datetime.fromisoformat(text)
    raise ValueError(text)


Reader = Callable[[object, str], Any]  # (JSON value, place) -> field value, or ContentError


def _read_object(kind: type, data: object, place: str, readers: Mapping[str, Reader]) -> Any:
    if not isinstance(data, Mapping):
        raise ContentError(gettext_noop("%(place)s：应是一个 JSON 对象"), place=place)
    values = {}
    for key, value in data.items():
        here = f"{place}.{key}" if place else str(key)
        if key not in readers:
            raise ContentError(gettext_noop("%(place)s：不认识的字段"), place=here)
        values[key] = readers[key](value, here)
    return kind(**values)


def _text(limit: int | None = None) -> Reader:
    def read(value: object, place: str) -> str:
        if not isinstance(value, str):
            raise ContentError(gettext_noop("%(place)s：应是文本"), place=place)
        if re.search("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]", value):
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


def _line(field: str) -> Reader:
    read_text = _text(LIMITS[field])

    def read(value: object, place: str) -> str:
        text = read_text(value, place)
        if "\n" in text:
            raise ContentError(gettext_noop("%(place)s：应是一行，不能换行"), place=place)
        return text

    return read


def _code(pattern: str) -> Reader:
    def read(value: object, place: str) -> str:
        if value is None or value == "":
            return ""
        if not isinstance(value, str) or not re.fullmatch(pattern, value):
            raise ContentError(gettext_noop("%(place)s：“%(value)s”不是有效的代码"), place=place, value=value)
        return value

    return read


def _choice(words: tuple[str, ...]) -> Reader:
    def read(value: object, place: str) -> str:
        if value not in words:
            known = " ".join(word or '""' for word in words)
            raise ContentError(
                gettext_noop("%(place)s：“%(value)s”不在可用的词中：%(known)s"), place=place, value=value, known=known
            )
        return str(value)

    return read


def _moment(value: object, place: str) -> Moment | None:
    if value is None or value == "":
        return None
    try:
        return parse_moment(str(value))
    except ValueError:
        raise ContentError(
            gettext_noop("%(place)s：“%(value)s”不是日期，应写作 2023-12-18 或 2023-12-18T10:41"),
            place=place,
            value=value,
        ) from None


def _decimal(value: object, place: str) -> Decimal | None:
    if value is None:
        return None
    match = re.fullmatch(r"-?(\d+)(?:\.(\d+))?", value, re.ASCII) if isinstance(value, str) else None
    if match is None:
        raise ContentError(
            gettext_noop('%(place)s：“%(value)s”不是数字，应写作文本，如 "146.7"'), place=place, value=value
        )
    number = Decimal(str(value))
    whole, part = match[1].lstrip("0"), (match[2] or "").rstrip("0")
    digits = len((whole + part).lstrip("0") if not whole else whole + part)
    if digits > SIGNIFICANT_DIGITS or len(part) > DECIMAL_PLACES:
        raise ContentError(
            gettext_noop("%(place)s：“%(value)s”超过 15 位有效数字或 10 位小数"), place=place, value=value
        )
    return Decimal(decimal_text(number))


def _flag(value: object, place: str) -> bool:
    if not isinstance(value, bool):
        raise ContentError(gettext_noop("%(place)s：应是 true 或 false"), place=place)
    return value


def _many(read_item: Reader) -> Reader:
    def read(value: object, place: str) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise ContentError(gettext_noop("%(place)s：应是一个列表"), place=place)
        return tuple(read_item(item, f"{place}[{index}]") for index, item in enumerate(value))

    return read


def _sorted_words(value: object, place: str) -> tuple[str, ...]:
    words = _many(_code(_SLUG))(value, place)
    return tuple(sorted(set(filter(None, words))))


def _object(kind: type, readers: Mapping[str, Reader]) -> Reader:
    return lambda value, place: _read_object(kind, value, place, readers)


_SLUG = r"[a-z0-9][a-z0-9-]{0,79}"

_METRIC_READERS: dict[str, Reader] = {
    "label": _line("label"),
    "value": _decimal,
    "unit": _line("unit"),
    "from_value": _decimal,
    "qualifier": _choice(QUALIFIERS),
    "direction": _choice(DIRECTIONS),
    "kind": _choice(KINDS),
    "period": _line("period"),
    "quote": _text(),
}
_MEASURE_READERS: dict[str, Reader] = {"heading": _line("heading"), "text": _text()}
_INITIATIVE_READERS: dict[str, Reader] = _MEASURE_READERS | {
    "measures": _many(_object(MeasureContent, _MEASURE_READERS)),
    "metrics": _many(_object(MetricContent, _METRIC_READERS)),
}
_PICTURE_READERS: dict[str, Reader] = {
    "file": _code(r"[0-9a-f]{64}\.(?:jpg|png|webp)"),
    "name": _line("name"),
    "alt": _line("alt"),
    "caption": _line("caption"),
    "is_cover": _flag,
}
_CASE_READERS: dict[str, Reader] = {
    **{
        field: _line(field)
        for field in ("title", "subtitle", "source_name", "source_url", "author", "responsible_editor", "organization")
    },
    **{field: _text() for field in ("intro", "summary", "closing")},
    "published_at": _moment,
    "origin": _choice(ORIGINS),
    "region": _code(r"\d{6}"),
    "department": _code(_SLUG),
    "themes": _sorted_words,
    "tags": _many(_line("tag")),
    "initiatives": _many(_object(InitiativeContent, _INITIATIVE_READERS)),
    "metrics": _many(_object(MetricContent, _METRIC_READERS)),
    "policies": _many(_line("policy")),
    "honours": _many(_line("honour")),
    "pictures": _many(_object(PictureContent, _PICTURE_READERS)),
}
