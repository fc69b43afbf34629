import datetime

import pytest
from django.core.exceptions import ValidationError

from cases.models.fields import MomentFormField

DAY = datetime.date(2024, 3, 1)
MINUTE = datetime.datetime(2024, 3, 1, 9, 5)


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        *((text, DAY) for text in ("2024-03-01", "2024-3-1", "2024/3/1", "2024.3.1", "2024年3月1日", "２０２４-3-1")),
        *((text, MINUTE) for text in ("2024-03-01 09:05", "2024-3-1 9:05", "2024-03-01T09:05", "2024年3月1日9时05分")),
        ("", None),
    ],
)
def test_a_moment_is_read_as_people_write_it(typed, moment):
    assert MomentFormField(required=False).clean(typed) == moment


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        *(
            (text, "请写作 2023-12-18 或 2023-12-18 10:41。")
            for text in ("2024-13-1", "20240301", "3月1日", "2024-1-19:05")
        ),
        *((text, "年份应在 1949 到 2100 之间。") for text in ("1948-12-31", "2101-1-1")),
    ],
)
def test_what_is_no_moment_is_refused(typed, told):
    with pytest.raises(ValidationError) as refused:
        MomentFormField().clean(typed)

    assert refused.value.messages == [told]


def test_a_moment_left_as_it_was_drawn_is_not_changed():
    field = MomentFormField(required=False)

    assert [field.has_changed(moment, field.prepare_value(moment)) for moment in (DAY, MINUTE)] == [False, False]
    assert [field.has_changed(DAY, typed) for typed in ("2024-03-02", "2024-03-01 09:05", "?", "")] == [True] * 4
    assert field.has_changed(None, "") is False
