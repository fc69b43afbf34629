import datetime

import pytest

from cases.content import PictureContent
from cases.editing.drafts import write_draft
from cases.editing.workflow import publish_case, withdraw_case
from cases.models import Alias, PublishedCase, PublishedMetric, Tag
from cases.search.index import reindex
from cases.search.query import search
from tests.builders import (
    make_case,
    make_content,
    make_department,
    make_metric,
    make_published_case,
    make_publisher,
    make_region,
    make_theme,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("without_reviews")]


def test_a_county_case_is_filed_under_county_prefecture_and_province():
    published = make_published_case(region=make_region("370881"))

    assert (published.province_id, published.prefecture_id, published.county_id) == ("370000", "370800", "370881")


def test_a_county_without_prefecture_is_filed_under_its_province():
    published = make_published_case(region=make_region("310115"))

    assert (published.province_id, published.prefecture_id, published.county_id) == ("310000", None, "310115")


def test_cases_of_a_division_are_those_of_all_that_it_holds():
    county = make_published_case(region=make_region("370881"))
    city = make_published_case(region=make_region("370800"))
    province = make_published_case(region=make_region("370000"))
    make_published_case(region=make_region("411100"))

    found = {
        code: set(PublishedCase.objects.in_region(make_region(code)).values_list("pk", flat=True))
        for code in ("370000", "370800", "370881")
    }

    assert found == {
        "370000": {county.pk, city.pk, province.pk},
        "370800": {county.pk, city.pk},
        "370881": {county.pk},
    }


@pytest.mark.parametrize(
    "moment", [datetime.date(2022, 3, 4), datetime.datetime(2022, 3, 4, 23, 59)], ids=["day", "minute"]
)
def test_lists_go_by_the_day_of_the_article(moment):
    published = make_published_case(published_at=moment)

    assert PublishedCase.objects.get(pk=published.pk).listed_on == datetime.date(2022, 3, 4)
    assert PublishedCase.objects.get(pk=published.pk).published_at == moment


def test_an_article_without_a_date_is_listed_by_its_release():
    published = make_published_case(published_at=None)

    assert (
        published.listed_on
        == published.first_released_at.astimezone(datetime.timezone(datetime.timedelta(hours=8))).date()
    )


def test_metrics_get_rows_with_their_place():
    whole = make_metric(label="总量", value="7.25", quote="导语")
    published = make_published_case(make_content(intro="导语", metrics=(whole,)))

    rows = list(PublishedMetric.objects.values_list("order", "initiative", "label"))

    assert rows == [(0, None, "总量"), (1, 0, "便民站点")]
    assert published.metric_count == 2


def test_vocabulary_and_tags_get_rows():
    theme, department = make_theme(), make_department()

    published = make_published_case(themes=[theme], department=department, tags=("治超", "C++"))

    assert (list(published.themes.all()), published.department) == ([theme], department)
    assert sorted(tag.name for tag in published.tags.all()) == ["C++", "治超"]


def test_a_renamed_tag_and_theme_are_applied_when_a_case_is_published():
    old, new = make_theme("old", "旧"), make_theme("new", "新")
    Alias.objects.create(kind="tag", old="治理超载", new="超限治理")
    Alias.objects.create(kind="tag", old="超限治理", new="治超")
    Alias.objects.create(kind="theme", old="old", new="new")

    published = make_published_case(themes=[old], tags=("治理超载", "其他"))

    assert list(published.themes.all()) == [new]
    assert sorted(tag.name for tag in published.tags.all()) == ["其他", "治超"]


def test_a_renamed_tag_is_found_by_its_new_name_only():
    Alias.objects.create(kind="tag", old="治理超载", new="超限检测")
    published = make_published_case(tags=("治理超载",))

    found = [list(search(word)) for word in ("超限检测", "治理超载")]
    reindex()

    assert found == [[published], []]
    assert [list(search(word)) for word in ("超限检测", "治理超载")] == found


def test_a_rename_to_what_is_no_theme_is_left_alone():
    theme = make_theme()
    Alias.objects.create(kind="theme", old=theme.pk, new="no-theme")

    assert list(make_published_case(themes=[theme]).themes.all()) == [theme]


@pytest.mark.parametrize(
    ("renames", "followed"),
    [
        (["甲乙", "乙丙"], {"甲": "丙", "乙": "丙"}),
        (["甲乙", "乙甲"], {}),
        (["甲乙", "乙丙", "丙乙"], {}),
        (["甲甲"], {"甲": "甲"}),
        (["aA", "ba"], {"a": "A", "b": "A"}),
    ],
    ids=["chain", "circle", "into-a-circle", "itself", "spelling"],
)
def test_renames_are_followed_to_their_end(renames, followed):
    for old, new in renames:
        Alias.objects.create(kind="tag", old=old, new=new)

    assert Alias.objects.renames("tag") == followed


def test_in_a_circle_of_renames_words_keep_their_names():
    Alias.objects.create(kind="tag", old="甲", new="乙")
    Alias.objects.create(kind="tag", old="乙", new="甲")

    assert [tag.name for tag in make_published_case(tags=("甲",)).tags.all()] == ["甲"]


def test_tags_keep_the_order_of_the_editor():
    assert [tag.name for tag in make_published_case(tags=("治超", "C++", "办事")).tags.all()] == ["治超", "C++", "办事"]


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("四好农村路", "四好农村路"),
        ("AI审批", "ai审批"),
        ("C++", "c-cedb1bac"),
        ("C#", "c-951a4d36"),
        ("++", "cfc0c060"),
    ],
)
def test_slugs_of_tags_are_never_empty_and_keep_signs_apart(name, slug):
    make_published_case(tags=(name,))

    assert Tag.objects.get().slug == slug


def test_tags_that_differ_in_case_are_one():
    make_published_case(tags=("AI审批",))
    make_published_case(tags=("ai审批",))

    assert Tag.objects.count() == 1


def test_a_tag_goes_with_the_last_case_that_has_it():
    publisher = make_publisher()
    first, second = make_case(tags=("治超", "物流")), make_case(tags=("治超",))
    for case in (first, second):
        publish_case(case, by=publisher)

    withdraw_case(first, by=publisher, reason="过时")
    write_draft(make_content(tags=("治超", "新词")), by=publisher, case=second)
    publish_case(second, by=publisher)

    assert sorted(Tag.objects.values_list("name", flat=True)) == ["新词", "治超"]


def test_the_cover_is_the_picture_marked_so():
    first, second = (PictureContent(file=c * 64 + ".webp") for c in "ab")
    cover = PictureContent(file="c" * 64 + ".webp", is_cover=True)

    assert make_published_case(pictures=(first, cover, second)).cover == cover.file
