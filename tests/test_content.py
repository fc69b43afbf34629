import dataclasses
import datetime
import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.content import (
    DIRECTIONS,
    FIRST_YEAR,
    KINDS,
    LAST_YEAR,
    QUALIFIERS,
    CaseContent,
    ContentError,
    InitiativeContent,
    MeasureContent,
    MetricContent,
    decimal_text,
    from_json,
    to_json,
)

KEYS = ["format", *(field.name for field in dataclasses.fields(CaseContent))]


lines = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=40)
numbers = st.none() | st.decimals(-(10**11), 10**11, places=3, allow_nan=False).map(lambda d: Decimal(decimal_text(d)))
metrics = st.builds(
    MetricContent,
    label=lines,
    value=numbers,
    unit=lines,
    from_value=numbers,
    qualifier=st.sampled_from(QUALIFIERS),
    direction=st.sampled_from(DIRECTIONS),
    kind=st.sampled_from(KINDS),
    period=lines,
    quote=lines,
)
initiatives = st.builds(
    InitiativeContent,
    heading=lines,
    text=lines,
    measures=st.lists(st.builds(MeasureContent, heading=lines, text=lines), max_size=2).map(tuple),
    metrics=st.lists(metrics, max_size=2).map(tuple),
)
moments = (
    st.none()
    | st.dates(datetime.date(FIRST_YEAR, 1, 1), datetime.date(LAST_YEAR, 12, 31))
    | st.datetimes(datetime.datetime(FIRST_YEAR, 1, 1), datetime.datetime(LAST_YEAR, 12, 31)).map(
        lambda moment: moment.replace(second=0, microsecond=0)
    )
)
contents = st.builds(
    CaseContent,
    title=lines,
    published_at=moments,
    region=st.sampled_from(["", "411100"]),
    department=st.sampled_from(["", "transport"]),
    themes=st.lists(st.sampled_from(["paying-taxes", "bidding"]), unique=True).map(lambda words: tuple(sorted(words))),
    tags=st.lists(st.sampled_from(["治超", "AI 审批", "C++"]), max_size=2, unique=True).map(tuple),
    intro=lines,
    initiatives=st.lists(initiatives, max_size=2).map(tuple),
    metrics=st.lists(metrics, max_size=2).map(tuple),
    policies=st.lists(lines, max_size=2).map(tuple),
    pictures=st.just(()),
)


@given(contents)
def test_reading_the_json_of_a_case_gives_the_case(content):
    assert from_json(json.loads(json.dumps(to_json(content), ensure_ascii=False))) == content


def test_json_begins_and_ends_as_the_exchange_format_says():
    keys = list(to_json(CaseContent()))

    assert (keys[:5], keys[-4:]) == (
        ["format", "title", "subtitle", "published_at", "source_name"],
        ["closing", "policies", "honours", "pictures"],
    )


def test_empty_object_is_an_empty_case():
    assert from_json({}) == CaseContent()


def test_codes_that_are_missing_are_null_in_json():
    data = to_json(CaseContent())

    assert (data["region"], data["department"], data["published_at"]) == (None, None, None)


@pytest.mark.parametrize(
    ("text", "moment"),
    [("2023-12-18", datetime.date(2023, 12, 18)), ("2023-12-18T10:41", datetime.datetime(2023, 12, 18, 10, 41))],
)
def test_moments_keep_the_precision_they_came_with(text, moment):
    content = from_json({"published_at": text})

    assert (content.published_at, to_json(content)["published_at"]) == (moment, text)


@pytest.mark.parametrize(
    ("text", "kept"),
    [("342.0", "342"), ("10000", "10000"), ("-2.50", "-2.5"), ("0.05", "0.05"), ("-0", "0"), ("007", "7")],
)
def test_numbers_lose_zeros_that_say_nothing(text, kept):
    content = from_json({"metrics": [{"value": text}]})

    assert to_json(content)["metrics"][0]["value"] == kept


@pytest.mark.parametrize(
    ("data", "place"),
    [
        ([], "$"),
        ({"format": 2}, "format"),
        ({"titel": ""}, "titel"),
        ({"title": 5}, "title"),
        ({"title": "长" * 301}, "title"),
        ({"title": "两\n行"}, "title"),
        ({"intro": "坏\x00字"}, "intro"),
        ({"region": "4111"}, "region"),
        ({"published_at": "2023-13-01"}, "published_at"),
        ({"published_at": "昨天"}, "published_at"),
        ({"published_at": "0204-03-12"}, "published_at"),
        ({"published_at": "9999-12-31"}, "published_at"),
        ({"intro": "长" * 300_001}, "intro"),
        ({"format": True}, "format"),
        ({"pictures": [{}]}, "pictures[0].file"),
        ({"origin": "copy"}, "origin"),
        ({"source_url": "javascript:alert(1)"}, "source_url"),
        ({"source_url": "www.example.gov.cn"}, "source_url"),
        ({"tags": "治超"}, "tags"),
        ({"tags": ["治超", 3]}, "tags[1]"),
        ({"initiatives": [{"measures": [{}, {"txt": ""}]}]}, "initiatives[0].measures[1].txt"),
        ({"initiatives": [{"metrics": [{"value": 44}]}]}, "initiatives[0].metrics[0].value"),
        ({"metrics": [{"value": "1e5"}]}, "metrics[0].value"),
        ({"metrics": [{"value": "1234567890.123456"}]}, "metrics[0].value"),
        ({"metrics": [{"value": "٤"}]}, "metrics[0].value"),
        ({"metrics": [{"kind": "sum"}]}, "metrics[0].kind"),
        ({"pictures": [{"file": "../../etc/passwd"}]}, "pictures[0].file"),
        ({"pictures": [{"is_cover": 1}]}, "pictures[0].is_cover"),
    ],
)
def test_what_is_no_case_is_refused_by_its_place(data, place):
    with pytest.raises(ContentError) as caught:
        from_json(data)

    assert caught.value.place == place
    assert str(caught.value).startswith(place)


def test_a_message_shows_no_more_of_a_bad_value_than_helps():
    with pytest.raises(ContentError) as caught:
        from_json({"x\x1b[31m": "", "region": "4" * 5000})

    assert str(caught.value) == "x�[31m：不认识的字段"

    with pytest.raises(ContentError) as caught:
        from_json({"region": "4" * 5000})

    assert len(str(caught.value)) < 120


def test_tags_are_read_as_editors_type_them():
    assert from_json({"tags": [" 治超 ", "", "AI  审批", "治超"]}).tags == ("治超", "AI 审批")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(KEYS) | st.text(), inner),
    max_leaves=20,
)


@given(json_values)
def test_any_json_is_a_case_or_a_content_error(data):
    try:
        content = from_json(data)
    except ContentError:
        return
    assert from_json(to_json(content)) == content
