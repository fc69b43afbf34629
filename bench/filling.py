"""A database filled with published cases, for benchmarks.

    DATABASE_URL=sqlite:////tmp/bench.sqlite3 python bench/filling.py cases.jsonl [--limit N]

`cases.jsonl` holds cases in the exchange format. Drafts, revisions and publications are written in bulk
(the editor's side is not what is measured), then `rebuild_published` makes what readers see, as it does for
an operator. A database that holds cases is left as it is. Prints how long each part took.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import json
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ["DEBUG"] = "1"  # needs no collected static files
django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from cases.content import from_json
from cases.models import Case, Publication, PublishedCase, Revision, User
from cases.models.draft import PublicState
from cases.publishing.rebuild import rebuild_published

BATCH = 500
settings.DEBUG = False  # or Django would keep every query


def fill(path: Path, limit: int | None = None) -> None:
    """Migrate the database and fill it, unless it holds cases."""
    call_command("migrate", verbosity=0)
    if PublishedCase.objects.exists():
        return
    call_command("load_vocabulary", verbosity=0)
    begun = time.perf_counter()
    with path.open(encoding="utf-8") as lines:
        for batch in _batches(itertools.islice(lines, limit)):
            _write(batch)
    count = Case.objects.count()
    print(f"{count:,} drafts, revisions and publications: {time.perf_counter() - begun:.0f} s", flush=True)
    begun = time.perf_counter()
    rebuild_published()
    seconds = time.perf_counter() - begun
    print(f"rebuild_published: {seconds:.0f} s, {count / seconds:.0f} cases a second", flush=True)
    tidy()


def _batches(lines: Iterator[str]) -> Iterator[list[str]]:
    while batch := list(itertools.islice(lines, BATCH)):
        yield batch


@transaction.atomic
def _write(lines: list[str]) -> None:
    by = User.objects.get_or_create(username="bench")[0]
    now = timezone.now()
    raw = [json.loads(line) for line in lines]
    named = [(data.pop("id"), data) for data in raw]
    cases = Case.objects.bulk_create(
        Case(title=data["title"], external_id=name, created_by=by, updated_by=by, updated_at=now)
        for name, data in named
    )
    revisions = Revision.objects.bulk_create(
        Revision(case=case, number=1, content=data, digest=hashlib.sha256(name.encode()).hexdigest(), at=now, by=by)
        for case, (name, data) in zip(cases, named, strict=True)
    )
    from_json(named[0][1])  # a file of another shape fails at once
    Publication.objects.bulk_create(
        Publication(case=revision.case, revision=revision, kind=PublicState.PUBLISHED, at=now, by=by)
        for revision in revisions
    )


def tidy() -> None:
    """What the database does by itself in the hours after a large change."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM ANALYZE")
        else:
            cursor.execute("ANALYZE")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", type=Path)
    parser.add_argument("--limit", type=int)
    args = parser.parse_args()
    fill(args.cases, args.limit)


if __name__ == "__main__":
    main()
