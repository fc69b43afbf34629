"""English pages: what is Chinese on them (titles, texts and tags of cases, units) says so, and nothing else is.

A voice that reads English aloud has to know where Chinese begins (WCAG 3.1.2). Read from the HTML that the server
sends, of one page of each kind that links lead to.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from decimal import Decimal
from html.parser import HTMLParser
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

CHINESE = re.compile(r"[\u3001\u3002\u3007\u3400-\u9fff\uf900-\ufaff\uff01\uff08-\uff0c\uff1a\uff1b\uff1f]")
HAN = re.compile(r"[\u3007\u3400-\u9fff\uf900-\ufaff]+")
SPOKEN = ("alt", "aria-label", "title", "placeholder")
EMPTY = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Page(HTMLParser):
    """The texts of a page that are Chinese and do not say so, and where its links lead."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.within: list[tuple[str, str]] = [("", "")]  # element, language
        self.unmarked: list[str] = []
        self.marked = ""
        self.title = ""
        self.links: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attributes}
        language = values.get("lang", self.within[-1][1])
        self.links += [values["href"]] if tag == "a" and "href" in values else []
        for name in SPOKEN:
            self._heard(values.get(name, ""), language)
        if tag not in EMPTY:
            self.within.append((tag, language))

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attributes)
        if tag not in EMPTY:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        names = [name for name, _language in self.within]
        if tag in names[1:]:
            del self.within[len(names) - 1 - names[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        tag, language = self.within[-1]
        if tag == "title" and self.within[-2][0] == "head":
            self.title += data
        elif tag not in ("script", "style"):
            self._heard(data, language)

    def _heard(self, text: str, language: str) -> None:
        if language.startswith("zh"):
            self.marked += text
        elif CHINESE.search(text):
            self.unmarked.append(text.strip())

    def wrong(self) -> list[str]:
        """Also of the title of the page, which cannot mark its parts: its Chinese must stand marked on the page."""
        return self.unmarked + [run for run in HAN.findall(self.title) if run not in self.marked]


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
