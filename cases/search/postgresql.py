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
from cases.search.tokens import LEVELS, LONG, NOWHERE, PLACES, Among, frequent_pairs, pair_text, safe_text, word_pairs

Sql = tuple[str, list[Any]]

_FOUND = "SELECT cases_search(%s::tsquery, %s, %s) AS case_id"

PART_LENGTH = 20_000  # characters of each column in one row: at the very worst its vector takes 920 KB


def add(entries: Iterable[Entry]) -> None:
    rows = [row for entry in entries for row in _rows(entry)]
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


def holding(word: str, place: str = "", among: Among = NOWHERE) -> Sql:
    """SQL for the keys of the cases that hold the folded word: in `place` (title, heading, label), or anywhere.

    Asked of the cases alone that hold the words in the places `among` tells of, as far as their pairs say: there is
    less to go through. Others may come; nobody asks about them.
    """
    return _FOUND, [_narrowed(_all_of(word, PLACES.get(place, "")), among), word, place]


def holding_all(words: Sequence[str], without: Sequence[str] = ()) -> Sql:
    """SQL for the keys of the cases that hold all of the words, and none of `without` anywhere; each comes once."""
    return holding_best(words, without, ("",))


def holding_best(words: Sequence[str], without: Sequence[str], places: Sequence[str], level: int = 0) -> Sql:
    """SQL for the keys of the cases that hold all of the words in each of the places, each as often as `level`."""
    find = _each if looks_into_texts(words) else _at_once
    found = find(words, places, level)
    return _joined("EXCEPT", [found, *map(holding, without)]) if without else found


def _each(words: Sequence[str], places: Sequence[str], level: int) -> Sql:
    """Each word is asked for by itself: as conditions of their own, PostgreSQL joined ten sets in nested loops."""
    among = (words, places) if len(words) * len(places) > 1 else NOWHERE
    sets = [holding(word, place, among) for word in words for place in places]
    sets += [often_holding(word, level, among) for word in words if level]
    return _joined("INTERSECT", sets)


def _at_once(words: Sequence[str], places: Sequence[str], level: int) -> Sql:
    """All is asked of a row together; of a long case some row has to hold the one, and some row the other."""
    tests = [*_tests((words, places)), *(_all_of(word, LEVELS[level]) for word in words if level)]
    together = (_FOUND, [" & ".join(tests), "", ""])
    if len(tests) == 1:
        return _joined("", [together])
    apart = [(_FOUND, [f"{test} & '{LONG}'", "", ""]) for test in tests]
    return _joined("UNION", [together, _joined("INTERSECT", apart)])


def _joined(operator: str, sets: Sequence[Sql]) -> Sql:
    """Sets joined, each key once: the words of a long case stand in several rows, and one word in more than one."""
    sql = f" {operator} ".join(keys for keys, _ in sets)
    values = [value for _, given in sets for value in given]
    return (sql if len(sets) > 1 else f"SELECT DISTINCT case_id FROM ({sql}) AS held"), values  # noqa: S608


def looks_into_texts(words: Sequence[str]) -> bool:
    """Whether finding these words means reading the texts of cases: those of more than two characters are checked."""
    return any(len(word) > 2 for word in words)


def listed(keys: str) -> Sql:
    """SQL for keys that are known, written with commas between them."""
    return "SELECT unnest(%s::bigint[]) AS case_id", [f"{{{keys}}}"]


def often_holding(word: str, level: int, among: Among = NOWHERE) -> Sql:
    """SQL for the keys of the cases in which each pair of the word stands at least `level` times."""
    return _FOUND, [_narrowed(_all_of(word, LEVELS[level]), among), "", ""]


def _narrowed(asked: str, among: Among) -> str:
    """The rows of long cases are looked at in any case: what else is asked for may stand in another row."""
    tests = _tests(among)
    return f"{asked} & ({' & '.join(tests)} | '{LONG}')" if tests else asked


def _tests(among: Among) -> list[str]:
    words, places = among
    return [_all_of(word, PLACES.get(place, "")) for word in words for place in places]


def _all_of(word: str, mark: str) -> str:
    """The tsquery for every pair of the word under a mark; a single character is the beginning of any pair."""
    tokens = [f"'{mark}{pair}'" for pair in word_pairs(word)] or [f"'{mark}{safe_text(word)}':*"]
    return " & ".join(tokens)


def _rows(entry: Entry) -> Iterator[tuple[Any, ...]]:
    parts = list(_parts(entry.columns))
    for part in parts:
        yield entry.case, _vector(part, is_long=len(parts) > 1), *part


def _vector(columns: Columns, *, is_long: bool) -> str:
    """The tsvector literal of a part of a case. Its size in bytes is what PART_LENGTH keeps within bounds."""
    safe = [safe_text(column) for column in columns]
    told = {LONG} if is_long else set()
    told.update(frequent_pairs(FIELD_BREAK.join(safe)))
    for mark, column in zip(("", *PLACES.values()), (FIELD_BREAK.join(safe), *safe), strict=False):
        told.update(pair_text(column, mark).split())
    return "'" + "' '".join(told) + "'" if told else ""


def _parts(columns: Columns) -> Iterator[Columns]:
    """The texts in parts that one vector can hold; neighbours share as much as the longest word."""
    step = PART_LENGTH - LONGEST_WORD
    for start in range(0, max(1, max(map(len, columns)) - LONGEST_WORD), step):
        title, heading, label, text = (column[start : start + PART_LENGTH] for column in columns)
        yield title, heading, label, text
