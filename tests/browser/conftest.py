"""A real Chromium on a live server, watched for everything a reader's console would complain about.

Mark a module of such tests with `pytestmark = pytest.mark.browser`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response, expect

from tests.builders import make_user
from tests.tools import chromium

expect.set_options(timeout=20_000)  # milliseconds: the machine may be at work on other things

REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (violation) => console.error(
  `CSP: ${violation.effectiveDirective} ${violation.blockedURI} ${violation.sourceFile}:${violation.lineNumber}`
  + ` ${violation.sample}`
));
"""


@pytest.fixture(scope="session", autouse=True)
def _django_beside_playwright():
    """Playwright keeps an event loop in this thread; Django would refuse its database there."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {
        **browser_type_launch_args,
        "executable_path": chromium(),
        "args": ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {**browser_context_args, "locale": "zh-CN", "timezone_id": "Asia/Shanghai"}


class Watch:
    """What went wrong on a page since it was opened, in words."""

    def __init__(self, page: Page, host: str) -> None:
        self.host = host
        self.page = page
        self.troubles: list[str] = []
        page.add_init_script(REPORT_VIOLATIONS)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self._note(f"script error: {error}"))
        page.on("request", self._request)
        page.on("requestfailed", self._request_failed)
        page.on("response", self._response)

    def _note(self, trouble: str) -> None:
        self.troubles.append(f"{urlsplit(self.page.url).path}: {trouble}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith("Failed to load resource"):  # see _response
            self._note(message.text)

    def _request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in ("http", "https", "ws", "wss") and address.netloc != self.host:
            self._note(f"asks another host: {request.url}")

    def _request_failed(self, request: Request) -> None:
        if not request.is_navigation_request() and request.failure != "net::ERR_ABORTED":
            self._note(f"request failed: {request.url} {request.failure}")

    def _response(self, response: Response) -> None:
        part_of_page = not response.request.is_navigation_request()
        if response.status >= 500 or (response.status >= 400 and part_of_page):
            self._note(f"{response.status} {response.url}")


@pytest.fixture
def watched_page(live_server, page: Page) -> Iterator[Page]:
    """A page that fails its test on a CSP violation, a script error, a failed part or a word to another host."""
    watch = Watch(page, urlsplit(live_server.url).netloc)
    yield page
    page.wait_for_timeout(50)  # what the browser has yet to report
    assert watch.troubles == []


@pytest.fixture
def signed_in_page(watched_page: Page, context: BrowserContext, client, live_server) -> Page:
    """A watched page of somebody who may do everything."""
    client.force_login(make_user("admin", permissions=("*",)))
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    return watched_page
