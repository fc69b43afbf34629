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
from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from cases.strict_json import (
    ContentError,
    Reader,
    choice,
    code,
    decimal,
    decimal_text,
    flag,
    gettext_noop,
    line,
    many,
    nested,
    read_object,
    text,
)

FORMAT = 1

ORIGINS = ("original", "reprint")
QUALIFIERS = ("exact", "over", "under", "about")
DIRECTIONS = ("level", "up", "down")
KINDS = ("", "amount", "share", "growth", "reduction", "completion", "satisfaction", "duration")

# Longest text of the one-line fields, in characters; the columns are as wide.
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
TEXT_LIMIT = 300_000  # characters of a text of several paragraphs: a book, and still quick to search and show
FIRST_YEAR, LAST_YEAR = 1949, 2100
SIGNIFICANT_DIGITS = 15  # what SQLite's REAL keeps exactly
DECIMAL_PLACES = 10

Moment = datetime.date | datetime.datetime  # as precise as the article: a day, or a minute (Asia/Shanghai, naive)


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
    version = data.pop("format", FORMAT)
    if version != FORMAT or isinstance(version, bool):
        raise ContentError(gettext_noop("%(place)s：不认识的格式版本，应为 1"), place="format")
    return read_object(CaseContent, data, "", _CASE_READERS)


def parse_moment(text: str) -> Moment:
    """A day or a minute from its ISO text. Raises ValueError for anything else, and for years no article is of."""
    if not FIRST_YEAR <= int(text[:4] if text[:4].isdecimal() else 0) <= LAST_YEAR:
        raise ValueError(text)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return datetime.date.fromisoformat(text)
    if re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d", text):
        return datetime.datetime.fromisoformat(text)
    raise ValueError(text)


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


def _address(value: object, place: str) -> str:
    address = line(LIMITS["source_url"])(value, place)
    if address and not re.fullmatch(r"https?://[^\s/]+\S*", address):
        raise ContentError(
            gettext_noop("%(place)s：“%(value)s”不是网址，应以 http:// 或 https:// 开头"), place=place, value=address
        )
    return address


def _words(value: object, place: str) -> tuple[str, ...]:
    """Tags as editors type them: blanks at the ends and empty or repeated words say nothing."""
    words: dict[str, str] = {}
    for word in many(line(LIMITS["tag"]))(value, place):
        if word := " ".join(word.split()):
            words.setdefault(word.lower(), word)
    return tuple(words.values())


def _sorted_words(value: object, place: str) -> tuple[str, ...]:
    words = many(code(_SLUG))(value, place)
    return tuple(sorted(set(filter(None, words))))


_SLUG = r"[a-z0-9][a-z0-9-]{0,79}"

_METRIC_READERS: dict[str, Reader] = {
    "label": line(LIMITS["label"]),
    "value": decimal(SIGNIFICANT_DIGITS, DECIMAL_PLACES),
    "unit": line(LIMITS["unit"]),
    "from_value": decimal(SIGNIFICANT_DIGITS, DECIMAL_PLACES),
    "qualifier": choice(QUALIFIERS),
    "direction": choice(DIRECTIONS),
    "kind": choice(KINDS),
    "period": line(LIMITS["period"]),
    "quote": text(TEXT_LIMIT),
}
_MEASURE_READERS: dict[str, Reader] = {"heading": line(LIMITS["heading"]), "text": text()}
_INITIATIVE_READERS: dict[str, Reader] = _MEASURE_READERS | {
    "measures": many(nested(MeasureContent, _MEASURE_READERS)),
    "metrics": many(nested(MetricContent, _METRIC_READERS)),
}
_PICTURE_READERS: dict[str, Reader] = {
    "file": code(r"[0-9a-f]{64}\.(?:jpg|png|webp)"),
    "name": line(LIMITS["name"]),
    "alt": line(LIMITS["alt"]),
    "caption": line(LIMITS["caption"]),
    "is_cover": flag,
}


def _picture(value: object, place: str) -> PictureContent:
    picture = nested(PictureContent, _PICTURE_READERS)(value, place)
    if not picture.file:
        raise ContentError(gettext_noop("%(place)s：缺少图片的文件名"), place=f"{place}.file")
    return picture


_CASE_READERS: dict[str, Reader] = {
    **{
        field: line(LIMITS[field])
        for field in ("title", "subtitle", "source_name", "author", "responsible_editor", "organization")
    },
    **{field: text(TEXT_LIMIT) for field in ("intro", "summary", "closing")},
    "published_at": _moment,
    "source_url": _address,
    "origin": choice(ORIGINS),
    "region": code(r"\d{6}"),
    "department": code(_SLUG),
    "themes": _sorted_words,
    "tags": _words,
    "initiatives": many(nested(InitiativeContent, _INITIATIVE_READERS)),
    "metrics": many(nested(MetricContent, _METRIC_READERS)),
    "policies": many(line(LIMITS["policy"])),
    "honours": many(line(LIMITS["honour"])),
    "pictures": many(_picture),
}
