"""What a save changed, in the words of the fields: for the history of a case."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext

from cases.admin.editor.drawing import typed_from_content
from cases.admin.editor.fields_of_case import CASE, LISTS_OF_CASE, LISTS_UNDER, ROW_NAMES, ROWS, Spec, Typed
from cases.content import CaseContent

Told = list[dict[str, Any]]  # entries as Django's LogEntry reads them


def changes(old: CaseContent, new: CaseContent) -> Told:
    """What was added, changed and deleted, with the names of its fields; empty when nothing was."""
    before, after = typed_from_content(old), typed_from_content(new)
    fields = _fields(CASE, before, after)
    told = [{"changed": {"fields": fields}}] if fields else []
    told += [entry for kind in LISTS_OF_CASE for entry in _of_rows(kind, before[kind], after[kind])]
    return told or ([{"changed": {"fields": [gettext("次序")]}}] if before != after else [])


def _fields(specs: dict[str, Spec], before: Typed, after: Typed) -> list[str]:
    return [str(spec.label) for name, spec in specs.items() if before[name] != after[name]]


def _of_rows(kind: str, before: list[Typed], after: list[Typed]) -> Told:
    """Rows have no keys: equal ones are the same, the others are in their order, what is left is new or gone."""
    before, after = _without(before, after), _without(after, before)
    told: Told = []
    for old, new in zip(before, after, strict=False):
        if fields := _fields(ROWS[kind], old, new):
            told.append({"changed": {**_named(kind, new), "fields": fields}})
        for under in LISTS_UNDER.get(kind, ()):
            told += _of_rows(under, old[under], new[under])
    told += [{"added": _named(kind, row)} for row in after[len(before) :]]
    return told + [{"deleted": _named(kind, row)} for row in before[len(after) :]]


def _without(rows: Sequence[Typed], others: Sequence[Typed]) -> list[Typed]:
    """The rows that do not stand among the others as they are."""
    left, kept = list(others), []
    for row in rows:
        if row in left:
            left.remove(row)
        else:
            kept.append(row)
    return kept


def _named(kind: str, row: Typed) -> dict[str, str]:
    words = (row.get(name, "") for name in ("heading", "label", "name", "caption", "text", "quote"))
    return {"name": str(ROW_NAMES[kind]), "object": next(filter(None, words), "")[:60]}
