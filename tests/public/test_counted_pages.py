"""Maps, trends and the matrix."""

import datetime
import re

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.models import Region
from cases.publishing.rebuild import rebuild_published
from tests.builders import make_published_case, make_region, make_theme

pytestmark = pytest.mark.django_db


@pytest.fixture
def bidding():
    return make_theme("bidding", "招标投标", "ndrc18")


def at(code, *themes, year=2024):
    return make_published_case(region=make_region(code), themes=themes, published_at=datetime.date(year, 5, 1))


def lines(response):
    return [(line.region.pk, line.cases, line.metrics) for line in response.context["lines"]]


def test_provinces_are_counted_of_all_or_of_one_theme(client, bidding):
    at("411100", bidding), at("410100"), at("330100")

    assert lines(client.get("/maps/")) == [("330000", 1, 1), ("410000", 2, 2)]
    assert lines(client.get("/maps/?theme=bidding")) == [("410000", 1, 1)]


def test_cities_of_a_province_are_counted_and_the_empty_ones_named(client, bidding):
    at("411100", bidding), at("411102"), at("410000"), make_region("410100")
    response = client.get("/maps/410000/")

    assert lines(response) == [("411100", 2, 2)]
    assert [region.pk for region in response.context["empty"]] == ["410100"]
    assert (response.context["total"], response.context["elsewhere"]) == (3, 1)
    assert "不是地图" in response.content.decode()


def test_districts_stand_for_the_cities_of_a_municipality(client):
    at("310115"), at("310000")

    assert lines(client.get("/maps/310000/")) == [("310115", 1, 1)]


def test_a_tile_leads_to_the_cities_under_the_same_theme(client, bidding):
    at("411100", bidding)

    assert '"/maps/410000/?theme=bidding"' in client.get("/maps/?theme=bidding").content.decode()
    assert '"/search/?region=411100&amp;theme=bidding"' in client.get("/maps/410000/?theme=bidding").content.decode()


def test_years_are_counted_by_theme_and_city_with_no_year_left_out(client, bidding):
    at("411100", bidding, year=2022), at("411100", bidding, year=2024), at("410100", year=2023)

    def years(address):
        return [(year.year, year.cases, year.metrics) for year in client.get(address).context["years"]]

    assert years("/trends/") == [(2022, 1, 1), (2023, 1, 1), (2024, 1, 1)]
    assert years("/trends/?theme=bidding&region=411100") == [(2022, 1, 1), (2023, 0, 0), (2024, 1, 1)]
    assert years("/trends/?region=410000") == [(2022, 1, 1), (2023, 1, 1), (2024, 1, 1)]
    assert years("/trends/?theme=bidding&region=410100") == []


def test_the_indicators_stand_beside_each_other_on_one_scale(client, bidding):
    make_theme("paying-taxes", "纳税", "ndrc18")
    at("411100", bidding), at("411100", bidding), at("411100", year=2023)
    (found,) = [one for one in client.get("/trends/").context["indicators"] if one.theme == bidding]

    assert ([bar.count for bar in found.bars], found.total) == ([0, 2], 2)
    assert len(client.get("/trends/").context["indicators"]) == 2
    assert client.get("/trends/?theme=bidding").context["indicators"] == []


def test_the_matrix_shows_where_there_is_nothing(client, bidding):
    taxes = make_theme("paying-taxes", "纳税", "ndrc18")
    at("411100", bidding), at("411100", bidding), make_region("410100"), make_region("330000")
    response = client.get("/matrix/?region=410000")

    counts = {row.region.pk: [cell.count for cell in row.cells] for row in response.context["rows"]}
    assert counts == {"410100": [0, 0], "411100": [2, 0]}
    assert (response.context["gaps"], [row.gaps for row in response.context["rows"]]) == (3, [2, 1])
    assert '"/search/?region=411100&amp;theme=bidding"' in response.content.decode()
    assert [row.region.pk for row in client.get("/matrix/").context["rows"]] == ["330000", "410000"]
    assert taxes in response.context["themes"]


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("/maps/", 4),
        ("/maps/410000/?theme=bidding", 6),
        ("/trends/", 6),
        ("/trends/?region=411100&theme=bidding", 7),
        ("/matrix/", 4),
        ("/matrix/?region=410000", 6),
    ],
)
def test_pages_read_as_many_queries_however_many_cases(
    client, bidding, django_assert_num_queries, count, address, queries
):
    for code in ("411100", "410100", "330100")[:count]:
        at(code, bidding)

    with django_assert_num_queries(queries):
        assert client.get(address).status_code == 200


PAGES = ["/maps/", "/maps/410000/", "/trends/", "/matrix/"]


@pytest.mark.parametrize("address", PAGES)
def test_every_chart_has_a_title_and_its_numbers_in_a_table(client, bidding, address):
    at("411100", bidding)
    html = client.get(address).content.decode()

    charts = re.findall(r'<svg[^>]*role="(?:img|group)"[^>]*>\s*<title id="[^"]+">[^<]+</title>\s*<desc', html)
    assert len(charts) == html.count('role="img"') + html.count('<svg class="tiles"')
    assert "<table" in html
    assert "<caption" in html
    assert not re.search(r"\sstyle=|<style", html)


def test_pages_are_the_same_after_a_rebuild(client, bidding):
    at("411100", bidding), at("310115")
    before = [client.get(address).content for address in PAGES]

    rebuild_published()

    assert [client.get(address).content for address in PAGES] == before


@pytest.mark.parametrize("address", PAGES[:1] + PAGES[2:])
def test_pages_without_a_case_are_pages(client, address):
    assert client.get(address).status_code == 200
    make_region()
    assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/maps/411100/", 404),
        ("/maps/999999/", 404),
        ("/maps/四十一/", 404),
        ("/maps/%00/", 404),
        ("/maps/410000/?theme=none", 400),
        ("/maps/?theme=bidding&theme=none", 400),
        ("/trends/?region=411102", 400),
        ("/trends/?region=999999", 400),
        ("/trends/?region=x", 400),
        ("/trends/?theme=%00", 400),
        ("/trends/?theme=&region=", 200),
        ("/matrix/?region=411100", 200),
        ("/matrix/?region=%FF", 400),
        ("/matrix/?q=" + "长" * 600, 400),
    ],
)
def test_what_is_asked_wrongly_is_said_in_chinese(client, bidding, address, status):
    at("411102", bidding)
    response = client.get(address)

    assert response.status_code == status
    if status == 400:
        assert "看不懂这个请求" in response.content.decode()


@given(
    st.sampled_from(["/maps/", "/maps/410000/", "/trends/", "/matrix/", "/policies/", "/maps/{}/", "/policies/{}/"]),
    st.dictionaries(
        st.sampled_from(["theme", "region", "q", "year", "kind", "page"]), st.text(max_size=30), max_size=3
    ),
    st.text(min_size=1, max_size=20).filter(lambda text: not set(text) & set("/\r\n") and text not in (".", "..")),
)
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_address_is_answered(address, parameters, text):
    if not Region.objects.exists():
        make_region()
    response = Client().get(address.format(text), parameters)

    assert response.status_code in (200, 301, 400, 404)
