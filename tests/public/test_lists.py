import datetime
import re

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from cases.editing.workflow import withdraw_case
from cases.models import Alias, Tag
from cases.publishing.rebuild import rebuild_published
from tests.builders import make_department, make_published_case, make_publisher, make_region, make_theme

pytestmark = pytest.mark.django_db


def titles(response):
    return [case.title for case in response.context["page"]]


def day(number):
    return datetime.date(2024, 1, 1) + datetime.timedelta(days=number)


def test_all_cases_are_listed_newest_first(client):
    for title, published_at in (("中", day(2)), ("旧", day(1)), ("新", day(3))):
        make_published_case(title=title, published_at=published_at)

    assert titles(client.get("/cases/")) == ["新", "中", "旧"]


def test_a_list_is_cut_into_pages_of_twenty(client):
    for number in range(21):
        make_published_case(title=f"案例{number}", published_at=day(number))
    first, second = client.get("/cases/"), client.get("/cases/page/2/")

    assert titles(first) == [f"案例{number}" for number in range(20, 0, -1)]
    assert titles(second) == ["案例0"]
    assert (first.context["page"].next_url, second.context["page"].previous_url) == ("/cases/page/2/", "/cases/")
    assert "共 21 个案例" in first.content.decode()


@pytest.mark.parametrize("address", ["/cases/", "/regions/411100/", "/themes/logistics-transport/"])
def test_page_one_has_one_address(client, address):
    make_published_case(region=make_region(), themes=(make_theme(),))
    response = client.get(f"{address}page/1/")

    assert (response.status_code, response["Location"]) == (301, address)


@pytest.mark.parametrize("number", ["0", "2", "00", "99999999999999999999", "-1", "x", "9" * 5000])
def test_a_page_that_is_not_there_is_not_found(client, number):
    make_published_case(region=make_region())

    assert client.get(f"/cases/page/{number}/").status_code == 404
    assert client.get(f"/regions/411100/page/{number}/").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/regions/999999/",
        "/regions/河南/",
        "/departments/nope/",
        "/themes/nope/",
        "/tags/没有/",
        "/tags/a b/",
        "/tags/%00/",
        "/tags/x%00/page/2/",
        "/regions/411100%00/",
        "/nope/",
        "/cases/1/",
        "/cases/99999999999999999999/",
        f"/cases/{'9' * 5000}/",
    ],
)
def test_unknown_codes_are_not_found(client, address):
    assert client.get(address).status_code == 404


def test_a_region_shows_what_its_parts_do(client):
    for code, title in (("410000", "省"), ("411100", "市"), ("411102", "区"), ("410100", "别的市")):
        make_published_case(title=title, region=make_region(code))

    assert set(titles(client.get("/regions/410000/"))) == {"省", "市", "区", "别的市"}
    assert set(titles(client.get("/regions/411100/"))) == {"市", "区"}
    assert titles(client.get("/regions/411102/")) == ["区"]


@pytest.mark.parametrize("kind", ["department", "theme", "tag"])
def test_a_term_shows_its_own_cases_only(client, kind):
    mine = {"department": make_department(), "themes": (make_theme(),), "tags": ("治超",)}
    other = {
        "department": make_department("tax", "税务部门"),
        "themes": (make_theme("paying-taxes", "纳税"),),
        "tags": ("退税",),
    }
    make_published_case(title="这一个", **mine)
    make_published_case(title="另一个", **other)
    key = {"department": "transport", "theme": "logistics-transport", "tag": "治超"}[kind]

    assert titles(client.get(reverse(kind, args=[key]))) == ["这一个"]


# What is counted is counted once until the next publication; whether there was one is one query a page.
@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("address", "first", "later"),
    [
        ("/", 11, 6),
        ("/cases/", 3, 3),
        ("/regions/411100/", 11, 5),
        ("/departments/transport/", 9, 5),
        ("/themes/logistics-transport/", 11, 7),
        ("/tags/治超/", 12, 7),
        ("/regions/", 4, 3),
        ("/departments/", 6, 3),
        ("/themes/", 6, 3),
        ("/tags/", 4, 3),
    ],
)
def test_queries_do_not_grow_with_the_list(client, django_assert_num_queries, address, first, later, count):
    for _ in range(count):
        make_published_case(
            region=make_region(), department=make_department(), themes=(make_theme(),), tags=("治超", "物流")
        )

    for queries in (first, later):
        with django_assert_num_queries(queries):
            assert client.get(address).status_code == 200


@pytest.mark.parametrize("count", [21, 23])
@pytest.mark.parametrize(("address", "queries"), [("/cases/", 3), ("/regions/411100/", 5), ("/tags/治超/", 7)])
def test_queries_of_a_second_page_do_not_grow_with_it(client, django_assert_num_queries, address, queries, count):
    for _ in range(count):
        make_published_case(region=make_region(), themes=(make_theme(),), tags=("治超", "物流"))
    client.get(address)

    with django_assert_num_queries(queries):
        assert len(titles(client.get(f"{address}page/2/"))) == count - 20


def test_neighbours_are_the_other_cities_of_the_province(client):
    for code in ("411100", "410100", "410100", "330100"):
        make_published_case(region=make_region(code))
    beside = client.get("/regions/411100/").context["neighbours"].entries

    assert [(entry.term.pk, entry.count) for entry in beside] == [("410100", 2)]


def test_a_theme_leads_to_the_departments_that_work_on_it(client):
    transport, tax = make_department(), make_department("tax", "税务部门")
    for department in (transport, tax, tax):
        make_published_case(department=department, themes=(make_theme(),))
    beside = client.get("/themes/logistics-transport/").context["neighbours"].entries

    assert [(str(entry.term), entry.count) for entry in beside] == [("税务部门", 2), ("交通运输部门", 1)]


def test_a_tag_leads_to_the_tags_beside_it(client):
    make_published_case(tags=("治超", "物流"))
    make_published_case(tags=("治超", "物流", "公交"))
    make_published_case(tags=("公交",))
    beside = client.get("/tags/治超/").context["neighbours"].entries

    assert [(str(entry.term), entry.count) for entry in beside] == [("物流", 2), ("公交", 1)]


@pytest.mark.parametrize("filed", [("治超", "c", "b", "a"), ("治超", "b", "c", "a")])
def test_tags_that_stand_beside_it_equally_often_are_in_the_order_of_their_names(client, filed):
    for word in filed[1:]:
        make_published_case(tags=("治超", word))

    beside = client.get("/tags/治超/").context["neighbours"].entries

    assert [entry.term.name for entry in beside] == ["a", "b", "c"]


def test_cases_by_year_are_shown_once_there_are_two_years(client):
    make_published_case(region=make_region(), published_at=datetime.date(2022, 5, 1))
    one = client.get("/regions/411100/").context["years"]
    make_published_case(region=make_region(), published_at=datetime.date(2024, 5, 1))
    two = client.get("/regions/411100/").context["years"]

    assert (one, two) == ([], [(2022, 1), (2023, 0), (2024, 1)])


def test_cities_stand_under_their_provinces(client):
    for code in ("411102", "411100", "419001", "330100", "310115"):
        make_published_case(region=make_region(code))
    groups = client.get("/regions/").context["groups"]

    assert [
        (str(group.heading.term), group.heading.count, [(str(entry.term), entry.count) for entry in group.entries])
        for group in groups
    ] == [
        ("上海市", 1, [("浦东新区", 1)]),
        ("浙江省", 1, [("杭州市", 1)]),
        ("河南省", 3, [("漯河市", 2), ("济源市", 1)]),
    ]


def test_themes_stand_under_their_schemes_with_their_counts(client):
    make_theme("getting-credit", "获得信贷", scheme="ndrc18")
    make_published_case(themes=(make_theme(),))
    groups = client.get("/themes/").context["groups"]

    assert {(group.title, entry.term.name, entry.count) for group in groups for entry in group.entries} == {
        ("营商环境评价 18 项指标", "获得信贷", 0),
        ("本站主题", "交通物流", 1),
    }


def test_the_old_address_of_a_merged_tag_leads_to_the_new_one(client):
    make_published_case(tags=("治理超限",))
    Alias.objects.create(kind="tag", old="治理超限", new="治超")
    rebuild_published()

    assert client.get("/tags/治理超限/")["Location"] == Tag.objects.get(name="治超").get_absolute_url()


def test_the_old_address_of_a_merged_theme_leads_to_the_new_one(client):
    make_published_case(themes=(make_theme(),))
    Alias.objects.create(kind="theme", old="transport-older", new="transport-old")
    Alias.objects.create(kind="theme", old="transport-old", new="logistics-transport")

    for address in ("/themes/transport-older/", "/themes/transport-old/", "/themes/transport-old/page/2/"):
        response = client.get(address)
        assert (response.status_code, response["Location"]) == (302, "/themes/logistics-transport/")
    assert client.get("/en/themes/transport-old/")["Location"] == "/en/themes/logistics-transport/"


def test_an_old_name_leads_nowhere_while_cases_are_still_filed_under_it(client):
    old, new = make_theme("old", "旧"), make_theme("new", "新")
    make_published_case(title="旧的", themes=(old,), tags=("治理超限",))
    make_published_case(themes=(new,), tags=("治超",))
    Alias.objects.create(kind="tag", old="治理超限", new="治超")
    Alias.objects.create(kind="theme", old="old", new="new")

    assert titles(client.get("/tags/治理超限/")) == ["旧的"]
    assert titles(client.get("/themes/old/")) == ["旧的"]


def test_an_old_name_does_not_lead_to_a_term_without_cases(client):
    make_theme("old", "旧"), make_theme("new", "新")
    Alias.objects.create(kind="theme", old="old", new="new")
    Alias.objects.create(kind="theme", old="gone", new="no-theme")
    Alias.objects.create(kind="tag", old="治理超限", new="治超")

    assert client.get("/themes/old/").status_code == 200
    assert client.get("/themes/gone/").status_code == 404
    assert client.get("/tags/治理超限/").status_code == 404


@pytest.mark.parametrize("tags", [(), ("甲",), ("甲", "乙")])
def test_renames_in_a_circle_lead_nowhere(client, tags):
    make_published_case(tags=tags)
    Alias.objects.create(kind="tag", old="甲", new="乙")
    Alias.objects.create(kind="tag", old="乙", new="甲")

    assert [client.get(f"/tags/{tag}/").status_code for tag in "甲乙"] == [
        200 if tag in tags else 404 for tag in "甲乙"
    ]


def test_what_is_kept_is_counted_anew_after_each_publication_and_withdrawal(client):
    def cases():
        return [entry.count for group in client.get("/tags/").context["groups"] for entry in group.entries]

    first = make_published_case(tags=("治超",))
    assert cases() == [1]

    make_published_case(tags=("治超",))
    assert cases() == [2]

    withdraw_case(first.case, by=make_publisher(), reason="有误")
    assert cases() == [1]


def test_a_card_says_whose_day_it_shows(client):
    make_published_case(published_at=datetime.date(2024, 5, 1))
    here = timezone.localdate(make_published_case(published_at=None).first_released_at)
    page = client.get("/cases/").content.decode()

    assert re.findall(r"<time [^>]+>([^<]+)</time>", page) == [f"本站 {date_format(here)}", "原文 2024年5月1日"]
