"""Recall, precision, ranking, speed and size of search on synthetic cases.

    DATABASE_URL=sqlite:////tmp/bench.sqlite3 python bench/search_recall.py cases.jsonl --focus focus.json

`cases.jsonl` holds cases in the exchange format, `focus.json` the words each is about, {id: [word]}.
The database must be empty: it is migrated, filled with published rows, and left as it is; a
second run finds it filled by the same file and measures again. Truth is plain containment in the
folded fields. Times are milliseconds through `search()`, median and 95th percentile.
"""

from __future__ import annotations

import argparse
import datetime
import json
import math
import os
import random
import re
import statistics
import sys
import time
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ["DEBUG"] = "1"
django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from cases.content import CaseContent, from_json, to_json
from cases.models import Case, PublishedCase, User
from cases.search.entry import Entry
from cases.search.index import index_case, reindex
from cases.search.query import read_words, search

LATIN = [
    "5G",
    "12345",
    "AI",
    "APP",
    "OCR",
    "BIM",
    "API",
    "ETC",
    "SaaS",
    "46",
    "97.1",
    "6.7%",
    "2023",
    "IPv6",
    "5G+",
    "ps",
]
PAGE = 20


def read_cases(path: Path, limit: int | None) -> list[tuple[str, CaseContent]]:
    lines = path.read_text(encoding="utf-8").splitlines()[:limit]
    raw = [json.loads(line) for line in lines]
    return [(data.pop("id"), from_json(data)) for data in raw]


@transaction.atomic
def fill(cases: list[tuple[str, CaseContent]]) -> None:
    """Published rows with their keys 1, 2, 3 …, as lists need them; no vocabulary, no revisions."""
    by = User.objects.create(username="bench")
    now = timezone.now()
    drafts = [
        Case(pk=key, title=content.title, created_by=by, updated_by=by, updated_at=now)
        for key, (_, content) in enumerate(cases, 1)
    ]
    Case.objects.bulk_create(drafts, batch_size=200)
    PublishedCase.objects.bulk_create(
        [
            PublishedCase(
                case_id=key,
                body=to_json(content),
                title=content.title,
                lead=content.intro[:110],
                listed_on=content.published_at or datetime.date.today(),
                first_released_at=now,
                released_at=now,
            )
            for key, (_, content) in enumerate(cases, 1)
        ],
        batch_size=200,
    )


def sample_queries(entries: list[Entry], words: list[str], chooser: random.Random) -> dict[str, list[str]]:
    """50 queries of each kind, all of which stand somewhere in the texts, and numbers and Latin words."""
    short = sorted({part for word in words for part in (word[:2], word[-2:])})
    middle = sorted({word for word in words if len(word) in (3, 4)})
    fields = [field for entry in entries for field in entry.fields()]
    phrases, fragments = [], []
    while len(phrases) < 50:
        runs = re.findall("[一-鿿]{8,}", chooser.choice(fields))
        phrases += [run[: chooser.randint(6, 8)] for run in runs[:1]]
    while len(fragments) < 50:
        field = chooser.choice(fields)
        start = chooser.randrange(len(field))
        fragments += read_words(field[start : start + chooser.randint(2, 8)])[:1]
    return {
        "2": chooser.sample(short, min(50, len(short))),
        "3-4": chooser.sample(middle, min(50, len(middle))),
        "6-8": phrases,
        "fragment": fragments,
        "latin": LATIN,
    }


def timed(task) -> tuple[float, object]:
    begun = time.perf_counter()
    result = task()
    return (time.perf_counter() - begun) * 1000, result


def spread(times: list[float]) -> str:
    ordered = sorted(times)
    return f"{statistics.median(ordered):7.1f} /{ordered[int(len(ordered) * 0.95) - 1]:7.1f}"


def measure_kind(kind: str, queries: list[str], entries: list[Entry]) -> None:
    """One line: recall, precision, count, first page, page 50, and counting and listing by LIKE."""
    found_right = found_all = right = 0
    times: dict[str, list[float]] = {name: [] for name in ("count", "page 1", "page 50", "LIKE")}
    for query in queries:
        words = read_words(query)
        truth = {entry.case for entry in entries if all(any(w in field for field in entry.fields()) for w in words)}
        milliseconds, count = timed(lambda query=query: search(query).count())
        times["count"].append(milliseconds)
        times["page 1"].append(timed(lambda query=query: list(search(query).for_cards()[:PAGE]))[0])
        times["page 50"].append(timed(lambda query=query: list(search(query).for_cards()[49 * PAGE : 50 * PAGE]))[0])
        if len(times["LIKE"]) < 10:
            times["LIKE"].append(timed(lambda words=words: scan(words))[0])
        found = set(search(query).order_by().values_list("pk", flat=True))
        assert len(found) == count
        found_right, found_all, right = found_right + len(found & truth), found_all + len(found), right + len(truth)
    figures = "  ".join(f"{name} {spread(values)}" for name, values in times.items())
    exact = f"R {found_right / right:.4f} P {found_right / found_all:.4f}"
    print(f"{kind:9} {exact}  hits {right // len(queries):5}  {figures}", flush=True)


def scan(words: tuple[str, ...]) -> None:
    """Count and list as `icontains` would: by LIKE over the texts."""
    holds = " OR ".join(f"{column} LIKE %s" for column in ("title", "heading", "label", "text"))
    params = [f"%{word}%" for word in words for _ in range(4)]
    where = " AND ".join(f"({holds})" for _ in words).replace(
        "LIKE", "ILIKE" if connection.vendor != "sqlite" else "LIKE"
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM cases_searchtext WHERE {where}", params)
        cursor.fetchall()
        cursor.execute(
            "SELECT p.case_id FROM cases_searchtext t JOIN cases_publishedcase p USING (case_id)"
            f" WHERE {where.replace('title', 't.title')} ORDER BY p.listed_on DESC LIMIT {PAGE}",
            params,
        )
        cursor.fetchall()


def ndcg(focus: dict[int, list[str]], words: list[str]) -> float:
    """Mean nDCG@10 of searching each word, a case being relevant if it is about the word."""
    scores = []
    for word in words:
        relevant = {key for key, about in focus.items() if word in about}
        first = search(word).values_list("pk", flat=True)[:10]
        gain = sum(1 / math.log2(place + 2) for place, key in enumerate(first) if key in relevant)
        best = sum(1 / math.log2(place + 2) for place in range(min(10, len(relevant))))
        scores.append(gain / best)
    return statistics.mean(scores)


def size() -> int:
    """Bytes the database takes."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT (SELECT * FROM pragma_page_count) * (SELECT * FROM pragma_page_size)")
        else:
            cursor.execute("SELECT pg_database_size(current_database())")
        return cursor.fetchone()[0]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", type=Path)
    parser.add_argument("--focus", type=Path)
    parser.add_argument("--limit", type=int)
    args = parser.parse_args()
    cases = read_cases(args.cases, args.limit)
    call_command("migrate", verbosity=0)
    settings.DEBUG = False  # or Django would keep every query
    if not PublishedCase.objects.exists():
        fill(cases)
        before = size()
        milliseconds, count = timed(reindex)
        print(
            f"built {count} cases, {count * 1000 / milliseconds:.0f} a second; index {(size() - before) / 1e6:.0f} MB"
        )
    if PublishedCase.objects.count() != len(cases):
        sys.exit("the database holds other cases: give an empty one")
    if connection.vendor == "postgresql":
        connection.ensure_connection()
        connection.connection.autocommit = True
        connection.cursor().execute("VACUUM ANALYZE")
    entries = [Entry.of(key, datetime.date.today(), content) for key, (_, content) in enumerate(cases, 1)]
    print(f"texts {sum(len(field.encode()) for entry in entries for field in entry.fields()) / 1e6:.0f} MB")
    one = PublishedCase.objects.get(pk=1)
    replaced = [timed(lambda: index_case(one, cases[0][1]))[0] for _ in range(20)]
    print(f"replacing one case {spread(replaced)} ms")
    focus = json.loads(args.focus.read_text(encoding="utf-8")) if args.focus else {}
    about = {key: focus.get(name, []) for key, (name, _) in enumerate(cases, 1)}
    words = sorted({word for known in about.values() for word in known})
    chooser = random.Random(7)
    for kind, queries in sample_queries(entries, words or list(cases[0][1].tags), chooser).items():
        measure_kind(kind, queries, entries)
    if words:
        print(f"nDCG@10 {ndcg(about, words):.4f} over {len(words)} words")


if __name__ == "__main__":
    main()
