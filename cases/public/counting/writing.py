"""Writing what is counted without keeping anybody waiting."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

from django.db import connection, transaction

BUSY_MILLISECONDS = 50  # that SQLite waits for another writer, where it would wait ten seconds


@contextlib.contextmanager
def writing_briefly() -> Iterator[Any]:
    """A cursor in a transaction that gives up at once where another one writes."""
    try:
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
            with transaction.atomic():
                yield cursor
    finally:
        _wait_as_before()


def _wait_as_before() -> None:
    if connection.vendor == "sqlite" and connection.connection is not None:
        seconds = connection.settings_dict["OPTIONS"].get("timeout", 5)
        connection.connection.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")
