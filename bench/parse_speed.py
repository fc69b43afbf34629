"""How fast the parser reads and how much memory it takes.

    python bench/parse_speed.py [DIRECTORY …]

The median is taken over 60 different articles of 2,500 characters, each put together of articles of tests/corpus
(first the page as it is, then the bodies of others, as an article has one head and one tail), best of three. Those
articles are full of figures, about 70 in 2,500 characters where published ones hold 15 to 30, so that a second row is
given for articles in which four paragraphs of five are prose without any. Directories named hold other articles
(*.txt), put together in the same way. Then microseconds per character as texts grow, pathological texts beside the
median, and the memory of a parse as a multiple of the text. All times are CPU time of this process.
"""

from __future__ import annotations

import pathlib
import random
import re
import resource
import statistics
import sys
import time
import tracemalloc

ROOT = pathlib.Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from cases.parsing.article import parse
from cases.parsing.characters import read_source
from cases.parsing.decided import Decided
from cases.parsing.page import read_page
from cases.vocabulary import shipped_words

SIZE = 2_500
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
    "blanks": "字" + " " * 999,
    "dates": "2024-01-02\n",
    "bullets": "●优化\n",
    "folded": "個，",
    "quoted": "“3个”",
    "brackets": "【做法】",
}


def pages(directory: pathlib.Path) -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted(directory.glob("*.txt"))]


def body(page: str) -> str:
    """The lines of a page that are neither headline nor facts nor furniture."""
    source = read_source(page)
    return "\n".join(source.words(line.start, line.end) for line in read_page(source, Decided()).body)


CORPUS = pages(ROOT / "tests/corpus")
BODIES = [body(page) for page in CORPUS]


def articles(count: int, pages: list[str] = CORPUS, bodies: list[str] = BODIES) -> list[str]:
    """Different articles of 2,500 characters."""
    chance = random.Random(1)
    found = []
    for number in range(count):
        article = pages[number % len(pages)]
        while len(article) < SIZE:
            article += "\n" + chance.choice(bodies)
        found.append(article[:SIZE])
    return found


def with_prose(count: int) -> list[str]:
    """Different articles of 2,500 characters with paragraphs of prose without numbers between those of the corpus."""
    chance = random.Random(2)
    prose = [line for one in BODIES for line in one.split("\n") if len(line) > 40 and not re.search(r"\d", line)]
    found = []
    for article in articles(count):
        lines = article.split("\n")
        kept = "\n".join(
            [*lines[:4], *(line for at in range(4, len(lines)) for line in between(lines[at], prose, chance))]
        )
        found.append(kept[:SIZE])
    return found


def report_articles(name: str, found: list[str]) -> float:
    """Print the median and return it, in seconds."""
    words = shipped_words()
    times = [best(article) for article in found]
    told = [sum(span.kind == "metric" for span in parse(article, words=words).spans) for article in found]
    median = statistics.median(times)
    print(
        f"{SIZE:,} characters, {name}: median {median * 1000:.2f} ms, slowest {max(times) * 1000:.2f} ms; "
        f"{statistics.median(told):.0f} metrics each"
    )
    return median


def between(line: str, prose: list[str], chance: random.Random) -> list[str]:
    return [*chance.choices(prose, k=4), line]


def best(text: str, runs: int = 3) -> float:
    """CPU seconds of a parse."""
    words = shipped_words()
    times = []
    for _ in range(runs):
        start = time.process_time()
        parse(text, words=words)
        times.append(time.process_time() - start)
    return min(times)


def of_length(unit: str, length: int) -> str:
    return (unit * (length // len(unit) + 1))[:length]


def report_memory(text: str) -> None:
    words = shipped_words()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    parse(text, words=words)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024
    tracemalloc.start()
    parsed = parse(text, words=words)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    size = sys.getsizeof(text)
    print(
        f"{len(text):,} characters, {size:,} bytes: peak {peak / size:.1f} times the text by tracemalloc, "
        f"{grown / size:.1f} times by resident memory; {len(parsed.spans):,} spans"
    )


def main() -> None:
    best(CORPUS[0])  # loads vocabulary and tables
    whole = "\n".join(CORPUS)
    report_memory(of_length(whole, 1_000_000))
    median = report_articles("corpus", articles(60))
    report_articles("mostly prose", with_prose(60))
    for directory in sys.argv[1:]:
        others = pages(pathlib.Path(directory))
        report_articles(directory, articles(60, others, [body(page) for page in others]))
    for length in LENGTHS:
        print(f"{length:>9,} characters: {best(of_length(whole, length)) / length * 1e6:.2f} µs each")
    usual = median / SIZE
    for name, unit in PATHOLOGICAL.items():
        rates = [best(of_length(unit, length), 2) / length for length in (2_000, 20_000, 200_000)]
        told = " → ".join(f"{rate * 1e6:.2f}" for rate in rates)
        print(f"{name:>14}: {told} µs each, {max(rates) / usual:.1f} times the median")


if __name__ == "__main__":
    main()
