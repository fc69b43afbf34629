from decimal import Decimal

import pytest

from cases.parsing.metrics.quantities import quantities
from cases.parsing.numerals import chinese_integer, fits, ordinal


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("两", 2),
        ("十", 10),
        ("十一", 11),
        ("二十一", 21),
        ("一百零三", 103),
        ("二百七十六", 276),
        ("两千零五", 2005),
        ("一万二", 12000),
        ("十二万", 120000),
        ("一亿二千万", 120000000),
        ("三五", None),
        ("", None),
        ("好", None),
    ],
)
def test_a_chinese_numeral(text, value):
    assert chinese_integer(text) == value


@pytest.mark.parametrize(
    ("mark", "number"), [("一", 1), ("十一", 11), ("12", 12), ("③", 3), ("⑴", 1), ("㈡", 2), ("甲", None)]
)
def test_the_number_of_a_mark(mark, number):
    assert ordinal(mark) == number


@pytest.mark.parametrize(
    ("text", "value", "unit", "qualifier"),
    [
        ("1.2万余家", "12000", "家", "over"),
        ("780多万元", "7800000", "元", "over"),
        ("近八成", "80", "%", "about"),
        ("九成五", "95", "%", "exact"),
        ("2—4个工作日", "4", "工作日", "about"),
        ("两个半小时", "2.5", "小时", "exact"),
        ("半天", "0.5", "天", "exact"),
        ("百分之九十五点六", "95.6", "%", "exact"),
        ("1,204件", "1204", "件", "exact"),
        ("不超过3%", "3", "%", "under"),
        ("300家以上", "300", "家", "over"),
        ("五天左右", "5", "天", "about"),
    ],
)
def test_a_number_with_its_unit(text, value, unit, qualifier):
    (found,) = quantities(text)
    assert (found.value, found.unit, found.qualifier) == (Decimal(value), unit, qualifier)


def test_a_number_no_field_can_hold_is_refused():
    assert fits(Decimal("123456789012345"))
    assert not fits(Decimal("1234567890123456"))
    assert not fits(Decimal("0.12345678901"))
