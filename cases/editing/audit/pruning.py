"""The only way out of the audit: into a sealed file that was read back, then out of the table in one transaction."""

from __future__ import annotations

import datetime
import gzip
import hashlib
import hmac
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from cases.content import gettext_noop
from cases.editing.audit.files import json_lines
from cases.editing.audit.recording import record
from cases.models import AuditEntry, User
from cases.models.append_only import lifted

DAYS = 184  # for as long an entry is kept at least: six months


class PruningError(Exception):
    """What keeps the audit from being pruned, or a file from being whole; people read `gettext(message) % params`."""

    def __init__(self, message: str, **params: object) -> None:
        self.message, self.params = message, params
        super().__init__(message % params)


@dataclass(frozen=True, slots=True)
class Pruned:
    path: Path
    count: int  # entries
    sha256: str  # of the file


def prune_audit(before: datetime.date, folder: Path, *, by: User) -> Pruned | None:
    """Move the entries of the days before that day into a file; None, and nothing written, if there are none.

    Raises PruningError for a day less than 184 days ago, a file that is there already, or one that cannot be written
    or reads back otherwise: then every entry is still in the table.
    """
    if before > timezone.localdate() - datetime.timedelta(days=DAYS):
        raise PruningError(gettext_noop("操作记录至少保留 %(days)d 天，只能清理更早的。"), days=DAYS)
    entries = AuditEntry.objects.filter(at__lt=timezone.make_aware(datetime.datetime.combine(before, datetime.time())))
    first, last = entries.order_by("at").first(), entries.order_by("at").last()
    if first is None or last is None:
        return None
    path = folder / f"audit-{timezone.localdate(first.at)}-{timezone.localdate(last.at)}.jsonl.gz"
    if path.exists():
        raise PruningError(gettext_noop("%(path)s 已经存在，没有清理；请先核对它，再另选文件夹。"), path=path)
    try:
        kept = _write(path, entries.order_by("pk"))
    except OSError as error:
        path.unlink(missing_ok=True)
        told = gettext_noop("不能写入 %(path)s：%(error)s")
        raise PruningError(told, path=path, error=error.strerror or error) from None
    if verify_file(path) != kept:
        raise PruningError(gettext_noop("%(path)s 读回的内容和写入的不同，没有清理。"), path=path)
    pruned = Pruned(path, kept, _sha256(path))
    _take_out(entries, pruned, by)
    return pruned


def verify_file(path: Path) -> int:
    """How many entries a sealed file holds. Raises PruningError if it is not what this site once wrote."""
    try:
        told, seal = _seal_of(path).read_text().split()
        sha256 = _sha256(path)
    except (OSError, ValueError):
        raise PruningError(gettext_noop("%(path)s 或它的 .sha256 文件读不出。"), path=path) from None
    if told != sha256 or not hmac.compare_digest(seal, _hmac(sha256)):
        raise PruningError(gettext_noop("%(path)s 和封存时不同，或者不是本站封存的。"), path=path)
    return sum(1 for _entry in _read(path))


def _take_out(entries: QuerySet[AuditEntry], pruned: Pruned, by: User) -> None:
    with transaction.atomic():
        with lifted(AuditEntry._meta.db_table):
            count, _tables = entries.delete()
        if count != pruned.count:
            raise PruningError(gettext_noop("%(path)s 读回的内容和写入的不同，没有清理。"), path=pruned.path)
        facts = {"count": count, "sha256": pruned.sha256}
        record("pruned", by=by, title=pruned.path.name, before=facts, note=str(pruned.path))


def _write(path: Path, entries: QuerySet[AuditEntry]) -> int:
    """Write the file and its seal, both on the disk when this returns; how many entries it holds."""
    path.parent.mkdir(parents=True, exist_ok=True)
    count = 0
    with path.open("xb") as file:
        with gzip.GzipFile(path.name.removesuffix(".gz"), "wb", fileobj=file, mtime=0) as packed:
            for line in json_lines(entries.iterator(chunk_size=1000)):
                packed.write(line.encode())
                count += 1
        file.flush()
        os.fsync(file.fileno())
    sha256 = _sha256(path)
    with _seal_of(path).open("w") as file_of_seal:
        file_of_seal.write(f"{sha256}\n{_hmac(sha256)}\n")
        file_of_seal.flush()
        os.fsync(file_of_seal.fileno())
    return count


def _read(path: Path) -> Iterator[dict[str, object]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _seal_of(path: Path) -> Path:
    return path.with_name(path.name + ".sha256")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _hmac(sha256: str) -> str:
    """Only who has the secret of the site can make the seal of another content."""
    return salted_hmac("cases.audit", sha256, algorithm="sha256").hexdigest()
