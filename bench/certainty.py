"""How often findings of the parser are right, by how sure it says it is.

    .venv/bin/python bench/certainty.py [--verbose] DIRECTORY…

Each directory holds articles beside their annotation (NAME.txt, NAME.json, as tests/corpus). Every article is read
as it stands, and in harder copies whose annotation still holds: without its headline, without numbers at the
start of lines, without labels of facts, without its first paragraphs.
"""

from __future__ import annotations

import argparse
import json
import pathlib
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from cases.parsing.article import parse
from cases.parsing.result import Finding, Parsed
from cases.parsing.sample_form import sample_form
from cases.vocabulary import shipped_words
from tests.parsing.scoring import folded

BANDS = (0.95, 0.9, 0.75, 0.5, 0.0)
NUMBER = re.compile(r"^[ \u3000]*(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+[.、]|#+ ?)", re.MULTILINE)
LABEL = re.compile(r"(?:文章|信息|稿件)?来源：|发布(?:时间|日期)：|(?<!\w)(?:时间|日期)：|稿源：|发布机构：")


def copies(text: str, gold: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """The article and its harder copies: name, text, annotation."""
    yield "as it is", text, gold
    lines = text.split("\n")
    title = folded(gold["title"])
    if title:
        kept = [line for line in lines if not (folded(line) and folded(line) in title)]
        yield "no headline", "\n".join(kept), gold | {"title": None}
    yield "no numbers", NUMBER.sub("", text), gold
    yield "no labels", LABEL.sub("", text), gold
    long_ = [at for at, line in enumerate(lines) if len(line) > 60]
    yield "no opening", "\n".join(line for at, line in enumerate(lines) if at not in long_[:2]), gold


def judged(parsed: Parsed, found: dict[str, Any], gold: dict[str, Any]) -> Iterator[tuple[str, Finding, bool]]:
    """Each finding the annotation speaks of, with what it is of and whether it is right."""
    facts = {
        "title": folded(found["title"]) == folded(gold["title"]),
        "published_at": found["published"] == gold["published"],
        "source_name": folded(found["source"]) == folded(gold["source"]),
        "region": found["region_code"] == gold["region_code"],
        "organization": folded(found["department"]) == folded(gold["department"]),
    }
    headings = {folded(one["heading"]) for one in gold["initiatives"]}
    starts = {folded(one["text_start"])[:6] for initiative in gold["initiatives"] for one in initiative["measures"]}
    figures = Counter((one["value"], one["unit"], one["from_value"]) for one in gold["metrics"])
    read = iter(found["metrics"])
    metric_of = {span.path: next(read) for span in parsed.spans if span.kind == "metric"}
    for one in parsed.findings:
        if one.path in facts and not one.candidates:
            yield one.path, one, facts[one.path]
        elif one.path.endswith(".heading"):
            number = int(re.findall(r"\d+", one.path)[0])
            yield "initiative", one, folded(parsed.content.initiatives[number].heading) in headings
        elif "measures[" in one.path:
            number, at = map(int, re.findall(r"\d+", one.path))
            start = folded(found["initiatives"][number]["measures"][at]["text_start"])[:6]
            yield "measure", one, start in starts
        elif "metrics[" in one.path:
            metric = metric_of[one.path]
            figure = (metric["value"], metric["unit"], metric["from_value"])
            yield "metric", one, figures[figure] > 0


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("directories", nargs="+", type=pathlib.Path)
    arguments.add_argument("--verbose", action="store_true", help="print what was said with 0.9 or more and is wrong")
    options = arguments.parse_args()
    words = shipped_words()
    told: dict[tuple[str, float], Counter[bool]] = defaultdict(Counter)
    for path in sorted(one for directory in options.directories for one in directory.glob("*.json")):
        text, gold = path.with_suffix(".txt").read_text(encoding="utf-8"), json.loads(path.read_text(encoding="utf-8"))
        for name, copy, annotation in copies(text, gold):
            parsed = parse(copy, words=words)
            found = sample_form(parsed, name=path.stem, text=copy, words=words)
            for kind, finding, right in judged(parsed, found, annotation):
                band = next(band for band in BANDS if finding.certainty >= band)
                told[kind, band][right] += 1
                told["all", band][right] += 1
                if options.verbose and not right and finding.certainty >= 0.9:
                    words_read = copy[finding.start : finding.end][:50] if finding.start is not None else ""
                    print(f"{finding.certainty:.2f} {path.stem} ({name}) {finding.path}: {words_read!r}")
    print_table(told)


def print_table(told: dict[tuple[str, float], Counter[bool]]) -> None:
    """A row for each kind of finding: right of all, for each band of certainty."""
    print(f"{'':14}" + "".join(f"{f'>= {band}':>14}" for band in BANDS))
    for kind in dict.fromkeys(kind for kind, _ in told):
        print(f"{kind:14}" + "".join(f"{_share(told[kind, band]):>14}" for band in BANDS))


def _share(counts: Counter[bool]) -> str:
    return f"{counts[True]}/{counts.total()}" if counts else "-"


if __name__ == "__main__":
    main()
