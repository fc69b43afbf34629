"""The parts of a .docx: a zip of XML, opened with bounds and with nothing followed out of it."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from typing import Protocol
from urllib.parse import unquote
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser

from cases.content import gettext_noop
from cases.reading.files import ReadingError
from cases.reading.zips import beginning, opened

LARGEST_PART = 20 * 1024 * 1024  # bytes of the XML of one part; that of a million characters has half
LARGEST_PICTURE = 20 * 1024 * 1024
DAMAGED = gettext_noop("“%(name)s”里的 XML 已损坏，读不出来；请用 Word 打开，另存为 .docx 后再导入")
_TOO_LARGE = gettext_noop("“%(name)s”展开后太大，请拆分成单篇文章后再导入")
_NOT_WORD = gettext_noop("“%(name)s”不是 Word 文档，请检查扩展名是否正确")
# Known by their endings: transitional and strict documents name the same things in different spaces.
_PREFIXES = {
    "wordprocessingml/2006/main": "",
    "wordprocessingml/main": "",
    "drawingml/2006/main": "a:",
    "drawingml/main": "a:",
    "drawingml/2006/chart": "c:",
    "drawingml/chart": "c:",
    "drawingml/2006/diagram": "dgm:",
    "drawingml/diagram": "dgm:",
    "drawingml/2006/wordprocessingDrawing": "wp:",
    "drawingml/wordprocessingDrawing": "wp:",
    "officeDocument/2006/math": "m:",
    "officeDocument/math": "m:",
    "markup-compatibility/2006": "mc:",
    "schemas-microsoft-com:vml": "v:",
    "package/2006/relationships": "",
}


class Target(Protocol):
    """What the elements of a part are told to, names as in `short_name`."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None: ...
    def end(self, tag: str) -> None: ...
    def data(self, data: str) -> None: ...


class Package:
    """A .docx opened, which `docx_safety` has let pass. Raises ReadingError for one that is damaged or none."""

    def __init__(self, name: str, data: bytes) -> None:
        self.name = name
        self._zip = opened(name, data)
        self._parts = {part.filename.lstrip("/"): part for part in self._zip.infolist()}
        root = self.relationships("")
        found = [target for kind, target, inside in root.values() if kind.endswith("/officeDocument") and inside]
        self.document = found[0] if found else "word/document.xml"
        if self.document not in self._parts:
            raise ReadingError(_NOT_WORD, name=name)

    def relationships(self, part: str) -> dict[str, tuple[str, str, bool]]:
        """Id → kind, target and whether the target lies inside the package, of the links of a part."""
        folder, file = posixpath.split(part)
        root = self.tree(posixpath.join(folder, "_rels", f"{file}.rels"))
        links = {}
        for link in root if root is not None else ():
            target, inside = link.get("Target", ""), link.get("TargetMode") != "External"
            if inside:
                target = posixpath.normpath(posixpath.join("/", folder, unquote(target))).lstrip("/")
            links[link.get("Id", "")] = (link.get("Type", ""), target, inside)
        return links

    def part_of_kind(self, kind: str) -> str:
        """The part the document is linked to as its styles, its numbering …; "" when there is none."""
        links = self.relationships(self.document).values()
        return next((target for name, target, inside in links if inside and name.endswith(f"/{kind}")), "")

    def tree(self, part: str) -> Element | None:
        """A part as elements with names as in `short_name`; None when there is no such part."""
        if part not in self._parts:
            return None
        builder = TreeBuilder()
        self._feed(part, _Named(builder))
        return builder.close()

    def tell(self, part: str, target: Target) -> None:
        """Read a part from beginning to end, telling `target` of each element."""
        self._feed(part, _Named(target))

    def _feed(self, part: str, target: _Named) -> None:
        parser = XMLParser(target=target)  # noqa: S314 - _Named refuses the declarations that make XML dangerous
        try:
            parser.feed(self.bytes(part, LARGEST_PART))
            parser.close()
        except (ParseError, ValueError, LookupError, _Declared):
            raise ReadingError(DAMAGED, name=self.name) from None

    def picture(self, part: str) -> bytes | None:
        """The bytes of a picture; None when it is not there."""
        return self.bytes(part, LARGEST_PICTURE) if part in self._parts else None

    def bytes(self, part: str, largest: int = LARGEST_PICTURE) -> bytes:
        """The bytes of a part. Raises ReadingError when they are more than `largest`, whatever the zip says."""
        if part not in self._parts:
            raise ReadingError(DAMAGED, name=self.name)
        data = beginning(self._zip, self._parts[part], name=self.name, size=largest + 1)
        if len(data) > largest:
            raise ReadingError(_TOO_LARGE, name=self.name)
        return data


class _Declared(Exception):
    """A document type declaration, which no .docx has and through which XML grows without bound."""


class _Named:
    """Passes elements on under short names; text of a declaration is refused."""

    def __init__(self, target: Target | TreeBuilder) -> None:
        self._start, self._end, self.data = target.start, target.end, target.data
        self._names: dict[str, str] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        own = {name.rpartition("}")[2]: value for name, value in attributes.items()}
        self._start(self._name(tag), own)

    def end(self, tag: str) -> None:
        self._end(self._name(tag))

    def doctype(self, name: str, public: str | None, system: str | None) -> None:
        raise _Declared

    def close(self) -> None:
        """Nothing: the target has been told everything."""

    def _name(self, tag: str) -> str:
        if tag not in self._names:
            self._names[tag] = short_name(tag)
        return self._names[tag]


def short_name(tag: str) -> str:
    """`p` for {http://…/wordprocessingml/2006/main}p, `a:p` for that of drawings, `?p` for one of an unknown space."""
    space, _, name = tag.rpartition("}")
    prefix = next((prefix for ending, prefix in _PREFIXES.items() if space.endswith(ending)), "?" if space else "")
    return prefix + name
