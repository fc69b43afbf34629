"""Writing the search index. It changes in the transaction of whoever publishes: undone with it, if it fails."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from types import ModuleType

from django.db import connection, transaction

from cases.models import PublishedCase
from cases.search import filed, postgresql, sqlite
from cases.search.entry import read_entries

BATCH = 100  # cases written at once
FORMAT = 5  # of what stands in the index: an index of another format is made anew after the migrations


def engine() -> ModuleType:
    """The index of the database in use."""
    return {"sqlite": sqlite, "postgresql": postgresql}[connection.vendor]


def index_case(pk: int) -> None:
    """`index_cases` of one case."""
    index_cases([pk])


@transaction.atomic
def index_cases(keys: Sequence[int]) -> None:
    """Make the words of published cases findable as their rows have them, in place of those they had before."""
    _remove(keys)
    _add(keys)


@transaction.atomic
def remove_case(pk: int) -> None:
    """Let a case be found no longer; nothing happens if it was not."""
    _remove([pk])


@transaction.atomic
def clear_index() -> None:
    """Let no case be found any longer."""
    engine().clear()
    filed.clear()


@transaction.atomic
def reindex(progress: Callable[[Iterable], Iterable] = iter) -> int:
    """Index every published case anew; returns how many. `progress` wraps the list of batches.

    Readers search the old index until the transaction ends.
    """
    clear_index()
    keys = list(PublishedCase.objects.order_by("pk").values_list("pk", flat=True))
    for start in progress(range(0, len(keys), BATCH)):
        _add(keys[start : start + BATCH])
    _note_format()
    return len(keys)


@transaction.atomic
def reindex_if_stale() -> int | None:
    """Reindex if another version of the program wrote the index; returns how many cases, None if it was fresh."""
    if not is_stale():
        return None
    clear_index()
    filed.clear_values()
    return reindex()


def is_stale() -> bool:
    """Whether another version of the program wrote the index."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT format FROM cases_searchformat")
        return bool(cursor.fetchone() != (FORMAT,))


def _add(keys: Sequence[int]) -> None:
    entries = read_entries(keys)
    engine().add(entries)
    filed.add(entries)


def _remove(keys: Sequence[int]) -> None:
    for key in keys:
        engine().remove(key)
    filed.remove(keys)


def _note_format() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM cases_searchformat")
        cursor.execute("INSERT INTO cases_searchformat (format) VALUES (%s)", [FORMAT])
