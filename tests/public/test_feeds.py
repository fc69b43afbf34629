import datetime
import re
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from cases.models import PublishedCase
from cases.public.data import feeds
from cases.search.selection import Selection
from tests.builders import make_department, make_published_case, make_region, make_theme

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


def feed_of(client, address="/cases/feed.atom"):
    response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")
    return ElementTree.fromstring(response.content)


def texts(element, name):
    return [found.text for found in element.iter(ATOM + name)]


def entries(feed):
    return feed.findall(f"{ATOM}entry")


def test_a_feed_is_valid_by_rfc_4287(client):
    make_published_case(
        title="a < b & “c”", region=make_region(), department=make_department(), themes=(make_theme(),), tags=("<b>",)
    )
    feed = feed_of(client)

    assert feed.tag == f"{ATOM}feed"
    for element in (feed, *entries(feed)):
        assert [len(element.findall(ATOM + name)) for name in ("id", "title", "updated")] == [1, 1, 1]
        assert RFC3339.fullmatch(element.findtext(f"{ATOM}updated"))
        assert element.find(f"{ATOM}author/{ATOM}name").text
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links == {"alternate": "http://testserver/cases/", "self": "http://testserver/cases/feed.atom"}


def test_an_entry_tells_of_its_case(client):
    case = make_published_case(title="a < b", intro="快 < 慢", tags=("治超",), themes=(make_theme(),))
    (entry,) = entries(feed_of(client))

    assert entry.findtext(f"{ATOM}title") == "a < b"
    assert entry.findtext(f"{ATOM}summary") == "快 &lt; 慢"  # declared as HTML
    assert entry.find(f"{ATOM}link").get("href") == f"http://testserver/cases/{case.pk}/"
    assert [category.get("term") for category in entry.findall(f"{ATOM}category")][-1] == "治超"
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "漯河市交通运输局"


def test_ids_are_the_same_in_every_language_and_after_an_update(client):
    case = make_published_case()
    before = texts(entries(feed_of(client))[0], "id")
    PublishedCase.objects.filter(pk=case.pk).update(released_at=timezone.now(), title="改了")

    day = timezone.localdate(case.first_released_at)
    assert before == [f"tag:testserver,{case.first_released_at:%Y-%m-%d}:/cases/{case.pk}/"]
    assert abs((day - datetime.date.today()).days) <= 1
    assert texts(entries(feed_of(client))[0], "id") == before
    assert texts(entries(feed_of(client, "/en/cases/feed.atom"))[0], "id") == before


def test_the_last_released_come_first_and_fifty_at_most(client, monkeypatch):
    monkeypatch.setattr(feeds, "NEWEST", 2)
    titles = [make_published_case(published_at=datetime.date(2024 - year, 1, 1)).title for year in range(3)]
    feed = feed_of(client)

    assert [entry.findtext(f"{ATOM}title") for entry in entries(feed)] == titles[:0:-1]
    assert feed.findtext(f"{ATOM}updated") == entries(feed)[0].findtext(f"{ATOM}updated")


def test_a_feed_without_entries_does_not_change(client):
    assert client.get("/cases/feed.atom").content == client.get("/cases/feed.atom").content


def test_a_feed_that_has_not_changed_is_not_sent_again(client):
    make_published_case()
    first = client.get("/cases/feed.atom")

    assert client.get("/cases/feed.atom", headers={"if-none-match": first["ETag"]}).status_code == 304


@pytest.mark.parametrize("text", ["%01%02", "%EF%BF%BE", "%EF%BF%BF<script>", "&amp;", "%00"])
def test_whatever_is_searched_the_feed_is_xml(client, text):
    make_published_case(title="\ufffe标题")

    feed_of(client, f"/search/feed.atom?q={text}")
    feed_of(client)


def test_the_title_says_what_is_asked_for():
    make_region(), make_department(), make_theme()
    selection = Selection(
        text="便民",
        region=("411100", "999999"),
        department=("transport",),
        tag=("没有",),
        year=("2024",),
        kind=("share",),
        with_metrics=True,
    )

    title = feeds.selection_title(selection)

    assert title.split(" · ")[:3] == ["搜索“便民”", "漯河市", "999999"]
    assert title.split(" · ")[4:] == ["没有", "2024", "占比", "有指标数据"]
    assert feeds.selection_title(Selection()) == "全部案例"


@pytest.mark.parametrize("count", [1, 3])
def test_a_feed_is_read_in_seven_queries(client, django_assert_num_queries, count):
    for _ in range(count):
        make_published_case(themes=(make_theme(),), tags=("治超",))

    with django_assert_num_queries(7):
        feed_of(client)
