"""Finding every page of the site by itself, so that pages added later are looked at too.

A kind of page is a route of the resolver (`cases/<int:pk>/`), with a query or without. Of each
kind that links lead to, one page is opened.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import urldefrag, urljoin, urlsplit

from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve
from django.utils.translation import get_language, get_language_from_path
from playwright.sync_api import Page


def routes(resolver: URLResolver | None = None, before: str = "") -> Iterator[str]:
    """Every route of the site in the language of this thread, as `resolve(path).route` writes it."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes(entry, route)
        elif isinstance(entry, URLPattern):
            yield route


def route_of(address: str) -> str | None:
    """The route that answers a path in the language of this thread, its query left aside; None if none does."""
    path = urlsplit(address).path
    if get_language_from_path(path) not in (None, get_language()):  # /en/ would look like any other word
        return None
    try:
        return resolve(path).route
    except Resolver404:
        return None


def walk(page: Page, site: str, start: list[str], wanted: Callable[[str], bool]) -> Iterator[str]:
    """Open one page of each wanted kind, yielding its path and query while it is open.

    Begins at the paths of `start` and follows the links of every page opened, but not off the
    wanted routes. What is no HTML (feeds, downloads) is not opened, and not yielded.
    """
    queue, met = list(start), set[tuple[str | None, bool]]()
    while queue:
        address = queue.pop(0)
        kind = (route_of(address), "?" in address)
        if kind[0] is None or kind in met or not wanted(kind[0]):
            continue
        met.add(kind)
        answer = page.request.get(site + address)
        assert answer.status < 400, f"a link leads nowhere: {address} answers {answer.status}"
        if not answer.headers.get("content-type", "").startswith("text/html"):
            continue
        page.goto(site + address)
        links = page.eval_on_selector_all("a[href]", "links => links.map(link => link.getAttribute('href'))")
        queue += [local for link in links if (local := _local(page.url, link))]
        yield address


def _local(page_address: str, link: str) -> str:
    """The path and query a link leads to on the same host, else ""."""
    address = urlsplit(urldefrag(urljoin(page_address, link)).url)
    if address.netloc != urlsplit(page_address).netloc:
        return ""
    return f"{address.path}?{address.query}" if address.query else address.path
