"""The head of every public page: meta tags of the rules, one address, its other language, Open Graph."""

from __future__ import annotations

import datetime
import re

import pytest
from django.utils.encoding import iri_to_uri
from selectolax.lexbor import LexborHTMLParser

from cases.content import PictureContent
from cases.editing.preview_links import address_of, make_link
from cases.editing.site_pages import load_site_pages
from cases.models import PublishedCase, SitePage
from cases.publishing import release
from tests.builders import (
    make_case,
    make_department,
    make_published_case,
    make_publisher,
    make_region,
    make_theme,
    make_user,
)

pytestmark = pytest.mark.django_db

SITE = ["SiteName", "SiteDomain", "SiteIDCode"]
COLUMN = ["ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"]
ARTICLE = ["ArticleTitle", "PubDate", "ContentSource"]
OPTIONAL = ["Keywords", "Author", "Description", "Image", "Url"]
PAGES = [
    *("/", "/cases/", "/regions/", "/regions/411100/", "/departments/", "/departments/transport/", "/themes/"),
    *("/themes/logistics-transport/", "/tags/", "/tags/治超/", "/search/", "/search/?q=便民", "/numbers/", "/compare/"),
    *("/policies/", "/policies/甲办法/", "/maps/", "/maps/410000/", "/trends/", "/matrix/", "/data/", "/data/api/"),
    *("/sitemap/", "/about/", "/privacy/", "/copyright/", "/contact/"),
]


@pytest.fixture
def case(settings):
    settings.SITE_CODE = "bm12345678"
    load_site_pages()
    return make_published_case(
        region=make_region(), department=make_department(), themes=(make_theme(),), tags=("治超",), policies=("甲办法",)
    )


def head_of(client, address):
    return LexborHTMLParser(client.get(address).content.decode())


def named(page):
    """Name → content of the meta tags that the rules name, in their order."""
    tags = [(one.attributes.get("name") or "", one.attributes.get("content") or "") for one in page.css("meta[name]")]
    return {name: content for name, content in tags if name[:1].isupper()}


def properties(page):
    return {one.attributes["property"]: one.attributes["content"] for one in page.css("meta[property]")}


def address_in(page, selector):
    found = page.css_first(selector)
    return found and found.attributes["href"]


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_page_has_the_tags_of_the_site_and_of_its_column(client, case, prefix):
    for address in PAGES:
        page = head_of(client, prefix + address)
        tags = named(page)

        assert list(tags) == SITE + COLUMN, address
        assert all(tags.values()), address
        assert tags["ColumnType"] in ("首页",) if address == "/" else tags["ColumnType"] != "首页"


def test_the_domain_is_the_host_alone_of_the_request_or_of_the_settings(client, case, settings):
    settings.ALLOWED_HOSTS = ["*"]
    page = LexborHTMLParser(client.get("/", HTTP_HOST="www.a.gov.cn:8443").content.decode())
    settings.SITE_DOMAIN = "www.b.gov.cn"
    other = LexborHTMLParser(client.get("/", HTTP_HOST="10.0.0.1:8000").content.decode())

    assert named(page)["SiteDomain"] == "www.a.gov.cn"
    assert named(other)["SiteDomain"] == "www.b.gov.cn"
    assert address_in(other, "link[rel=canonical]") == "http://www.b.gov.cn/"


def test_without_a_code_the_site_is_no_government_site(client, settings):
    settings.SITE_CODE = ""

    assert "SiteIDCode" not in named(head_of(client, "/"))


def test_a_term_page_has_the_name_of_its_column_and_a_description_that_names_the_term(client, case):
    tags = named(head_of(client, "/regions/411100/"))

    assert tags["ColumnName"] == "地区"
    assert tags["ColumnDescription"].startswith("漯河市：")
    assert tags["ColumnKeywords"].startswith("漯河市,")


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_government_site_has_the_name_it_is_registered_by_in_every_language(client, case, settings, prefix):
    settings.SITE_NAME, settings.SITE_NAME_EN = "某案例库", "Some Casebook"

    assert named(head_of(client, f"{prefix}/"))["SiteName"] == "某案例库"


def test_another_site_is_called_what_it_is_called_in_english(client, settings):
    settings.SITE_NAME_EN = "Some Casebook"

    assert named(head_of(client, "/en/"))["SiteName"] == "Some Casebook"


@pytest.mark.parametrize(
    ("address", "description", "keywords"),
    [
        ("/about/", "关于本站：营商案例库收集各地优化营商环境的经验做法", "关于本站,营商环境"),
        ("/privacy/", "隐私声明：浏览本站的公开页面不需要注册", "隐私声明,营商环境,关于本站"),
        ("/en/privacy/", "Privacy: The public pages of this site can be read without registration", "Privacy,"),
    ],
)
def test_a_page_of_the_site_is_described_by_what_it_says(client, case, address, description, keywords):
    page = head_of(client, address)

    assert named(page)["ColumnDescription"].startswith(description)
    assert named(page)["ColumnKeywords"].startswith(keywords)
    assert page.css_first("meta[name=description]").attributes["content"] == named(page)["ColumnDescription"]


def test_a_page_of_headings_alone_is_described_by_its_title(client, case):
    SitePage.objects.filter(slug="about").update(body="## 题")

    assert named(head_of(client, "/about/"))["ColumnDescription"] == "关于本站"


def test_a_case_page_is_an_article_of_its_column(client, settings):
    settings.SITE_CODE = "1101010001"
    file = "a" * 64 + ".png"
    published = make_published_case(
        themes=(make_theme(),), tags=("治超",), author="张三", summary="摘要。", pictures=(PictureContent(file=file),)
    )
    when = datetime.datetime(2026, 1, 31, 16, 30, tzinfo=datetime.UTC)
    PublishedCase.objects.filter(pk=published.pk).update(first_released_at=when)
    tags = named(head_of(client, f"/cases/{published.pk}/"))

    assert list(tags) == [*SITE, *ARTICLE, *OPTIONAL, "ColumnName", "ColumnType"]
    assert tags["PubDate"] == "2026-02-01 00:30"
    assert tags["ContentSource"] == "漯河日报"
    assert tags["Keywords"] == "交通物流,治超"
    assert tags["Image"] == f"http://testserver/media/pictures/{file}"
    assert tags["Url"] == f"http://testserver/cases/{published.pk}/"
    assert (tags["ColumnName"], tags["ColumnType"]) == ("案例", "工作动态")


def test_previews_and_errors_carry_nothing_of_an_article_and_are_not_listed(client, case):
    preview = address_of(make_link(make_case(), by=make_publisher(), hours=24))
    withdrawn = make_published_case()
    release.withdraw(withdrawn.case, by=make_user(), reason="过时")

    for address in (preview, "/not/there/", f"/cases/{withdrawn.pk}/"):
        tags = named(head_of(client, address))
        assert not set(tags) & {*ARTICLE, *OPTIONAL}, address
        assert set(SITE) <= set(tags)
    for address in (preview, "/not/there/"):
        page = head_of(client, address)
        assert page.css_first("meta[name=robots]").attributes["content"] == "noindex"
        assert page.css("link[rel=canonical], link[hreflang], meta[property]") == []


# Addresses


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_page_has_one_address_and_leads_to_its_languages(client, case, prefix):
    for address in (*PAGES, f"/cases/{case.pk}/", f"/cases/{case.pk}/like/"):
        page = head_of(client, prefix + address + ("&" if "?" in address else "?") + "utm_source=x")
        chinese = iri_to_uri(f"http://testserver{address}")
        english = chinese.replace("http://testserver/", "http://testserver/en/")
        languages = {one.attributes["hreflang"]: one.attributes["href"] for one in page.css("head link[hreflang]")}

        assert languages == {"zh-CN": chinese, "en": english, "x-default": chinese}, address
        assert address_in(page, "link[rel=canonical]") == (english if prefix else chinese)
        assert properties(page)["og:url"] == (english if prefix else chinese)
        assert page.css_first("meta[name=robots]") is None


def test_page_two_is_a_page_of_its_own(client):
    for _ in range(21):
        make_published_case()
    page = head_of(client, "/cases/page/2/?from=timeline")

    assert address_in(page, "link[rel=canonical]") == "http://testserver/cases/page/2/"


@pytest.mark.parametrize("part", ["correction/", "cite/", "share/"])
def test_pages_beside_a_case_are_of_its_column_and_for_readers_alone(client, case, part):
    page = head_of(client, f"/cases/{case.pk}/{part}")

    assert set(COLUMN) <= set(named(page))
    assert [one.attributes["content"] for one in page.css("meta[name=robots]")] == ["noindex"]
    assert page.css("link[rel=canonical], link[hreflang], meta[property]") == []


def test_searches_with_filters_are_not_listed(client, case):
    page = head_of(client, "/search/?region=411100&q=便民")

    assert page.css_first("meta[name=robots]").attributes["content"] == "noindex"


# Open Graph


def test_a_case_is_passed_on_with_its_card(client, case):
    said = properties(head_of(client, f"/cases/{case.pk}/"))

    assert said["og:type"] == "article"
    assert said["og:title"] == case.title
    assert said["og:image"] == f"http://testserver/cases/{case.pk}/card.png"
    assert all(said.values())


@pytest.mark.parametrize("title", ['"><script>alert(1)</script>', "a'b&c", "短", "长" * 300, "甲\u202e乙\U0001f600"])
def test_a_title_is_no_markup_anywhere_in_the_head(client, title):
    published = make_published_case(title=title)
    page = head_of(client, f"/cases/{published.pk}/")

    assert page.css_first("title").text() == f"{title} · 营商案例库"
    assert properties(page)["og:title"] == named(page)["ArticleTitle"] == title
    assert not re.search("<script>alert", client.get(f"/cases/{published.pk}/").content.decode())
