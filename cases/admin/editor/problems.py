"""What is wrong with a form, each thing named by its place and linked to its field."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cases.admin.editor.drawing import field_id
from cases.admin.editor.fields_of_case import CASE, DROPPED, ROW_NAMES, ROWS, Typed
from cases.admin.editor.reading import Problem

_STEP = re.compile(r"(\w+)(?:\[(\d+)\])?")


@dataclass(frozen=True, slots=True)
class NamedError:
    place: str  # 举措 2 › 具体措施 1 › 措施名称
    anchor: str  # id of the field, or of the list of rows
    message: str


def named(problems: Iterable[Problem], typed: Typed) -> list[NamedError]:
    """The problems of a typed tree as a person reads them."""
    return [
        NamedError(place_name(problem.path, typed), field_id(problem.path), problem.message) for problem in problems
    ]


def place_name(path: str, typed: Typed) -> str:
    """A place in words, rows counted as the page counts them: without those that are to be deleted."""
    words, tree, specs = [], typed, CASE
    for name, number in _STEP.findall(path):
        if name not in ROW_NAMES:
            words.append(str(specs[name].label))
        elif not number:
            words.append(str(ROW_NAMES[name]))
        else:
            rows: list[Any] = tree.get(name, [])
            words.append(f"{ROW_NAMES[name]} {_kept(rows[: int(number)]) + 1}")
            tree, specs = (rows[int(number)] if int(number) < len(rows) else {}), ROWS[name]
    return " › ".join(words)


def place_of_path(path: str) -> str:
    """A place of a content in words, its rows counted as they stand there; the path itself where it is of none."""
    words, specs = [], CASE
    for name, number in _STEP.findall(path):
        if name in ROW_NAMES:
            words.append(f"{ROW_NAMES[name]} {int(number) + 1}" if number else str(ROW_NAMES[name]))
            specs = ROWS[name]
        elif name in specs:
            words.append(str(specs[name].label))
        else:
            return path
    return " › ".join(words)


def _kept(rows: list[Any]) -> int:
    return sum(not row.get(DROPPED) for row in rows)
