"""Outlines that are numbered in unusual ways, and prose that only looks like one."""

import pytest

from tests.parsing.test_outline import LEAD, NESTED, content, outline

FLAT = [("减环节", []), ("减时间", [])]
TEXTS = ("审批环节由9个减到3个，企业只跑一次。", "审批时间由20天减到5天，企业不用等。")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("01\n", "02\n"),
        ("Part 1\n", "Part 2\n"),
        ("PART.01 ", "PART.02 "),
        ("一\n", "二\n"),
        ("壹、", "贰、"),
        ("❶", "❷"),
        ("1 ", "2 "),
        ("01丨", "02丨"),
        ("▌", "▌"),
        ("亮点一\n", "亮点二\n"),
        ("第一招：", "第二招："),
    ],
)
def test_marks_of_magazines_number_initiatives(first, second):
    body = f"{first}减环节\n{TEXTS[0]}\n{second}减时间\n{TEXTS[1]}\n"
    assert outline(content(LEAD + body)) == FLAT


@pytest.mark.parametrize(
    ("outer", "inner"), [("第一、", "⑴"), ("● ", "1)"), ("1）", "（1）"), ("首先，", "①"), ("1、", "A.")]
)
def test_what_stands_under_one_item_only_lies_inside_it(outer, inner):
    second = {"第一、": "第二、", "● ": "● ", "1）": "2）", "首先，": "其次，", "1、": "2、"}[outer]
    two = {"⑴": "⑵", "1)": "2)", "（1）": "（2）", "①": "②", "A.": "B."}[inner]
    body = f"{outer}减环节\n{inner}合并表单。表单由9张并为2张。\n{two}合并勘验。勘验合为1次。\n{second}减时间\n{TEXTS[1]}\n"  # noqa: E501
    assert outline(content(LEAD + body)) == [NESTED[0], ("减时间", [])]


@pytest.mark.parametrize("inner", [("一是", "二是"), ("①", "②"), ("1.", "2."), ("（一）", "（二）")])
def test_heading_lines_hold_the_numbers_that_start_again_under_them(inner):
    one, two = inner
    body = (
        f"聚焦“少”字\n{one}合并表单。表单由9张并为2张。\n{two}合并勘验。勘验合为1次。\n"
        f"聚焦“快”字\n{one}限时办。2天办结。\n{two}预约办。周末办。\n"
    )
    assert outline(content(LEAD + body)) == [("聚焦“少”字", NESTED[0][1]), ("聚焦“快”字", NESTED[1][1])]


def test_containers_may_have_a_subtitle():
    body = f"1)背景：一张图\n手续多。\n2)做法：两个“减”\n（1）减环节\n{TEXTS[0]}\n（2）减时间\n{TEXTS[1]}\n3)成效：一组数\n办件300件。\n"  # noqa: E501
    assert outline(content(LEAD + body)) == FLAT


@pytest.mark.parametrize(
    "plan",
    [
        "下一步，该局将做好三件事。一是扩面；二是提质；三是创新。",
        "该局局长表示，下一步，一是扩面，二是提质，三是创新。",
        "下一步，该局将从三方面发力：\n一是扩面。\n二是提质。\n三是创新。",
    ],
)
def test_numbers_of_plans_are_no_measures(plan):
    found = content(f"{LEAD}一、减环节\n{TEXTS[0]}\n二、减时间\n{TEXTS[1]}\n{plan}")
    assert (outline(found), found.closing[:5]) == (FLAT, plan[:5])


def test_the_text_of_the_last_measure_stays_in_it():
    body = "一、减环节\n审批环节由9个减到3个。\n二、减时间\n首先，限时办。2天办结。\n其次，由专员每季度回访一次。\n"
    assert outline(content(LEAD + body))[1][1][1] == ("", "由专员每季度回访一次。")


def test_an_interview_has_no_headings():
    body = (
        "主持人：企业常说办事慢，慢在哪里？\n李明：慢在环节多。一是减环节，减到3个。二是减时间，减到5天。三是减材料。\n"
        "主持人：企业怎么看？\n李明：回访企业120家，满意率99%，大家都说好。\n"
    )
    assert content(LEAD + body).initiatives == ()


def test_short_sentences_of_a_story_are_no_headings():
    body = (
        "这个群有一位特殊的群主。去年5月，该局把92家企业拉进一个群，谁有难处都能说。\n"
        "也有人担心群就散了。该局把经验写进制度，每月公布一次办结情况，办结300件。\n"
        "最让企业高兴的是检查少了。今年以来，检查次数由5次降到2次，企业安心生产。\n"
    )
    assert content(LEAD + body).initiatives == ()


def test_the_opening_sentence_of_the_intro_is_no_heading_among_leads():
    body = (
        "盐湖边上，机组轰鸣。进入四季度，企业开足马力，公司以服务为抓手，让企业用电更省。\n"
        "接电跑在前头。平均接电时间降至28天。\n费用省在账上。节省投资2300万元。\n检修尽量不停电。带电作业1356次。\n"
    )
    assert [one.heading for one in content(body).initiatives] == ["接电跑在前头", "费用省在账上", "检修尽量不停电"]


def test_a_blank_alone_sets_a_heading_off():
    body = f"**减环节**　{TEXTS[0]}\n**减时间**　{TEXTS[1]}\n"
    assert outline(content(LEAD + body)) == FLAT


def test_the_first_heading_may_end_the_intro():
    body = f"漯河推进改革。具体做法是：一、减环节\n{TEXTS[0]}\n二、减时间\n{TEXTS[1]}\n"
    assert outline(content(body)) == FLAT


def test_a_comment_in_brackets_ends_the_last_of_them():
    body = f"【减环节】{TEXTS[0]}\n【减时间】{TEXTS[1]}\n【专家点评】一是实，二是新，三是快。\n"
    assert outline(content(LEAD + body)) == FLAT


@pytest.mark.parametrize(
    "noise", ["图为工作人员上门服务。（张某 摄）", "指标\t改革前\t改革后\n环节\t9个\t3个", "— 2 —"]
)
def test_captions_rows_and_page_numbers_are_no_headings(noise):
    body = f"环节不再重复\n{TEXTS[0]}\n时间不再拖延\n{TEXTS[1]}\n{noise}\n全市交通运输窗口办件3万件，获得企业好评。\n"
    assert [one.heading for one in content(LEAD + body).initiatives] == ["环节不再重复", "时间不再拖延"]
