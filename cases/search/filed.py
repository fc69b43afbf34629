"""What cases are filed under, each value as one character, so that counting is counting characters.

Beside every searched case stands its row of `cases_searchfiled`: the day it is listed on, and two texts, one
character for each value it is filed under (divisions of all levels, department, themes, year, kinds of metric), and
for each tag. `cases_searchvalue` says which value a character stands for. To count 50,000 cases by seven facets, the
database joins their texts, and the characters of one text are counted: 30 ms, where seven groupings take 300.
"""

from __future__ import annotations

import functools
import time
from collections import Counter
from collections.abc import Iterable, Sequence

from django.db import connection

from cases.search.entry import Entry

KEPT_SECONDS = 60

# Python keeps the characters below U+0100 ready and makes each other one as it is met: counting those takes half the
# time. So they begin low, and the facets of few values have the first of them.
_FIRST = 0x20
_NO_CHARACTERS = (0x7F, 0x22), (0xD800, 0x800)  # control codes and surrogates: where they begin, how many they are
_FEWEST_VALUES = ("metrics", "year", "kind", "theme", "department", "region", "tag")

Value = tuple[str, str]  # facet and value: ("region", "411100")


def add(entries: Sequence[Entry]) -> None:
    """Write the rows of cases that have none."""
    characters = _characters({value for entry in entries for value in (*entry.filed, *_tags(entry))})
    rows = [
        (
            entry.case,
            entry.listed_on.toordinal(),
            "".join(characters[value] for value in entry.filed),
            "".join(characters[value] for value in _tags(entry)),
        )
        for entry in entries
    ]
    with connection.cursor() as cursor:
        cursor.executemany("INSERT INTO cases_searchfiled (case_id, day, filed, tags) VALUES (%s, %s, %s, %s)", rows)


def remove(cases: Sequence[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM cases_searchfiled WHERE case_id IN ({_places(cases)})", cases)  # noqa: S608


def clear() -> None:
    """Empty the rows of cases; values keep their characters, as processes know them by heart for a minute."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM cases_searchfiled")


def clear_values() -> None:
    """Take their characters from all values, where no case has a row any longer."""
    first = {
        "sqlite": ["DELETE FROM cases_searchvalue", "DELETE FROM sqlite_sequence WHERE name = 'cases_searchvalue'"],
        "postgresql": ["TRUNCATE cases_searchvalue RESTART IDENTITY"],
    }
    with connection.cursor() as cursor:
        for statement in first[connection.vendor]:
            cursor.execute(statement)
    forget()


def condition(facet: str, values: Iterable[str]) -> tuple[str, list[str]]:
    """SQL on a row of `cases_searchfiled`, true if the case is filed under one of the values, and its parameters."""
    characters = list(_known({(facet, value) for value in values}).values())
    column, holds = "tags" if facet == "tag" else "filed", {"sqlite": "instr", "postgresql": "strpos"}
    tests = [f"{holds[connection.vendor]}({column}, %s) > 0" for _ in characters]
    return (f"({' OR '.join(tests)})" if tests else "1 = 0"), characters


def count(text: str, most: int | None = None, also: Iterable[Value] = ()) -> dict[str, dict[str, int]]:
    """Facet → value → how often its character stands in the text: of all, or of the `most` frequent and `also`."""
    counts = Counter(text)
    found = dict(counts.most_common(most))
    if most is not None and (asked := set(also)):
        found |= {character: counts[character] for character in _known(asked).values() if character in counts}
    values = _values(found)
    told: dict[str, dict[str, int]] = {}
    for character, times in found.items():
        facet, value = values[character]
        told.setdefault(facet, {})[value] = times
    return told


def count_all() -> dict[str, dict[str, int]]:
    """`count` of every case, but of tags."""
    joined = {"sqlite": "group_concat(filed, '')", "postgresql": "string_agg(filed, '')"}[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {joined} FROM cases_searchfiled")  # noqa: S608
        return count(cursor.fetchone()[0] or "")


def _tags(entry: Entry) -> list[Value]:
    return [("tag", slug) for slug in entry.tags]


def _places(values: Sequence[object]) -> str:
    return ", ".join(["%s"] * len(values)) or "NULL"


# characters


def _character(number: int) -> str:
    code = _FIRST + number
    for start, length in _NO_CHARACTERS:
        code += length if code >= start else 0
    return chr(code)


def _number(character: str) -> int:
    code = ord(character)
    for start, length in reversed(_NO_CHARACTERS):
        code -= length if code >= start else 0
    return code - _FIRST


def _characters(values: set[Value]) -> dict[Value, str]:
    """The character of each value; values met for the first time get one."""
    known = _known(values)
    if new := sorted(values - known.keys(), key=lambda value: (_FEWEST_VALUES.index(value[0]), value)):
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO cases_searchvalue (facet, value) VALUES (%s, %s) ON CONFLICT DO NOTHING", new
            )
        known |= _known(set(new))
    return known


def _known(values: set[Value]) -> dict[Value, str]:
    """The characters of those values that have one."""
    found: dict[Value, str] = {}
    ordered = sorted(values)
    with connection.cursor() as cursor:
        for start in range(0, len(ordered), 400):
            batch = ordered[start : start + 400]
            pairs = ", ".join(["(%s, %s)"] * len(batch))
            cursor.execute(
                f"SELECT id, facet, value FROM cases_searchvalue WHERE (facet, value) IN (VALUES {pairs})",  # noqa: S608
                [part for value in batch for part in value],
            )
            found |= {(facet, value): _character(number) for number, facet, value in cursor.fetchall()}
    return found


def _values(characters: Iterable[str]) -> dict[str, Value]:
    """What stands for each of the characters, and for others met before."""
    kept = _kept(int(time.monotonic() // KEPT_SECONDS))
    numbers = sorted(_number(character) for character in characters if character not in kept)
    with connection.cursor() as cursor:
        for start in range(0, len(numbers), 900):
            batch = numbers[start : start + 900]
            cursor.execute(f"SELECT id, facet, value FROM cases_searchvalue WHERE id IN ({_places(batch)})", batch)  # noqa: S608
            kept |= {_character(number): (facet, value) for number, facet, value in cursor.fetchall()}
    return kept


@functools.lru_cache(maxsize=1)
def _kept(_minute: int) -> dict[str, Value]:
    """What characters stand for, as far as it was asked for; for a minute, as a restored database has others."""
    return {}


def forget() -> None:
    """Ask anew what characters stand for."""
    _kept.cache_clear()
