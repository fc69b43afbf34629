"""The text of a Word document (.docx), read from its XML as it streams by.

Kept are the words as they stand with all tracked changes accepted, the numbers Word counts by itself,
text boxes after the paragraph they hang on, tables row by row, embedded pictures. Left out are headers,
footers, comments, field codes, the table of contents, hidden words; foot- and endnotes, charts and
embedded files with a note to the editor, since a case has no place for them. Nothing is followed.

The libraries tried first turn a document into HTML and drop its numbers, which is how most Chinese
office documents write 一、 and （一）.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from cases.content import gettext_noop
from cases.reading.encodings import check_words
from cases.reading.fields import Fields
from cases.reading.files import Note, Reading
from cases.reading.numbering import Numbering
from cases.reading.package import Package
from cases.reading.pictures import Pictures
from cases.reading.styles import PLAIN, Look, Styles, paragraph_property, word_property
from cases.reading.writing import Line, Writer

_NOTES = {
    "footnotes": gettext_noop("文中有 %(count)d 条脚注或尾注没有读入，需要时请自行补入"),
    "charts": gettext_noop("文中有 %(count)d 个图表或示意图没有读入，需要时请截图后上传"),
    "objects": gettext_noop("文中嵌有 %(count)d 个文件，没有读入，需要时请单独导入"),
}
# What is left out with everything in it.
_LEFT_OUT = frozenset(
    (
        *("del", "moveFrom", "delText", "delInstrText", "pPrChange", "rPrChange", "trPrChange", "numberingChange"),
        *("sectPr", "tblPr", "tblGrid", "tcPr", "sdtPr", "sdtEndPr", "rt", "rubyPr", "fldData"),
    )
)
_COUNTED = {
    "footnoteReference": "footnotes",
    "endnoteReference": "footnotes",
    "c:chart": "charts",
    "dgm:relIds": "charts",
    "object": "objects",
    "altChunk": "objects",
}
_SIGNS = {"tab": "\t", "ptab": "\t", "noBreakHyphen": "-"}
# Boxes to tick, as the fonts of symbols hold them; any other of their signs has no character of its own.
_SYMBOLS = {"F0FE": "☑", "F052": "☑", "F0A8": "□", "F06F": "□", "F0FC": "√", "F0FB": "×", "F06C": "●", "F0B7": "●"}


def read_docx(name: str, data: bytes) -> Reading:
    """The reading of a .docx. Raises ReadingError for one that is damaged, encrypted, none, or without words."""
    package = Package(name, data)
    body = _Body(package)
    package.tell(package.document, body)
    reading = body.reading()
    check_words(name, reading.text)
    return reading


class _Paragraph:
    """A paragraph under way, and the run of words that is open in it."""

    __slots__ = ("boxes", "deleted", "look", "style", "whole", "words")

    def __init__(self) -> None:
        self.style = ""
        self.look = PLAIN  # what it says itself
        self.whole: Look | None = None  # with what its style says, once that is asked for
        self.words = PLAIN
        self.deleted = False  # its mark is: what follows belongs to the same line
        self.boxes: list[Line] = []


class _Body:
    """Told of the elements of the document, writes down what they say."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.links = package.relationships(package.document)
        self.styles = Styles(package.tree(package.part_of_kind("styles")))
        self.numbering = Numbering(package.tree(package.part_of_kind("numbering")), self.styles.numbering)
        self.writer = Writer()
        self.pictures = Pictures(self.writer)
        self.counts: Counter[str] = Counter()
        self.path: list[str] = []
        self.left_out = 0  # elements deep in something that is left out
        self.paragraphs: list[_Paragraph] = []  # the one that is open, last; those its text boxes stand in, before it
        self.fields = Fields()
        self.rows: list[bool] = []  # whether each row that is open is told to the writer
        self.row_is_deleted: list[bool] = []
        self.choices: list[bool] = []  # whether an alternative has been taken
        self.alt = ""
        self.in_text = False

    def reading(self) -> Reading:
        notes = [Note(_NOTES[kind], {"count": count}) for kind, count in sorted(self.counts.items())]
        return self.writer.reading(notes=[*notes, *self.pictures.notes()])

    # elements

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if self.left_out or tag in _LEFT_OUT or self.is_taken(tag):
            if tag in ("del", "moveFrom") and not self.left_out:
                self.mark_deleted()
            self.left_out += 1
            return
        parent = self.path[-1] if self.path else ""
        self.path.append(tag)
        if tag in _COUNTED:
            self.counts[_COUNTED[tag]] += 1
        if parent in ("pPr", "numPr", "rPr") and self.paragraphs:
            self.property(parent, tag, attributes)
        elif tag in self._STARTS:
            self._STARTS[tag](self, attributes)
        elif tag in _SIGNS and parent == "r":
            self.write(_SIGNS[tag])

    def end(self, tag: str) -> None:
        if self.left_out:
            self.left_out -= 1
            return
        self.path.pop()
        if tag in self._ENDS:
            self._ENDS[tag](self)

    def data(self, data: str) -> None:
        if self.in_text and not self.left_out:
            self.write(data)
        elif self.path and self.path[-1] == "instrText":
            self.fields.add_code(data)

    def is_taken(self, tag: str) -> bool:
        """True for an alternative when another has been taken."""
        if tag not in ("mc:Choice", "mc:Fallback") or not self.choices:
            return False
        taken, self.choices[-1] = self.choices[-1], True
        return taken

    def mark_deleted(self) -> None:
        """Remember a deletion that is a property: of the mark that ends a paragraph, or of a row."""
        if self.path[-2:] == ["pPr", "rPr"] and self.paragraphs:
            self.paragraphs[-1].deleted = True
        elif self.path[-1:] == ["trPr"] and self.rows:
            self.row_is_deleted[-1] = True

    def property(self, parent: str, tag: str, attributes: Mapping[str, str]) -> None:
        """One property of the paragraph that is open, of its mark, or of a run in it."""
        paragraph, owner = self.paragraphs[-1], self.path[-3] if len(self.path) > 2 else ""
        if parent == "rPr" and owner == "pPr":
            return  # the look of the mark itself
        if parent == "rPr":
            if tag == "rStyle":
                style = self.styles.look(attributes.get("val", ""))
                paragraph.words = paragraph.words.over(replace(style, level=None))
            else:
                paragraph.words = word_property(
                    paragraph.words, tag, attributes.get("val"), attributes.get("eastAsia", "")
                )
        elif tag == "pStyle":
            paragraph.style = attributes.get("val", "")
        else:
            paragraph.look = paragraph_property(paragraph.look, tag, attributes.get("val", ""))
        paragraph.whole = None

    # paragraphs and words

    def open_paragraph(self, attributes: Mapping[str, str]) -> None:
        if not self.paragraphs:
            self.paragraphs.append(_Paragraph())
        elif self.paragraphs[-1].deleted:
            boxes = self.paragraphs.pop().boxes
            self.paragraphs.append(_Paragraph())
            self.paragraphs[-1].boxes = boxes
        else:
            self.paragraphs[-1] = _Paragraph()

    def close_paragraph(self) -> None:
        paragraph, writer = self.paragraphs[-1], self.writer
        if paragraph.deleted:
            return
        look, label = self.look(paragraph), self.label(paragraph)
        empty = writer.is_empty
        gap = empty and not label and not self.rows
        writer.end_line(look.level or 0, centred=bool(look.centred), label="" if empty else label)
        if gap:
            writer.gap()
        writer.lines.extend(paragraph.boxes)
        paragraph.boxes = []

    def look(self, paragraph: _Paragraph) -> Look:
        if paragraph.whole is None:
            style = self.styles.look(paragraph.style) if paragraph.style else self.styles.usual
            paragraph.whole = paragraph.look.over(style)
        return paragraph.whole

    def label(self, paragraph: _Paragraph) -> str:
        """The number Word shows before a paragraph; counted also when the paragraph is empty, as Word does."""
        look = self.look(paragraph)
        if not look.list or look.list == "0":
            return ""
        level = paragraph.look.list_level
        if level is None and paragraph.look.list is None:
            chain = self.styles.chain(paragraph.style)
            level = self.numbering.level_of_styles(look.list, chain)
        if level is None:
            level = look.list_level or 0
        return self.numbering.label(look.list, level)

    def write(self, words: str) -> None:
        if not self.paragraphs or not self.is_shown():
            return
        look = self.paragraphs[-1].words.over(self.look(self.paragraphs[-1]))
        if not look.hidden:
            self.writer.text(words.replace("\n", " "), bold=bool(look.bold or look.heading_font), size=look.size or 0)

    def is_shown(self) -> bool:
        return self.fields.are_shown and not self.look(self.paragraphs[-1]).contents

    def open_run(self, attributes: Mapping[str, str]) -> None:
        if self.paragraphs:
            self.paragraphs[-1].words = PLAIN

    def open_text(self, attributes: Mapping[str, str]) -> None:
        self.in_text = True

    def close_text(self) -> None:
        self.in_text = False

    def break_line(self, attributes: Mapping[str, str]) -> None:
        """A line break; within a heading of a section a blank, so that the heading stays one."""
        if self.paragraphs and self.is_shown():
            level = self.look(self.paragraphs[-1]).level or 0
            if 1 < level < 7:
                self.write(" ")
            elif not self.writer.is_empty:
                self.writer.end_line(
                    level, centred=bool(self.look(self.paragraphs[-1]).centred), label=self.first_label()
                )

    def first_label(self) -> str:
        """The number of the paragraph that is open, once: its later lines have none."""
        paragraph = self.paragraphs[-1]
        label = self.label(paragraph)
        paragraph.look, paragraph.whole = replace(paragraph.look, list="0"), None
        return label

    def symbol(self, attributes: Mapping[str, str]) -> None:
        self.write(_SYMBOLS.get(attributes.get("char", "").upper(), ""))

    # fields

    def field_character(self, attributes: Mapping[str, str]) -> None:
        self.fields.character(attributes.get("fldCharType"))

    def open_simple_field(self, attributes: Mapping[str, str]) -> None:
        self.fields.open_simple(attributes.get("instr", ""))

    def close_simple_field(self) -> None:
        self.fields.close()

    # boxes and tables

    def open_box(self, attributes: Mapping[str, str]) -> None:
        self.writer.open_box()
        self.paragraphs.append(_Paragraph())

    def close_box(self) -> None:
        self.paragraphs.pop()
        lines = self.writer.close_box()
        if self.paragraphs:
            self.paragraphs[-1].boxes += lines
        else:
            self.writer.lines.extend(lines)

    def open_row(self, attributes: Mapping[str, str]) -> None:
        self.rows.append(self.writer.open_row())
        self.row_is_deleted.append(False)

    def close_row(self) -> None:
        deleted = self.row_is_deleted.pop()
        if self.rows.pop():
            self.writer.close_row(dropped=deleted)

    def open_cell(self, attributes: Mapping[str, str]) -> None:
        self.paragraphs.append(_Paragraph())
        if self.rows and self.rows[-1]:
            self.writer.open_cell()

    def close_cell(self) -> None:
        self.paragraphs.pop()
        if self.rows and self.rows[-1]:
            self.writer.close_cell()

    # pictures

    def describe(self, attributes: Mapping[str, str]) -> None:
        self.alt = attributes.get("descr", "") or attributes.get("title", "")

    def picture(self, attributes: Mapping[str, str]) -> None:
        link = attributes.get("embed") or attributes.get("id") or attributes.get("link", "")
        _kind, target, inside = self.links.get(link, ("", "", True))
        if not inside:
            self.pictures.leave("elsewhere")
        elif target and "object" not in self.path and self.paragraphs:
            data = self.package.picture(target)
            if data is None:
                self.pictures.leave("missing")
            else:
                self.pictures.take(data, target, self.alt)
        self.alt = ""

    def open_alternatives(self, attributes: Mapping[str, str]) -> None:
        self.choices.append(False)

    def close_alternatives(self) -> None:
        self.choices.pop()

    _STARTS = {
        "p": open_paragraph,
        "r": open_run,
        "m:r": open_run,
        "t": open_text,
        "m:t": open_text,
        "br": break_line,
        "cr": break_line,
        "sym": symbol,
        "fldChar": field_character,
        "fldSimple": open_simple_field,
        "txbxContent": open_box,
        "tr": open_row,
        "tc": open_cell,
        "wp:docPr": describe,
        "a:blip": picture,
        "v:imagedata": picture,
        "mc:AlternateContent": open_alternatives,
    }
    _ENDS = {
        "p": close_paragraph,
        "t": close_text,
        "m:t": close_text,
        "fldSimple": close_simple_field,
        "txbxContent": close_box,
        "tr": close_row,
        "tc": close_cell,
        "mc:AlternateContent": close_alternatives,
    }
