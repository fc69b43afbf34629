"""A .pdf with text: its lines in reading order, without what is printed on every page, and its pictures."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from importlib import import_module

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError, PyPdfError

from cases.content import gettext_noop
from cases.reading.encodings import cleaned
from cases.reading.files import Note, Reading, ReadingError, ReadPicture, shown_name
from cases.reading.look_alikes import true_characters
from cases.reading.pdf_pictures import page_pictures

# pypdf imports these when it first needs them, which is after files can be opened no more.
for _module in ("_codecs.core_font_metrics", "_text_extraction", "filters", "xmp"):
    import_module(f"pypdf.{_module}")

PAGES = 100
PICTURES = 50
LEAST = 4  # characters a page has on average; a scan has none, or a watermark
LARGEST_PICTURES = 40 * 1024**2  # bytes of all together
_FURNITURE = 2  # lines at the top and at the bottom of a page that may stand on every page
# 3, - 3 -, 3 / 12, page 3 of 12 in Chinese, with or without blanks
_PAGE_NUMBER = re.compile(
    r"[\s\-—–·•]*(?:\u7b2c?\s*)?\d{1,4}\s*\u9875?(?:\s*[/,\uff0c]?\s*\u5171?\s*\d{1,4}\s*\u9875?)?[\s\-—–·•]*"
)
_MARKS = (
    "\u3001\u3002\uff0c\uff1a\uff1b\uff01\uff1f\u201c\u201d\u2018\u2019\uff08\uff09\u300a\u300b\u3008\u3009\u3010\u3011"
)
# A blank beside a full-width mark is the gap the mark was printed with.
_GAP = re.compile(rf"(?<=[{_MARKS}]) (?=\S)|(?<=\S) (?=[{_MARKS}])")


def read_pdf(name: str, data: bytes) -> Reading:
    """The reading of a PDF. Raises ReadingError for one that is locked, damaged, too long or without text."""
    shown = shown_name(name)
    pages = _pages(shown, data)
    try:
        texts = [page.extract_text() for page in pages]
    except (PyPdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
        raise _damaged(shown) from None
    lines = _without_furniture(
        [[_GAP.sub("", line.strip()) for line in cleaned(true_characters(text)).split("\n")] for text in texts]
    )
    if sum(len(line) for page in lines for line in page) < LEAST * len(lines):
        raise ReadingError(
            gettext_noop("“%(name)s”里没有文字，多半是扫描件；请先做文字识别（OCR），或导入它的 Word 文件"), name=shown
        )
    text, ends = "", []
    for page in lines:
        text += "".join(f"{line}\n" for line in page)
        ends.append(len(text))
    pictures, left_out = _pictures(pages, ends)
    if not left_out:
        return Reading(text, pictures)
    note = Note(gettext_noop("有 %(count)d 张图片没有取出，可以在案例里添加"), {"count": left_out})
    return Reading(text, pictures, (note,))


def _pages(name: str, data: bytes) -> list[PageObject]:
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise _locked(name)
        count = len(reader.pages)
        pages = list(reader.pages) if count <= PAGES else []
    except (ImportError, DependencyError):  # a cipher that pypdf leaves to another library
        raise _locked(name) from None
    except ReadingError:
        raise
    except (PyPdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError, OSError):
        raise _damaged(name) from None
    if count > PAGES:
        raise ReadingError(
            gettext_noop("“%(name)s”有 %(count)d 页，最多读 %(most)d 页；请拆分成单篇文章后再导入"),
            name=name,
            count=count,
            most=PAGES,
        )
    if not pages:
        raise _damaged(name)
    return pages


def _locked(name: str) -> ReadingError:
    return ReadingError(gettext_noop("“%(name)s”加了密码，请去掉密码后再导入，或复制正文粘贴"), name=name)


def _damaged(name: str) -> ReadingError:
    return ReadingError(gettext_noop("“%(name)s”已损坏，打不开；请重新保存或重新下载后再导入"), name=name)


def _without_furniture(pages: list[list[str]]) -> list[list[str]]:
    """The lines of each page without page numbers, and without what stands at the edge of most pages."""
    pages = [[line for line in page if line] for page in pages]
    seen = Counter(line for page in pages for line in {_pattern(line) for line in _edges(page)})
    most = max(3, len(pages) * 2 // 3)
    return [
        [
            line
            for index, line in enumerate(page)
            if not (_is_edge(index, page) and (seen[_pattern(line)] >= most or _PAGE_NUMBER.fullmatch(line)))
        ]
        for page in pages
    ]


def _edges(page: list[str]) -> Iterator[str]:
    return (line for index, line in enumerate(page) if _is_edge(index, page))


def _is_edge(index: int, page: list[str]) -> bool:
    return not _FURNITURE <= index < len(page) - _FURNITURE


def _pattern(line: str) -> str:
    """A line with its numbers left open, because those of a page differ from the next one's."""
    return re.sub(r"\d+", "0", re.sub(r"\s+", "", line))


def _pictures(pages: list[PageObject], ends: list[int]) -> tuple[tuple[ReadPicture, ...], int]:
    """The pictures, each at the end of its page, and how many could not be had."""
    pictures: list[ReadPicture] = []
    left_out, room = 0, LARGEST_PICTURES
    for index, (page, end) in enumerate(zip(pages, ends, strict=True), start=1):
        for number, data in enumerate(page_pictures(page, most=PICTURES), start=1):
            if data is None or len(pictures) == PICTURES or len(data) > room:
                left_out += 1
                continue
            room -= len(data)
            ending = "jpg" if data.startswith(b"\xff\xd8") else "png"
            pictures.append(ReadPicture(data, f"{index}-{number}.{ending}", place=end))
    return tuple(pictures), left_out
