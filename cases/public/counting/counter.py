"""Counting views inside the process: kept in memory, written at most once a minute, nothing of who it was.

Without a server whose log could be read (VIEWS=log). A process that is killed loses what came since it last wrote,
which is at most the views of one minute; one that is stopped writes them first.
"""

from __future__ import annotations

import atexit
import datetime
import logging
import threading
import time
from collections import Counter
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from cases.public.counting.readers import is_of_a_reader
from cases.public.counting.writing import writing_briefly

SECONDS = 60  # between two writes
ADD_VIEWS = """
INSERT INTO cases_dailyviews ("case", day, views) VALUES (%s, %s, %s)
ON CONFLICT ("case", day) DO UPDATE SET views = cases_dailyviews.views + excluded.views
"""
Views = dict[tuple[int, datetime.date], int]
_log = logging.getLogger(__name__)


class ViewCounter:
    """The views of this process that are not written yet."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: Counter[tuple[int, datetime.date]] = Counter()
        self._written_at = time.monotonic()

    def add(self, case: int) -> None:
        with self._lock:
            self._waiting[case, timezone.localdate()] += 1

    def flush_if_due(self) -> None:
        self._flush(after=SECONDS)

    def flush(self) -> None:
        self._flush(after=0)

    def _flush(self, *, after: float) -> None:
        """Write what waits. What could not be written waits for the next time."""
        with self._lock:
            if time.monotonic() - self._written_at < after or not self._waiting:
                return
            taken, self._waiting = self._waiting, Counter()
            self._written_at = time.monotonic()
        try:
            add_views(taken)
        except DatabaseError as error:
            _log.warning("views were not written: %s", error)
            with self._lock:
                self._waiting.update(taken)


counter = ViewCounter()


def count_when_sent(request: HttpRequest, response: HttpResponse, case: int) -> None:
    """Count the view of a case; what waits is written once the page has gone out."""
    if settings.VIEWS != "counter" or request.method != "GET" or response.status_code != 200:
        return
    if is_of_a_reader(request):
        counter.add(case)
        response._resource_closers.append(counter.flush_if_due)  # type: ignore[attr-defined]


def add_views(views: Views) -> None:
    """Add these to what is counted of their days. Raises DatabaseError, and nothing is added."""
    with writing_briefly() as cursor:
        cursor.executemany(ADD_VIEWS, rows_of(views))


def rows_of(views: Views) -> list[tuple[int, Any, int]]:
    """In one order, so that two who write at once do not wait for each other in a circle."""
    adapt = connection.ops.adapt_datefield_value
    return [(case, adapt(day), count) for (case, day), count in sorted(views.items())]


@atexit.register
def _at_exit() -> None:
    if settings.configured:
        counter.flush()
        connection.close()
