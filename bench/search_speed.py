"""The search page beside counting and listing the same by `icontains`, and an empty Django view, in one run.

    DATABASE_URL=… python bench/search_speed.py cases.jsonl --focus focus.json [--limit N] [--icontains N]

The page is asked for as a browser would, in process: facets, marked sentences and all. `icontains` is LIKE (SQLite) or
ILIKE (PostgreSQL) over the folded texts, counted and listed newest first. Each query is asked by both in turn, so that
a noisy neighbour slows both. Last, the words found in most cases. Times are milliseconds: median / 95th percentile.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from django.db import connection
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import path
from filling import fill  # sets Django up
from search_recall import sample_queries

from cases.models import PublishedCase
from cases.search.entry import read_entries
from cases.search.hits import Hits
from cases.search.query import read_words
from cases.search.selection import Selection
from config.urls import urlpatterns as site_patterns

urlpatterns = [path("empty/", lambda request: HttpResponse("")), *site_patterns]
PAGE = 20


def timed(task: Callable[[], object]) -> float:
    begun = time.perf_counter()
    task()
    return (time.perf_counter() - begun) * 1000


def ask(client: Client, address: str, **parameters: object) -> None:
    response = client.get(address, parameters)
    assert response.status_code in (200, 404), response.status_code


def icontains(query: str) -> None:
    """Count and list the cases that hold all words."""
    like = {"sqlite": "LIKE", "postgresql": "ILIKE"}[connection.vendor]
    holds = " OR ".join(f"t.{column} {like} %s" for column in ("title", "heading", "label", "text"))
    words = read_words(query)
    where = " AND ".join(f"({holds})" for _ in words)
    given = [f"%{word}%" for word in words for _ in range(4)]
    table = "cases_searchtext t JOIN cases_publishedcase p USING (case_id)"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM cases_searchtext t WHERE {where}", given)
        cursor.fetchall()
        cursor.execute(
            f"SELECT case_id, p.title FROM {table} WHERE {where} ORDER BY p.listed_on DESC LIMIT {PAGE}", given
        )
        cursor.fetchall()


def spread(times: list[float]) -> str:
    ordered = sorted(times)
    return f"{statistics.median(ordered):8.1f} /{ordered[max(0, int(len(ordered) * 0.95) - 1)]:8.1f}"


def measure(name: str, queries: list[str], client: Client, scanned: int) -> None:
    asked: dict[str, Callable[[str], None]] = {
        "page": lambda query: ask(client, "/search/", q=query),
        "page 50": lambda query: ask(client, "/search/", q=query, page=50),
        "keys": lambda query: Hits(Selection(text=query)).keys(0, PAGE) and None,
        "facets": lambda query: Hits(Selection(text=query)).facet_counts() and None,
    }
    times: dict[str, list[float]] = {kind: [] for kind in (*asked, "icontains")}
    for number, query in enumerate(queries):
        for kind, task in asked.items():
            times[kind].append(timed(lambda task=task, query=query: task(query)))
        if number < scanned:
            times["icontains"].append(timed(lambda query=query: icontains(query)))
    figures = "  ".join(f"{kind} {spread(taken)}" for kind, taken in times.items())
    page, scan = (sorted(times[kind]) for kind in ("page", "icontains"))
    ratio = statistics.median(scan) / statistics.median(page)
    print(f"{name:9} {figures}  icontains is {ratio:.0f} times the page", flush=True)


@override_settings(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["testserver"])
def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", type=Path)
    parser.add_argument("--focus", type=Path, required=True)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--icontains", type=int, default=12, help="queries of each kind asked by it: it takes seconds")
    args = parser.parse_args()
    fill(args.cases, args.limit)
    keys = PublishedCase.objects.order_by("pk").values_list("pk", flat=True)
    print(f"{len(keys):,} cases")
    focus = json.loads(args.focus.read_text(encoding="utf-8"))
    words = sorted({word for known in focus.values() for word in known})
    queries = sample_queries(read_entries(keys[:2000]), words, random.Random(7))
    client = Client()
    for _ in range(3):
        ask(client, "/search/", q="预热")
    print(f"empty view {spread([timed(lambda: ask(client, '/empty/')) for _ in range(200)])}")
    for kind, asked in queries.items():
        measure(kind, asked, client, args.icontains)
    counted = sorted(queries["2"], key=lambda query: -Hits(Selection(text=query)).count())[:8]
    print("most common:", ", ".join(f"{query} {Hits(Selection(text=query)).count():,}" for query in counted))
    measure("common", counted, client, args.icontains)


if __name__ == "__main__":
    main()
