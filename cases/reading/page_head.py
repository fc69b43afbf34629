"""What a page says of itself in its head: titles, date, source, and the address it came from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from html import unescape

_LONGEST_ADDRESS = 500
_HEAD = 200_000  # characters at the beginning of a page in which its head is looked for
_META = re.compile(r"<meta\b([^<>]{1,2000})>", re.IGNORECASE)
_LINK = re.compile(r"<link\b([^<>]{1,2000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([a-zA-Z:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_TITLE = re.compile(r"<title\b[^<>]{0,200}>([^<]{1,1000})</title", re.IGNORECASE)
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S{1,2000}?)\s*-->")
_WEB = re.compile(r"https?://[^\s/\"'<>]+[^\s\"'<>]*", re.IGNORECASE)
_WECHAT_TIME = re.compile(r"\bvar\s+ct\s*=\s*[\"'](\d{10})[\"']")
_WECHAT_NAME = re.compile(r"\bvar\s+nickname\s*=\s*(?:htmlDecode\()?[\"']([^\"'<>]{1,60})[\"']")
_SITE = re.compile(r"\s*[_|｜]\s*|\s+[-—–]+\s+|\s*--+\s*")
_CHINA = timezone(timedelta(hours=8))


@dataclass(frozen=True, slots=True)
class PageHead:
    """Each "" when the page does not say."""

    title: str = ""  # of the article
    page_title: str = ""  # of the page, with the name of the site perhaps
    published: str = ""  # as the page writes it
    source: str = ""
    address: str = ""


def read_head(html: str) -> PageHead:
    """What the head of a page says."""
    head = html[:_HEAD]
    told: dict[str, str] = {}
    for match in _META.finditer(head):
        meta = _attributes(match[1])
        name = (meta.get("name") or meta.get("property") or meta.get("itemprop") or "").lower()
        if name and meta.get("content", "").strip():
            told.setdefault(name, " ".join(meta["content"].split()))
    page_title = _TITLE.search(head)
    return PageHead(
        title=_first(told, "articletitle", "article:title", "og:title", "twitter:title")[:300],
        page_title=" ".join(unescape(page_title[1]).split())[:300] if page_title else "",
        published=_first(told, "pubdate", "publishdate", "article:published_time", "og:release_date")[:40]
        or _wechat_time(html),
        source=(_first(told, "contentsource", "article:source", "source") or _wechat_name(html))[:60],
        address=_address(head, told),
    )


def own_title(head: PageHead) -> str:
    """The title of the article; that of the page without the name of the site when nothing else is said."""
    return head.title or _SITE.split(head.page_title)[0].strip()


def _attributes(text: str) -> dict[str, str]:
    return {match[1].lower(): unescape(match[2] or match[3] or match[4] or "") for match in _ATTRIBUTE.finditer(text)}


def _first(told: Mapping[str, str], *names: str) -> str:
    return next((told[name] for name in names if told.get(name)), "")


def _wechat_time(html: str) -> str:
    """The time WeChat writes into the page with a script."""
    found = _WECHAT_TIME.search(html)
    return datetime.fromtimestamp(int(found[1]), _CHINA).strftime("%Y-%m-%d %H:%M") if found else ""


def _wechat_name(html: str) -> str:
    found = _WECHAT_NAME.search(html)
    return found[1].strip() if found else ""


def _address(head: str, told: Mapping[str, str]) -> str:
    """The address of the page on the web, the one it was saved from before the one it prefers."""
    saved = _SAVED_FROM.search(head[:4000])
    links = (_attributes(match[1]) for match in _LINK.finditer(head))
    canonical = (link.get("href", "") for link in links if link.get("rel", "").lower() == "canonical")
    for address in (unescape(saved[1]) if saved else "", *canonical, told.get("og:url", ""), told.get("url", "")):
        if _WEB.fullmatch(address.strip()) and len(address.strip()) <= _LONGEST_ADDRESS:
            return address.strip()
    return ""
