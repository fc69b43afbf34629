"""The styles of a Word document, and what each makes of a paragraph or a run of words."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from xml.etree.ElementTree import Element

_TITLE = re.compile(r"title|标题|文章标题|大标题")
_SUBTITLE = re.compile(r"subtitle|副标题")
_HEADING = re.compile(r"(?:heading|标题) ?([1-9])(?: char)?")
_CONTENTS = re.compile(r"(?:toc|目录) ?\d|toc heading")
_HEADING_FONTS = re.compile(r"黑体|SimHei|小标宋|大标宋|Heavy|粗", re.IGNORECASE)
_OFF = ("0", "false", "off", "none")
_DEEPEST = 6  # levels of headings that are told apart
_SUBTITLE_LEVEL = 7  # set apart from the text, but no heading of a section
_LONGEST_CHAIN = 20  # styles based on one another


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph or its words look; None where nothing is said."""

    level: int | None = None  # as in Reading; 0 for text that says it is none
    list: str | None = None  # the list it is numbered in, "0" for none
    list_level: int | None = None
    centred: bool | None = None
    contents: bool | None = None  # an entry of the table of contents, which Word writes
    bold: bool | None = None
    size: float | None = None  # points
    heading_font: bool | None = None
    hidden: bool | None = None

    @lru_cache(maxsize=4096)  # noqa: B019 - looks are few values, not objects to be freed
    def over(self, other: Look) -> Look:
        """This look, and where it says nothing the other."""
        said = {name: value for name in self.__slots__ if (value := getattr(self, name)) is not None}
        return replace(other, **said) if said else other


PLAIN = Look()


def is_on(value: str | None) -> bool:
    """True for <b/> and for every value but those that switch off."""
    return value not in _OFF


class Styles:
    """The styles of a document, each with what it inherits."""

    def __init__(self, root: Element | None) -> None:
        self.numbering: dict[str, str] = {}  # style of a list → the list
        self.usual = PLAIN  # of a paragraph that names no style
        self._looks: dict[str, Look] = {}
        self._all = {item.get("styleId", ""): item for item in root.iterfind("style")} if root is not None else {}
        defaults = root.find("docDefaults/rPrDefault/rPr") if root is not None else None
        self._defaults = _look(None, defaults)
        for key, item in self._all.items():
            if item.get("type") == "numbering":
                self.numbering[key] = _look(item.find("pPr"), None).list or ""
            if item.get("type") == "paragraph" and item.get("default", "0") not in _OFF:
                self.usual = self.look(key)
        if self.usual is PLAIN:
            self.usual = self._defaults

    def look(self, key: str) -> Look:
        """What a paragraph or run of a style looks like, everything inherited; the usual one for an unknown style."""
        if key not in self._looks:
            self._looks[key] = self._inherited(key)
        return self._looks[key]

    def _inherited(self, key: str) -> Look:
        if key not in self._all:
            return self.usual
        chain = self.chain(key)
        is_paragraph = self._all[chain[0]].get("type", "paragraph") == "paragraph"
        look = self._defaults if is_paragraph else PLAIN
        for one in reversed(chain):
            look = self._own(one).over(look)
        return look

    def chain(self, key: str) -> list[str]:
        """A style and those it is based on, nearest first."""
        chain: list[str] = []
        while key in self._all and key not in chain and len(chain) < _LONGEST_CHAIN:
            chain.append(key)
            base = self._all[key].find("basedOn")
            key = base.get("val", "") if base is not None else ""
        return chain

    def _own(self, key: str) -> Look:
        item = self._all[key]
        look = _look(item.find("pPr"), item.find("rPr"))
        if item.get("type", "paragraph") != "paragraph":
            return replace(look, level=None, list=None)
        name = item.find("name")
        return _named(name.get("val", "").strip().lower() if name is not None else "").over(look)


def _named(name: str) -> Look:
    """What the name of a style says of its paragraphs."""
    heading = _HEADING.fullmatch(name)
    if heading:
        return Look(level=min(int(heading[1]), _DEEPEST))
    if _TITLE.fullmatch(name):
        return Look(level=1)
    if _SUBTITLE.fullmatch(name):
        return Look(level=_SUBTITLE_LEVEL)
    return Look(contents=True) if _CONTENTS.fullmatch(name) else PLAIN


def _look(paragraph: Element | None, words: Element | None) -> Look:
    """What the properties of a style say."""
    look = PLAIN
    for item in paragraph if paragraph is not None else ():
        look = paragraph_property(look, item.tag, item.get("val", ""))
        if item.tag == "numPr":
            for part in item:
                look = paragraph_property(look, part.tag, part.get("val", ""))
    for item in words if words is not None else ():
        look = word_property(look, item.tag, item.get("val"), item.get("eastAsia", ""))
    return look


@lru_cache(maxsize=4096)
def paragraph_property(look: Look, tag: str, value: str) -> Look:
    """The look with one property of a paragraph more."""
    if tag == "outlineLvl":
        depth = int(value) + 1 if value.isdecimal() and len(value) < 3 else 10
        return replace(look, level=min(depth, _DEEPEST) if depth < 10 else 0)
    if tag == "numId":
        return replace(look, list=value)
    if tag == "ilvl":
        return replace(look, list_level=int(value) if value.isdecimal() and len(value) < 3 else 0)
    if tag == "jc":
        return replace(look, centred=value == "center")
    return look


@lru_cache(maxsize=4096)
def word_property(look: Look, tag: str, value: str | None, font: str) -> Look:
    """The look with one property of a run of words more; `font` is that of its Chinese characters."""
    if tag == "b":
        return replace(look, bold=is_on(value))
    if tag == "vanish":
        return replace(look, hidden=is_on(value))
    if tag == "sz":
        return replace(look, size=int(value) / 2 if value and value.isdecimal() and len(value) < 5 else None)
    if tag == "rFonts":
        return replace(look, heading_font=bool(_HEADING_FONTS.search(font)) if font else look.heading_font)
    return look
