"""A site with one page of every kind, and the addresses of these pages.

A kind of page is a route of the resolver (`cases/<int:pk>/`), with a query or without. Pages are found from the routes
and from the links of the pages found, so that a page added later is looked at too.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from urllib.parse import urldefrag, urljoin, urlsplit

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client
from django.utils import translation
from selectolax.lexbor import LexborHTMLParser

from cases.editing.drafts import freeze, read_draft, write_draft
from cases.editing.preview_links import address_of as preview_address
from cases.editing.preview_links import make_link
from cases.models import Correction
from cases.publishing.release import publish, withdraw
from tests.admin.addresses import address_of, make_rows, routes
from tests.browser.walking import route_of
from tests.builders import make_case, make_department, make_published_case, make_publisher, make_region, make_theme

PER_PAGE = 20
HOST = "127.0.0.1"
LANGUAGES = ("zh-hans", "en")
NOT_OPENED = re.compile(r".*(?:/logout/|/autocomplete/|/jsi18n/|/admin/r/|_changelist_filters=)")


@dataclass(frozen=True, slots=True)
class Filled:
    """What stands in a filled site and is linked from nowhere."""

    rows: dict[str, object]  # of the admin, by table
    unlinked: dict[str, str]  # public pages: what is to be seen there → path and query


def fill_site() -> Filled:
    """The shipped vocabulary, rows of every table, and published cases enough for a second page of every list.

    One of the cases has versions; settings.PUBLIC_VERSIONS shows them. Raises IntegrityError if called twice.
    """
    call_command("load_vocabulary", stdout=io.StringIO())
    rows = make_rows()
    filed = {
        "region": make_region("411100"),
        "department": make_department(),
        "themes": (make_theme(),),
        "tags": ("一件事",),
        "policies": tuple(f"《办法{number}》" for number in range(PER_PAGE + 1)),
    }
    make_case(**filed)
    for number in range(PER_PAGE + 1):
        published = make_published_case(title=f"漯河：{'办得更快，' * 12}{number}", **filed)
    case, publisher = published.case, make_publisher()
    write_draft(replace(read_draft(case), closing="又快了一天。"), by=publisher, case=case)
    publish(freeze(case, by=publisher, note="补充最新进展"), by=publisher)
    preview = preview_address(make_link(case, by=publisher, hours=24))
    withdrawn = make_published_case().case
    withdraw(withdrawn, by=publisher, reason="原文有误")
    receipt = Correction.objects.get(pk=rows["correction"]).token
    unlinked = {
        "search found": "/search/?q=便民",
        "search in vain": "/search/?q=没有这样的词",
        "compare two": f"/compare/?case={case.pk}&case={rows['public']}",
        "reading list": f"/reading-list/?cases={case.pk},{withdrawn.pk},999999",
        "health": "/health/",
        "preview": urlsplit(preview).path,
        "withdrawn": f"/cases/{withdrawn.pk}/",
        "versions": f"/cases/{case.pk}/versions/",
        "receipt": f"/corrections/{receipt}/",
        "not there": "/not/there/",
    }
    listed = (filed["region"], filed["department"], *filed["themes"], published.tags.all()[0])
    second = {f"{term._meta.model_name} page": f"{term.get_absolute_url()}page/2/" for term in listed}
    return Filled(rows, unlinked | second)


def superuser(username: str = "auditor") -> Client:
    """Somebody who may see everything, logged in."""
    client = Client(SERVER_NAME=HOST)
    client.force_login(get_user_model().objects.create_superuser(username, password="correct horse"))
    return client


def public_pages(filled: Filled, language: str) -> dict[str, str]:
    """Its route (with `?` behind it if it was asked a question), or what is to be seen on it → a page's address."""
    prefix = "" if language == "zh-hans" else f"/{language}"
    named = {name: prefix + address for name, address in filled.unlinked.items()}
    with translation.override(language):
        return _pages(Client(SERVER_NAME=HOST), [f"{prefix}/"], _is_public, named)


def _is_public(route: str) -> bool:
    return not route.removeprefix("en/").startswith(("admin/", "api/", "^"))


def admin_pages(filled: Filled, client: Client, language: str) -> dict[str, str]:
    """The same of the admin, as `client` sees it; what asks for a log-in is seen as nobody."""
    prefix = "" if language == "zh-hans" else f"/{language}"
    outside = [f"{prefix}/admin/{name}/" for name in ("password_reset", "password_reset/done", "reset/done")]
    inside = [prefix + address_of(route.removeprefix("admin/"), filled.rows) for route in _written("zh-hans")]
    with translation.override(language):
        start = [f"{prefix}/admin/", *outside, *inside]
        return _pages(client, start, lambda route: route.startswith(f"{prefix}/admin/".lstrip("/")))


def _written(language: str) -> list[str]:
    """The routes of the admin of which an address can be written."""
    with translation.override(language):
        return [route for route in routes() if "(?P<" not in route and "<str:ending>" not in route]


def _pages(
    client: Client, start: Iterable[str], wanted: Callable[[str], bool], named: Mapping[str, str] = MappingProxyType({})
) -> dict[str, str]:
    queue, found, asked = [*start, *named.values()], dict[str, str](), set[str]()
    names = {address: name for name, address in named.items()}
    while queue:
        address = queue.pop(0)
        route = "404" if "not/there" in address else route_of(address)
        name = names.get(address) or f"{route}{'?' if '?' in address else ''}"
        if route is None or name in found or address in asked or not wanted(route) or NOT_OPENED.match(address):
            continue
        asked.add(address)
        response = client.get(address)
        if response.status_code >= 500:
            raise AssertionError(f"{address} answers {response.status_code}")
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        if not is_page or (response.status_code != 200 and address not in names):
            continue
        found[name] = address
        links = LexborHTMLParser(response.content).css("a[href]")
        queue += [local for link in links if (local := _local(address, link.attributes["href"] or ""))]
    return found


def _local(page: str, link: str) -> str:
    """The path and query a link on a page leads to, or "" if off the site."""
    address = urlsplit(urldefrag(urljoin(f"http://here{page}", link)).url)
    if address.netloc != "here":
        return ""
    return f"{address.path}?{address.query}" if address.query else address.path
