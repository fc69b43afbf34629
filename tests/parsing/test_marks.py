from itertools import pairwise

import pytest

from cases.parsing.characters import read_source
from cases.parsing.headings import container_kind, initiative_heading, measure_heading
from cases.parsing.marks import find_marks, nesting


def marks(text: str) -> list[tuple[str, int]]:
    return [(mark.style, mark.number) for mark in find_marks(read_source(text).lines)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("一、甲\n二、乙\n十一、丙", [("han", 1), ("han", 2), ("han", 11)]),
        ("（一）甲。1.乙。2.丙", [("paren_han", 1), ("digit", 1), ("digit", 2)]),
        ("首先，甲。其次，乙。最后，丙。", [("sequence", 1), ("sequence", 2), ("sequence", 3)]),
        ("首先，甲。其次，乙。再次，丙。最后，丁。", [("sequence", number) for number in (1, 2, 3, 4)]),
        ("一是甲；二是乙；三是丙。", [("item", 1), ("item", 2), ("item", 3)]),
        ("要求，一是甲，二是乙。", [("item", 1), ("item", 2)]),
        ("①甲。②乙。", [("circled", 1), ("circled", 2)]),
        ("● 甲\n● 乙", [("bullet●", 0), ("bullet●", 0)]),
        ("举措一：甲\n举措二：乙", [("named", 1), ("named", 2)]),
        ("亮点一　甲\n亮点二　乙", [("named", 1), ("named", 2)]),
        ("第一步：甲\n第二步：乙", [("ordinal", 1), ("ordinal", 2)]),
        ("统一是基础，唯一是关键，这一是前提，之一是甲。", []),
        ("增长1.5倍，由2.3天到1.2天。", []),
        ("《一是甲二是乙》。“一是甲；二是乙。”", []),
        ("一是甲。", []),
        ("2023.5.1\n2023年5月", []),
    ],
)
def test_marks_of_a_text(text, found):
    assert marks(text) == found


@pytest.mark.parametrize(
    "outer_first",
    [
        "一、甲\n（一）乙\n1.丙\n（1）丁\n2.戊\n（二）己\n二、庚",
        "第一，甲。\n一是乙。二是丙。\n第二，丁。\n一是戊。二是己。",
        "一是甲。①乙。②丙。\n二是丁。①戊。②己。",
        "● 甲。一是乙。二是丙。\n● 丁。一是戊。二是己。",
    ],
)
def test_outer_numbering_comes_before_inner(outer_first):
    found = find_marks(read_source(outer_first).lines)
    first_met = list(dict.fromkeys(mark.style for mark in found))
    assert nesting(found) == first_met
    assert all(one != other for one, other in pairwise(first_met))


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("主要做法", "practice"),
        ("【主要举措及成效】", "practice"),
        ("典型经验做法：", "practice"),
        ("工作落实情况", "situation"),
        ("基本情况", "other"),
        ("改革背景", "other"),
        ("取得成效", "other"),
        ("经验启示", "other"),
        ("专家点评", "other"),
        ("几点思考", "other"),
        ("下一步打算", "plan"),
        ("推行“党建+组织领导”，建强主阵地", ""),
        ("优化服务", ""),
        ("创新监管方式", ""),
    ],
)
def test_headings_that_only_hold_others(heading, kind):
    assert container_kind(heading) == kind


@pytest.mark.parametrize(
    ("text", "more", "heading"),
    [
        ("政务服务：“一窗办”跑出“加速度”", True, "政务服务：“一窗办”跑出“加速度”"),
        ("抓好宣传。组织活动，效果好。", False, "抓好宣传"),
        ("开通线上渠道，企业通过小程序提交材料，占比由9%提升至52%；", False, "开通线上渠道"),
        ("加强宣传；", False, "加强宣传；"),
        ("晒政策：" + "公开惠企政策并逐条解读，" * 5 + "。", False, "晒政策"),
    ],
)
def test_where_the_heading_of_an_initiative_ends(text, more, heading):
    assert text[: initiative_heading(text, more)] == heading


@pytest.mark.parametrize(
    ("text", "more", "heading"),
    [
        ("加强组织领导。主要负责同志亲自抓。", False, "加强组织领导"),
        ("晒政策：公开惠企政策73条。", False, "晒政策"),
        ("推行容缺受理，材料后补。", False, "推行容缺受理"),
        ("压缩到3天。办件300件。", False, ""),
        ("在窗口设岗。服务企业。", False, ""),
        ("为企业减负，让利于民。", False, ""),
        ("加强宣传；", False, ""),
        ("摸清底数", True, "摸清底数"),
    ],
)
def test_where_the_heading_of_a_measure_ends(text, more, heading):
    assert text[: measure_heading(text, more)] == heading
