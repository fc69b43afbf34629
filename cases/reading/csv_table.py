"""A table from a .csv: by comma, semicolon or tab, in UTF-8, UTF-16 or GB18030, as spreadsheets write it."""

from __future__ import annotations

import csv
import io

from cases.content import gettext_noop
from cases.reading.encodings import cleaned, decoded
from cases.reading.files import ReadingError, shown_name
from cases.reading.table_bounds import Filling, Table

_DELIMITERS = ",\t;"


def read_csv(name: str, data: bytes) -> Table:
    """The rows of a .csv. Raises ReadingError."""
    name = shown_name(name)
    text = cleaned(decoded(name, data))
    filling = Filling(name)
    rows = csv.reader(io.StringIO(text), delimiter=_delimiter(text), strict=True)
    try:
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                filling.put(number, column, cell)
    except csv.Error:
        message = gettext_noop(
            "“%(name)s”第 %(row)d 行附近的引号不成对，或者有一格太长，读不出来；请用 Excel 或 WPS 另存为 .xlsx"
        )
        raise ReadingError(message, name=name, row=rows.line_num) from None
    return filling.table()


def _delimiter(text: str) -> str:
    """The sign that parts the cells of the first line most often; the comma of a line with none."""
    first = text.lstrip("\n").partition("\n")[0]
    return max(_DELIMITERS, key=first.count)
