"""How large a table may be, whatever its file says of itself."""

from __future__ import annotations

from cases.content import gettext_noop
from cases.reading.files import ReadingError

Table = list[list[str]]  # rows from the first, with the empty ones between; cells are text, "" for none

ROWS = 2_000  # with the header
COLUMNS = 100
CHARACTERS = 4_000_000  # of all cells together


class Filling:
    """A table while it is read. Raises ReadingError as soon as it grows beyond its bounds."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._rows: dict[int, dict[int, str]] = {}
        self._characters = 0

    def put(self, row: int, column: int, text: str) -> None:
        """A cell, counted from 0; empty ones take no room."""
        if not text.strip():
            return
        if row >= ROWS:
            raise ReadingError(gettext_noop("“%(name)s”超过 %(most)d 行，请分成几个表格"), name=self.name, most=ROWS)
        if column >= COLUMNS:
            raise ReadingError(
                gettext_noop("“%(name)s”第 %(row)d 行超过 %(most)d 列，请按模板填写"),
                name=self.name,
                row=row + 1,
                most=COLUMNS,
            )
        self._characters += len(text)
        if self._characters > CHARACTERS:
            raise ReadingError(gettext_noop("“%(name)s”里的文字太多，请分成几个表格"), name=self.name)
        self._rows.setdefault(row, {})[column] = text

    def table(self) -> Table:
        """The rows; raises ReadingError when there is nothing in them."""
        if not self._rows:
            raise ReadingError(gettext_noop("“%(name)s”里没有内容"), name=self.name)
        rows = (self._rows.get(row, {}) for row in range(max(self._rows) + 1))
        return [[cells.get(column, "") for column in range(max(cells, default=-1) + 1)] for cells in rows]
