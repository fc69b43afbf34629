import pytest

from cases.exporting.dataset import write_dataset
from tests.builders import make_department, make_published_case, make_region, make_theme, make_user

pytestmark = pytest.mark.django_db

ELSEWHERE = {"origin": "https://elsewhere.example"}
DATA = [
    "/api/v1/cases",
    "/api/v1/cases?region=x",
    "/api/v1/nothing",
    "/api/v1/openapi.json",
    "/cases/feed.atom",
    "/en/cases/cases.csv",
    "/regions/411100/cases.json",
    "/regions/999999/cases.json",
    "/search/feed.atom?q=便民",
    "/numbers.csv",
    "/data/casebook.zip",
]
PAGES = [
    "/",
    "/cases/",
    "/search/?q=便民",
    "/data/",
    "/nothing/",
    "/admin/login/",
    "/admin/cases/importbatch/1/report.csv",
]


@pytest.fixture(autouse=True)
def _case(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    make_published_case(region=make_region(), department=make_department(), themes=(make_theme(),), tags=("治超",))
    write_dataset()


def cross_origin(response):
    return {name for name in response.headers if name.startswith("Access-Control-")}


@pytest.mark.parametrize("address", DATA)
def test_pages_of_other_sites_may_read_data_and_why_there_is_none(client, address):
    client.cookies["sessionid"] = "somebody"
    response = client.get(address, headers=ELSEWHERE)

    assert response["Access-Control-Allow-Origin"] == "*"
    assert "ETag" in response["Access-Control-Expose-Headers"]
    assert cross_origin(response) == {"Access-Control-Allow-Origin", "Access-Control-Expose-Headers"}  # no cookies
    vary = response.get("Vary", "Accept-Encoding")  # short ones are sent as they are
    assert (response.cookies, vary) == ({}, "Accept-Encoding")


@pytest.mark.parametrize("address", DATA)
def test_a_browser_that_asks_first_is_told_what_it_may(client, address, django_assert_num_queries):
    asking = {"access-control-request-method": "GET", "access-control-request-headers": "if-none-match"}
    with django_assert_num_queries(0):
        response = client.options(address, headers=ELSEWHERE | asking)

    assert (response.status_code, response.content) == (204, b"")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Access-Control-Allow-Methods"] == response["Allow"] == "GET, HEAD, OPTIONS"
    assert "If-None-Match" in response["Access-Control-Allow-Headers"]
    assert int(response["Access-Control-Max-Age"]) > 0


def test_not_modified_may_be_read_too(client):
    first = client.get("/api/v1/cases", headers=ELSEWHERE)
    again = client.get("/api/v1/cases", headers=ELSEWHERE | {"if-none-match": first["ETag"]})

    assert (again.status_code, again["Access-Control-Allow-Origin"]) == (304, "*")


@pytest.mark.parametrize("address", PAGES)
def test_no_page_and_nothing_of_the_editors_may_be_read_by_other_sites(client, address):
    client.force_login(make_user(permissions=("*",)))

    assert cross_origin(client.get(address, headers=ELSEWHERE)) == set()
    assert cross_origin(client.options(address, headers=ELSEWHERE)) == set()
