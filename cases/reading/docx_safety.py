"""What is checked of a .docx before anything reads it: a zip of XML parts, which may point outside or hold programs."""

from __future__ import annotations

import re
import zipfile
from xml.parsers import expat

from cases.content import gettext_noop
from cases.reading.files import ReadingError, shown_name
from cases.reading.package import DAMAGED, LARGEST_PART
from cases.reading.zips import beginning, opened, unpacked

_PROGRAMS = re.compile(r"(?:^|/)(?:vbaProject[^/]*\.bin|vbaData\.xml|activeX/.+|macrosheets/.+)$", re.IGNORECASE)
_MARKUP = (
    b"<",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\xfe\xff",
    b"\0<",
    b"\0\0",
    b"\x4c\x6f\xa7\x94",
)  # also UTF-16, -32, EBCDIC
# How Word by itself names the template of a text: a file on the author's disk or beside the text.
_OWN_TEMPLATE = re.compile(r"(?:file:/{3}(?=[A-Za-z]:))?(?:[A-Za-z]:[\\/])?[^/\\:][^:]*", re.IGNORECASE)


def check_package(name: str, data: bytes) -> None:
    """Raise ReadingError for a .docx that must not be read.

    That is one that is damaged, a bomb, holds macros, declares entities, or loads something from elsewhere
    when it is opened: a picture, a template, an object. A link that a reader may follow loads nothing, and
    the path of a template on the author's own disk, which Word writes by itself, leads nowhere here.
    """
    shown = shown_name(name)
    with opened(name, data) as package:
        if any(_PROGRAMS.search(entry.filename) for entry in package.infolist()):
            raise _macros(shown)
        for entry in package.infolist():
            if not entry.is_dir() and _is_markup(package, entry, shown):
                _check_part(shown, entry.filename, unpacked(package, entry, name=shown, most=LARGEST_PART))


def _is_markup(package: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> bool:
    """True for a part that may be read as XML: by its content, because any part may be named as the text."""
    if entry.filename.lower().endswith((".xml", ".rels")):
        return True
    return beginning(package, entry, name=name).lstrip().startswith(_MARKUP)


def _check_part(name: str, part: str, xml: bytes) -> None:
    """Walk through the XML of a part. Raises ReadingError for what it must not hold."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = lambda *declared: _refuse_declarations(name)
    if part == "[Content_Types].xml":
        parser.StartElementHandler = lambda tag, told: _check_type(name, told)
    elif part.lower().endswith(".rels"):
        parser.StartElementHandler = lambda tag, told: _check_relationship(name, told)
    try:
        parser.Parse(xml, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        if isinstance(error, ReadingError):
            raise
        raise ReadingError(DAMAGED, name=name) from None


def _refuse_declarations(name: str) -> None:
    raise ReadingError(
        gettext_noop("“%(name)s”里有不该出现的实体声明，为安全起见不读；请用 Word 打开，另存为 .docx 后再导入"),
        name=name,
    )


def _check_type(name: str, told: dict[str, str]) -> None:
    if "macroenabled" in told.get("ContentType", "").lower():
        raise _macros(name)


def _check_relationship(name: str, told: dict[str, str]) -> None:
    kind = told.get("Type", "").rpartition("/")[2]
    if told.get("TargetMode") != "External" or kind == "hyperlink":
        return
    if kind == "attachedTemplate" and _OWN_TEMPLATE.fullmatch(told.get("Target", "")):
        return
    raise ReadingError(
        gettext_noop(
            "“%(name)s”链接了外部的图片、模板或对象，为安全起见不读；请用 Word 打开，断开链接或改为嵌入，另存后再导入"
        ),
        name=name,
    )


def _macros(name: str) -> ReadingError:
    return ReadingError(
        gettext_noop("“%(name)s”带有宏，为安全起见不读；请用 Word 打开，另存为不带宏的 .docx 后再导入"), name=name
    )
