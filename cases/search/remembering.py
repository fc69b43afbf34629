"""What was counted among all that is published, kept in the process until something is published or taken down.

A page of a term counts thousands of cases to say how they spread, and says the same until the next publication.
"""

from __future__ import annotations

import contextlib
import functools
import time
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from typing import Any, TypeVar, cast

from django.db import connection

KEPT_SECONDS = 60  # at most: a case of the demo, or a name, can go without a publication

Count = TypeVar("Count", bound=Callable[..., Any])

_kept: list[Any] = []
_moment: ContextVar[list[tuple[object, ...]] | None] = ContextVar("_moment", default=None)


def remembered(most: int = 300) -> Callable[[Count], Count]:
    """Makes a function answer the same question once until the published cases change; `most` answers are kept.

    What it is given is hashable. What it gives back is shared: nobody changes it, and no words of a language stand
    in it.
    """

    def remembering(count: Count) -> Count:
        @functools.lru_cache(maxsize=most)
        def kept(_state: object, *given: Any) -> Any:
            return count(*given)

        @functools.wraps(count)
        def answer(*given: Any) -> Any:
            return kept(_state(), *given)

        _kept.append(kept)
        return cast(Count, answer)

    return remembering


def forget() -> None:
    """Count anew when next asked."""
    for kept in _kept:
        kept.cache_clear()


@contextlib.contextmanager
def at_one_moment() -> Iterator[None]:
    """Within it is asked once whether anything was published: for what reads only, and counts many things."""
    token = _moment.set([])
    try:
        yield
    finally:
        _moment.reset(token)


def _state() -> tuple[object, ...]:
    moment = _moment.get()
    if moment is None:
        return _read_state()
    if not moment:
        moment.append(_read_state())
    return moment[0]


def _read_state() -> tuple[object, ...]:
    """Another one after each publication, which writes rows with larger keys, and after each withdrawal."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT max(id) FROM cases_countedcase), (SELECT max(withdrawn_at) FROM cases_withdrawncase)"
        )
        return (*cursor.fetchone(), time.monotonic() // KEPT_SECONDS)
