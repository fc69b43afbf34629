"""The article as received, beside a plain copy in which every rule can look for one form only.

The plain copy has the same length: `plain[i]` stands for `text[i]`, whatever was folded, so
every place found in it points at the author's own words. In it digits and letters are half
width and lower case, characters simplified, punctuation full width (， ： ；), dashes —, and
leftovers of HTML and Markdown are blanks. Rules read `Line`s, from which blanks beside
Chinese characters are squeezed out as well, so that 主 要 做 法 is 主要做法.
"""

from __future__ import annotations

import functools
import html
import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from cases.folding import Exchange, folding_table

_BREAKS = Exchange(dict.fromkeys("\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029", "\n"))
_THOUSANDS_COMMA = re.compile(r"(?<=\d),(?=\d{3}(?!\d))|(?<=[０-９])，(?=[０-９]{3}(?!\d))")
_KEPT_COMMA = "\ue000"  # stands for a comma inside a number while the others become full width
_PUNCTUATION = {
    ",": "，",
    _KEPT_COMMA: ",",
    ":": "：",
    ";": "；",
    "!": "！",
    "?": "？",
    "(": "（",
    ")": "）",
    "[": "【",
    "]": "】",
    "〖": "【",
    "〗": "】",
    "「": "“",
    "」": "”",
    "『": "‘",
    "』": "’",
    "〝": "“",
    "〞": "”",
    "〈": "《",
    "〉": "》",
    "﹪": "%",
    "｡": "。",
    "•": "●",
    "○": "〇",
    **dict.fromkeys("-‐‑‒–—―−─━﹣", "—"),
    **dict.fromkeys("~∼～〜", "~"),
    **dict.fromkeys(map(chr, range(0xD800, 0xE000)), "\ufffd"),
    **dict.fromkeys("\u00a0\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff", " "),
}


def listed(words: str) -> list[str]:
    """The words of a list written with blanks between them."""
    return words.split()


_TAG = re.compile(r"<(/?)([a-z][a-z0-9]{0,9}|!--)\b[^<>\n]{0,300}>|<(/?)([a-z][a-z0-9]{0,9})>", re.IGNORECASE)
_BLOCK_TAGS = frozenset(listed("br p div li tr h1 h2 h3 h4 h5 h6 ul ol table section article"))
_ENTITY = re.compile(r"&(?:[a-z]{2,8}|#\d{2,6}|#x[0-9a-f]{2,5});", re.IGNORECASE)
_EMPHASIS = re.compile(r"\*\*")
# — 12 — and 第3页 alone in a line, with the empty lines around: a paragraph may run on over the page.
_PAGE_NUMBER = re.compile(
    r"(?<![\n \t\u3000])(?:[ \t\u3000]*+\n[ \t\u3000]*+)++"
    r"(?:[-—–－]{1,2}[ \u3000]?\d{1,3}[ \u3000]?[-—–－]{1,2}|第 ?\d{1,3} ?页(?:[，,]? ?共 ?\d{1,3} ?页)?)"
    r"[ \t\u3000]*+(?:\n[ \t\u3000]*+(?=\n|\Z))*+(?=\n|\Z)"
)
_BLANKS = re.compile(" +")
_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\x85\u00ad\u200b-\u200f\u2028\u2029\u2060\ufeff]")
_SURROGATE = re.compile("[\ud800-\udfff]")


class Line(NamedTuple):
    """One line, or one paragraph put together again from broken lines, blanks beside Chinese left out."""

    text: str  # plain
    places: Sequence[int]  # places[i] is where text[i] stands in the article
    after_gap: bool = False  # an empty line stands before it

    @property
    def start(self) -> int:
        return self.places[0]

    @property
    def end(self) -> int:
        return self.places[-1] + 1

    def stretch(self, start: int, end: int) -> tuple[int, int]:
        """The place in the article of text[start:end], which is not empty."""
        return self.places[start], self.places[end - 1] + 1

    def index_at(self, place: int) -> int:
        """The index in `text` of the first character at or after a place of the article."""
        return bisect_left(self.places, place)


@dataclass(slots=True)
class Source:
    """An article under way: the text, its plain copy, and the stretches that are no words."""

    text: str
    plain: str
    lines: tuple[Line, ...]
    masks: list[tuple[int, int, str]] = field(default_factory=list)  # start, end, the words that stand for it
    clean: bool = field(init=False)  # every character is one of the author's words

    def __post_init__(self) -> None:
        self.clean = not (self.masks or _INVISIBLE.search(self.text) or _SURROGATE.search(self.text))

    def words(self, start: int, end: int) -> str:
        """The author's words in a stretch, without leftovers of markup and invisible characters."""
        if self.clean:
            return self.text[start:end]
        parts, at = [], start
        for mask in range(bisect_left(self.masks, (start, start, "")), len(self.masks)):
            first, last, instead = self.masks[mask]
            if first >= end:
                break
            parts += [self.text[at:first], instead]
            at = last
        words = _INVISIBLE.sub("", "".join(parts) + self.text[at:end])
        return _SURROGATE.sub("\ufffd", words)

    def one_line(self, start: int, end: int) -> str:
        """The words of a stretch with line breaks and runs of blanks as one blank, trimmed."""
        return " ".join(self.words(start, end).split())


def read_source(text: str) -> Source:
    """The article with its plain copy, cut into lines; empty lines are left out."""
    unbroken = _BREAKS(text)
    masks = _markup(unbroken)
    plain = _plain(_without_markup(unbroken, masks))
    lines, gap, start = [], False, 0
    for piece in plain.split("\n"):
        if piece.strip():
            lines.append(_line(piece, start, gap))
            gap = False
        else:
            gap = True
        start += len(piece) + 1
    return Source(text, plain, tuple(lines), masks)


def joined(lines: Iterable[Line]) -> Line:
    """One line of several, as if they had never been broken."""
    lines = list(lines)
    if len(lines) == 1:
        return lines[0]
    places = array("I")
    for line in lines:
        places.extend(line.places)
    return Line("".join(line.text for line in lines), places, lines[0].after_gap)


def part(line: Line, start: int, end: int) -> Line:
    """The line of text[start:end]."""
    return Line(line.text[start:end], line.places[start:end], line.after_gap)


def visible(character: str) -> bool:
    """True for a character that a reader of the article would see."""
    return not character.isspace() and not _INVISIBLE.match(character)


def _markup(text: str) -> list[tuple[int, int, str]]:
    """Tags, entities, page numbers and ** with the words they stand for."""
    masks = [(match.start(), match.end(), "") for match in _TAG.finditer(text)] if "<" in text else []
    if "&" in text:
        masks += [
            (match.start(), match.end(), html.unescape(match[0]).replace("\xa0", " "))
            for match in _ENTITY.finditer(text)
        ]
    masks += [(match.start(), match.end(), "") for match in _PAGE_NUMBER.finditer(text)]
    if "**" in text:
        masks += [(match.start(), match.end(), "") for match in _EMPHASIS.finditer(text)]
    masks.sort()
    kept: list[tuple[int, int, str]] = []
    for mask in masks:
        if not kept or mask[0] >= kept[-1][1]:
            kept.append(mask)
    return kept


def _without_markup(text: str, masks: list[tuple[int, int, str]]) -> str:
    """The text, of the same length, with blanks for markup, line breaks for block tags, characters for entities."""
    parts, at = [], 0
    for start, end, instead in masks:
        parts.append(text[at:start])
        name = re.match(r"</?([a-z0-9]+)", text[start:end], re.IGNORECASE)
        first = "\n" if name and name[1].lower() in _BLOCK_TAGS else instead if len(instead) == 1 else " "
        parts.append(first + " " * (end - start - 1))
        at = end
    return "".join(parts) + text[at:]


def _plain(text: str) -> str:
    plain = _plainly()(_THOUSANDS_COMMA.sub(_KEPT_COMMA, text.replace(_KEPT_COMMA, " ")))
    return "\n".join(map(_paired_quotes, plain.split("\n"))) if '"' in plain else plain


@functools.cache
def _plainly() -> Exchange:
    """Folding and plain punctuation in one, line breaks kept."""
    folded = folding_table()
    table = _PUNCTUATION | {character: _PUNCTUATION.get(plain, plain) for character, plain in folded.items()}
    return Exchange(
        {character: plain for character, plain in table.items() if plain != character and character != "\n"}
    )


def _paired_quotes(line: str) -> str:
    """Straight quotation marks as “ and ” in turn."""
    if '"' not in line:
        return line
    pieces = line.split('"')
    marks = "“”" * (len(pieces) // 2 + 1)
    return "".join(piece + mark for piece, mark in zip(pieces, marks, strict=False))[: len(line)]


def _line(piece: str, start: int, gap: bool) -> Line:
    """The line without the blanks around it and beside Chinese characters."""
    text = piece.strip(" ")
    first = start + len(piece) - len(piece.lstrip(" "))
    if " " not in text:
        return Line(text, range(first, first + len(text)), gap)
    kept: list[str] = []
    places = array("I")
    at = 0
    for blank in _BLANKS.finditer(text):
        kept.append(text[at : blank.start()])
        places.extend(range(first + at, first + blank.start()))
        at = blank.end()
        if text[blank.start() - 1].isascii() and text[blank.end()].isascii() and text[blank.end()] != "%":
            kept.append(" ")
            places.append(first + blank.start())
    kept.append(text[at:])
    places.extend(range(first + at, first + len(text)))
    return Line("".join(kept), places, gap)
