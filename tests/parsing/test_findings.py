"""Everything found says how sure it is and why."""

import dataclasses

import pytest

from cases.parsing.article import parse
from cases.parsing.result import Parsed
from tests.parsing.test_article import CORPUS, WORDS

ARTICLE = """当前位置：首页 > 经验做法
漯河：推行“一网通办”，服务企业
发布日期：2023-12-18 来源：漯河日报
为落实《优化营商环境条例》，漯河市交通运输局推行一网通办，全年走访企业92家，获评全省先进集体。
一、建强主阵地
组织党员下沉一线。一是强化服务。办理时间由7天压减到2天。二是优化流程。设立专员18个。
二、打造主力军
成立突击队，共三个小组，群众都说好。
责任编辑：李某
"""


def parts_of(content):
    """The paths of every part of a case that is not empty."""
    for field in dataclasses.fields(content):
        value = getattr(content, field.name)
        if field.name in ("initiatives", "origin", "pictures"):
            continue
        if isinstance(value, tuple):
            yield from (f"{field.name}[{number}]" for number in range(len(value)))
        elif value:
            yield field.name
    for number, initiative in enumerate(content.initiatives):
        path = f"initiatives[{number}]"
        yield from (f"{path}.{name}" for name in ("heading", "text") if getattr(initiative, name))
        yield from (f"{path}.measures[{at}]" for at in range(len(initiative.measures)))
        yield from (f"{path}.metrics[{at}]" for at in range(len(initiative.metrics)))


def told(parsed: Parsed):
    return {one.path: (one.certainty, one.reason % one.params) for one in parsed.findings}


@pytest.mark.parametrize("path", CORPUS, ids=[path.stem for path in CORPUS])
def test_every_part_of_a_case_has_one_finding(path):
    text = path.read_text(encoding="utf-8")
    parsed = parse(text, words=WORDS)
    expected = sorted(parts_of(parsed.content))
    left_open = [one.path for one in parsed.findings if one.candidates]
    assert sorted(one.path for one in parsed.findings) == sorted([*expected, *left_open])
    assert all(0 < one.certainty <= 1 and one.reason % one.params for one in parsed.findings)
    assert all(one.start is None or text[one.start : one.end].strip() for one in parsed.findings)
    assert len({one.key + one.path for one in parsed.findings}) == len(parsed.findings)


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("title", "下面紧接日期、来源等信息的一行"),
        ("published_at", "来自“发布日期”一栏"),
        ("source_name", "来自“来源”一栏"),
        ("responsible_editor", "来自“责任编辑”一栏"),
        ("region", "题目中写明“漯河”"),
        ("organization", "正文开头写明“漯河市交通运输局”"),
        ("department", "由单位名称推出"),
        ("themes[0]", "出现“一网通办”等词"),
        ("tags[0]", "题目中引号里的做法名称"),
        ("policies[0]", "书名号里的文件名称"),
        ("honours[0]", "“获评”之后的名称"),
        ("intro", "第一条举措之前的文字"),
        ("initiatives[0].heading", "编号“一、”"),
        ("initiatives[0].text", "标题之下、下一个标题之前的文字"),
        ("initiatives[0].measures[0]", "编号“一是”"),
        ("initiatives[0].metrics[0]", "变化：由7天到2天"),
    ],
)
def test_the_reason_of_a_finding_is_one_an_editor_understands(path, reason):
    assert told(parse(ARTICLE, words=WORDS))[path][1] == reason


def test_what_is_guessed_is_less_sure_than_what_is_written():
    lines = ARTICLE.replace("一、", "").replace("二、", "").replace("一是", "").replace("二是", "")
    guessed, written = told(parse(lines, words=WORDS)), told(parse(ARTICLE, words=WORDS))
    assert guessed["initiatives[0].heading"][0] < 0.75 < written["initiatives[0].heading"][0]
