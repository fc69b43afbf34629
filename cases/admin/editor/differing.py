"""What differs between two typed trees, as a person reads it: field by field, changed characters marked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from cases.admin.editor.fields_of_case import CASE, LISTS_OF_CASE, LISTS_UNDER, ROWS, Spec, Typed
from cases.admin.editor.problems import place_name
from cases.admin.editor.reading import without_dropped
from cases.presenting.merging import Taken, merge
from cases.presenting.text_diff import Span, text_diff


@dataclass(frozen=True, slots=True)
class Difference:
    """One field or row. A row that is not in one of the trees is shown whole."""

    place: str  # 举措 2 › 正文
    spans: tuple[Span, ...]


def differences(old: Typed, new: Typed) -> list[Difference]:
    """What stands in `new` that does not in `old`, and the other way round."""
    old, new = without_dropped(old), without_dropped(new)
    merged = merge(old, old, new)
    return [difference(taken, merged.typed) for taken in merged.taken]


def difference(taken: Taken, typed: Typed) -> Difference:
    """What one side changed; `typed` is the tree its path leads into."""
    name = taken.path.split(".")[-1].split("[")[0]
    return Difference(
        place_name(taken.path, typed), text_diff(readable(name, taken.mine), readable(name, taken.theirs))
    )


def readable(name: str, value: Any) -> str:
    """A field, or a whole row of the list `name`, in words: codes by their names where the form has them."""
    if value is None:
        return ""
    if isinstance(value, dict):
        return "\n".join(_lines(name, value))
    if isinstance(value, (list, tuple)):
        return gettext("、").join(map(str, value))
    spec = _spec(name)
    if spec is not None and spec.control == "box":
        return "✓" if value else ""
    words = dict(spec.choices).get(value) if spec is not None and value else None
    return str(words or value)


def _lines(kind: str, row: Typed) -> Iterator[str]:
    for name, spec in ROWS[kind].items():
        value = row.get(name)
        if value and value != spec.empty and name != "file":
            yield readable(name, value)
    for under in LISTS_UNDER.get(kind, ()):
        for part in row.get(under, ()):
            yield from _lines(under, part)


def _spec(name: str) -> Spec | None:
    for specs in (CASE, *ROWS.values()):
        if name in specs:
            return specs[name]
    return None


def posted_fields(typed: Typed) -> Iterator[tuple[str, str]]:
    """The tree as names and values of a form, in the order they are posted."""
    for name, spec in CASE.items():
        yield from _posted(name, spec, typed.get(name, spec.empty))
    for name in LISTS_OF_CASE:
        yield from _posted_rows(name, name, typed.get(name, ()))


def _posted_rows(kind: str, list_name: str, rows: Any) -> Iterator[tuple[str, str]]:
    for index, row in enumerate(rows):
        yield list_name, str(index)
        for name, spec in ROWS[kind].items():
            yield from _posted(f"{list_name}.{index}.{name}", spec, row.get(name, spec.empty))
        for under in LISTS_UNDER.get(kind, ()):
            yield from _posted_rows(under, f"{list_name}.{index}.{under}", row.get(under, ()))


def _posted(name: str, spec: Spec, value: Any) -> Iterator[tuple[str, str]]:
    if spec.control == "themes":
        yield from ((name, code) for code in value)
    elif spec.control != "box" or value:
        yield name, value
