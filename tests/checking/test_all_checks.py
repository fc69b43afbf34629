import csv
import dataclasses
import datetime
import time
from pathlib import Path

import pytest

from cases.checking.all_checks import check
from cases.checking.findings import CheckWords, FormerName, Rule
from cases.content import CaseContent, InitiativeContent, MeasureContent, PictureContent
from cases.vocabulary import shipped_words
from tests.builders import make_metric
from tests.stuck import STUCK

DATA = Path(__file__).parent.parent.parent / "cases" / "data"


def rows(name):
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def split(words):
    return tuple(filter(None, words.split("|")))


TYPOS = tuple(Rule(row["words"], "replace", row["replacement"], split(row["allowed"])) for row in rows("typos.csv"))
FORMER = tuple(
    FormerName(row["name"], row["present"], int(row["since"]), split(row["allowed"]))
    for row in rows("former_names.csv")
)
KNOWN = CheckWords(rules=TYPOS, vocabulary=shipped_words(), former=FORMER)
ORIGINAL = {"origin": "original", "title": "办得快"}


def told(content, words=KNOWN):
    return [(finding.path, finding.level, finding.message % finding.params) for finding in check(content, words=words)]


def of_text(text, words=KNOWN, **values):
    """What is said of one paragraph: (level, its words, what to put in their place)."""
    content = CaseContent(**{**ORIGINAL, "intro": text, **values})
    return [(found.level, text[found.start : found.end], found.fix) for found in check(content, words=words)]


# Words


RULES = (
    Rule("国家级", "blocks"),
    Rule("国家级新区", "hint"),
    Rule("第一", "blocks", allowed=("第一季度", "居第一线")),
    Rule("政务局", "replace", "政务局（政务服务局）"),
    Rule("绿色通道", "replace", "快捷通道", note="统一用语"),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全省第一。", [("blocks", "第一", None)]),
        ("第一季度居第一线。", []),
        ("第一季度全省第一", [("blocks", "第一", None)]),
        ("开通绿色通道", [("replace", "绿色通道", "快捷通道")]),
        ("開通綠色通道", [("replace", "綠色通道", "快捷通道")]),
        ("政务局和政务服务局", [("replace", "政务局", "政务局（政务服务局）")]),
        ("政务局（政务服务局）", []),
        ("建设国家级新区", [("hint", "国家级新区", None)]),
    ],
)
def test_words_of_rules_are_found_the_longest_first_and_not_where_they_are_allowed(text, expected):
    assert of_text(text, CheckWords(rules=RULES)) == expected


def test_words_are_looked_for_in_every_field_an_editor_fills():
    content = CaseContent(
        **{**ORIGINAL, "title": "坏词", "tags": ("好", "坏词"), "policies": ("坏词",), "organization": "坏词"},
        pictures=(PictureContent(file="a.jpg", alt="坏词"),),
        initiatives=(InitiativeContent(measures=(MeasureContent(text="坏词"),), metrics=(make_metric(label="坏词"),)),),
    )

    assert [path for path, _level, _words in told(content, CheckWords(rules=(Rule("坏词", "blocks"),)))] == [
        *("title", "initiatives[0].measures[0].text", "organization", "tags[1]", "policies[0]", "pictures[0].alt"),
        "initiatives[0].metrics[0].label",
    ]


def test_a_rule_says_why():
    content = CaseContent(**ORIGINAL, intro="绿色通道")

    assert told(content, CheckWords(rules=RULES)) == [
        ("intro", "replace", "“绿色通道”宜改为“快捷通道”：统一用语"),
    ]


@pytest.mark.parametrize("row", TYPOS, ids=lambda rule: rule.words)
def test_a_shipped_slip_is_found_where_it_stands_and_not_where_it_is_right(row):
    assert of_text(f"，{row.words}，") == [("replace", row.words, row.replacement)]
    assert of_text(f"，{row.replacement}，") == []
    assert [of_text(f"，{words}，") for words in row.allowed] == [[]] * len(row.allowed)


# Names


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("漯河市交通运轮局牵头。", [("replace", "交通运轮局", "交通运输局")]),
        ("漯河市交通运输局牵头。", []),
        ("漯何市交通运输局牵头。", [("replace", "漯何市", "漯河市")]),
        ("在漯河市郾成区试点。", [("replace", "郾成区", "郾城区")]),
        ("在漯河市郾城区试点。", []),
        ("在杭州市主城区试点。", []),
        ("漯河市文化与旅游局、长沙市发展和改革局。", []),
        ("漯河市工商局登记。", [("replace", "工商局", "市场监督管理局")]),
        ("原漯河市工商局登记。", []),
        ("市工商局更名为市场监管局。", []),
        ("按照《国家税务局关于印花税的公告》办理。", []),
        ("沈阳市营商环境保护局、农业部门、环保部门。", []),
        ("襄樊市推行承诺制。", [("replace", "襄樊市", "襄阳市")]),
    ],
)
def test_names_of_bodies_and_cities(text, expected):
    assert of_text(text) == expected


@pytest.mark.parametrize(("year", "expected"), [(2015, []), (2023, [("replace", "工商局", "市场监督管理局")])])
def test_a_former_name_is_right_in_an_article_of_its_time(year, expected):
    assert of_text("漯河市工商局登记。", published_at=datetime.date(year, 5, 1)) == expected


@pytest.mark.parametrize(
    ("region", "organization", "expected"),
    [
        ("411000", "漯河市交通运输局", ["organization"]),
        ("411100", "漯河市交通运输局", []),
        ("411103", "漯河市交通运输局", []),
        ("411100", "漯河市郾城区交通运输局", []),
        ("411100", "交通运输局", []),
        ("", "漯河市交通运输局", []),
    ],
)
def test_a_body_of_another_place_is_told(region, organization, expected):
    content = CaseContent(**ORIGINAL, region=region, organization=organization)

    assert [path for path, _level, _words in told(content)] == expected


# Numbers


def initiative(text, **metric):
    metrics = (make_metric(**metric),) if metric else ()
    return CaseContent(**ORIGINAL, initiatives=(InitiativeContent(text=text, metrics=metrics),))


def test_a_number_that_is_no_metric_yet_is_told_with_its_place():
    content = initiative("全年建成便民站点18个。")

    assert [
        (found.path, found.start, found.end, found.message % found.params) for found in check(content, words=KNOWN)
    ] == [("initiatives[0].text", 0, 11, "“全年建成便民站点18个”还没有列为指标")]


def test_a_number_that_is_a_metric_or_none_is_not_told():
    assert told(initiative("全年建成便民站点18个。", value=18, unit="个", quote="建成便民站点18个")) == []
    assert told(initiative("2023年深化一网通办，一件事一次办。")) == []


def test_the_number_of_a_sentence_said_twice_is_one_metric():
    content = initiative("建成便民站点18个。到年底便民站点18个。", value=18, unit="个", quote="建成便民站点18个")

    assert told(content) == []


def test_a_metric_without_its_sentence_blocks():
    assert told(initiative("改过的话。", label="站点", value=18, unit="个", quote="建成便民站点18个")) == [
        ("initiatives[0].metrics[0].quote", "blocks", "原文里没有这句话了，指标“站点”失去了依据")
    ]


def test_a_quote_that_differs_in_blanks_only_is_mended_with_the_words_of_the_text():
    content = initiative("建成便民站点 18 个。", value=18, unit="个", quote="建成便民站点18个")

    assert [(found.path, found.fix) for found in check(content, words=KNOWN)] == [
        ("initiatives[0].metrics[0].quote", "建成便民站点 18 个")
    ]


@pytest.mark.parametrize(("value", "expected"), [(18, []), (81, ["initiatives[0].metrics[0].value"])])
def test_a_value_that_its_sentence_does_not_say_is_told(value, expected):
    content = initiative("建成便民站点18个。", value=value, unit="个", quote="建成便民站点18个")

    assert [path for path, _level, _words in told(content)] == expected


# Sources, links, pictures


def test_a_reprint_without_source_and_address_is_told():
    assert told(CaseContent(title="甲")) == [
        ("source_name", "hint", "没有来源"),
        ("source_url", "hint", "没有原文链接"),
    ]


def test_links_that_are_none_or_dead_are_told():
    content = CaseContent(
        **ORIGINAL,
        source_url="https://dead.example/a",
        intro="见 https://live.example/a。又见（http://dead.example/b），http:/half",
    )
    words = CheckWords(dead=frozenset({"https://dead.example/a", "http://dead.example/b"}))

    assert told(content, words) == [
        ("source_url", "hint", "“https://dead.example/a”最近几次都打不开，请核对"),
        ("intro", "hint", "“http://dead.example/b”最近几次都打不开，请核对"),
        ("intro", "hint", "“http:/half”不是完整的网址"),
    ]


def test_every_picture_without_description_is_told():
    pictures = (PictureContent(file="a.jpg", alt="窗口"), PictureContent(file="b.jpg", alt=" "))

    assert [path for path, _level, _words in told(CaseContent(**ORIGINAL, pictures=pictures))] == ["pictures[1].alt"]


# All together


def large_case():
    """10 initiatives of 8 measures with 50 metrics, no two paragraphs alike."""

    def measure(one, two):
        text = (
            f"漯河市交通运输局会同政务服务中心推行“一窗受理”，梳理材料{one * 8 + two + 20}份，平均用时{two + 2}天。" * 2
        )
        return MeasureContent(heading=f"减环节{one}之{two}", text=text)

    def metrics(one):
        return tuple(
            make_metric(value=one * 8 + two + 20, unit="份", quote=f"梳理材料{one * 8 + two + 20}份")
            for two in range(5)
        )

    initiatives = tuple(
        InitiativeContent(
            f"举措{one}", "把窗口搬到园区。" * 10, tuple(measure(one, two) for two in range(8)), metrics(one)
        )
        for one in range(10)
    )
    return CaseContent(title="漯河市办得快", intro="导语。" * 50, initiatives=initiatives, region="411100")


def test_what_blocks_comes_first():
    content = dataclasses.replace(initiative("改过。", quote="没有"), intro="坏词")

    assert [level for _path, level, _words in told(content, CheckWords(rules=(Rule("坏词", "blocks"),)))] == [
        "blocks"
    ] * 2


def test_a_large_case_is_checked_in_time_against_two_thousand_rules():
    many = tuple(Rule(f"{chr(0x4E00 + number)}{chr(0x4F00 + number)}词", "hint") for number in range(2000))
    words = CheckWords(rules=(*many, *TYPOS), vocabulary=shipped_words(), former=FORMER)
    content = large_case()
    check(content, words=words)  # once, which compiles the rules and reads the paragraphs

    started = time.process_time()
    check(dataclasses.replace(content, intro="改了一段导语。" * 50), words=words)

    assert time.process_time() - started < STUCK


def test_a_pasted_table_is_checked_in_no_time_and_told_of_in_part():
    table = "\n".join(["增长3.5%、" * 300] * 100)
    one_line = "增长3.5%、" * 30_000

    started = time.perf_counter()
    found = of_text(f"{table}\n{one_line}")

    assert [level for level, words, _fix in found if "3.5%" in words] == ["hint"] * 300
    assert time.perf_counter() - started < STUCK
