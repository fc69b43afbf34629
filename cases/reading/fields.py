"""Fields of a Word document: what computes a page number, a link, a table of contents."""

from __future__ import annotations

_LONGEST_CODE = 100  # characters that are kept of a code: its first word is asked for


class _Field:
    __slots__ = ("code", "in_result")

    def __init__(self, code: str = "", *, in_result: bool = False) -> None:
        self.code, self.in_result = code[:_LONGEST_CODE], in_result

    @property
    def is_contents(self) -> bool:
        return self.code.split()[:1] == ["TOC"]


class Fields:
    """The fields that are open, one within another: their code is left out, their result kept."""

    def __init__(self) -> None:
        self._open: list[_Field] = []

    @property
    def are_shown(self) -> bool:
        """False within the code of a field and within a table of contents."""
        return all(field.in_result and not field.is_contents for field in self._open)

    def character(self, kind: str | None) -> None:
        """A mark between words: `begin`, `separate` before the result, `end`."""
        if kind == "begin":
            self._open.append(_Field())
        elif kind == "separate" and self._open:
            self._open[-1].in_result = True
        elif kind == "end":
            self.close()

    def open_simple(self, code: str) -> None:
        """An element that holds its result."""
        self._open.append(_Field(code, in_result=True))

    def close(self) -> None:
        if self._open:
            self._open.pop()

    def add_code(self, code: str) -> None:
        if self._open and not self._open[-1].in_result:
            self._open[-1].code = (self._open[-1].code + code)[:_LONGEST_CODE]
