"""Whose rows a posted form names. nested_admin loads whatever ids it is sent, those of another case too."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from cases.models import Initiative, Measure, Metric, Picture

_ROW_ID = re.compile(r"(initiatives|metrics|pictures)-\d+-(?:(measures|metrics)-\d+-)?id")
_NUMBER = re.compile(r"[0-9]{1,18}")  # fits the column on every database
_ROWS: dict[tuple[str, str | None], tuple[Any, str]] = {
    ("initiatives", None): (Initiative, "case"),
    ("initiatives", "measures"): (Measure, "initiative__case"),
    ("initiatives", "metrics"): (Metric, "initiative__case"),
    ("metrics", None): (Metric, "case"),
    ("pictures", None): (Picture, "case"),
}


def names_foreign_rows(posted: Mapping[str, str], case_pk: str | None) -> bool:
    """True if an id among the posted fields is a row of another case, or no id at all.

    A row that is gone is nobody's: a colleague deleted it, and the version of the case tells so.
    """
    named: dict[tuple[str, str | None], set[str]] = defaultdict(set)
    for name, value in posted.items():
        if value and (place := _ROW_ID.fullmatch(name)):
            named[place[1], place[2]].add(value)
    return any(_is_foreign(*_ROWS[place], ids, case_pk) for place, ids in named.items() if place in _ROWS)


def _is_foreign(model: Any, owner: str, ids: set[str], case_pk: str | None) -> bool:
    if not all(map(_NUMBER.fullmatch, ids)):
        return True
    return model.objects.filter(pk__in=ids).exclude(**{owner: case_pk}).exists()
