"""How fast the parser reads: milliseconds for one article, microseconds per character as texts grow.

    python bench/parse_speed.py

Articles are those of tests/corpus, repeated to the length wanted; the pathological texts repeat
what a careless pattern would read again and again.
"""

from __future__ import annotations

import pathlib
import statistics
import sys
import time

ROOT = pathlib.Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from cases.parsing.article import parse
from cases.vocabulary import shipped_words

LENGTHS = (1_000, 10_000, 100_000, 1_000_000)
PATHOLOGICAL = {
    "one digit": "1",
    "one numeral": "一",
    "open quotes": "“",
    "open titles": "《",
    "commas": "，",
    "tags": "<a",
    "marks": "一是",
    "no full stop": "由3个工作日压缩到2个，",
    "short lines": "一、优化服务\n",
    "numbers": "3个",
    "places": "漯河市",
    "labels": "来源：",
    "letters": "a ",
    "from": "由3",
}


def seconds(text: str, runs: int) -> list[float]:
    words = shipped_words()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        parse(text, words=words)
        times.append(time.perf_counter() - start)
    return times


def main() -> None:
    articles = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "tests/corpus").glob("*.txt"))]
    whole = "\n".join(articles)
    parse(articles[0], words=shipped_words())  # loads vocabulary and tables
    article = (articles[0] + "\n" + "\n".join(text.split("\n", 3)[-1] for text in articles[1:]))[:2500]
    print(f"2,500 characters: {statistics.median(seconds(article, 51)) * 1000:.2f} ms")
    for length in LENGTHS:
        text = (whole * (length // len(whole) + 1))[:length]
        print(f"{length:>9,} characters: {min(seconds(text, 3 if length < 10**6 else 1)) / length * 1e6:.2f} µs each")
    for name, unit in PATHOLOGICAL.items():
        sizes = []
        for length in (20_000, 200_000):
            text = (unit * (length // len(unit) + 1))[:length]
            sizes.append(min(seconds(text, 1)) / length * 1e6)
        print(f"{name:>14}: {sizes[0]:.2f} → {sizes[1]:.2f} µs each")


if __name__ == "__main__":
    main()
