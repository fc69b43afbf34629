from decimal import Decimal

import pytest

from cases.presenting.comparing import (
    MOST_LINED_UP,
    Line,
    common_scale,
    documentation,
    likeness,
    line_up_metrics,
    line_up_texts,
    without_likes,
)
from tests.builders import make_metric


def line_up_numbers(columns):
    return line_up_metrics(columns, lambda metric: metric)


def labels(lines):
    return [tuple(cell and cell.label for cell in line.cells) for line in lines]


@pytest.mark.parametrize(
    ("one", "other"),
    [("办理时限", "办结时限"), ("企业开办时间", "开办企业时间"), ("平均办理时间", "办理时间"), ("AI审批", "ａｉ审批")],
)
def test_labels_of_one_thing_are_like(one, other):
    lines = line_up_numbers([[make_metric(label=one)], [make_metric(label=other)]])

    assert labels(lines) == [(one, other)]


@pytest.mark.parametrize(
    ("one", "other"), [("办理时限", "办理环节"), ("新增市场主体", "新增企业贷款"), ("", ""), ("，。", "，。")]
)
def test_labels_of_different_things_are_not(one, other):
    lines = line_up_numbers([[make_metric(label=one)], [make_metric(label=other)]])

    assert labels(lines) == [(one, None), (None, other)]


def test_the_same_words_are_wholly_alike_and_other_ones_not_at_all():
    assert (likeness("办理时限", "办理时限"), likeness("甲乙", "丙丁")) == (1.0, 0.0)


def test_numbers_of_different_units_stand_on_one_line_but_not_on_one_scale():
    days = make_metric(label="办理时限", value=3, unit="天", kind="duration")
    working_days = make_metric(label="办结时限", value=2, unit="个工作日", kind="duration")

    assert line_up_numbers([[days], [working_days]]) == [Line((days, working_days))]
    assert common_scale([days, working_days]) is None


def test_kinds_of_percentage_are_kept_apart():
    share = make_metric(label="网办率", value=60, unit="%", kind="share")
    growth = make_metric(label="网办率", value=60, unit="%", kind="growth")

    assert line_up_numbers([[share], [growth]]) == [Line((share, None)), Line((None, growth))]


def test_an_unknown_kind_stands_beside_any_but_not_as_a_bar():
    share = make_metric(label="网办率", value=60, unit="%", kind="share")
    unknown = make_metric(label="网办率", value=70, unit="%", kind="")

    assert line_up_numbers([[share], [unknown]]) == [Line((share, unknown))]
    assert common_scale([share, unknown]) is None


def test_of_two_like_labels_the_one_with_the_same_unit_is_taken():
    days = make_metric(label="办理时限", unit="天")
    hours, other_days = make_metric(label="办结时限", unit="小时"), make_metric(label="办结时限", unit="天")

    assert line_up_numbers([[days], [hours, other_days]]) == [Line((days, other_days)), Line((None, hours))]


def test_a_line_holds_one_item_of_a_column_and_the_likest():
    first, second = make_metric(label="办理时限"), make_metric(label="办结时限")
    other = make_metric(label="办结时限", value=2)

    assert line_up_numbers([[first, second], [other]]) == [Line((second, other)), Line((first, None))]


def test_lines_with_most_items_come_first_and_the_rest_as_they_are_read():
    columns = [["甲事项", "乙乙乙", "丙窗口"], ["丙窗口", "丁丁丁"], ["丙窗口", "甲事项"]]

    assert [line.cells for line in line_up_texts(columns, str)] == [
        ("丙窗口", "丙窗口", "丙窗口"),
        ("甲事项", None, "甲事项"),
        ("乙乙乙", None, None),
        (None, "丁丁丁", None),
    ]


def test_no_item_is_lost_and_none_stands_twice():
    columns = [[f"第{number}件事" for number in range(count)] for count in (7, 3, 5, 0)]
    lines = line_up_texts(columns, str)

    assert [sorted(filter(None, (line.cells[place] for line in lines))) for place in range(4)] == columns


def test_a_very_long_column_is_cut():
    lines = line_up_texts([["办"] * (MOST_LINED_UP + 1), []], str)

    assert len(lines) == MOST_LINED_UP


@pytest.mark.parametrize(
    ("values", "expected"),
    [([{"value": 3}, {"value": 8, "from_value": 20}], Decimal(20)), ([{"value": 3}], None), ([{}, {}], None)],
)
def test_bars_of_a_line_share_the_largest_number(values, expected):
    assert common_scale([make_metric(**numbers) for numbers in values]) == expected


@pytest.mark.parametrize("values", [(-1, 2), (0, 0)])
def test_negative_numbers_and_zeros_are_no_bars(values):
    assert common_scale([make_metric(value=value) for value in values]) is None


def test_the_best_documented_has_its_sentence_then_a_value_then_an_old_value():
    bare, told = make_metric(value=1), make_metric(quote="建成1公里")
    changed = make_metric(value=1, from_value=3, quote="由3公里减至1公里")

    assert sorted([bare, changed, told], key=documentation) == [bare, told, changed]


def test_of_like_metrics_the_first_is_kept():
    first, like = make_metric(label="办理时限"), make_metric(label="办结时限")
    other = make_metric(label="便民站点")

    assert without_likes([first, like, other], lambda metric: metric) == [first, other]
