"""The site map: for robots in parts of 10,000 addresses, for people on one page."""

from __future__ import annotations

import re
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from cases.editing.site_pages import load_site_pages
from cases.public.machines import sitemap
from cases.publishing import release
from tests.builders import make_department, make_published_case, make_region, make_theme, make_user

pytestmark = pytest.mark.django_db

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def parts_of(client):
    root = ElementTree.fromstring(client.get("/sitemap.xml").content)
    return [one.text.removeprefix("http://testserver") for one in root.findall("s:sitemap/s:loc", NAMES)]


def urls_of(client, part):
    """Path → (lastmod, hreflang → path)."""
    found = {}
    for url in ElementTree.fromstring(client.get(part).content).findall("s:url", NAMES):
        links = {one.get("hreflang"): one.get("href") for one in url.findall("x:link", NAMES)}
        found[unquote(url.find("s:loc", NAMES).text).removeprefix("http://testserver")] = (
            url.findtext("s:lastmod", None, NAMES),
            {name: unquote(href).removeprefix("http://testserver") for name, href in links.items()},
        )
    return found


@pytest.fixture
def case():
    load_site_pages()
    return make_published_case(
        region=make_region(), department=make_department(), themes=(make_theme(),), tags=("治超",), policies=("甲办法",)
    )


def test_every_address_of_the_site_map_is_a_page_and_says_when_it_changed(client, case):
    assert parts_of(client) == [f"/sitemap-{kind}-1.xml" for kind in ("pages", "cases", "terms", "tags", "policies")]
    for part in parts_of(client):
        for address, (changed, links) in urls_of(client, part).items():
            assert client.get(address).status_code == 200, address
            plain = re.sub("^/en/", "/", address)
            assert links == {"zh-CN": plain, "en": f"/en{plain}", "x-default": plain}
            assert changed or "pages" in part


def test_a_term_changes_with_its_newest_case(client, case):
    newer = make_published_case(department=make_department(), tags=("治超",))
    expected = timezone.localtime(newer.released_at).isoformat(timespec="seconds")

    assert urls_of(client, "/sitemap-terms-1.xml")["/departments/transport/"][0] == expected
    assert urls_of(client, "/sitemap-tags-1.xml")["/tags/治超/"][0] == expected


def test_a_case_taken_down_is_not_in_it(client, case):
    release.withdraw(case.case, by=make_user(), reason="撤")

    assert [part for part in parts_of(client) if "cases" in part] == []
    assert client.get("/sitemap-cases-1.xml").status_code == 404


def test_parts_hold_ranges_of_keys_and_each_is_read_by_itself(client, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(sitemap, "PAGES", 2)
    made = [make_published_case() for _ in range(3)]
    parts = [part for part in parts_of(client) if "cases" in part]

    with django_assert_num_queries(len(parts)):
        found = [address for part in parts for address in urls_of(client, part)]
    assert {address for address in found if not address.startswith("/en/")} == {f"/cases/{one.pk}/" for one in made}
    assert len(found) == len(set(found)) == 6


@pytest.mark.parametrize("count", [1, 3])
def test_the_index_asks_three_queries(client, count, django_assert_num_queries):
    for _ in range(count):
        make_published_case(tags=("治超",), policies=("甲办法",))

    with django_assert_num_queries(3):
        assert client.get("/sitemap.xml").status_code == 200


@pytest.mark.parametrize("part", ["cases-0", "cases-99", "terms-2", "other-1", "cases-99999999999999999999"])
def test_there_is_no_other_part(client, case, part):
    assert client.get(f"/sitemap-{part}.xml").status_code == 404


def test_an_empty_site_has_a_site_map(client):
    assert parts_of(client) == ["/sitemap-pages-1.xml"]


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_people_find_columns_provinces_themes_departments_and_texts(client, case, prefix):
    html = client.get(f"{prefix}/sitemap/").content.decode()
    main = html[html.index("<main") : html.index("</main>")]

    filed = ("/regions/410000/", "/themes/logistics-transport/")
    for address in ("/cases/", "/numbers/", *filed, "/about/", "/matrix/", "/reading-list/", "/accessibility/"):
        assert f'href="{prefix}{address}"' in main
    assert f'href="{prefix}/departments/transport/"' in main
    assert f'href="{prefix}/sitemap/"' in html[html.index("<footer") :]
