"""Counting views from the access log of nginx, in its format "combined".

Of a line are read: the time, the request, the status, and the User-Agent. A log is known by its first line, so that
one that was renamed, or packed by gzip, goes on where it was left; and what was counted is kept together with how far
it was read. Running it again counts nothing twice.

A field behind the User-Agent, if there is one, is taken for the header Sec-Purpose: pages that were fetched ahead are
not counted then.
"""

from __future__ import annotations

import datetime
import gzip
import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from cases.models.counts import ReadLog
from cases.public.counting.counter import ADD_VIEWS, Views, rows_of
from cases.public.counting.readers import is_ahead, is_browser

LONGEST_LINE = 16 * 1024  # bytes; a longer one is none of a server's
LARGEST_KEY = 2**63 - 1
FORGOTTEN_AFTER = datetime.timedelta(days=400)  # a log that old is gone, and is not counted if it comes again
_LINE = re.compile(
    rb"[^\[\n]*\[(?P<time>\d{1,2}/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4})\] "
    rb'"GET /(?:en/)?cases/(?P<case>[0-9]{1,19})/(?:\?[^" ]*)? HTTP/[0-9.]+" (?:200|304) \S+ '
    rb'"(?:[^"\\]|\\.)*" "(?P<agent>(?:[^"\\]|\\.)*)"(?: "(?P<purpose>[^"]*)")?'
)
_COMBINED = re.compile(
    rb'[^\[\n]*\[[^\]\n]*\] "(?:[^"\\]|\\.)*" \d{3} \S+ "(?:[^"\\]|\\.)*" "(?:[^"\\]|\\.)*"'  # whatever was asked for
)
_MONTHS = {
    name: number
    for number, name in enumerate(
        (b"Jan", b"Feb", b"Mar", b"Apr", b"May", b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov", b"Dec"), start=1
    )
}


@dataclass(frozen=True, slots=True)
class Counted:
    """What a log brought."""

    lines: int  # new ones
    views: int
    strange: int = 0  # lines of another format

    @property
    def is_strange(self) -> bool:
        """Whether there were new lines and none was of the format: it is no such log."""
        return 0 < self.lines == self.strange


def count_log(path: Path) -> Counted:
    """Count what is new in a log and remember how far it was read.

    Raises OSError; gzip.BadGzipFile (an OSError without a number), EOFError and zlib.error for a broken gzip.
    """
    with _opened(path) as file:
        first = file.readline(LONGEST_LINE)
        if not first.endswith(b"\n") and len(first) < LONGEST_LINE:
            return Counted(0, 0)  # it begins to be written just now
        key = _key_of(first)
        row = ReadLog.objects.filter(pk=key).first()
        start = row.offset if row else 0
        file.seek(start)
        views: Counter[tuple[int, datetime.date]] = Counter()
        lines, strange, end = 0, 0, start
        for line, place in whole_lines(file, start):
            end, lines = place, lines + 1
            if seen := view_of(line):
                views[seen] += 1
            elif not is_combined(line):
                strange += 1
    if end > start:
        _keep(key, start, end, views)
    return Counted(lines, sum(views.values()), strange)


def whole_lines(file: IO[bytes], start: int) -> Iterator[tuple[bytes, int]]:
    """Each line that is ended, with the place behind it; b"" for one that is too long to be one."""
    end, is_long = start, False
    while part := file.readline(LONGEST_LINE):
        end += len(part)
        if part.endswith(b"\n"):
            yield (b"" if is_long else part), end
            is_long = False
        else:
            is_long = True  # or the last, which is not ended yet: then nothing comes of it


def is_combined(line: bytes) -> bool:
    """Whether a line is of the format "combined", whatever it tells of; a blank one is as good."""
    return line.isspace() or _COMBINED.match(line) is not None


def view_of(line: bytes) -> tuple[int, datetime.date] | None:
    """The case that was read and the day, by the clock of the site; None for a line that tells of no reader."""
    found = _LINE.match(line)
    if not found or int(found["case"]) > LARGEST_KEY:
        return None
    if not is_browser(_text(found["agent"])) or is_ahead(_text(found["purpose"] or b"")):
        return None
    try:
        return int(found["case"]), _day_of(found["time"])
    except (ValueError, KeyError, OverflowError):
        return None


def forget_old_logs() -> int:
    """Forget logs that were read long ago; how many."""
    return ReadLog.objects.filter(read_at__lt=timezone.now() - FORGOTTEN_AFTER).delete()[0]


def _text(field: bytes) -> str:
    return "" if field == b"-" else field.decode("utf-8", "replace")


def _day_of(time: bytes) -> datetime.date:
    """The day of 23/Nov/2026:16:30:00 +0000 in the zone of the site; `strptime` would go by the machine's language."""
    day, month, rest = time.split(b"/")
    year, hour, minute, second = rest[:-6].split(b":")
    sign, zone = (-1 if rest[-5:-4] == b"-" else 1), rest[-4:]
    away = sign * datetime.timedelta(hours=int(zone[:2]), minutes=int(zone[2:]))
    at = datetime.datetime(
        *(int(year), _MONTHS[month], int(day), int(hour), int(minute), min(int(second), 59)),
        tzinfo=datetime.timezone(away),
    )
    return at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()


def _key_of(line: bytes) -> str:
    """A digest of the first line from its time on: the address before it is left out."""
    return hashlib.sha256(line[max(line.find(b"["), 0) :]).hexdigest()


def _opened(path: Path) -> IO[bytes]:
    file = path.open("rb")
    is_packed = file.read(2) == b"\x1f\x8b"
    file.seek(0)
    if path.suffix == ".gz" and not is_packed:
        file.close()
        raise gzip.BadGzipFile
    return gzip.GzipFile(fileobj=file) if is_packed else file  # type: ignore[return-value]


def _keep(key: str, start: int, end: int, views: Views) -> None:
    """Views and the place they were read up to, in one; nothing if another run was faster."""
    with transaction.atomic(), connection.cursor() as cursor:
        row, _made = ReadLog.objects.get_or_create(pk=key, defaults={"offset": 0, "read_at": timezone.now()})
        if ReadLog.objects.filter(pk=row.pk, offset=start).update(offset=end, read_at=timezone.now()):
            cursor.executemany(ADD_VIEWS, rows_of(views))
