"""Headings a file marks itself: what they make of a text that carries no numbers."""

from cases.parsing.article import parse
from tests.parsing.test_article import WORDS


def read(marked: str):
    """The content of a text whose lines open with their level and a bar: 1|标题."""
    levels, lines, start = [], [], 0
    for line in marked.strip().split("\n"):
        level, bar, words = line.partition("|")
        if bar:
            levels.append((start, int(level)))
        else:
            words = line
        lines.append(words)
        start += len(words) + 1
    return parse("\n".join(lines), words=WORDS, levels=levels).content


def headings(content):
    return [(one.heading, [measure.heading for measure in one.measures]) for one in content.initiatives]


INTRO = "漯河市交通运输局坚持服务企业，全年走访企业92家。"
TEXT = "组织党员下沉一线，成立突击队18个，解决问题117个，群众都说好。"


def test_headings_of_one_level_are_the_initiatives_and_deeper_ones_the_measures():
    content = read(f"""
1|漯河：推行“党建+”工作模式
{INTRO}
2|建强主阵地，让服务更有温度
3|强化服务
{TEXT}
3|优化流程
{TEXT}
2|打造主力军
{TEXT}
""")
    assert (content.title, content.intro) == ("漯河：推行“党建+”工作模式", INTRO)
    assert headings(content) == [("建强主阵地，让服务更有温度", ["强化服务", "优化流程"]), ("打造主力军", [])]


def test_the_only_heading_of_level_1_is_the_headline_wherever_it_stands_at_the_head():
    content = read(
        f"交通运输要情\n第5期\n1|漯河推行“党建+”工作模式\n{INTRO}\n2|建强主阵地\n{TEXT}\n2|打造主力军\n{TEXT}"
    )
    assert content.title == "漯河推行“党建+”工作模式"


def test_headings_of_level_1_that_repeat_are_the_initiatives():
    content = read(f"漯河推行“党建+”工作模式\n{INTRO}\n1|建强主阵地\n{TEXT}\n1|打造主力军\n{TEXT}")
    assert content.title == "漯河推行“党建+”工作模式"
    assert headings(content) == [("建强主阵地", []), ("打造主力军", [])]


def test_a_container_holds_the_headings_of_the_next_level():
    content = read(f"""
1|漯河推行“党建+”工作模式
2|工作背景
{INTRO}
2|主要做法
3|建强主阵地
{TEXT}
3|打造主力军
{TEXT}
2|取得成效
全市企业满意度达到98%，办事更方便。
""")
    assert headings(content) == [("建强主阵地", []), ("打造主力军", [])]
    assert content.intro == f"工作背景\n{INTRO}\n主要做法"
    assert content.closing == "取得成效\n全市企业满意度达到98%，办事更方便。"


def test_numbers_win_on_the_lines_that_have_them_and_others_of_the_level_stand_beside_them():
    content = read(f"""
漯河推行“党建+”工作模式
{INTRO}
1|一、建强主阵地
2|（一）强化服务
{TEXT}
2|（二）优化流程
{TEXT}
1|二、打造主力军
{TEXT}
1|取得成效
全市企业满意度达到98%，办事更方便。
""")
    assert headings(content) == [("建强主阵地", ["强化服务", "优化流程"]), ("打造主力军", [])]
    assert content.closing.startswith("取得成效")


def test_marked_headings_under_plain_numbers_are_the_measures():
    content = read(f"""
漯河推行“党建+”工作模式
{INTRO}
一、建强主阵地
3|强化服务
{TEXT}
3|优化流程
{TEXT}
二、打造主力军
3|组建突击队
{TEXT}
""")
    assert headings(content) == [("建强主阵地", ["强化服务", "优化流程"]), ("打造主力军", ["组建突击队"])]


def test_bold_lines_are_headings_where_nothing_is_numbered():
    content = read(f"漯河推行“党建+”工作模式\n{INTRO}\n7|建强主阵地\n{TEXT}\n群众心声\n{TEXT}\n7|打造主力军\n{TEXT}")
    assert headings(content) == [("建强主阵地", []), ("打造主力军", [])]


def test_bold_lines_under_numbers_are_the_measures():
    content = read(
        f"漯河推行“党建+”工作模式\n{INTRO}\n一、建强主阵地\n7|强化服务\n{TEXT}\n7|优化流程\n{TEXT}\n二、打造主力军\n{TEXT}"
    )
    assert headings(content) == [("建强主阵地", ["强化服务", "优化流程"]), ("打造主力军", [])]


def test_a_paragraph_in_the_style_of_a_heading_is_a_paragraph():
    content = read(f"漯河推行“党建+”工作模式\n{INTRO}\n1|{TEXT}{TEXT}\n1|{TEXT}{TEXT}")
    assert content.initiatives == ()
    assert content.intro == f"{INTRO}\n{TEXT}{TEXT}\n{TEXT}{TEXT}"
