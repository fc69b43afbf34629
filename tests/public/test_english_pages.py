"""English pages: what is Chinese on them (titles, texts and tags of cases, units) says so, and nothing else is.

A voice that reads English aloud has to know where Chinese begins (WCAG 3.1.2). Read from the HTML that the server
sends, of one page of each kind that links lead to.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from decimal import Decimal
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.urls import Resolver404, resolve
from django.utils import translation

from cases.editing.site_pages import load_site_pages
from cases.editing.workflow import withdraw_case
from cases.models import PublishedCase
from tests.builders import (
    make_department,
    make_metric,
    make_published_case,
    make_publisher,
    make_region,
    make_theme,
)
from tests.chinese_text import Page


def local(address: str, link: str) -> str:
    """The path and query of a link of the page at `address` that stays on the English pages, else ""."""
    there = urlsplit(urldefrag(urljoin(f"http://testserver{address}", link)).url)
    is_english = there.netloc == "testserver" and there.path.startswith("/en/")
    return f"{there.path}?{there.query}".rstrip("?") if is_english and "/admin/" not in there.path else ""


def walk(client, start: list[str]) -> Iterator[tuple[str, Page]]:
    """One page of each kind: a route, with a query or without."""
    queue, met, opened = list(start), set[tuple[str, bool]](), set[str]()
    while queue:
        address = queue.pop(0)
        try:
            with translation.override("en"):
                kind = (resolve(urlsplit(address).path).route, "?" in address)
        except Resolver404:
            kind = ("nowhere", False)
        if address in opened or (kind in met and address not in start):
            continue
        met.add(kind)
        opened.add(address)
        response = client.get(address)
        if not response.headers.get("Content-Type", "").startswith("text/html"):
            continue
        page = Page(response.content.decode())
        queue += filter(None, (local(address, link) for link in page.links))
        yield address, page


def make_site() -> tuple[PublishedCase, PublishedCase]:
    """Two cases in which everything occurs that a page can show, and one that is gone."""
    metrics = (
        make_metric(label="奖补资金", value=Decimal(123_000_000), from_value=Decimal(98_000_000), unit="元"),
        make_metric(label="惠及企业", value=Decimal(184_000), unit="家", qualifier="over", period="2023年以来"),
    )
    text = "奖补资金由9800万元增至1.23亿元，2023年以来惠及企业18.4万余家。"
    metrics = tuple(dataclasses.replace(metric, quote=text) for metric in metrics)
    filed = {
        "department": make_department(name_en="Transport"),
        "themes": (make_theme(name_en="Transport and logistics"),),
        "tags": ("治超",),
    }
    first = make_published_case(intro=text, metrics=metrics, region=make_region("411100"), **filed)
    second = make_published_case(region=make_region("410100"), **filed)
    gone = make_published_case()
    withdraw_case(gone.case, by=make_publisher(), reason="过时")
    return first, second


@pytest.mark.django_db
def test_what_is_chinese_on_an_english_page_says_so(client, settings, without_reviews):
    settings.PUBLIC_VERSIONS = True
    first, second = make_site()
    load_site_pages()
    queries = (
        *("search/?q=治超", "search/?q=治超 漯河&region=410000", "search/?q=没有这样的词语", "search/?q=!!"),
        *("search/?tag=没有", "search/?year=九", "numbers/?unit=元&sort=-value", "numbers/?q=没有这样的词语"),
        *("numbers/?unit=没有", f"compare/?case={first.pk}&case={second.pk}", f"compare/?case={first.pk}"),
        *("compare/?region=411100&region=410100", "compare/?case=999999", "trends/?region=410000"),
        *("matrix/?region=410000", "no-such-page/", f"cases/{first.pk}/like/", f"cases/{second.pk + 1}/"),
    )
    wrong = {address: page.wrong() for address, page in walk(client, ["/en/", *(f"/en/{query}" for query in queries)])}

    assert {address: texts for address, texts in wrong.items() if texts} == {}
    assert len(wrong) > 30


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<p>Cases in <span lang="zh-CN">漯河</span></p>', []),
        ("<p>Cases in 漯河</p>", ["Cases in 漯河"]),
        ("<p>Themes：tags</p>", ["Themes：tags"]),
        ('<img alt="窗口" lang="zh-CN"><img alt="窗口">', ["窗口"]),
        ('<div lang="zh-CN"><br><p>漯河</p></div><p>漯河</p>', ["漯河"]),
        ('<head><title>漯河 · Cases</title></head><h1 lang="zh-CN">漯河</h1>', []),
        ("<head><title>漯河 · Cases</title></head>", ["漯河"]),
    ],
)
def test_unmarked_chinese_is_found(html, expected):
    assert Page(html).wrong() == expected
