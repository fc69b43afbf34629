"""What is done with counts at night."""

from __future__ import annotations

import glob
import logging
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from cases.public.counting.log import Counted, count_log, forget_old_logs
from cases.public.counting.sums import is_summed, sum_views

_log = logging.getLogger(__name__)


def count_at_night() -> int | None:
    """The first time on a day: read the logs of the server, if views are counted from them, and add up all views.

    Returns how many cases have views; None if it was done on this day already, or nothing is counted.
    """
    if settings.VIEWS == "off" or is_summed(timezone.localdate()):
        return None
    if settings.VIEWS == "log":
        for path, told in read_logs(settings.VIEWS_LOG):
            if isinstance(told, Exception):
                _log.warning("the log %s was not read: %s", path, told)
            elif told.is_strange:
                _log.warning("the log %s holds no line of the format combined", path)
    return sum_views()


def read_logs(patterns: Iterable[str]) -> Iterator[tuple[Path, Counted | Exception]]:
    """Count the logs meant, the oldest first, and what came of each: one that is broken keeps no other waiting."""
    for path in log_files(patterns):
        try:
            yield path, count_log(path)
        except (OSError, EOFError, zlib.error) as error:
            yield path, error
    forget_old_logs()


def log_files(patterns: Iterable[str]) -> list[Path]:
    """The files of these names and patterns, the oldest first; a name of no file is told of when it is opened."""
    paths = {Path(path) for pattern in patterns for path in glob.glob(pattern) or [pattern]}
    return sorted(paths, key=lambda path: (path.stat().st_mtime if path.exists() else 0, path))
