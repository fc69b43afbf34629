"""The buttons of rows, for a form without scripts: a row more, a row away and back, a row moved."""

from __future__ import annotations

from typing import Any

from cases.admin.editor.fields_of_case import DROPPED, ROWS, Typed, blank_row, is_blank
from cases.admin.editor.reading import row_keys

BUTTONS = ("_add", "_drop", "_undrop", "_up", "_down", "_move")


def pressed(post: Any) -> str:
    """The button of a row that was pressed; "" for none."""
    return next((button for button in BUTTONS if button in post), "")


def rearranged(typed: Typed, button: str, post: Any) -> str:
    """Do to the tree what a button says; returns the place of the row it was about, "" if the tree has none such.

    `_add` names a list, the others a row; `_move` a row and, behind a colon, the initiative it goes to.
    """
    name = post[button]
    try:
        if button == "_add":
            return _added(typed, name, post)
        if button == "_move":
            name, _colon, goal = name.partition(":")
            return _moved(typed, _path(name, post), _path(goal, post) if goal else [])
        return _STEPS[button](typed, _path(name, post))
    except (ValueError, IndexError, KeyError):
        return ""


Path = list[tuple[str, int]]  # [("initiatives", 2), ("measures", 0)]


def _path(name: str, post: Any) -> Path:
    """The place in the tree of a row by its name in the post."""
    words = name.split(".")
    path: Path = []
    for end in range(2, len(words) + 1, 2):
        list_name, key = ".".join(words[: end - 1]), words[end - 1]
        path.append((words[end - 2], row_keys(post, list_name).index(key)))
    if not path or len(words) % 2:
        raise ValueError(name)
    return path


def _shown(path: Path) -> str:
    return ".".join(f"{kind}[{index}]" for kind, index in path)


def _rows(typed: Typed, path: Path) -> list[Typed]:
    """The list that holds the row of a path."""
    for kind, index in path[:-1]:
        typed = typed[kind][index]
    rows: list[Typed] = typed[path[-1][0]]
    return rows


def _added(typed: Typed, name: str, post: Any) -> str:
    owner, _dot, kind = name.rpartition(".")
    if kind not in ROWS:
        raise ValueError(name)
    path = [*(_path(owner, post) if owner else []), (kind, 0)]
    rows = _rows(typed, path)
    rows.append(blank_row(kind))
    return _shown([*path[:-1], (kind, len(rows) - 1)])


def _dropped(typed: Typed, path: Path) -> str:
    rows, (kind, index) = _rows(typed, path), path[-1]
    if is_blank(kind, rows[index]):
        del rows[index]  # nothing to have back
        return ""
    rows[index][DROPPED] = "on"
    return _shown(path)


def _undropped(typed: Typed, path: Path) -> str:
    _rows(typed, path)[path[-1][1]].pop(DROPPED, None)
    return _shown(path)


def _up(typed: Typed, path: Path) -> str:
    return _stepped(typed, path, -1)


def _down(typed: Typed, path: Path) -> str:
    return _stepped(typed, path, 1)


def _stepped(typed: Typed, path: Path, step: int) -> str:
    """One place up or down; over the end of its list, into that of the next initiative."""
    rows, (kind, index) = _rows(typed, path), path[-1]
    if 0 <= index + step < len(rows):
        rows[index], rows[index + step] = rows[index + step], rows[index]
        return _shown([*path[:-1], (kind, index + step)])
    if len(path) < 2 or not 0 <= path[0][1] + step < len(typed["initiatives"]):
        return _shown(path)
    return _moved(typed, path, [("initiatives", path[0][1] + step)], at_end=step < 0)


def _moved(typed: Typed, path: Path, goal: Path, *, at_end: bool = True) -> str:
    kind, index = path[-1]
    row = _rows(typed, path)[index]
    there = [*goal, (kind, 0)]
    rows = _rows(typed, there)
    if kind not in ROWS or rows is _rows(typed, path):
        raise ValueError(kind)
    del _rows(typed, path)[index]
    rows.insert(len(rows) if at_end else 0, row)
    return _shown([*goal, (kind, len(rows) - 1 if at_end else 0)])


_STEPS = {"_drop": _dropped, "_undrop": _undropped, "_up": _up, "_down": _down}
