"""How well the parser reads articles that a person has annotated.

    python bench/parse_score.py [FOLDER] [--verbose]

Prints F1 of each field over the articles of FOLDER (`<name>.txt` beside `<name>.json`; tests/corpus
unless given); with --verbose also every miss and every extra.
"""

from __future__ import annotations

import argparse
import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from cases.parsing.article import parse
from cases.parsing.sample_form import sample_form
from cases.vocabulary import shipped_words
from tests.parsing.scoring import f1, shortfall


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("folder", nargs="?", type=pathlib.Path, default=ROOT / "tests/corpus")
    arguments.add_argument("--verbose", action="store_true")
    chosen = arguments.parse_args()
    pairs = {}
    for path in sorted(chosen.folder.glob("*.json")):
        text = path.with_suffix(".txt").read_text(encoding="utf-8")
        found = sample_form(parse(text, words=shipped_words()), name=path.stem, text=text, words=shipped_words())
        pairs[path.stem] = (json.loads(path.read_text(encoding="utf-8")), found)
    for name, pair in pairs.items() if chosen.verbose else ():
        for line in shortfall(*pair):
            print(f"{name}: {line}")
    print(f"{len(pairs)} articles of {chosen.folder.name}")
    for field, score in f1(list(pairs.values())).items():
        print(f"{field:<14}{score:.3f}")


if __name__ == "__main__":
    main()
