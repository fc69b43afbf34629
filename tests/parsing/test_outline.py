"""Initiatives and measures under the layouts in which articles number them, or do not."""

import pytest

from cases.content import CaseContent
from cases.parsing.article import parse
from cases.vocabulary import shipped_words

HEAD = "漯河：推行“党建+”工作模式\n2023-12-18\n"
LEAD = "漯河市交通运输局推进交通审批改革，走访企业92家。\n"
TWO = "一、减环节。审批环节由9个减到3个。\n二、减时间。审批时间由20天减到5天。\n"
NESTED = [
    ("减环节", [("合并表单", "表单由9张并为2张。"), ("合并勘验", "勘验合为1次。")]),
    ("减时间", [("限时办", "2天办结。"), ("预约办", "周末办。")]),
]


def content(body: str) -> CaseContent:
    return parse(HEAD + body, words=shipped_words()).content


def outline(found: CaseContent) -> list[tuple[str, list[tuple[str, str]]]]:
    return [(one.heading, [(inner.heading, inner.text) for inner in one.measures]) for one in found.initiatives]


@pytest.mark.parametrize(("outer", "inner"), [("◆ ", "- "), ("● ", "- "), ("■ ", "● "), ("● ", "■ "), ("- ", "◆ ")])
def test_each_bullet_is_a_level_of_its_own(outer, inner):
    body = LEAD + (
        f"{outer}减环节\n{inner}合并表单。表单由9张并为2张。\n{inner}合并勘验。勘验合为1次。\n"
        f"{outer}减时间\n{inner}限时办。2天办结。\n{inner}预约办。周末办。\n"
    )
    assert outline(content(body)) == NESTED


@pytest.mark.parametrize(
    "body",
    [
        "一、减环节\n一方面，合并表单。表单由9张并为2张。另一方面，合并勘验。勘验合为1次。\n"
        "二、减时间\n一方面，限时办。2天办结。另一方面，预约办。周末办。\n",
        "一、减环节\n一方面，合并表单。表单由9张并为2张。\n另一方面，合并勘验。勘验合为1次。\n"
        "二、减时间\n一方面，限时办，2天办结。\n另一方面，预约办，周末办。\n",
    ],
)
def test_the_two_sides_are_measures(body):
    assert outline(content(LEAD + body)) == NESTED


def test_two_sides_opening_paragraphs_are_initiatives_where_nothing_else_is_numbered():
    body = "一方面，合并表单。表单由9张并为2张。\n另一方面，合并勘验。勘验合为1次。\n"
    assert outline(content(LEAD + body)) == [("合并表单", []), ("合并勘验", [])]


def test_two_sides_inside_prose_number_nothing():
    body = "一方面，表单由9张并为2张；另一方面，勘验合为1次，企业少跑路。\n全市受理300件。"
    assert content(LEAD + body).initiatives == ()


@pytest.mark.parametrize(
    "note",
    [
        "编者按：现刊发漯河的做法，供各地参考。",
        "编者的话：现刊发漯河的做法，供各地参考。",
        "按语：现刊发漯河的做法，供各地参考。",
        "编者按\n现刊发漯河的做法，供各地参考。",
        "背景：过去企业办事要跑多个部门。",
        "案例背景\n过去企业办事要跑多个部门。",
    ],
)
@pytest.mark.parametrize(
    "tail", ["", "责任编辑：李某\n", "工作成效\n全市受理事项300件。\n", "成效：全市受理事项300件。\n"]
)
def test_a_note_over_the_first_number_is_intro(note, tail):
    found = content(f"{note}\n{TWO}{tail}")
    assert (found.intro, outline(found)) == (note, [("减环节", []), ("减时间", [])])


def test_a_tail_label_cuts_nothing_that_is_numbered():
    found = content(f"{LEAD}{LEAD}附件：相关做法\n一、减环节。审批环节由9个减到3个。\n二、减时间。由20天减到5天。\n")
    assert outline(found) == [("减环节", []), ("减时间", [])]


@pytest.mark.parametrize("container", ["典型经验", "改革任务落实情况", "重点改革任务推进情况", "试点工作进展情况"])
def test_a_container_gives_what_it_holds(container):
    inner = "（一）减环节。审批环节由9个减到3个。\n（二）减时间。审批时间由20天减到5天。\n"
    found = content(f"{LEAD}一、基本情况\n漯河是交通枢纽。\n二、{container}\n{inner}三、取得成效\n全市受理300件。\n")
    assert outline(found) == [("减环节", []), ("减时间", [])]


CLOSINGS = [
    "今年1至6月，全市货车通行量89万辆次。",
    "2023年上半年，全区新增运输企业190家。",
    "今年1—10月，源汇区交通投资8亿元。",
    "11月，全市交通窗口办件3万件。",
    "据统计，全县新开通客运班线12条。",
    "截至12月底，全州公路里程3000公里。",
    "前三季度，全市港口吞吐量900万吨。",
    "两年来，全市新增物流企业300家。",
    "2022年，该局办结诉求300件。",
    "改革带来的变化看得见。2024年，全市新增货车3000辆。",
    "一项项便民举措，换来了司机的好口碑。",
    "数据是最好的证明。截至目前，漯河市办件3万件。",
]
LAYOUTS = {
    "one paragraph each": "一、减环节\n审批环节由9个减到3个。\n二、减时间\n审批时间由20天减到5天。\n",
    "two in the first": "一、减环节\n环节由9个减到3个。\n企业只跑一次。\n二、减时间\n时间由20天减到5天。\n",
    "run in": "一、减环节。环节由9个减到3个。\n企业只跑一次。\n二、减时间。时间由20天减到5天。\n",
    "heading lines": "环节不再重复\n环节由9个减到3个，企业只跑一次。\n时间不再拖延\n时间由20天减到5天，企业不用等。\n",
    "measures": "一、减环节\n一是合并表单。表单由9张并为2张。\n二是合并勘验。勘验合为1次。\n"
    "二、减时间\n一是限时办。2天办结。\n二是预约办。周末办。\n",
}


@pytest.mark.parametrize("closing", CLOSINGS)
@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_a_last_paragraph_of_totals_closes_the_article(layout, closing):
    found = content(LEAD + layout + closing)
    assert (found.closing, len(found.initiatives)) == (closing, 2)


def test_totals_of_each_section_stay_in_it():
    sections = "".join(
        f"{number}、{name}\n做法一直在改进，企业少跑路。\n2023年，全市{name}300件。\n"
        for number, name in (("一", "减环节"), ("二", "减时间"), ("三", "减材料"))
    )
    assert content(LEAD + sections).closing == ""


def test_the_only_paragraph_of_the_last_section_stays_in_it():
    found = content(LEAD + "一、减环节\n审批环节由9个减到3个。\n二、减时间\n2023年，全市审批时间由20天减到5天。\n")
    assert (found.initiatives[1].text, found.closing) == ("2023年，全市审批时间由20天减到5天。", "")
