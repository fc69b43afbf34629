"""Recall, precision and ranking of search on synthetic cases.

    DATABASE_URL=sqlite:////tmp/bench.sqlite3 python bench/search_recall.py cases.jsonl --focus focus.json

`cases.jsonl` holds cases in the exchange format, `focus.json` the words each is about, {id: [word]}. An empty
database is filled first (`filling.py`). Truth is plain containment in the folded fields.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import re
import statistics
from pathlib import Path

from filling import fill  # sets Django up

from cases.models import PublishedCase
from cases.search.entry import Entry, read_entries
from cases.search.hits import Hits
from cases.search.query import read_words
from cases.search.selection import Selection

LATIN = ["5G", "12345", "AI", "APP", "OCR", "BIM", "API", "ETC", "SaaS", "46", "97.1", "6.7%", "2023", "IPv6", "5G+"]
EACH = 50  # queries of a kind


def sample_queries(entries: list[Entry], words: list[str], chooser: random.Random) -> dict[str, list[str]]:
    """Queries of each kind, all of which stand somewhere in the texts, and numbers and Latin words."""
    short = sorted({part for word in words for part in (word[:2], word[-2:])})
    middle = sorted({word for word in words if len(word) in (3, 4)})
    fields = [field for entry in entries for field in entry.fields()]
    phrases: list[str] = []
    fragments: list[str] = []
    while len(phrases) < EACH:
        runs = re.findall("[一-鿿]{8,}", chooser.choice(fields))
        phrases += [run[: chooser.randint(6, 8)] for run in runs[:1]]
    while len(fragments) < EACH:
        field = chooser.choice(fields)
        start = chooser.randrange(len(field))
        cut = field[start : start + chooser.randint(2, 8)]
        fragments += [cut] if read_words(cut) == (cut,) else []  # no blank, quote or minus, which are asked otherwise
    return {
        "2": chooser.sample(short, min(EACH, len(short))),
        "3-4": chooser.sample(middle, min(EACH, len(middle))),
        "6-8": phrases,
        "fragment": fragments,
        "latin": LATIN,
    }


def measure_kind(kind: str, queries: list[str], texts: dict[int, str]) -> None:
    """One line: recall and precision of one kind of query; `texts` are the folded fields of each case."""
    found_right = found_all = right = 0
    for query in queries:
        words = read_words(query)
        truth = {key for key, text in texts.items() if all(word in text for word in words)}
        hits = Hits(Selection(text=query))
        found = set(hits.keys(0, len(texts)))
        assert len(found) == hits.count()
        found_right, found_all, right = found_right + len(found & truth), found_all + len(found), right + len(truth)
    exact = f"recall {found_right / right:.4f} precision {found_right / found_all:.4f}"
    print(f"{kind:9} {exact}  {right // len(queries):6} hits a query", flush=True)


def ndcg(focus: dict[str, list[str]], words: list[str]) -> float:
    """Mean nDCG@10 of searching each word, a case being relevant if it is about the word."""
    about = dict(PublishedCase.objects.values_list("pk", "external_id"))
    scores = []
    for word in words:
        relevant = {key for key, name in about.items() if word in focus.get(name, ())}
        first = Hits(Selection(text=word)).keys(0, 10)
        gain = sum(1 / math.log2(place + 2) for place, key in enumerate(first) if key in relevant)
        best = sum(1 / math.log2(place + 2) for place in range(min(10, len(relevant))))
        scores.append(gain / best if best else 1.0)
    return statistics.mean(scores)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", type=Path)
    parser.add_argument("--focus", type=Path, required=True)
    parser.add_argument("--limit", type=int)
    args = parser.parse_args()
    fill(args.cases, args.limit)
    keys = list(PublishedCase.objects.order_by("pk").values_list("pk", flat=True))
    entries = [entry for at in range(0, len(keys), 500) for entry in read_entries(keys[at : at + 500])]
    texts = {entry.case: "\n".join(entry.columns) for entry in entries}
    focus = json.loads(args.focus.read_text(encoding="utf-8"))
    words = sorted({word for known in focus.values() for word in known})
    print(f"{len(keys):,} cases")
    for kind, queries in sample_queries(entries, words, random.Random(7)).items():
        measure_kind(kind, queries, texts)
    print(f"nDCG@10 {ndcg(focus, words):.4f} over {len(words)} words")


if __name__ == "__main__":
    main()
