"""What the fields of the case form make of what was typed."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from cases.admin.fields import HeadingField, LineField, LinesField, PlainDecimalField, TagsField, WebAddressField


@pytest.mark.parametrize(
    ("typed", "number"),
    [("１２．５", "12.5"), ("1,234", "1234"), ("1,234,567.5", "1234567.5"), ("−5", "-5"), ("－３", "-3"), (" 0 ", "0")],
)
def test_a_number_is_read_as_people_write_it(typed, number):
    assert PlainDecimalField().clean(typed) == Decimal(number)


@pytest.mark.parametrize("typed", ["1e5", "1_000", "٣", "12,34", "12%", "NaN", "Infinity", "1\x002", "--5", "."])
def test_what_is_no_plain_number_is_refused(typed):
    with pytest.raises(ValidationError) as refused:
        PlainDecimalField().clean(typed)

    assert refused.value.messages == ["请只写数字，如 44 或 0.5；单位写在单位栏。"]


@pytest.mark.parametrize(
    ("typed", "heading"),
    [
        ("四、新加的举措", "新加的举措"),
        ("（一）压减时限", "压减时限"),
        ("(2) 压减时限", "压减时限"),
        ("1. 压减时限", "压减时限"),
        ("一是压减时限", "压减时限"),
        ("①压减时限", "压减时限"),
        ("一、二季度开门红", "一、二季度开门红"),
        ("1.5天办结", "1.5天办结"),
        ("1、2号线贯通", "1、2号线贯通"),
        ("一网通办", "一网通办"),
        ("2024年行动", "2024年行动"),
        ("一、", "一、"),
    ],
)
def test_a_heading_loses_the_number_that_the_page_gives_it(typed, heading):
    assert HeadingField(label="").clean(typed) == heading


def test_a_heading_kept_as_it_was_is_not_changed():
    assert HeadingField(label="").has_changed("压减", "一、压减") is False
    assert HeadingField(label="").has_changed("压减", "压缩") is True


@pytest.mark.parametrize("typed", ["\u2028\u202e", "\u200b", "\ufeff\u3000", "\u3164", "\x00\x07", "\u0301"])
def test_a_line_on_which_nothing_can_be_seen_is_empty(typed):
    with pytest.raises(ValidationError):
        LineField(required=True).clean(typed)


def test_control_characters_are_dropped_from_lists_and_addresses():
    assert LinesField(limit=9).clean("一\x00二\r\n三") == ["一二", "三"]
    assert TagsField().clean("治\x07超、审批") == ["治超", "审批"]
    assert WebAddressField().clean("https://example.org/\x00a") == "https://example.org/a"
