"""The demo cases that ship: each keeps the format, and together they give every page something to show."""

import csv
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest

from cases.content import CaseContent, InitiativeContent, from_json, to_json

DATA = Path(__file__).parents[2] / "cases" / "data"
STEMS = sorted(path.stem for path in (DATA / "demo").glob("*.json"))

RETOLD = "demo-luohe-transport"  # the one real practice among them
SHORTEST_SENTENCE = 15  # characters; shorter ones may stand in several cases

# Practices told from several cities, so that comparing them shows something.
SHARED_PRACTICES = [
    "综合查一次",
    "企业开办一件事",
    "免申即享",
    "拿地即开工",
    "信用修复一件事",
    "首违不罚",
    "政银担合作",
    "用电报装三零",
    "不动产登记提速",
    "夜间窗口",
    "首席服务专员",
    "多测合一",
    "党建引领",
    "客货邮融合",
    "留抵退税直达",
    "跨省通办",
]

every_case = pytest.mark.parametrize("stem", STEMS)


def read_text(stem: str) -> str:
    return (DATA / "demo" / f"{stem}.json").read_text("utf-8")


def read_content(stem: str) -> CaseContent:
    data = json.loads(read_text(stem))
    del data["id"]
    return from_json(data)


def vocabulary(name: str, *, key: str) -> dict[str, dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return {row[key]: row for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def contents():
    return {stem: read_content(stem) for stem in STEMS}


@pytest.fixture(scope="module")
def regions():
    return vocabulary("regions.csv", key="code")


@pytest.fixture(scope="module")
def prefecture(regions):
    """The prefecture a region is or lies in; None for a province and for the districts of a municipality."""

    def prefecture_of(code: str) -> str | None:
        row = regions[code]
        if row["level"] == "county":
            row = regions[row["parent"]]
        return row["code"] if row["level"] == "prefecture" else None

    return prefecture_of


def texts_of_initiative(initiative: InitiativeContent) -> list[str]:
    measures = chain.from_iterable((measure.heading, measure.text) for measure in initiative.measures)
    return [initiative.heading, initiative.text, *measures]


def sentences(content: CaseContent) -> set[str]:
    texts = [content.title, content.subtitle, content.summary, content.intro, content.closing]
    texts += chain.from_iterable(texts_of_initiative(initiative) for initiative in content.initiatives)
    return {sentence.strip() for text in texts for sentence in re.split(r"[。！？；\n]", text)}


def quotes_and_texts(content: CaseContent) -> Iterator[tuple[str, list[str]]]:
    """Each metric's quote, with the text fields of the place it was taken from."""
    for metric in content.metrics:
        yield metric.quote, [content.intro, content.closing]
    for initiative in content.initiatives:
        for metric in initiative.metrics:
            yield metric.quote, texts_of_initiative(initiative)


@every_case
def test_file_is_the_canonical_json_of_a_case(stem):
    canonical = to_json(read_content(stem))
    expected = {"format": canonical["format"], "id": stem} | canonical

    assert read_text(stem) == json.dumps(expected, indent=2, ensure_ascii=False) + "\n"


@every_case
def test_id_starts_with_demo(stem):
    assert stem.startswith("demo-")


@every_case
def test_case_uses_words_of_the_vocabulary(stem, regions):
    content = read_content(stem)

    assert content.region in regions
    assert content.department in vocabulary("departments.csv", key="slug")
    assert set(content.themes) <= set(vocabulary("themes.csv", key="slug"))


@every_case
def test_source_tells_that_a_case_is_made_up(stem):
    expected = "漯河市交通运输局（示例转述）" if stem == RETOLD else "虚构示例"

    assert read_content(stem).source_name == expected


@every_case
def test_each_quote_stands_once_in_one_text_of_its_place(stem):
    for quote, texts in quotes_and_texts(read_content(stem)):
        assert [text.count(quote) for text in texts if quote in text] == [1], quote


def test_no_sentence_stands_in_two_cases(contents):
    told_by = defaultdict(list)
    for stem, content in contents.items():
        for sentence in sentences(content):
            told_by[sentence].append(stem)
    long = {sentence: stems for sentence, stems in told_by.items() if len(sentence) >= SHORTEST_SENTENCE}

    assert {sentence: stems for sentence, stems in long.items() if len(stems) > 1} == {}


def test_there_are_sixty_cases(contents):
    assert len(contents) >= 60


def test_cases_come_from_twenty_cities_in_eight_provinces(contents, prefecture):
    codes = {content.region for content in contents.values()}

    assert len({prefecture(code) for code in codes} - {None}) >= 20
    assert len({code[:2] for code in codes}) >= 8


def test_cases_cover_fifteen_departments_and_fifteen_themes(contents):
    assert len({content.department for content in contents.values()}) >= 15
    assert len({theme for content in contents.values() for theme in content.themes}) >= 15


def test_cases_were_published_in_four_years(contents):
    assert len({content.published_at.year for content in contents.values()}) >= 4


def test_forty_metrics_tell_the_value_before(contents):
    metrics = chain.from_iterable(content.all_metrics() for content in contents.values())

    assert len([metric for metric in metrics if metric.from_value is not None]) >= 40


@pytest.mark.parametrize("practice", SHARED_PRACTICES)
def test_practice_is_told_from_two_cities(practice, contents, prefecture):
    cities = {prefecture(content.region) for content in contents.values() if practice in content.tags}

    assert len(cities - {None}) >= 2
