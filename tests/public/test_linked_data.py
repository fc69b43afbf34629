import json
import re

import pytest

from cases.content import PictureContent
from tests.builders import make_department, make_published_case, make_region, make_theme

pytestmark = pytest.mark.django_db


def linked_data(client, address):
    """Type → JSON-LD object of a page."""
    html = client.get(address).content.decode()
    found = map(json.loads, re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL))
    return {said["@type"]: said for said in found}


def trail(said):
    return [(item["position"], item["name"], item.get("item")) for item in said["BreadcrumbList"]["itemListElement"]]


def test_a_case_page_is_an_article(client):
    case = make_published_case(region=make_region(), themes=(make_theme(),), tags=("治超",))
    said = linked_data(client, f"/cases/{case.pk}/")["Article"]

    assert (said["headline"], said["url"]) == (case.title, f"http://testserver/cases/{case.pk}/")
    assert (said["keywords"], said["contentLocation"]["name"]) == (["治超"], "漯河市")
    assert said["datePublished"].endswith("+08:00")
    assert {"author", "publisher", "dateModified", "description"} <= said.keys()


@pytest.mark.parametrize(
    ("prefix", "home", "cases", "departments"),
    [("", "首页", "案例", "部门"), ("/en", "Home", "Cases", "Departments")],
)
def test_a_breadcrumb_is_told_to_search_engines(client, prefix, home, cases, departments):
    department = make_published_case(department=make_department()).department
    site = f"http://testserver{prefix}"

    assert trail(linked_data(client, f"{prefix}/cases/")) == [(1, home, f"{site}/"), (2, cases, None)]
    assert trail(linked_data(client, f"{prefix}/departments/{department.pk}/")) == [
        (1, home, f"{site}/"),
        (2, departments, f"{site}/departments/"),
        (3, department.name, None),
    ]


def test_nothing_in_the_data_ends_the_script(client):
    title = "</script><script>alert(1)</script><!-- & \u2028"
    case = make_published_case(title=title)
    html = client.get(f"/cases/{case.pk}/").content.decode()

    assert linked_data(client, f"/cases/{case.pk}/")["Article"]["headline"] == title
    assert "<script>alert" not in html
    assert "\\u003c/script\\u003e\\u003cscript\\u003ealert(1)" in html


@pytest.mark.parametrize(
    "page",
    [
        *("/cases/", "/cases/{pk}/", "/cases/{pk}/like/", "/policies/", "/policies/甲办法/", "/maps/", "/maps/410000/"),
        *("/trends/", "/matrix/", "/matrix/?region=410000", "/regions/", "/regions/411100/", "/departments/"),
        *("/departments/transport/", "/themes/", "/themes/logistics-transport/", "/tags/", "/tags/治超/", "/data/"),
        *("/data/api/", "/search/?q=便民", "/numbers/", "/numbers/?unit=个", "/compare/", "/compare/?case={pk}", "/"),
    ],
)
def test_every_breadcrumb_is_told_to_search_engines(client, page):
    filed = {"region": make_region(), "department": make_department(), "themes": (make_theme(),)}
    case = make_published_case(**filed, tags=("治超",), policies=("甲办法",))
    address = page.format(pk=case.pk)
    html = client.get(address).content.decode()
    seen = re.search(r'<nav class="breadcrumb".*?</nav>', html, re.DOTALL)
    said = linked_data(client, address).get("BreadcrumbList")

    assert (said is not None) == (seen is not None)
    if seen:
        names = re.findall(r"<li><(?:a|span)[^>]*>([^<]*)<", seen[0])
        assert [name for _position, name, _address in trail({"BreadcrumbList": said})] == names


@pytest.mark.parametrize("page", ["/data/", "/numbers/", "/numbers/?unit=个"])
def test_pages_of_data_are_a_dataset(client, page):
    make_published_case()
    said = linked_data(client, page)["Dataset"]
    addresses = {one["contentUrl"].removeprefix("http://testserver") for one in said["distribution"]}
    table = {"/numbers/": {"/numbers.csv"}, "/numbers/?unit=个": {"/numbers.csv?unit=%E4%B8%AA"}}.get(page, set())

    assert addresses == {"/cases/cases.csv", "/api/v1/cases", "/api/v1/metrics"} | table
    assert {"@context", "name", "description", "url", "creator", "keywords"} <= said.keys()
    assert {client.get(address).status_code for address in addresses} == {200}


# Shapes: what schema.org and those who read it ask of each type

REQUIRED = {
    "Article": {"headline", "image", "author", "publisher", "datePublished", "dateModified", "mainEntityOfPage"},
    "BreadcrumbList": {"itemListElement"},
    "ListItem": {"position", "name"},
    "Dataset": {"name", "description", "url", "creator", "license", "distribution"},
    "DataDownload": {"contentUrl", "encodingFormat"},
    "WebSite": {"name", "url", "potentialAction"},
    "SearchAction": {"target", "query-input"},
    "EntryPoint": {"urlTemplate"},
    "Organization": {"name"},
    "Person": {"name"},
    "Place": {"name"},
    "CreativeWork": set(),
}
ADDRESSES = {"url", "image", "mainEntityOfPage", "contentUrl", "urlTemplate", "license"}
DATES = {"datePublished", "dateModified"}


def faults(said, path=""):
    """Where an object is not of the shape of its type."""
    missing = sorted(REQUIRED[said["@type"]] - said.keys())
    found = [f"{path}{name} is missing" for name in missing]
    for name, value in said.items():
        values = value if isinstance(value, list) else [value]
        found += [
            f"{path}{name} is empty" for _ in [0] if not values or not all(one not in ("", None) for one in values)
        ]
        for one in values:
            if isinstance(one, dict):
                found += faults(one, f"{path}{name}.")
            elif name in ADDRESSES and not re.match(r"https?://[^/\s]+/\S*$", one):
                found.append(f"{path}{name} is no absolute address: {one}")
            elif name in DATES and not re.match(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}[+-]\d{2}:\d{2})?)?$", one):
                found.append(f"{path}{name} is no date: {one}")
    return found


def test_a_fault_of_shape_is_found():
    said = {
        "@type": "Article",
        "headline": "",
        "image": "/a.png",
        "datePublished": "May",
        "author": {"@type": "Person"},
    }

    assert faults(said) == [
        *(f"{name} is missing" for name in ("dateModified", "mainEntityOfPage", "publisher")),
        "headline is empty",
        "image is no absolute address: /a.png",
        "datePublished is no date: May",
        "author.name is missing",
    ]


@pytest.mark.parametrize("address", ["/", "/en/", "/cases/{pk}/", "/en/cases/{pk}/", "/data/", "/numbers/", "/themes/"])
def test_what_pages_say_is_of_the_shapes_of_schema_org(client, address):
    case = make_published_case(region=make_region(), themes=(make_theme(),), source_url="https://example.com/1")
    said = linked_data(client, address.format(pk=case.pk))

    assert said
    assert [fault for one in said.values() for fault in faults(one)] == []


def test_the_home_page_says_how_the_site_is_searched(client):
    said = linked_data(client, "/en/")["WebSite"]

    assert said["url"] == "http://testserver/en/"
    assert said["potentialAction"]["target"]["urlTemplate"] == "http://testserver/en/search/?q={search_term_string}"
    assert said["potentialAction"]["query-input"] == "required name=search_term_string"


def test_an_article_shows_its_card_and_its_first_picture(client):
    case = make_published_case(pictures=(PictureContent(file="a" * 64 + ".png"),))

    assert linked_data(client, f"/cases/{case.pk}/")["Article"]["image"] == [
        f"http://testserver/cases/{case.pk}/card.png",
        f"http://testserver/media/pictures/{'a' * 64}.png",
    ]


@pytest.mark.parametrize("page", ["/data/", "/numbers/"])
def test_a_dataset_is_described_in_as_many_words_as_searchers_want(client, page):
    assert 50 <= len(linked_data(client, page)["Dataset"]["description"]) <= 5_000
