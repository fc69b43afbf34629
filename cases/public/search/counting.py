"""Counting what readers search: the words and the day, no address, no cookie, nothing of who searched.

It is written when the page has been sent, in one statement; if that fails or the database is
busy, a search goes uncounted and nobody notices.
"""

from __future__ import annotations

import logging
import re

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from cases.models.counts import LONGEST_COUNTED
from cases.public.counting.readers import is_of_a_reader
from cases.public.counting.writing import writing_briefly
from cases.search.entry import searchable

MOST_A_DAY = 2000  # different words; whoever asks for more makes them up

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


def count(folded: str, *, in_vain: bool) -> None:
    """Add one search to those of today. Never raises for what the database says."""
    if _NUMBER_OF_A_PERSON.search(folded):
        return
    day = connection.ops.adapt_datefield_value(timezone.localdate())
    values = {"day": day, "text": folded, "in_vain": int(in_vain), "most": MOST_A_DAY}
    try:
        with writing_briefly() as cursor:
            cursor.execute(_COUNT, values)
    except DatabaseError as error:
        logger.warning("a search was not counted: %s", error)
