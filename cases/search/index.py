"""Writing the search index. It changes in the transaction of whoever publishes: undone with it, if it fails."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from types import ModuleType

from django.db import connection, transaction

from cases.content import CaseContent
from cases.models import PublishedCase
from cases.search import postgresql, sqlite
from cases.search.entry import Entry

BATCH = 100  # cases written at once


def engine() -> ModuleType:
    """The index of the database in use."""
    return {"sqlite": sqlite, "postgresql": postgresql}[connection.vendor]


def index_case(published: PublishedCase, content: CaseContent) -> None:
    """Make the words of a published case findable, in place of those it had before."""
    index_cases([(published, content)])


@transaction.atomic
def index_cases(cases: Sequence[tuple[PublishedCase, CaseContent]]) -> None:
    """`index_case` for many cases at once."""
    for published, _ in cases:
        engine().remove(published.pk)
    engine().add(Entry.of(published.pk, published.listed_on, content) for published, content in cases)


@transaction.atomic
def remove_case(pk: int) -> None:
    """Let a case be found no longer; nothing happens if it was not."""
    engine().remove(pk)


@transaction.atomic
def clear_index() -> None:
    """Let no case be found any longer."""
    engine().clear()


@transaction.atomic
def reindex(progress: Callable[[Iterable], Iterable] = iter) -> int:
    """Index every published case anew from its body; returns how many. `progress` wraps the list of keys.

    Readers search the old index until the transaction ends.
    """
    engine().clear()
    keys = list(PublishedCase.objects.order_by("pk").values_list("pk", flat=True))
    for batch in _batches(progress(keys)):
        cases = PublishedCase.objects.filter(pk__in=batch).prefetch_related("tags")  # type: ignore[misc]
        engine().add(Entry.of(case.pk, case.listed_on, _with_tags_of_today(case)) for case in cases)
    return len(keys)


def _batches(keys: Iterable[int]) -> Iterator[list[int]]:
    remaining = iter(keys)
    while batch := list(islice(remaining, BATCH)):
        yield batch


def _with_tags_of_today(case: PublishedCase) -> CaseContent:
    """The content with its tags by the names they go by now, which a rename may have changed since."""
    names = sorted(tag.name for tag in case.tags.all())
    return dataclasses.replace(case.content, tags=tuple(names))
