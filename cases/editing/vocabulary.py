"""The vocabulary that ships with the project, loaded into its tables again and again.

What an editor changed in the admin stays: a column is renewed only while it still holds what the
files gave it last time. A row that is gone from the files is retired, never deleted.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import transaction

from cases.models import Department, Region, Theme
from cases.models.vocabulary import VocabularyRow

DATA = Path(__file__).parent.parent / "data"


@transaction.atomic
def load_vocabulary() -> dict[str, int]:
    """Make regions, departments and themes what the data files say; {table: rows added, changed or retired}."""
    return {
        "regions": _load(Region, {row["code"]: _region(row) for row in _read("regions.csv")}),
        "departments": _load(
            Department, {row["slug"]: _department(row, order) for order, row in enumerate(_read("departments.csv"))}
        ),
        "themes": _load(Theme, {row["slug"]: _theme(row, order) for order, row in enumerate(_read("themes.csv"))}),
    }


def _read(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _region(row: dict[str, str]) -> dict[str, Any]:
    return {
        "name": row["name"],
        "name_en": row["name_en"],
        "level": row["level"],
        "parent_id": row["parent"] or None,
        "short_name": row["short_name"],
        "pinyin": row["pinyin"],
        "initials": row["initials"],
    }


def _department(row: dict[str, str], order: int) -> dict[str, Any]:
    return {
        "name": row["name_zh"],
        "name_en": row["name_en"],
        "aliases": row["aliases"].split("|") if row["aliases"] else [],
        "order": order,
    }


def _theme(row: dict[str, str], order: int) -> dict[str, Any]:
    return {
        "name": row["name_zh"],
        "name_en": row["name_en"],
        "scheme": row["scheme"],
        "b_ready_topic": row["b_ready_topic"],
        "description": row["description_zh"],
        "keywords": row["keywords"].split("|") if row.get("keywords") else [],
        "order": order,
    }


def _load(model: type[VocabularyRow], rows: dict[str, dict[str, Any]]) -> int:
    stored = model.objects.in_bulk()
    added = [model(**{"pk": key, "shipped": columns, **columns}) for key, columns in rows.items() if key not in stored]
    model.objects.bulk_create(added)
    changed = [row for key, columns in rows.items() if (row := stored.get(key)) and _renew(row, columns)]
    gone = [row for key, row in stored.items() if key not in rows and row.shipped is not None and not row.is_retired]
    for row in gone:
        row.is_retired, row.shipped = True, None
    if changed or gone:
        names = ["is_retired", "shipped", *{name.removesuffix("_id") for row in changed for name in row.shipped or ()}]
        model.objects.bulk_update([*changed, *gone], names, batch_size=500)
    return len(added) + len(changed) + len(gone)


def _renew(row: VocabularyRow, columns: dict[str, Any]) -> bool:
    """Give a stored row the new columns, but not where an editor has been; True if anything changed."""
    if row.shipped == columns:
        return False
    before = row.shipped or {}
    for name, value in columns.items():
        if name not in before or getattr(row, name) == before[name]:
            setattr(row, name, value)
    if row.shipped is None:  # retired earlier, and back
        row.is_retired = False
    row.shipped = columns
    return True
