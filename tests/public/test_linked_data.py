import json
import re

import pytest

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


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_breadcrumb_is_told_to_search_engines(client, prefix):
    department = make_published_case(department=make_department()).department
    site = f"http://testserver{prefix}"

    assert trail(linked_data(client, f"{prefix}/cases/")) == [(1, "首页", f"{site}/"), (2, "案例", None)]
    assert trail(linked_data(client, f"{prefix}/departments/{department.pk}/")) == [
        (1, "首页", f"{site}/"),
        (2, "部门", f"{site}/departments/"),
        (3, department.name, None),
    ]


def test_nothing_in_the_data_ends_the_script(client):
    title = "</script><script>alert(1)</script><!-- & \u2028"
    case = make_published_case(title=title)
    html = client.get(f"/cases/{case.pk}/").content.decode()

    assert linked_data(client, f"/cases/{case.pk}/")["Article"]["headline"] == title
    assert "<script>alert" not in html
    assert "\\u003c/script\\u003e\\u003cscript\\u003ealert(1)" in html
