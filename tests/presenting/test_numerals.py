import pytest

from cases.presenting.numerals import chinese_numeral


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1, "一"),
        (9, "九"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (21, "二十一"),
        (99, "九十九"),
        (100, "一百"),
        (101, "一百零一"),
        (110, "一百一十"),
        (111, "一百一十一"),
        (999, "九百九十九"),
    ],
)
def test_a_place_is_written_as_before_a_heading(number, text):
    assert chinese_numeral(number) == text


def test_numbers_that_no_outline_reaches_stay_digits():
    assert [chinese_numeral(number) for number in (0, -1, 1000)] == ["0", "-1", "1000"]
