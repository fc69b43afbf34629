from urllib.parse import urlencode

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders import make_department, make_published_case, make_region, make_theme

pytestmark = pytest.mark.django_db


def suggested(client, text):
    groups = client.get("/search/suggest/", {"q": text}).json()["groups"]
    return {group["title"]: [item["text"] for item in group["items"]] for group in groups}


@pytest.fixture
def cases():
    department = make_department("industry-it", "工业和信息化部门", aliases=["工信局"])
    theme = make_theme("logistics-transport", "交通物流")
    filed = {"region": make_region(), "department": department, "themes": (theme,), "tags": ("交通安全", "治超")}
    make_published_case(title="漯河：交通先行", **filed)
    make_region("341500")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("luo", {"地区": ["漯河市"]}),
        ("lh", {"地区": ["漯河市"]}),
        ("gxj", {"部门": ["工业和信息化部门"]}),
        ("交通", {"主题": ["交通物流"], "标签": ["交通安全"], "案例": ["漯河：交通先行"]}),
        ("先行　漯河", {"案例": ["漯河：交通先行"]}),
        ("六安", {}),  # no case is filed there
        ("", {}),
        ("长" * 61, {}),
    ],
)
def test_what_is_typed_suggests_names_tags_and_titles(client, cases, typed, found):
    assert suggested(client, typed) == found


def test_a_suggestion_leads_to_its_page_and_tells_namesakes_apart(client, cases):
    groups = client.get("/search/suggest/?q=luohe").json()["groups"]
    assert groups[0]["items"] == [{"text": "漯河市", "detail": "河南省", "url": "/regions/411100/"}]

    english = client.get("/en/search/suggest/?q=luohe").json()["groups"]
    assert english[0]["items"] == [{"text": "Luohe", "detail": "Henan", "url": "/en/regions/411100/"}]


def test_the_number_of_suggestions_is_told_and_bounded(client):
    for number in range(12):
        make_published_case(title=f"审批 {number}", tags=(f"审批{number}",))
    answer = client.get("/search/suggest/?q=审批").json()

    assert sum(len(group["items"]) for group in answer["groups"]) == 10
    assert answer["status"] == "10 条建议，用上下箭头选择。"
    assert client.get("/search/suggest/?q=没有").json() == {"status": "没有建议。", "groups": []}


def test_suggestions_are_kept_by_every_cache_for_a_minute_and_only_read(client, cases):
    response = client.get("/search/suggest/?q=luo")

    assert (response["Cache-Control"], response["Content-Type"]) == ("public, max-age=60", "application/json")
    assert response.get("Vary", "Accept-Encoding") == "Accept-Encoding"
    assert not response.cookies
    assert Client(enforce_csrf_checks=True).post("/search/suggest/").status_code == 405


@pytest.mark.parametrize("address", ["/", "/cases/", "/search/", "/not-there/at-all/"])
def test_every_search_form_says_where_suggestions_come_from(client, address):
    html = client.get(address).content.decode()

    assert html.count('data-suggest="/search/suggest/"') == html.count('role="search"') > 0
    assert "js/site.js" in html


@given(st.text(max_size=120))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_is_an_error(client, text):
    assert client.get(f"/search/suggest/?{urlencode({'q': text}, errors='surrogatepass')}").status_code == 200
    assert client.get("/search/suggest/?q=%ff%00").status_code == 200
