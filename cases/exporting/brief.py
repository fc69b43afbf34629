"""A reading list as a document (.docx): each case with its strongest numbers and the reader's note."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from dataclasses import dataclass

from docx import Document
from docx.document import Document as DocumentType
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_LATIN, _HAN, _HAN_HEADING = "Times New Roman", "SimSun", "SimHei"
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")  # what no XML file can hold
_QUIET = RGBColor(0x5B, 0x66, 0x75)


@dataclass(frozen=True, slots=True)
class BriefNumber:
    """A number in words, with the sentence it was taken from."""

    text: str  # 7 → 2 个工作日
    label: str
    quote: str


@dataclass(frozen=True, slots=True)
class BriefCase:
    """A case of the list; one that cannot be read any more has a title and `said`, why."""

    title: str
    said: str = ""  # 已撤下 …; "" for a case that is public
    facts: str = ""  # city, department, day, in one line
    lead: str = ""
    numbers: tuple[BriefNumber, ...] = ()
    note: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class BriefWords:
    """What the document says itself, in the language of the reader."""

    title: str
    about: str  # from where and when
    numbers: str  # 主要数字
    evidence: str  # 依据：
    note: str  # 笔记：
    language: str  # zh-CN


def brief_docx(cases: Iterable[BriefCase], words: BriefWords) -> bytes:
    """The document, headings as styles so that a word processor shows its outline."""
    document = Document()
    _set_up(document, words)
    document.add_heading(_text(words.title), level=0)
    _line(document, words.about, quiet=True)
    for number, case in enumerate(cases, start=1):
        document.add_heading(_text(f"{number}. {case.title}"), level=1)
        _case(document, case, words)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _case(document: DocumentType, case: BriefCase, words: BriefWords) -> None:
    for line in (case.said, case.facts):
        _line(document, line, quiet=True)
    _line(document, case.lead)
    if case.numbers:
        document.add_heading(_text(words.numbers), level=2)
    for number in case.numbers:
        paragraph = document.add_paragraph(style="List Bullet")
        paragraph.add_run(_text(f"{number.label} {number.text}".strip())).bold = True
        if number.quote:
            paragraph.add_run(_text(f"\n{words.evidence}{number.quote}"))
    if case.note:
        paragraph = document.add_paragraph()
        paragraph.add_run(_text(words.note)).bold = True
        paragraph.add_run(_text(case.note))
    _line(document, case.address, quiet=True)


def _line(document: DocumentType, text: str, *, quiet: bool = False) -> None:
    if not text:
        return
    run = document.add_paragraph().add_run(_text(text))
    if quiet:
        run.font.size = Pt(9)
        run.font.color.rgb = _QUIET


def _set_up(document: DocumentType, words: BriefWords) -> None:
    """Fonts that a Chinese word processor has; the library's own have no Han characters."""
    for name in ("Normal", "Title", "Heading 1", "Heading 2", "List Bullet"):
        style = document.styles[name]
        han = _HAN if name in ("Normal", "List Bullet") else _HAN_HEADING
        style.font.name = _LATIN
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)  # it would go before the name
        fonts.set(qn("w:eastAsia"), han)
    document.styles["Normal"].font.size = Pt(11)
    about = document.core_properties
    about.title, about.author, about.comments, about.language = _text(words.title)[:255], "", "", words.language


def _text(text: str) -> str:
    return _NO_XML.sub("", text)
