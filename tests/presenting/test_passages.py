import pytest

from cases.content import CaseContent, InitiativeContent, MeasureContent, MetricContent
from cases.presenting.passages import find_words

CASE = CaseContent(
    title="治超记",
    intro="第一段。\n第二段 说清楚。",
    initiatives=(
        InitiativeContent(
            heading="办得快",
            text="把窗口搬到园区。",
            measures=(MeasureContent(heading="减环节", text="少跑路。"),),
            metrics=(MetricContent(label="便民站点"),),
        ),
    ),
    closing="完。",
    policies=("甲办法",),
)


def found(words):
    return [(one.path, [(piece.text, piece.is_hit) for piece in one.pieces]) for one in find_words(CASE, words)]


def test_words_are_found_in_their_field_and_marked():
    assert found("搬到园区") == [("initiatives[0].text", [("把窗口", False), ("搬到园区", True), ("。", False)])]


def test_blanks_and_breaks_are_not_compared():
    assert found("第一段。\n\n 第二段说") == [("intro", [("第一段。\n第二段 说", True), ("清楚。", False)])]


def test_words_across_passages_are_found_in_each_of_them():
    assert found("清楚。\n办得快\n把窗口") == [
        ("intro", [("第一段。\n第二段 说", False), ("清楚。", True)]),
        ("initiatives[0].heading", [("办得快", True)]),
        ("initiatives[0].text", [("把窗口", True), ("搬到园区。", False)]),
    ]


@pytest.mark.parametrize(
    ("words", "path"), [("便民站点", "initiatives[0].metrics[0].label"), ("甲办法", "policies[0]"), ("治超", "title")]
)
def test_facts_beside_the_text_are_found_too(words, path):
    assert [one.path for one in find_words(CASE, words)] == [path]


@pytest.mark.parametrize("words", ["", " \n", "没有这句话", "完。甲办法"])
def test_words_that_stand_nowhere_are_not_found(words):
    assert found(words) == []
