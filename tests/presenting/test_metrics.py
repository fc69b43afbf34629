from decimal import Decimal

import pytest

from cases.content import KINDS, QUALIFIERS, MetricContent
from cases.presenting.metrics import show_metric


def shown(value=None, before=None, **columns):
    numbers = {
        name: Decimal(number) for name, number in (("value", value), ("from_value", before)) if number is not None
    }
    return show_metric(MetricContent(**numbers, **columns))


@pytest.mark.parametrize(
    ("value", "text", "scale"),
    [
        ("1840000000", "18.4", "亿"),
        ("12000", "1.2", "万"),
        ("18446", "18,446", ""),
        ("123456700", "12,345.67", "万"),
        ("123456789", "123,456,789", ""),
        ("9999", "9,999", ""),
        ("10000", "1", "万"),
        ("146.7", "146.7", ""),
        ("0", "0", ""),
        ("-12000", "−1.2", "万"),
        ("-0.5", "−0.5", ""),
        ("1234.5", "1,234.5", ""),
    ],
)
def test_large_numbers_are_readable_and_never_rounded(value, text, scale):
    metric = shown(value)

    assert (metric.value, metric.scale) == (text, scale)


def test_old_and_new_value_share_one_scale():
    both = shown("30000", "120000")
    mixed = shown("300", "12000")

    assert (both.before, both.value, both.scale) == ("12", "3", "万")
    assert (mixed.before, mixed.value, mixed.scale) == ("12,000", "300", "")


def test_bars_stand_on_the_scale_of_the_larger_value():
    assert shown("2", "8").bars == ("100.0", "25.0")
    assert shown("8", "2").bars == ("25.0", "100.0")
    assert shown("0", "5").bars == ("100.0", "0.0")


def test_there_are_no_bars_without_two_values_that_can_be_compared():
    assert [shown("2").bars, shown("0", "0").bars, shown("-1", "5").bars, shown().bars] == [None] * 4


def test_a_percentage_says_what_it_measures():
    assert shown("146.7", unit="%", kind="completion").meaning == "目标完成度，不是增长"
    assert shown("60", unit="%", kind="reduction", direction="down").meaning == "压减"
    assert shown("98", unit="%", kind="satisfaction").meaning == "满意度"
    assert shown("12", unit="%", kind="growth", direction="down").meaning == "减少"


def test_a_count_says_only_that_it_is_a_change():
    assert shown("18", unit="个", kind="amount").meaning == ""
    assert shown("18", unit="个", kind="amount", direction="up").meaning == "增加"
    assert shown("2", "7", unit="天", kind="duration", direction="down").meaning == ""


def test_qualifiers_become_words():
    assert [shown("1", qualifier=word).qualifier for word in QUALIFIERS] == ["", "超过", "不超过", "约"]


@pytest.mark.parametrize("kind", KINDS)
def test_words_alone_are_shown_without_a_number(kind):
    metric = shown(kind=kind, label="大幅提升", before="7")

    assert (metric.value, metric.before, metric.bars) == ("", "", None)
