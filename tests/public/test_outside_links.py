"""No link leaves for another site without saying so; sites of the government are told apart."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser

from cases.editing.demo import load_demo
from cases.editing.site_pages import load_site_pages
from cases.editing.vocabulary import load_vocabulary
from cases.presenting.addresses import is_government
from tests.builders import make_published_case

OUTSIDE, GOVERNMENT = "（外部链接，将离开本站）", "（政府网站）"


def unsaid(html):
    """Links to other hosts that do not say so."""
    return [
        link.attributes["href"]
        for link in LexborHTMLParser(html).css("a[href]")
        if urlsplit(link.attributes["href"] or "").netloc not in ("", "testserver")
        and (GOVERNMENT if is_government(link.attributes["href"]) else OUTSIDE) not in link.text()
    ]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.gov.cn/a", True),
        ("https://beian.miit.gov.cn/", True),
        ("http://WWW.HENAN.GOV.CN.:8080/", True),
        ("https://www.gov.cn.example.com/", False),
        ("https://notgov.cn/", False),
        ("https://example.com/?u=.gov.cn", False),
        ("https://www.gov.cn@example.com/", False),
        ("http://[", False),
    ],
)
def test_sites_of_the_government_are_told_by_their_host(url, expected):
    assert is_government(url) is expected


@pytest.mark.django_db
def test_a_link_that_says_nothing_is_found(client):
    published = make_published_case(source_url="https://news.example.com/1")
    html = client.get(f"/cases/{published.pk}/").content.decode()

    assert unsaid(html) == []
    assert set(unsaid(html.replace(OUTSIDE, ""))) == {"https://news.example.com/1"}


@pytest.mark.django_db
def test_no_page_of_the_demo_leads_away_without_a_word(client, settings):
    settings.ICP_NUMBER, settings.POLICE_NUMBER = "京ICP备19014889号", "京公网安备11010102000001号"
    settings.PARTY_MARK_URL = "https://bszs.conac.cn/sitename"
    settings.FAULT_REPORT_URL = "https://zfwzgl.www.gov.cn/exposure/jiucuo.html"
    load_vocabulary()
    load_site_pages()
    load_demo()
    make_published_case(source_url="https://news.example.com/1")
    waiting, seen = ["/"], set()
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        seen.add(address)
        response = client.get(address)
        if response.status_code != 200 or "text/html" not in response["Content-Type"]:
            continue
        html = response.content.decode()
        assert unsaid(html) == [], address
        waiting += _leading_on(html, seen)

    assert len(seen) > 150


def _leading_on(html, seen):
    """Pages to walk to: every path; of addresses with a query, which are without end, none."""
    links = {(link.attributes["href"] or "").partition("#")[0] for link in LexborHTMLParser(html).css("a[href]")}
    kept = ("/cases/", "/maps/", "/policies/", "/sitemap/", "/data/", "/numbers/", "/compare/", "/about/", "/trends/")
    return [one for one in links - seen if one.startswith(kept) and "?" not in one and "." not in one]
