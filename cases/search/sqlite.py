"""The index on SQLite: pairs in a contentless FTS5 table, asked as phrases.

Its rowid is the key of the case. FTS5 of SQLite 3.40 takes a row out of a contentless table
when told the very tokens that went in; they are made again from the folded texts kept beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from cases.search.entry import FIELD_BREAK, Entry
from cases.search.tokens import LEVELS, NOWHERE, PLACES, Among, frequent_pairs, pair_text, safe_text, word_pairs

Sql = tuple[str, list[Any]]

_COLUMNS = "title, heading, label, text"


def add(entries: Iterable[Entry]) -> None:
    entries = list(entries)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO cases_searchtext (case_id, {_COLUMNS}) VALUES (%s, %s, %s, %s, %s)",  # noqa: S608
            [(entry.case, *entry.columns) for entry in entries],
        )
        cursor.executemany(
            "INSERT INTO cases_searchindex (rowid, pairs) VALUES (%s, %s)",
            [(entry.case, _tokens(entry.columns)) for entry in entries],
        )


def remove(case: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_COLUMNS} FROM cases_searchtext WHERE case_id = %s", [case])  # noqa: S608
        if columns := cursor.fetchone():
            cursor.execute(
                "INSERT INTO cases_searchindex (cases_searchindex, rowid, pairs) VALUES ('delete', %s, %s)",
                [case, _tokens(columns)],
            )
            cursor.execute("DELETE FROM cases_searchtext WHERE case_id = %s", [case])


def clear() -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO cases_searchindex (cases_searchindex) VALUES ('delete-all')")
        cursor.execute("DELETE FROM cases_searchtext")


def holding(word: str, place: str = "", among: Among = NOWHERE) -> Sql:
    """SQL for the keys of the cases that hold the folded word: in `place` (title, heading, label), or anywhere.

    Of those only that hold the words in the places `among` tells of: there is less to go through, where nobody asks
    about the others.
    """
    return _matching([_phrase(word, PLACES.get(place, ""))], among)


def holding_all(words: Sequence[str], without: Sequence[str] = ()) -> Sql:
    """SQL for the keys of the cases that hold all of the words, and none of `without` anywhere."""
    return _matching([_phrase(word) for word in words], without=without)


def holding_best(words: Sequence[str], without: Sequence[str], places: Sequence[str], level: int = 0) -> Sql:
    """SQL for the keys of the cases that hold all of the words in each of the places, each as often as `level`."""
    often = [_often(word, level) for word in words if level]
    return _matching(often, (words, places), without)


def looks_into_texts(words: Sequence[str]) -> bool:
    """Never: the index knows where pairs stand."""
    return False


def often_holding(word: str, level: int, among: Among = NOWHERE) -> Sql:
    """SQL for the keys of the cases in which each pair of the word stands at least `level` times."""
    return _matching([_often(word, level)], among)


def _matching(asked: Sequence[str], among: Among = NOWHERE, without: Sequence[str] = ()) -> Sql:
    words, places = among
    held = [_phrase(word, PLACES.get(place, "")) for word in words for place in places]
    query = " AND ".join([*asked, *held]) + "".join(f" NOT {_phrase(word)}" for word in without)
    return "SELECT rowid AS case_id FROM cases_searchindex WHERE cases_searchindex MATCH %s", [query]


def _often(word: str, level: int) -> str:
    return " AND ".join(f'"{LEVELS[level]}{pair}"' for pair in word_pairs(word)) or _phrase(word, LEVELS[level])


def _phrase(word: str, mark: str = "") -> str:
    """The word in the language of MATCH; a single character is the beginning of a token."""
    if len(word) == 1:
        return f'"{mark}{safe_text(word)}" *'
    return '"' + " ".join(mark + pair for pair in word_pairs(word)) + '"'


def _tokens(columns: Sequence[str]) -> str:
    """What the index is told of a case: its pairs, those of title, headings and labels again under marks.

    (Columns of their own would do, but asked for by column a common word was looked up in all texts to be found
    in few titles.)
    """
    safe = [safe_text(column) for column in columns]
    whole = FIELD_BREAK.join(safe)
    marked = [pair_text(column, mark) for mark, column in zip(PLACES.values(), safe, strict=False)]
    return " ".join([pair_text(whole), *marked, *frequent_pairs(whole)])
