"""Metrics in the rows of a table."""

from decimal import Decimal

import pytest

from cases.parsing.article import parse
from cases.parsing.metrics.tables import Columns, columns
from cases.parsing.result import Words

PROSE = "窗口把流程重新梳理了一遍，办事的人少跑了许多路，群众普遍认可这样的变化。"


def told(*rows: str, prose: str = PROSE) -> list[tuple[object, ...]]:
    content = parse("\n".join(["某县优化企业开办流程的做法", prose, *rows]), words=Words()).content
    metrics = [*content.metrics, *(metric for one in content.initiatives for metric in one.metrics)]
    return [(metric.label, metric.from_value, metric.value, metric.unit) for metric in metrics]


def test_a_row_under_before_and_after_is_one_change_named_by_its_first_cell():
    rows = ("指标 | 改革前 | 改革后", "企业开办时间 | 6个工作日 | 2个工作日", "提交材料 | 18份 | 4份")
    assert told(*rows) == [("企业开办时间", 6, 2, "工作日"), ("提交材料", 18, 4, "份")]


def test_a_share_of_change_in_a_further_column_is_a_metric_of_its_own():
    rows = ("指标 | 改革前 | 改革后 | 压减幅度", "办理环节 | 10个 | 4个 | 60%")
    assert told(*rows) == [("办理环节", 10, 4, "个"), ("办理环节", None, 60, "%")]


def test_a_row_without_such_a_header_tells_its_numbers_side_by_side():
    rows = ("窗口 | 上午 | 下午", "办件量 | 120件 | 95件")
    assert told(*rows) == [("办件量", None, 120, "件"), ("办件量", None, 95, "件")]


def test_a_change_told_in_prose_is_not_told_again_by_the_table():
    prose = "群众满意度由80.5%提升到97.2%。" + PROSE
    rows = ("指标 | 改革前 | 改革后", "群众满意度 | 80.5% | 97.2%")
    assert [(value, unit) for _, _, value, unit in told(*rows, prose=prose)] == [(Decimal("97.2"), "%")]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("指标|改革前|改革后", Columns(1, 2, 3)),
        ("项目|2020年|2022年上半年", Columns(1, 2, 3)),
        ("项目|2023年|2021年", Columns(2, 1, 3)),
        ("事项|原时限|现时限", Columns(1, 2, 3)),
        ("县区|办件量|满意率", None),
    ],
)
def test_a_header_names_the_columns_of_before_and_after(header, expected):
    assert columns(header) == expected


def test_the_rule_under_a_header_keeps_its_columns():
    assert columns("|——|——|——|", Columns(1, 2, 3)) == Columns(1, 2, 3)
