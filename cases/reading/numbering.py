"""The numbers Word counts by itself and keeps out of the text: 一、 （一） 1. ①.

Word's rules, from ECMA-376 part 1, 17.9, and from trying them in Word where it is silent: all lists of
one definition count on together; a list that overrides its start begins anew once, when first met; a
number ends the count of the levels below it; a level never met shows its start in the labels of those below.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from cases.reading.counting import numeral

LEVELS = 9
_PART = re.compile(r"%([1-9])")
_BULLET = "●"  # for a sign that only a font of symbols can show
_SIGN = re.compile("[•●○■□◆◇▪★☆▶►※✓√—–·*-]")
_CLOSED = re.compile(r"[、。．，：:；）)】〕》⒈-⒛⑴-⒇①-⑳㊀-㊉]$")


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list is counted and shown."""

    start: int = 1
    form: str = "decimal"
    pattern: str = ""  # “%1、”
    plain: bool = False  # the numbers of outer levels as 1 2 3, whatever their own form
    restarts_after: int | None = None  # the level whose numbers begin it anew; None for each outer one, -1 for none
    style: str = ""  # the paragraph style that stands for it


@dataclass(slots=True)
class _List:
    """What a paragraph names: levels of its own, and the definition whose count it shares."""

    definition: str
    levels: dict[int, _Level]
    starts: dict[int, int] = field(default_factory=dict)  # begins anew with these, once


class Numbering:
    """The lists of a document and how far each has been counted."""

    def __init__(self, root: Element | None, styles: dict[str, str]) -> None:
        """`root` is numbering.xml, None when there is none; `styles` the list each numbering style names."""
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, list[int | None]] = {}
        if root is not None:
            self._read(root, styles)

    def _read(self, root: Element, styles: dict[str, str]) -> None:
        definitions = {item.get("abstractNumId", ""): item for item in root.iterfind("abstractNum")}
        linked = {_value(item, "styleLink"): key for key, item in definitions.items()}
        numbers = {item.get("numId", ""): item for item in root.iterfind("num")}
        for key, item in numbers.items():
            definition = _value(item, "abstractNumId")
            meant = definitions.get(definition)
            style = _value(meant, "numStyleLink") if meant is not None else ""
            if style:  # the definition is that of a style
                other = numbers.get(styles.get(style, ""))
                definition = linked.get(style) or (_value(other, "abstractNumId") if other is not None else "")
                meant = definitions.get(definition)
            levels = {} if meant is None else {_index(level): _level(level) for level in meant.iterfind("lvl")}
            self._lists[key] = _overridden(_List(definition, levels), item)

    def level_of_styles(self, list_: str, styles: Sequence[str]) -> int | None:
        """The level of a list that the first of these paragraph styles stands for; None when none does."""
        levels = self._lists[list_].levels if list_ in self._lists else {}
        stands_for = {level.style: index for index, level in levels.items() if level.style}
        return next((stands_for[style] for style in styles if style in stands_for), None)

    def label(self, list_: str, index: int) -> str:
        """Count one paragraph and return what Word shows before it, "" when that is nothing."""
        found = self._lists.get(list_)
        if found is None or index not in found.levels:
            return ""
        level = found.levels[index]
        counts = self._counts.setdefault(found.definition, [None] * LEVELS)
        if index in found.starts:
            counts[index] = found.starts.pop(index)
        else:
            count = counts[index]
            counts[index] = level.start if count is None else count + 1
        for deeper in range(index + 1, LEVELS):
            after = found.levels[deeper].restarts_after if deeper in found.levels else None
            if after is None or 0 <= index <= after:
                counts[deeper] = None
        return _spaced(_sign(level) if level.form == "bullet" else self._shown(found, level, counts))

    @staticmethod
    def _shown(found: _List, level: _Level, counts: list[int | None]) -> str:
        def number(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            part = found.levels.get(at, _Level())
            count = counts[at]
            return numeral(part.start if count is None else count, "decimal" if level.plain else part.form)

        return _PART.sub(number, level.pattern)


def _value(item: Element, path: str) -> str:
    found = item.find(path)
    return "" if found is None else found.get("val", "")


def _number(text: str, default: int) -> int:
    return int(text) if re.fullmatch(r"-?\d{1,6}", text) else default


def _index(level: Element) -> int:
    return min(max(0, _number(level.get("ilvl", ""), 0)), LEVELS - 1)


def _level(item: Element) -> _Level:
    form = next(item.iter("numFmt"), None)  # perhaps as one of several alternatives
    restart = item.find("lvlRestart")
    plain = item.find("isLgl")
    return _Level(
        start=_number(_value(item, "start"), 0),
        form="decimal" if form is None else _form(form),
        pattern=_value(item, "lvlText"),
        plain=plain is not None and plain.get("val", "1") not in ("0", "false", "off"),
        restarts_after=None if restart is None else _number(restart.get("val", ""), 0) - 1,
        style=_value(item, "pStyle"),
    )


def _form(item: Element) -> str:
    form = item.get("val", "decimal")
    return "decimalZero" if form == "custom" and item.get("format", "").startswith("0") else form


def _overridden(list_: _List, item: Element) -> _List:
    for override in item.iterfind("lvlOverride"):
        index = _index(override)
        own = override.find("lvl")
        if own is not None:
            list_.levels[index] = replace(_level(own), style=_level(own).style or _style(list_, index))
        start = _value(override, "startOverride")
        if start:
            list_.starts[index] = _number(start, 1)
    return list_


def _style(list_: _List, index: int) -> str:
    return list_.levels[index].style if index in list_.levels else ""


def _sign(level: _Level) -> str:
    """A bullet as text; those of symbol fonts are letters or private characters there."""
    return level.pattern if _SIGN.fullmatch(level.pattern) else _BULLET if level.pattern.strip() else ""


def _spaced(label: str) -> str:
    """The label with a blank after it, unless it is closed already: 1. 5G stays two things, 一、 needs none."""
    label = label.strip()
    return label + " " if label and not _CLOSED.search(label) else label
