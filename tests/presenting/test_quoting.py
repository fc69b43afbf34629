import pytest

from cases.presenting.quoting import mark_number
from tests.builders import make_metric


def marked(metric):
    pieces = mark_number(metric)
    assert "".join(piece.text for piece in pieces) == metric.quote
    return [piece.text for piece in pieces if piece.is_hit]


@pytest.mark.parametrize(
    ("numbers", "unit", "quote", "expected"),
    [
        ({"value": 44}, "公里", "共建成农村公路44公里，14个站点", ["44公里"]),
        ({"value": 2, "from_value": 7}, "个工作日", "由7个压缩至2个工作日", ["7", "2个工作日"]),
        ({"value": 12000}, "家", "新增1.2万家", ["1.2万家"]),
        ({"value": 12345}, "家", "新增12,345家", ["12,345家"]),
        ({"value": "98.5"}, "%", "满意度达９８．５％", ["９８．５％"]),
        ({"value": 300000000}, "元", "发放3亿元", ["3亿元"]),
        ({"value": 2}, "天", "只要两天", ["两天"]),
        ({"value": "0.5"}, "天", "半天办结", ["半天"]),
        ({"value": -3}, "%", "下降3%", ["3%"]),
        ({}, "天", "办得更快", []),
        ({"value": 5}, "", "办得更快", []),
    ],
)
def test_the_number_is_marked_with_its_unit(numbers, unit, quote, expected):
    assert marked(make_metric(unit=unit, quote=quote, **numbers)) == expected


def test_no_quote_has_no_pieces():
    assert mark_number(make_metric(value=1)) == []
