import datetime
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.db import connection

from cases.models import PublishedCase
from cases.presenting.tiles import TILES
from tests.builders import make_published_case, make_region, make_theme

DATA = Path(__file__).parents[2] / "cases" / "data"
pytestmark = pytest.mark.django_db


def test_the_headline_counts_cases_cities_and_metrics(client):
    for code in ("411100", "411102", "310115", "310101", "419001", "330000"):
        make_published_case(region=make_region(code))  # each brings one metric
    counted = client.get("/").context["counted"]

    # 漯河 with its district, 上海 with both of its own, 济源; 浙江 as a whole is no city
    assert (counted.cases, len(counted.cities), counted.metrics) == (6, 3, 6)


def test_a_province_with_cases_is_a_darker_tile_that_leads_to_it(client):
    for code in TILES:
        make_region(code)
    make_published_case(region=make_region("411100"))
    response = client.get("/")

    assert {tile.region.pk: tile.shade for tile in response.context["tiles"] if tile.count} == {"410000": 4}
    assert '<a href="/regions/410000/" aria-label="河南省 1 个案例">' in response.content.decode()


def test_the_indicators_are_listed_in_their_official_order(client):
    make_theme("a-second", "第二项", scheme="ndrc18", order=2)
    make_theme("b-first", "第一项", scheme="ndrc18", order=1)
    make_published_case(themes=(make_theme("a-second"),))
    entries = client.get("/").context["indicators"]

    assert [(str(entry.term), entry.count) for entry in entries] == [("第一项", 0), ("第二项", 1)]


def test_practices_are_those_of_more_than_one_city(client):
    for code, tags in (("411100", ("治超", "公交")), ("411102", ("治超",)), ("410100", ("治超", "退税"))):
        make_published_case(region=make_region(code), tags=tags)
    make_published_case(region=make_region("410100"), tags=("退税",))
    entries = client.get("/").context["practices"]

    assert [(str(entry.term), entry.count) for entry in entries] == [("治超", 2)]


def test_the_six_newest_cases_are_shown(client):
    expected = [make_published_case().pk for _ in range(7)][:0:-1]

    assert [case.pk for case in client.get("/").context["newest"]] == expected


def test_the_example_questions_find_something_in_the_demo(client):
    demo = "".join(path.read_text(encoding="utf-8") for path in (DATA / "demo").glob("*.json"))
    words = [unquote(word) for word in re.findall(r'href="/search/\?q=([^"]+)"', client.get("/").content.decode())]

    assert len(words) == 3
    assert [word for word in words if word not in demo] == []


def test_the_newest_are_those_that_came_here_last_dated_by_that_day(client):
    reprint = make_published_case(published_at=datetime.date(2023, 3, 1))
    older = make_published_case(published_at=datetime.date(2024, 3, 1))
    PublishedCase.objects.filter(pk=older.pk).update(
        first_released_at=datetime.datetime(2024, 6, 30, 16, 30, tzinfo=datetime.UTC)  # 1 July in Beijing
    )
    response = client.get("/")

    assert [case.pk for case in response.context["newest"]] == [reprint.pk, older.pk]
    assert '<time datetime="2024-07-01T00:30">本站 2024年7月1日</time>' in response.content.decode()


def test_the_newest_are_found_by_an_index():
    plan = PublishedCase.objects.newest_here().explain()

    assert connection.vendor != "sqlite" or "published_last_released" in plan
