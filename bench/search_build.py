"""Building the search index beside a raw build of the same texts, and what a publication spends on the index.

    DATABASE_URL=… python bench/search_build.py cases.jsonl [--limit N]

The raw build is the plainest that can answer the same questions: the pairs of four columns written by hand into
FTS5, or as a tsvector with positions and weights under GIN, the texts already folded and in memory. `reindex` reads
the published rows, folds them, and writes the texts and facets, too. Both are run in turn, three times.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from django.db import connection, transaction
from filling import fill  # sets Django up

from cases.editing.drafts import freeze, read_draft, write_draft
from cases.models import Case, PublishedCase, User
from cases.publishing import release
from cases.search.entry import FIELD_BREAK, Columns, read_entries
from cases.search.index import index_case, reindex
from cases.search.tokens import pairs

ROUNDS = 3


def seconds(task: Callable[[], object]) -> float:
    begun = time.perf_counter()
    task()
    return time.perf_counter() - begun


def raw_sqlite(texts: Sequence[tuple[int, Columns]]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "CREATE VIRTUAL TABLE bench_raw USING fts5(title, heading, label, text, content='', tokenize='ascii')"
        )
        cursor.executemany(
            "INSERT INTO bench_raw (rowid, title, heading, label, text) VALUES (%s, %s, %s, %s, %s)",
            (
                (
                    key,
                    *(" ".join(pair for field in column.split(FIELD_BREAK) for pair in pairs(field)) for column in of),
                )
                for key, of in texts
            ),
        )


def raw_postgresql(texts: Sequence[tuple[int, Columns]]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_raw (id bigint PRIMARY KEY, pairs tsvector)")
        cursor.execute("CREATE INDEX ON bench_raw USING gin (pairs)")
        for at in range(0, len(texts), 100):
            rows = [(key, _positions(of)) for key, of in texts[at : at + 100]]
            cursor.execute(
                "INSERT INTO bench_raw VALUES " + ", ".join(["(%s, %s::tsvector)"] * len(rows)),
                [value for row in rows for value in row],
            )


def _positions(columns: Columns) -> str:
    places: dict[str, list[str]] = {}
    at = 0
    for weight, column in zip("ABCD", columns, strict=True):
        for field in column.split(FIELD_BREAK):
            for pair in pairs(field):
                at += 1
                places.setdefault(pair, []).append(f"{min(at, 16383)}{weight}")
    return " ".join(f"'{pair}':{','.join(found[:255])}" for pair, found in places.items())


def build(count: int) -> None:
    keys = list(PublishedCase.objects.order_by("pk").values_list("pk", flat=True))
    texts = [(entry.case, entry.columns) for at in range(0, count, 500) for entry in read_entries(keys[at : at + 500])]
    raw = {"sqlite": raw_sqlite, "postgresql": raw_postgresql}[connection.vendor]
    ours, theirs = [], []
    for _ in range(ROUNDS):
        theirs.append(seconds(lambda: raw(texts)))
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE bench_raw")
        ours.append(seconds(reindex))
    best, raw_best = count / min(ours), count / min(theirs)
    print(f"reindex {best:.0f} a second, raw {raw_best:.0f}: {best / raw_best:.2f} times the raw build", flush=True)


def publications(count: int = 30) -> None:
    """Publishing a case again, and the part of it that the index takes."""
    by = User.objects.get(username="bench")
    whole, index = [], []
    for case in Case.objects.order_by("pk")[:count]:
        content = PublishedCase.objects.get(pk=case.pk).content
        case = write_draft(content, case=case, by=by)
        assert read_draft(case).title == content.title
        whole.append(seconds(lambda case=case: release.publish(freeze(case, by=by), by=by)))
        index.append(seconds(lambda case=case: index_case(case.pk)))
    share = statistics.median(index) / statistics.median(whole)
    times = " and ".join(f"{statistics.median(taken) * 1000:.1f} ms" for taken in (whole, index))
    print(f"publishing and its index: {times}; the index takes {share:.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", type=Path)
    parser.add_argument("--limit", type=int)
    args = parser.parse_args()
    fill(args.cases, args.limit)
    build(PublishedCase.objects.count())
    publications()


if __name__ == "__main__":
    main()
