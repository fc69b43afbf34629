"""A typed tree as the template draws it: cells with name, id, label, value and what is wrong with them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from cases.admin.editor.fields_of_case import (
    CASE,
    DROPPED,
    LISTS_OF_CASE,
    LISTS_UNDER,
    ROW_NAMES,
    ROWS,
    Spec,
    Typed,
    Words,
    blank_row,
)
from cases.content import CaseContent, decimal_text, moment_text
from cases.editing.pictures import is_stored, picture_address
from cases.tagging import text_from_tags

KEY = "__key__"  # stands in the blank row for the key of a new one


# Content → typed


def typed_from_content(content: CaseContent) -> Typed:
    """The tree of a form that shows this content."""
    return _typed(CASE, content) | {name: _typed_rows(name, getattr(content, name)) for name in LISTS_OF_CASE}


def _typed_rows(kind: str, rows: Iterable[Any]) -> list[Typed]:
    return [
        _typed(ROWS[kind], row) | {name: _typed_rows(name, getattr(row, name)) for name in LISTS_UNDER.get(kind, ())}
        for row in rows
    ]


def _typed(specs: dict[str, Spec], part: Any) -> Typed:
    return {name: _as_typed(name, getattr(part, name)) for name in specs}


def _as_typed(name: str, value: Any) -> Any:
    if name == "themes":
        return list(value)
    if name == "tags":
        return text_from_tags(value)
    if name == "published_at":
        return moment_text(value).replace("T", " ") if value else ""
    if isinstance(value, tuple):
        return "\n".join(value)
    if isinstance(value, bool):
        return "on" if value else ""
    if isinstance(value, Decimal):
        return decimal_text(value)
    return value or ""


# Typed → drawn


@dataclass(slots=True)
class Cell:
    """One field as it is drawn. `errors` are words, `findings` those of the checks."""

    field: str  # heading
    name: str  # initiatives.0.heading
    id: str
    path: str
    spec: Spec
    value: Any
    errors: list[str]
    findings: list[Any]
    is_focused: bool = False

    @property
    def row_name(self) -> str:
        return self.name.rpartition(".")[0]

    @property
    def address(self) -> str:
        """Of the picture that is kept; "" if there is none."""
        return picture_address(self.value) if isinstance(self.value, str) and is_stored(self.value) else ""


@dataclass(slots=True)
class Row:
    """One row of a list. `number` counts from 1 without the dropped ones; 0 for a dropped one."""

    kind: str
    key: str
    name: str  # initiatives.0
    id: str
    path: str
    number: int
    is_dropped: bool
    cells: dict[str, Cell]
    lists: dict[str, RowList] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """By what it is called in the list of contents."""
        for name in ("heading", "label", "name", "caption", "text", "quote"):
            if name in self.cells and (value := str(self.cells[name].value).strip()):
                return value.split("\n", 1)[0][:60]
        return ""

    @property
    def has_errors(self) -> bool:
        below = (row for rows in self.lists.values() for row in rows.rows)
        return any(cell.errors for cell in self.cells.values()) or any(row.has_errors for row in below)


@dataclass(slots=True)
class RowList:
    """Rows of one kind; `blank` is what a new one is made from, drawn once a kind on the page."""

    kind: str
    name: str  # initiatives.0.measures
    id: str
    path: str
    label: Words | None
    rows: list[Row]
    errors: list[str]
    findings: list[Any]

    @property
    def kept(self) -> list[Row]:
        return [row for row in self.rows if not row.is_dropped]


@dataclass(slots=True)
class Drawn:
    """The whole form; `blanks` by kind of row, with `__key__` where the key of the row goes."""

    cells: dict[str, Cell]
    lists: dict[str, RowList]
    blanks: dict[str, Row]


def drawn(typed: Typed, problems: Iterable[Any] = (), findings: Iterable[Any] = (), focus: str = "") -> Drawn:
    """A typed tree with what was told of its places: problems (`message`) and findings of the checks, by `path`.

    `focus` is the place of the row whose first field gets the cursor.
    """
    notes = _Notes(problems, findings)
    notes.focus = focus
    lists = {name: _drawn_list(name, typed.get(name, ()), name, notes) for name in LISTS_OF_CASE}
    silent = _Notes((), ())
    blanks = {kind: _drawn_row(kind, blank_row(kind), kind, KEY, 1, silent) for kind in ROWS}
    return Drawn(_cells(CASE, typed, "", "", notes), lists, blanks)


class _Notes:
    """What is told of each place."""

    focus = ""

    def __init__(self, problems: Iterable[Any], findings: Iterable[Any]) -> None:
        self.errors: dict[str, list[str]] = defaultdict(list)
        self.findings: dict[str, list[Any]] = defaultdict(list)
        for problem in problems:
            self.errors[problem.path].append(problem.message)
        for finding in findings:
            self.findings[re.sub(r"\[\d+\]$", "", finding.path)].append(finding)  # themes[0] stands at the themes

    def of(self, path: str) -> tuple[list[str], list[Any]]:
        return self.errors.get(path, []), self.findings.get(path, [])


def _drawn_list(kind: str, rows: Sequence[Typed], path: str, notes: _Notes) -> RowList:
    kept, drawn_rows = 0, []
    for index, row in enumerate(rows):
        kept += not row.get(DROPPED)
        drawn_rows.append(_drawn_row(kind, row, path, str(index), 0 if row.get(DROPPED) else kept, notes))
    return RowList(kind, _name(path), field_id(path), path, ROW_NAMES[kind], drawn_rows, *notes.of(path))


def _drawn_row(kind: str, row: Typed, list_path: str, key: str, number: int, notes: _Notes) -> Row:
    path = f"{list_path}[{key}]"
    name = _name(path)
    cells = _cells(ROWS[kind], row, f"{path}.", f"{name}.", notes)
    if path == notes.focus:
        next(iter(cells.values())).is_focused = True
    lists = {
        under: _drawn_list(under, row.get(under, ()), f"{path}.{under}", notes) for under in LISTS_UNDER.get(kind, ())
    }
    return Row(kind, key, name, field_id(path), path, number, bool(row.get(DROPPED)), cells, lists)


def _cells(specs: dict[str, Spec], typed: Typed, path: str, name: str, notes: _Notes) -> dict[str, Cell]:
    id = f"id_{name.replace('.', '-')}"
    return {
        field: Cell(
            field,
            f"{name}{field}",
            f"{id}{field}",
            f"{path}{field}",
            spec,
            typed.get(field, spec.empty),
            *notes.of(f"{path}{field}"),
        )
        for field, spec in specs.items()
    }


def _name(path: str) -> str:
    """The name in a post of a place in the tree: initiatives[0].measures is initiatives.0.measures."""
    return path.replace("[", ".").replace("]", "")


def field_id(path: str) -> str:
    """The id on the page of a place in a case: of a field, a row or a list of rows.

    >>> field_id("initiatives[0].metrics[1].quote"), field_id("initiatives[0]"), field_id("initiatives[0].metrics")
    ('id_initiatives-0-metrics-1-quote', 'initiatives-0', 'initiatives-0-metrics-group')
    """
    words = _name(path).split(".")
    if words[-1] in ROWS:
        return "-".join([*words, "group"])
    if path.endswith("]") and words[-2] in ROWS:
        return "-".join(words)
    return "id_" + "-".join(words if not path.endswith("]") else words[:-1])
