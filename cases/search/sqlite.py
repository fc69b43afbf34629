"""The index on SQLite: pairs in a contentless FTS5 table, asked as phrases.

Its rowid is the key of the case. FTS5 of SQLite 3.40 takes a row out of a contentless table
when told the very tokens that went in; they are made again from the folded texts kept beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.db import connection
from django.db.models.expressions import RawSQL

from cases.search.entry import FIELD_BREAK, Entry
from cases.search.tokens import LEVELS, frequent_pairs, pairs, safe_character, word_pairs

_COLUMNS = "title, heading, label, text"


def add(entries: Iterable[Entry]) -> None:
    entries = list(entries)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO cases_searchtext (case_id, {_COLUMNS}) VALUES (%s, %s, %s, %s, %s)",  # noqa: S608
            [(entry.case, entry.title, entry.heading, entry.label, entry.text) for entry in entries],
        )
        cursor.executemany(
            f"INSERT INTO cases_searchindex (rowid, {_COLUMNS}, often) VALUES (%s, %s, %s, %s, %s, %s)",  # noqa: S608
            [(entry.case, *_tokens(entry)) for entry in entries],
        )


def remove(case: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT case_id, {_COLUMNS} FROM cases_searchtext WHERE case_id = %s", [case])  # noqa: S608
        if row := cursor.fetchone():
            cursor.execute(
                f"INSERT INTO cases_searchindex (cases_searchindex, rowid, {_COLUMNS}, often)"  # noqa: S608
                " VALUES ('delete', %s, %s, %s, %s, %s, %s)",
                [case, *_tokens(Entry(*row))],
            )
            cursor.execute("DELETE FROM cases_searchtext WHERE case_id = %s", [case])


def clear() -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO cases_searchindex (cases_searchindex) VALUES ('delete-all')")
        cursor.execute("DELETE FROM cases_searchtext")


def holding(word: str, place: str = "") -> RawSQL:
    """Keys of the cases in which the folded word stands: in `place` (title, heading, label), or anywhere."""
    columns = place or "title heading label text"
    phrase = f'"{" ".join(word_pairs(word))}"' if len(word) > 1 else f'"{safe_character(word)}" *'
    return _matching(f"{{{columns}}} : {phrase}")


def often_holding(word: str, level: int) -> RawSQL:
    """Keys of the cases in which each pair of the word stands at least `level` times."""
    mark = LEVELS[level]
    marked = [f'"{mark}{pair}"' for pair in word_pairs(word)] or [f'"{mark}{safe_character(word)}" *']
    return _matching(f"{{often}} : ({' AND '.join(marked)})")


def _matching(query: str) -> RawSQL:
    return RawSQL("SELECT rowid FROM cases_searchindex WHERE cases_searchindex MATCH %s", [query])


def _tokens(entry: Entry) -> list[str]:
    """What each column of the index is told, in their order."""
    found: Counter[str] = Counter()
    columns = []
    for column in (entry.title, entry.heading, entry.label, entry.text):
        tokens = [pair for field in column.split(FIELD_BREAK) for pair in pairs(field)]
        found.update(tokens)
        columns.append(" ".join(tokens))
    return [*columns, " ".join(frequent_pairs(found))]
