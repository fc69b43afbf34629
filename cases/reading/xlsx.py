"""A table from an .xlsx: the first sheet that is seen, its cells as a person reads them.

Formulas give the value that was last worked out. Of merged cells the first has the text, the others none.
"""

from __future__ import annotations

import datetime
import posixpath
import re
import zipfile
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any
from urllib.parse import unquote
from xml.etree.ElementTree import ParseError, XMLParser

from cases.content import gettext_noop
from cases.reading.encodings import cleaned
from cases.reading.files import ReadingError, shown_name
from cases.reading.table_bounds import CHARACTERS, Filling, Table
from cases.reading.zips import opened, unpacked

LARGEST_PART = 20 * 1024**2  # bytes of the XML of one part
_DAMAGED = gettext_noop("“%(name)s”已损坏，读不出来；请用 Excel 或 WPS 打开，另存为 .xlsx 后再导入")
_NO_TABLE = gettext_noop("“%(name)s”不是 .xlsx 表格；请用 Excel 或 WPS 打开，另存为 .xlsx 后再导入")
_LOCKED = gettext_noop("“%(name)s”是旧版 .xls 表格，或者加了密码；请去掉密码，另存为 .xlsx 后再导入")
_OLE = b"\xd0\xcf\x11\xe0"
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_DATE_FORMATS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}  # those Excel has built in
_NOT_OF_FORMAT = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.')  # words, colours and spaces of a number format
_OF_DATES = re.compile(r"[ymdhs\u5e74\u6708\u65e5]")  # year, month and day in Chinese too
_EPOCHS = {False: datetime.datetime(1899, 12, 30), True: datetime.datetime(1904, 1, 1)}
_ERRORS_SHOWN = 20  # characters of what a formula that failed gives


def read_xlsx(name: str, data: bytes) -> Table:
    """The rows of the first visible sheet. Raises ReadingError."""
    name = shown_name(name)
    if data.startswith(_OLE):
        raise ReadingError(_LOCKED, name=name)
    return _Workbook(name, data).table()


Attributes = Mapping[str, str]


class _Workbook:
    def __init__(self, name: str, data: bytes) -> None:
        self.name = name
        self._zip = opened(name, data)
        self._parts = {entry.filename.lstrip("/"): entry for entry in self._zip.infolist()}

    def table(self) -> Table:
        path = next(
            (target for kind, target in self._links("").values() if kind == "officeDocument"), "xl/workbook.xml"
        )
        if path not in self._parts:
            raise ReadingError(_NO_TABLE, name=self.name)
        sheets, is_1904 = self._sheets(path)
        links = self._links(path)
        targets = dict(links.values())
        sheet = next((links[id][1] for id in sheets if id in links and links[id][0] == "worksheet"), "")
        if sheet not in self._parts:
            raise ReadingError(gettext_noop("“%(name)s”里没有看得见的工作表"), name=self.name)
        reader = _SheetReader(
            Filling(self.name),
            strings=self._strings(targets.get("sharedStrings", "")),
            dates=self._date_styles(targets.get("styles", "")),
            epoch=_EPOCHS[is_1904],
        )
        self._tell(sheet, reader)
        return reader.filling.table()

    def _links(self, part: str) -> dict[str, tuple[str, str]]:
        """Id → kind and target of the links of a part."""
        folder, file = posixpath.split(part)
        links = {}

        def start(tag: str, attributes: Attributes) -> None:
            if tag == "Relationship" and attributes.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, unquote(attributes.get("Target", ""))))
                links[attributes.get("Id", "")] = (attributes.get("Type", "").rpartition("/")[2], target.lstrip("/"))

        self._tell(posixpath.join(folder, "_rels", f"{file}.rels"), _Starts(start))
        return links

    def _sheets(self, part: str) -> tuple[list[str], bool]:
        """The ids of the sheets that are seen, in order, and whether days are counted from 1904."""
        sheets, flags = [], set()

        def start(tag: str, attributes: Attributes) -> None:
            if tag == "sheet" and attributes.get("state", "visible") == "visible":
                sheets.append(attributes.get("id", ""))
            elif tag == "workbookPr" and attributes.get("date1904") in ("1", "true"):
                flags.add("1904")

        self._tell(part, _Starts(start))
        return sheets, bool(flags)

    def _date_styles(self, part: str) -> set[int]:
        """The numbers of the cell styles that show a number as a date or time."""
        formats: dict[str, str] = {}
        styles: list[str] = []
        inside: list[str] = []

        def start(tag: str, attributes: Attributes) -> None:
            if tag in ("cellXfs", "cellStyleXfs"):
                inside[:] = [tag]
            elif tag == "numFmt":
                formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
            elif tag == "xf" and inside == ["cellXfs"]:
                styles.append(attributes.get("numFmtId", "0"))

        self._tell(part, _Starts(start))
        return {number for number, id in enumerate(styles) if _is_date(id, formats)}

    def _strings(self, part: str) -> list[str]:
        reader = _StringsReader(self.name)
        self._tell(part, reader)
        return reader.strings

    def _tell(self, part: str, target: Any) -> None:
        """Read a part from beginning to end, telling `target` of each element; nothing for one that is not there."""
        if part not in self._parts:
            return
        data = self._bytes(self._parts[part])
        parser = XMLParser(target=_Plain(target))  # noqa: S314 - _Plain refuses the declarations that make XML dangerous
        try:
            parser.feed(data)
            parser.close()
        except ReadingError:
            raise
        except (ParseError, ValueError, LookupError, OverflowError, _Declared):
            raise ReadingError(_DAMAGED, name=self.name) from None

    def _bytes(self, entry: zipfile.ZipInfo) -> bytes:
        return unpacked(self._zip, entry, name=self.name, most=LARGEST_PART)


def _is_date(id: str, formats: Mapping[str, str]) -> bool:
    if id in formats:
        return bool(_OF_DATES.search(_NOT_OF_FORMAT.sub("", formats[id]).lower()))
    return id.isdecimal() and int(id) in _DATE_FORMATS


# Elements


class _Declared(Exception):
    """A document type declaration, which no .xlsx has and through which XML grows without bound."""


class _Plain:
    """Passes elements on under their names without name spaces."""

    def __init__(self, target: Any) -> None:
        self._start, self._end, self.data = target.start, target.end, target.data

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._start(_local(tag), {_local(name): value for name, value in attributes.items()})

    def end(self, tag: str) -> None:
        self._end(_local(tag))

    def doctype(self, name: str, public: str | None, system: str | None) -> None:
        raise _Declared

    def close(self) -> None:
        """Nothing: the target has been told everything."""


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


class _Starts:
    """A target for which the attributes say everything."""

    def __init__(self, start: Callable[[str, Attributes], None]) -> None:
        self.start = start

    def end(self, tag: str) -> None: ...
    def data(self, data: str) -> None: ...


class _StringsReader:
    """The texts that the cells name by number; readings over characters are left out."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.strings: list[str] = []
        self._text: list[str] = []
        self._inside: list[str] = []
        self._characters = 0

    def start(self, tag: str, attributes: Attributes) -> None:
        self._inside.append(tag)
        if tag == "si":
            self._text = []

    def data(self, data: str) -> None:
        if self._inside[-1] == "t" and "rPh" not in self._inside:
            self._text.append(data)

    def end(self, tag: str) -> None:
        self._inside.pop()
        if tag == "si":
            self.strings.append("".join(self._text))
            self._characters += len(self.strings[-1])
            if self._characters > CHARACTERS:
                raise ReadingError(gettext_noop("“%(name)s”里的文字太多，请分成几个表格"), name=self.name)


class _SheetReader:
    """The cells of a sheet as a person reads them."""

    def __init__(self, filling: Filling, *, strings: list[str], dates: set[int], epoch: datetime.datetime) -> None:
        self.filling, self.strings, self.dates, self.epoch = filling, strings, dates, epoch
        self._row, self._column = -1, -1
        self._kind, self._style = "n", 0
        self._value: list[str] = []
        self._inside: list[str] = []

    def start(self, tag: str, attributes: Attributes) -> None:
        self._inside.append(tag)
        if tag == "row":
            self._row = int(attributes["r"]) - 1 if "r" in attributes else self._row + 1
            if self._row < 0:
                raise ValueError(attributes["r"])  # rows are counted from 1
            self._column = -1
        elif tag == "c":
            place = _PLACE.fullmatch(attributes.get("r", ""))
            self._column = _column(place[1]) if place else self._column + 1
            self._kind, self._style = attributes.get("t", "n"), int(attributes.get("s", "0"))
            self._value = []

    def data(self, data: str) -> None:
        if self._inside[-1] == "v" or (self._inside[-1] == "t" and "rPh" not in self._inside):
            self._value.append(data)

    def end(self, tag: str) -> None:
        self._inside.pop()
        if tag == "c":
            value = "".join(self._value)
            self.filling.put(self._row, self._column, cleaned(self._shown(value)) if value else "")

    def _shown(self, value: str) -> str:
        if self._kind == "s":
            return self.strings[int(value)]
        if self._kind == "b":
            return "TRUE" if value == "1" else "FALSE"
        if self._kind == "e":
            return value[:_ERRORS_SHOWN]
        if self._kind != "n":
            return value  # words: of a formula (str), of the cell itself (inlineStr), a moment (d)
        return _moment(float(value), self.epoch) if self._style in self.dates else _number(value)


def _column(letters: str) -> int:
    """0 for A, 26 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _number(value: str) -> str:
    """A number as the cell shows it: 0.1 is kept as 0.10000000000000001, a code of 18 figures in 15 of them."""
    shown = Decimal(f"{float(value):.15g}")
    return f"{shown:f}"


def _moment(serial: float, epoch: datetime.datetime) -> str:
    """2023-12-18, 2023-12-18 10:41, or 10:41 of a time alone."""
    is_time = serial < 1
    if serial < 60 and epoch == _EPOCHS[False]:
        serial += 1  # before the 29 February 1900 that never was
    moment = epoch + datetime.timedelta(minutes=round(serial * 24 * 60))
    if is_time:
        return f"{moment:%H:%M}"
    return f"{moment:%Y-%m-%d}" if moment.time() == datetime.time() else f"{moment:%Y-%m-%d %H:%M}"
