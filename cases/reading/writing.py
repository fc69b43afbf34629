"""Paragraphs and table rows put down one after the other, into the text of a `Reading`.

A reader of a format says what it meets (words, a picture, the end of a line, a cell); the `Writer`
keeps the lines with their pictures and how they look, and counts every place in the end.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from cases.reading.encodings import cleaned
from cases.reading.files import Note, Reading, ReadPicture

FAKE = 7  # the level of a short line that only looks like a heading
BETWEEN_CELLS = " | "
_LONGEST_FAKE = 50  # characters of a line that may be a heading by its looks
_LONGEST_HEADING = 120  # a longer paragraph has the style of a heading by mistake
_LONGEST_CELL = 100  # a longer paragraph in a table is prose, and its row a way to lay out the page
_DEEPEST_TABLE = 20  # tables within tables; what lies deeper is read without its rows
_USUAL_SHARE = 0.6  # where more of the lines than this look like headings, none of them is one
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_BLANKS = " \t\n\xa0\u3000\u2002\u2003\u2009"
_SPACE = " \t\n\r\f"
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’—…·"
_BROKEN = re.compile(rf"(?<=[{_WIDE}])[ \t\r\f]*\n[ \t\r\n\f]*(?=[{_WIDE}])")
_SPACES = re.compile(r"[ \t\n\r\f]+")
_IS_WIDE = re.compile(f"[{_WIDE}]")
_WORDS = re.compile(r"[\u4e00-\u9fffA-Za-z]{2}")
_NO_CENTRED_HEADING = re.compile(r"[：:|。；]|\d{4}|^(?:图|表|▲|△|（|\()")


@dataclass(slots=True)
class Line:
    """One line of the text under way."""

    text: str = ""
    level: int = 0  # 1 to 6 as the file marks it; 0 for text
    bold: bool = False  # all of it
    size: float = 0  # of its smallest characters, in points; 0 when not known
    centred: bool = False
    row: bool = False  # cells of a table joined
    pictures: list[ReadPicture] = field(default_factory=list)  # their places count from the start of the line


class Writer:
    """Takes an article down; `reading` gives what has become of it."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._line = Line()
        self._parts: list[str] = []
        self._plain = False  # words that are not bold stand in the line
        self._space = ""  # blanks of the flow that are written once words follow
        self._outer: list[tuple[list[Line], Line, list[str], bool]] = []
        self._rows: list[list[list[Line]]] = []
        self._seen: set[bytes] = set()

    # words

    def text(self, words: str, *, bold: bool = False, size: float = 0) -> None:
        """Write words as they are; a newline in them ends the line."""
        first, *rest = cleaned(words).split("\n")
        self._write(first, bold, size)
        for line in rest:
            self.end_line()
            self._write(line, bold, size)

    def flow(self, words: str, *, bold: bool = False, size: float = 0) -> None:
        """Write words of a web page: blanks and line breaks run together, and vanish between Chinese characters."""
        words = _INVISIBLE.sub("", cleaned(words))
        inner = _SPACES.sub(" ", _BROKEN.sub("", words.strip(_SPACE)))
        if not inner:
            self._space = self._space + words
            return
        head = self._space + words[: len(words) - len(words.lstrip(_SPACE))]
        if head and self._parts:
            broken = "\n" in head and _IS_WIDE.match(inner) and _IS_WIDE.match(self._parts[-1][-1])
            if not broken and not self._parts[-1].endswith(" "):
                self._write(" ", bold, size)
        self._write(inner, bold, size)
        self._space = words[len(words.rstrip(_SPACE)) :]

    def _write(self, words: str, bold: bool, size: float) -> None:
        words = _INVISIBLE.sub("", words).replace("\xa0", " ")
        if not words:
            return
        self._parts.append(words)
        if words.strip(_BLANKS):
            self._plain = self._plain or not bold
            if size:
                self._line.size = min(size, self._line.size or size)

    @property
    def is_empty(self) -> bool:
        """True while no visible character stands in the line."""
        return not any(part.strip(_BLANKS) for part in self._parts)

    def picture(self, picture: ReadPicture) -> bool:
        """Put a picture here; False, and nothing put, when the same one stands somewhere already."""
        digest = hashlib.sha256(picture.data).digest()
        if digest in self._seen:
            return False
        self._seen.add(digest)
        place = sum(map(len, self._parts))
        self._line.pictures.append(replace(picture, alt=" ".join(cleaned(picture.alt).split()), place=place))
        return True

    def end_line(self, level: int = 0, *, centred: bool = False, label: str = "") -> None:
        """End the line that is open; `label` is the number that stands before it. An empty line leaves one gap."""
        line, words = self._line, "".join(self._parts)
        line.text = words.strip(_BLANKS)
        if line.text:
            cut = len(words) - len(words.lstrip(_BLANKS))
            line.pictures = [
                replace(picture, place=min(max(0, picture.place - cut) + len(label), len(line.text) + len(label)))
                if picture.place > cut
                else replace(picture, place=0)
                for picture in line.pictures
            ]
            line.text = label + line.text
            line.level = level if len(line.text) <= _LONGEST_HEADING else 0
            line.bold, line.centred = not self._plain, centred
            self.lines.append(line)
        elif line.pictures:
            line.pictures = [replace(picture, place=0) for picture in line.pictures]
            self.lines.append(line)
        self._line, self._parts, self._plain, self._space = Line(), [], False, ""

    def gap(self) -> None:
        """Leave an empty line, as an empty paragraph does."""
        if self.lines and self.lines[-1].text:
            self.lines.append(Line())

    # boxes and tables

    def open_box(self) -> None:
        """Begin text that stands apart from the line that is open."""
        self._outer.append((self.lines, self._line, self._parts, self._plain))
        self.lines, self._line, self._parts, self._plain, self._space = [], Line(), [], False, ""

    def close_box(self) -> list[Line]:
        """The lines of the text that stood apart; the line before it is open again."""
        self.end_line()
        lines = self.lines
        self.lines, self._line, self._parts, self._plain = self._outer.pop()
        return lines

    def open_row(self) -> bool:
        """Begin a row; False, and nothing begun, when too many tables lie within each other."""
        self.end_line()
        if len(self._rows) >= _DEEPEST_TABLE:
            return False
        self._rows.append([])
        return True

    def open_cell(self) -> None:
        self.end_line()
        self.open_box()

    def close_cell(self) -> None:
        self._rows[-1].append([line for line in self.close_box() if line.text or line.pictures])

    def close_row(self, *, dropped: bool = False) -> None:
        """One line for the row without its empty cells; its paragraphs as they are when it only lays out the page."""
        cells = [cell for cell in self._rows.pop() if cell and not dropped]
        told = [cell for cell in cells if any(line.text for line in cell)]
        if len(told) < 2 or any(map(_is_prose, told)):
            for cell in cells:
                self.lines.extend(cell)
        else:
            self.lines.append(_joined(cells))

    # the end

    def reading(self, *, notes: Iterable[Note] = (), address: str = "") -> Reading:
        """Everything that was written, with the places of its headings and pictures."""
        self.end_line()
        while self.lines and not self.lines[-1].text and not self.lines[-1].pictures:
            self.lines.pop()
        fakes = _fake_headings(self.lines)
        texts, levels, pictures, at = [], [], [], 0
        for index, line in enumerate(self.lines):
            pictures += [replace(picture, place=at + picture.place) for picture in line.pictures]
            if line.text or not line.pictures:
                level = line.level or (FAKE if index in fakes else 0)
                if level:
                    levels.append((at, level))
                texts.append(line.text)
                at += len(line.text) + 1
        text = "\n".join(texts)
        pictures = [replace(picture, place=min(picture.place, len(text))) for picture in pictures]
        return Reading(text, tuple(pictures), tuple(notes), tuple(levels), address)


def _is_prose(cell: list[Line]) -> bool:
    """True for a cell that holds paragraphs, headings or another table rather than a value."""
    longest = max(len(line.text) for line in cell)
    return (
        longest > _LONGEST_CELL
        or any(line.level or line.row for line in cell)
        or (len(cell) > 1 and sum(len(line.text) for line in cell) > _LONGEST_CELL)
    )


def _joined(cells: list[list[Line]]) -> Line:
    """The cells of a row as one line."""
    row, texts, at = Line(row=True), [], 0
    for cell in cells:
        words = " ".join(line.text for line in cell if line.text)
        row.pictures += [replace(picture, place=at) for line in cell for picture in line.pictures]
        if words:
            texts.append(words)
            at += len(words) + len(BETWEEN_CELLS)
    row.text = BETWEEN_CELLS.join(texts)
    row.pictures = [replace(picture, place=min(picture.place, len(row.text))) for picture in row.pictures]
    return row


def _fake_headings(lines: list[Line]) -> set[int]:
    """The indexes of the short lines that look unlike the text round them."""
    told = [line for line in lines if line.text]
    sizes: Counter[float] = Counter()
    for line in told:
        sizes[line.size] += len(line.text)
    usual = max(sizes, key=lambda size: sizes[size], default=0)
    found = {
        index
        for index, line in enumerate(lines)
        if _may_be_heading(line)
        and (line.bold or line.size > usual + 0.9 > 0.9 or (line.centred and _is_set_apart(lines, index)))
    }
    return found if len(found) <= max(1, _USUAL_SHARE * len(told)) else set()


def _may_be_heading(line: Line) -> bool:
    return (
        not line.row
        and not line.level
        and 0 < len(line.text) <= _LONGEST_FAKE
        and line.text[-1] not in "。；;，,、"
        and bool(_WORDS.search(line.text))
    )


def _is_set_apart(lines: list[Line], index: int) -> bool:
    """True for a centred line that is no caption and no line of facts."""
    return not _NO_CENTRED_HEADING.search(lines[index].text) and not (index and lines[index - 1].pictures)
