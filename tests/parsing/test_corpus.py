"""Articles of every layout beside what a person found in them."""

import json
import pathlib

import pytest

from cases.parsing.article import parse
from cases.parsing.sample_form import sample_form
from cases.vocabulary import shipped_words
from tests.parsing.scoring import f1, shortfall

CORPUS = sorted((pathlib.Path(__file__).parents[1] / "corpus").glob("*.json"))
# What the corpus must reach as a whole; single articles must be exact unless they are named below.
THRESHOLDS = {
    "title": 1.0,
    "published": 1.0,
    "source": 1.0,
    "region_code": 1.0,
    "department": 0.98,
    "initiatives": 0.99,
    "measures": 0.98,
    "metrics": 0.98,
}
NOT_YET: dict[str, int] = {}  # name → misses and extras that are known


def read(path: pathlib.Path) -> tuple[dict, dict]:
    """The annotated and the parsed article."""
    text = path.with_suffix(".txt").read_text(encoding="utf-8")
    words = shipped_words()
    found = sample_form(parse(text, words=words), name=path.stem, text=text, words=words)
    return json.loads(path.read_text(encoding="utf-8")), found


@pytest.mark.parametrize("path", CORPUS, ids=[path.stem for path in CORPUS])
def test_an_article_is_read_as_a_person_reads_it(path):
    misses = shortfall(*read(path))
    assert len(misses) <= NOT_YET.get(path.stem, 0), "\n".join(misses)


def test_the_corpus_as_a_whole_reaches_its_figures():
    scores = f1([read(path) for path in CORPUS])
    assert {field: score for field, score in scores.items() if score < THRESHOLDS[field]} == {}
