"""浏览统计 in the admin."""

import csv
import datetime
import io

import pytest
from django.utils import timezone

from cases.models import CaseViews
from cases.public.counting.counter import add_views
from cases.public.counting.sums import sum_views
from tests.builders import make_published_case, make_region, make_user

pytestmark = pytest.mark.django_db

LIST = "/admin/views/"


@pytest.fixture
def cases():
    today = timezone.localdate()
    old, new, unread = (make_published_case(title=title, region=make_region()) for title in ("甲", "=乙", "丙"))
    add_views({(old.pk, today - datetime.timedelta(days=40)): 9, (old.pk, today): 1, (new.pk, today): 2})
    sum_views()
    return old, new, unread


@pytest.fixture
def reader(client):
    user = make_user("reader", permissions=("view_case",))
    client.force_login(user)
    return user


def listed(client, **query):
    return [(case.title, case.views) for case in client.get(LIST, query).context["page"].object_list]


@pytest.mark.parametrize(
    ("period", "rows"),
    [
        ("7", [("=乙", 2), ("甲", 1), ("丙", 0)]),
        ("30", [("=乙", 2), ("甲", 1), ("丙", 0)]),
        ("365", [("甲", 10), ("=乙", 2), ("丙", 0)]),
        ("all", [("甲", 10), ("=乙", 2), ("丙", 0)]),
        ("x", [("=乙", 2), ("甲", 1), ("丙", 0)]),
    ],
)
def test_views_are_added_up_over_the_period(client, reader, cases, period, rows):
    assert listed(client, period=period) == rows


def test_the_list_is_sorted_by_what_is_asked_for(client, reader, cases):
    assert [title for title, _views in listed(client, sort="views")] == ["丙", "甲", "=乙"]
    assert [title for title, _views in listed(client, sort="released")] == ["甲", "=乙", "丙"]
    assert len(listed(client, sort="nonsense")) == len(listed(client, page="99")) == 3


def test_the_file_holds_all_and_no_formula(client, reader, cases):
    response = client.get(LIST, {"csv": "", "period": "all"})
    rows = list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))))

    assert rows[0] == ["编号", "案例", "本站发布时间", "浏览"]
    assert [(row[1], row[3]) for row in rows[1:]] == [("甲", "10"), ("'=乙", "2"), ("丙", "0")]


def test_who_sees_part_of_the_cases_sees_the_views_of_these(client, reader, cases):
    reader.regions.add(make_region("440300"))

    assert listed(client) == []
    assert client.get(LIST).context["total"] == 0


def test_the_list_is_read_in_as_many_queries(client, reader, cases, django_assert_num_queries):
    with django_assert_num_queries(7):
        client.get(LIST)


def test_the_list_says_up_to_when_it_was_counted(client, reader, cases, settings):
    CaseViews.objects.update(counted_at=datetime.datetime(2026, 1, 31, 16, 30, tzinfo=datetime.UTC))
    assert "统计到 2026-02-01 00:30。" in client.get(LIST, {"period": "all"}).content.decode()
    assert f"统计到 {timezone.localdate()}" in client.get(LIST, {"period": "7"}).content.decode()

    settings.VIEWS = "log"
    assert "统计到 2026-02-01 00:30。" in client.get(LIST, {"period": "7"}).content.decode()
    CaseViews.objects.all().delete()
    assert "还没有汇总过。" in client.get(LIST).content.decode()
