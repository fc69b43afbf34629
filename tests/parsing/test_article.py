"""What holds for every text: nothing raises, nothing is lost, limits and quotes are kept."""

import pathlib
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.content import CaseContent, from_json, to_json
from cases.parsing.article import parse
from cases.parsing.characters import listed, visible
from cases.parsing.result import SPAN_KINDS, Parsed
from cases.vocabulary import shipped_words

CORPUS = sorted((pathlib.Path(__file__).parents[1] / "corpus").glob("*.txt"))
WORDS = shipped_words()
FRAGMENTS = [
    *" \n\t\r",
    *listed(
        "一、 （一） 1. （1） ① 一是 二是 首先， 其次， 第一， 第二， # ## - ● 【主要做法】 【背景】 主要做法 "
        "取得成效 下一步打算 《 》 “ ” ( ) <p> </p> <br> &nbsp; &ldquo; ** 来源： 发布时间： 2023-05-06 10:30 "
        "2023年5月6日 责任编辑：某 字号：大 中 小 附件 首页 > 正文 漯河市 鼓楼区 恩施 交通运输局 我局 市局 由 从 "
        "压缩到 整合为 较去年 过去 现在 3个 5个工作日 2.5万 七成 近百家 百分之九十 30% 1,204 12—15 万 亿 余 以上 "
        "以内 ， 。 ； ： \u3000 \u200b \x00 \ufeff 例 优化营商环境 企业 办理时间 满意度 a 7×24 "
        "〔2021〕18号 --- —— … 。。 １２ \ud800"
    ),
]


def contradictions(text: str, parsed: Parsed) -> list[str]:
    """What is wrong with an answer, whatever the text."""
    wrong = []
    covered = bytearray(len(text))
    last = 0
    for span in parsed.spans:
        if span.kind not in SPAN_KINDS or not 0 <= span.start < span.end <= len(text):
            wrong.append(f"bad span {span}")
        if span.kind != "metric":
            if span.start < last:
                wrong.append(f"overlap at {span}")
            last = span.end
            covered[span.start : span.end] = b"\1" * (span.end - span.start)
    for left in parsed.unplaced:
        if any(covered[left.start : left.end]):
            wrong.append(f"unplaced and placed: {left}")
        covered[left.start : left.end] = b"\1" * (left.end - left.start)
    lost = [place for place, character in enumerate(text) if visible(character) and not covered[place]]
    if lost:
        wrong.append(f"lost {text[lost[0] : lost[0] + 20]!r} at {lost[0]}")
    if from_json(to_json(parsed.content)) != parsed.content:
        wrong.append("does not come back from JSON")
    return wrong + _wrong_quotes(parsed.content)


def _wrong_quotes(content: CaseContent) -> list[str]:
    places = [(content.metrics, [content.intro, content.closing])]
    for initiative in content.initiatives:
        fields = [initiative.heading, initiative.text]
        fields += [words for measure in initiative.measures for words in (measure.heading, measure.text)]
        places.append((initiative.metrics, fields))
    return [
        f"quote {metric.quote!r} stands in no field"
        for metrics, fields in places
        for metric in metrics
        if not metric.quote or not any(metric.quote in words for words in fields)
    ]


@pytest.mark.parametrize("path", CORPUS, ids=[path.stem for path in CORPUS])
def test_an_article_of_the_corpus_loses_nothing(path):
    text = path.read_text(encoding="utf-8")
    assert contradictions(text, parse(text, words=WORDS)) == []


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=300))
def test_any_text_gives_a_draft(text):
    assert contradictions(text, parse(text, words=WORDS)) == []


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=80).map("".join))
def test_any_heap_of_marks_and_numbers_gives_a_draft(text):
    assert contradictions(text, parse(text, words=WORDS)) == []


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(CORPUS), st.randoms(use_true_random=False))
def test_a_damaged_article_gives_a_draft(path, chance):
    text = damaged(path.read_text(encoding="utf-8"), chance)
    assert contradictions(text, parse(text, words=WORDS)) == []


def damaged(text: str, chance: random.Random) -> str:
    """The text with stretches dropped, doubled, moved and broken by foreign fragments."""
    for _ in range(chance.randint(1, 6)):
        start = chance.randrange(len(text) + 1)
        end = min(len(text), start + chance.randint(0, 60))
        change = chance.randrange(4)
        if change == 0:
            text = text[:start] + text[end:]
        elif change == 1:
            text = text[:end] + text[start:end] + text[end:]
        elif change == 2:
            text = text[:start] + chance.choice(FRAGMENTS) + text[start:]
        else:
            text = text[end:] + text[start:end] + text[:start]
    return text


@pytest.mark.parametrize(
    "text", ["", " \n\t", "\ufeff", "\x00", "\ud800", "。", "一、", "1" * 5000, "（" * 5000, "“" * 5000]
)
def test_a_text_of_nothing_gives_an_empty_draft_or_a_doubt(text):
    parsed = parse(text, words=WORDS)
    assert contradictions(text, parsed) == []
    assert parsed.issues


def test_a_list_of_names_is_told_to_be_no_article():
    parsed = parse("王某某\n李某某\n张某某\n赵某某\n", words=WORDS)
    assert parsed.issues[0].message == "这段文字不像一篇文章，请核对后再保存"


def test_the_same_text_gives_the_same_answer():
    text = CORPUS[0].read_text(encoding="utf-8")
    assert parse(text, words=WORDS) == parse(text, words=shipped_words())
