"""Tags and titles for what is being typed. Plain SQL: a suggestion has less time than a model takes to be made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import Q

from cases.search.index import engine


def begins_with(field: str, beginning: str) -> Q:
    """A condition that the index of the field answers: SQLite has none for LIKE, PostgreSQL none for a range."""
    if connection.vendor == "sqlite":
        return Q(**{f"{field}__gte": beginning, f"{field}__lt": beginning + chr(0x10FFFF)})
    return Q(**{f"{field}__startswith": beginning})


def tags_beginning(typed: str, limit: int) -> list[tuple[str, str]]:
    """Slug and name of the first tags whose slug begins with the folded text."""
    if connection.vendor == "sqlite":
        begins, values = "slug >= %s AND slug < %s", [typed, typed + chr(0x10FFFF)]
    else:
        begins, values = "slug LIKE %s", [connection.ops.prep_for_like_query(typed) + "%"]
    return _rows(f"SELECT slug, name FROM cases_tag WHERE {begins} ORDER BY slug LIMIT %s", [*values, limit])  # noqa: S608


def titles_holding(words: Sequence[str], limit: int) -> list[tuple[int, str]]:
    """Key and title of the newest cases with every folded word in the title."""
    keys, values = engine().holding_best(words, (), ("title",))
    newest = f"{keys} ORDER BY 1 DESC LIMIT %s"  # the index stops where it may
    sql = f"SELECT case_id, title FROM cases_publishedcase WHERE case_id IN ({newest}) ORDER BY case_id DESC"  # noqa: S608
    return _rows(sql, [*values, limit])


def _rows(sql: str, values: list[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()
