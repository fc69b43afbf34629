import datetime

import pytest
from django.db import connection
from django.utils import timezone

from cases.models import PublishedCase
from cases.public.new_numbers import READ, new_numbers
from tests.builders import make_metric, make_published_case, make_region

pytestmark = pytest.mark.django_db


def released(days_ago, **values):
    case = make_published_case(**values)
    at = timezone.now() - datetime.timedelta(days=days_ago)
    PublishedCase.objects.filter(pk=case.pk).update(first_released_at=at, released_at=at)
    return case


def shown(most=6):
    new = new_numbers(most)
    return new.are_of_week, [number.case.pk for number in new.numbers]


def test_without_cases_there_are_no_numbers():
    new = new_numbers(6)

    assert (new.are_of_week, new.numbers, new.released_at) == (False, (), None)


def test_numbers_of_the_week_are_the_strongest_of_each_case_last_published_first():
    released(8)
    first, second = released(6), released(1)

    assert shown() == (True, [second.pk, first.pk])


def test_in_a_quiet_week_the_last_numbers_are_shown():
    old, older = released(20), released(30)

    assert shown() == (False, [old.pk, older.pk])


def test_a_case_that_was_only_changed_brings_no_new_number():
    changed, new = released(30), released(2)
    PublishedCase.objects.filter(pk=changed.pk).update(released_at=timezone.now())

    assert shown() == (True, [new.pk])


def test_a_case_without_numbers_is_passed_over():
    released(1, initiatives=(), metrics=())
    with_number = released(2)

    assert shown() == (True, [with_number.pk])


def test_a_number_stands_with_its_city_and_case(client):
    metric = make_metric(label="便民站点", value=12, from_value=3, unit="个", quote="建成12个")
    case = released(1, region=make_region(), intro="建成12个", metrics=(metric,), initiatives=())
    page = client.get("/").content.decode()
    numbers = page.partition('class="new-numbers"')[2].partition("</ul>")[0]

    assert "本周新数字" in page
    assert [words in numbers for words in ("便民站点", "漯河市", case.title, case.get_absolute_url())] == [True] * 4


@pytest.mark.parametrize("title", ["漯河市：办得快", "漯河：办得快"])
def test_a_place_that_the_title_names_is_not_said_twice(client, title):
    released(1, region=make_region(), title=title)
    numbers = client.get("/").content.decode().partition('class="new-numbers"')[2].partition("</ul>")[0]

    assert numbers.count("漯河") == 1


@pytest.mark.parametrize("count", [1, 3])
def test_numbers_are_read_by_one_query(django_assert_num_queries, count):
    for _ in range(count):
        released(1, region=make_region())

    with django_assert_num_queries(1):
        assert [str(number.case.region) for number in new_numbers(6).numbers] == ["漯河市"] * count


def test_the_last_cases_are_found_by_an_index():
    plan = PublishedCase.objects.order_by("-released_at", "-pk").only("title")[:READ].explain()

    assert connection.vendor != "sqlite" or "published_last_released" in plan
