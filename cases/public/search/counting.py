"""Counting what readers search: the words and the day, no address, no cookie, nothing of who searched.

It is written when the page has been sent, in one statement; if that fails or the database is
busy, a search goes uncounted and nobody notices.
"""

from __future__ import annotations

import logging
import re

from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from cases.models.counts import LONGEST_COUNTED
from cases.search.entry import searchable

MOST_A_DAY = 2000  # different words; whoever asks for more makes them up
BUSY_MILLISECONDS = 50  # that SQLite waits for another writer, where it would wait ten seconds

_ROBOTS = re.compile(r"bot|crawl|spider|slurp|archive|monitor|preview|curl|wget|python|java/|okhttp", re.IGNORECASE)
_NUMBER_OF_A_PERSON = re.compile(r"[0-9]{11}")  # a telephone or an identity card: personal data is not kept

_COUNT = """
INSERT INTO cases_searchedword (day, text, times, times_in_vain)
SELECT %(day)s, %(text)s, 1, %(in_vain)s
WHERE EXISTS (SELECT 1 FROM cases_searchedword WHERE day = %(day)s AND text = %(text)s)
   OR (SELECT COUNT(*) FROM cases_searchedword WHERE day = %(day)s) < %(most)s
ON CONFLICT (day, text) DO UPDATE
SET times = cases_searchedword.times + 1, times_in_vain = cases_searchedword.times_in_vain + excluded.times_in_vain
"""

logger = logging.getLogger(__name__)


def count_when_sent(response: HttpResponse, request: HttpRequest, text: str, *, found: int) -> None:
    """Count a search once its page has gone out; not for HEAD, robots and what is too long to be words."""
    folded = searchable(text)
    if request.method == "GET" and is_of_a_reader(request) and 0 < len(folded) <= LONGEST_COUNTED:
        response._resource_closers.append(lambda: count(folded, in_vain=not found))  # type: ignore[attr-defined]  # Django's own


def is_of_a_reader(request: HttpRequest) -> bool:
    """Whether a browser asks: a simple rule, robots that pretend to be one are counted."""
    agent = request.headers.get("User-Agent", "")
    return bool(agent) and not _ROBOTS.search(agent)


def count(folded: str, *, in_vain: bool) -> None:
    """Add one search to those of today. Never raises for what the database says."""
    if _NUMBER_OF_A_PERSON.search(folded):
        return
    day = connection.ops.adapt_datefield_value(timezone.localdate())
    values = {"day": day, "text": folded, "in_vain": int(in_vain), "most": MOST_A_DAY}
    try:
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
            with transaction.atomic():
                cursor.execute(_COUNT, values)
    except DatabaseError as error:
        logger.warning("a search was not counted: %s", error)
    finally:
        _wait_as_before()


def _wait_as_before() -> None:
    if connection.vendor == "sqlite" and connection.connection is not None:
        seconds = connection.settings_dict["OPTIONS"].get("timeout", 5)
        connection.connection.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")
