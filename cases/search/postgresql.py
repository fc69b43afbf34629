"""The index on PostgreSQL: pairs without positions in a tsvector under GIN, checked against the folded text.

Vectors are written as literals, so neither parser nor locale has a say. A vector without
positions answers words of one and two characters from the index alone; for longer ones the pairs
name the candidates and the folded text decides. (Phrases by position are decided from the whole
vector, which is slower to read than the text, and end at 16,383 positions.)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import connection

from cases.search.entry import FIELD_BREAK, LONGEST_WORD, Columns, Entry
from cases.search.tokens import LEVELS, PLACES, frequent_pairs, pair_text, safe_text, word_pairs

Sql = tuple[str, list[Any]]

_FOUND = "SELECT cases_search(%s::tsquery, %s, %s) AS case_id"

PART_LENGTH = 20_000  # characters of each column in one row: at the very worst its vector takes 920 KB


def add(entries: Iterable[Entry]) -> None:
    rows = [(entry.case, _vector(part, entry.columns[0]), *part) for entry in entries for part in _parts(entry.columns)]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO cases_searchtext (case_id, pairs, title, heading, label, text) VALUES "  # noqa: S608
            + ", ".join(["(%s, %s::tsvector, %s, %s, %s, %s)"] * len(rows)),
            [value for row in rows for value in row],
        )


def remove(case: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM cases_searchtext WHERE case_id = %s", [case])


def clear() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM cases_searchtext")


def holding(word: str, place: str = "", titled: Sequence[str] = ()) -> Sql:
    """SQL for the keys of the cases that hold the folded word: in `place` (title, heading, label), or anywhere.

    Of those only that have every pair of the words `titled` in their title: less to go through, where no others are
    asked about.
    """
    return _FOUND, [_within_titles(_all_of(word, PLACES.get(place, "")), titled), word, place]


def holding_all(words: Sequence[str], without: Sequence[str] = (), place: str = "") -> Sql:
    """SQL for the keys of the cases that hold all of the words, and none of `without` anywhere.

    Each word is asked for by itself: the words of a long case stand in several rows, and one word in more than one of
    them; each case comes once. As conditions of their own, PostgreSQL joined ten sets in nested loops.
    """
    if len(words) == 1 and not without:
        sql, values = holding(words[0], place)
        return f"SELECT DISTINCT case_id FROM ({sql}) AS held", values  # noqa: S608
    held, left_out = [holding(word, place) for word in words], [holding(word) for word in without]
    sql = " INTERSECT ".join(keys for keys, _ in held) + "".join(f" EXCEPT {keys}" for keys, _ in left_out)
    return sql, [value for _, values in (*held, *left_out) for value in values]


def looks_into_texts(words: Sequence[str]) -> bool:
    """Whether finding these words means reading the texts of cases: those of more than two characters are checked."""
    return any(len(word) > 2 for word in words)


def listed(keys: str) -> Sql:
    """SQL for keys that are known, written with commas between them."""
    return "SELECT unnest(%s::bigint[]) AS case_id", [f"{{{keys}}}"]


def often_holding(word: str, level: int, titled: Sequence[str] = ()) -> Sql:
    """SQL for the keys of the cases in which each pair of the word stands at least `level` times."""
    return _FOUND, [_within_titles(_all_of(word, LEVELS[level]), titled), "", ""]


def _within_titles(asked: str, titled: Sequence[str]) -> str:
    return " & ".join([asked, *(_all_of(word, PLACES["title"]) for word in titled)])


def _all_of(word: str, mark: str) -> str:
    """The tsquery for every pair of the word under a mark; a single character is the beginning of any pair."""
    tokens = [f"'{mark}{pair}'" for pair in word_pairs(word)] or [f"'{mark}{safe_text(word)}':*"]
    return " & ".join(tokens)


def _vector(columns: Columns, title: str) -> str:
    """The tsvector literal of a part of a case. Its size in bytes is what PART_LENGTH keeps within bounds.

    The marked pairs of the title of the case stand in every part: so each part can be asked for among titles.
    """
    safe = [safe_text(column) for column in columns]
    told = set(frequent_pairs(FIELD_BREAK.join(safe)))
    marked = (safe_text(title), *safe[1:])
    for mark, column in zip(("", *PLACES.values()), (FIELD_BREAK.join(safe), *marked), strict=False):
        told.update(pair_text(column, mark).split())
    return "'" + "' '".join(told) + "'" if told else ""


def _parts(columns: Columns) -> Iterator[Columns]:
    """The texts in parts that one vector can hold; neighbours share as much as the longest word."""
    step = PART_LENGTH - LONGEST_WORD
    for start in range(0, max(1, max(map(len, columns)) - LONGEST_WORD), step):
        title, heading, label, text = (column[start : start + PART_LENGTH] for column in columns)
        yield title, heading, label, text
