"""One site for all tests here: filled once, only looked at, emptied at the end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import override_settings
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from cases.models.append_only import drop_triggers
from cases.search.index import clear_index
from tests.whole_site import admin_pages, fill_site, public_pages, superuser

CHINESE = "zh-hans"
ALIKE = re.compile(
    r"\?$|page/<int:number>|\w page$|cases/(?!case/|wordrule/)\w+/(?:<path:object_id>/(?:history|delete)|add)"
)


@dataclass(frozen=True, slots=True)
class Site:
    """A filled site that is being served."""

    url: str
    public: dict[str, str]  # kind of page → its address
    admin: dict[str, str]
    session: str  # of somebody who may see everything

    def plain(self, side: str) -> dict[str, str]:
        """Pages of a side without those like another: asked a question, a further page, Django's of each table."""
        pages = self.public if side == "public" else self.admin
        return {kind: address for kind, address in pages.items() if not ALIKE.search(kind)}

    def sign_in(self, context: BrowserContext) -> None:
        context.add_cookies([{"name": "sessionid", "value": self.session, "url": self.url}])


@pytest.fixture(scope="session")
def site(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Site]:
    media = tmp_path_factory.mktemp("media")
    with (
        django_db_blocker.unblock(),
        override_settings(PUBLIC_VERSIONS=True, MEDIA_ROOT=media, ALLOWED_HOSTS=["127.0.0.1"]),
    ):
        server = LiveServer("127.0.0.1")
        try:
            filled = fill_site()
            client = superuser()
            session = client.cookies["sessionid"].value
            public, admin = public_pages(filled, CHINESE), admin_pages(filled, client, CHINESE)
            yield Site(server.url, public, admin, session)
        finally:
            server.stop()
            empty_database()


def empty_database() -> None:
    """Leave the database as tests with transactions of their own do."""
    drop_triggers()
    call_command("flush", interactive=False, verbosity=0)
    clear_index()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Last of all: what empties the database must not come before tests that count on what migrations left.

    A module with a site of its own comes before the site of all the others, which stays to the end.
    """
    here = Path(__file__).parent
    items.sort(key=lambda item: (here in item.path.parents, item.path.stem != "test_bad_input_pages"))


@pytest.fixture(autouse=True)
def db():
    """By this name pytest-django knows that a database is needed; tests here have no transaction of their own in it."""


@pytest.fixture(autouse=True)
def _media_of_its_own():
    """The site has its own already."""


@pytest.fixture
def page_of(browser: Browser, site: Site):
    """A function that opens a window; what it is given are options of the browser's context."""
    contexts = []

    def open_window(*, signed_in: bool = False, **options) -> Page:
        options = {"locale": "zh-CN", "timezone_id": "Asia/Shanghai", "reduced_motion": "reduce", **options}
        context = browser.new_context(**options)
        contexts.append(context)
        if signed_in:
            site.sign_in(context)
        return context.new_page()

    yield open_window
    for context in contexts:
        context.close()
