"""Every page keeps to the policy `default-src 'self'`, and public pages fit a phone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.core.management import call_command
from django.utils import timezone, translation
from playwright.sync_api import Page

from cases.editing.drafts import freeze, read_draft, write_draft
from cases.editing.preview_links import address_of, make_link
from cases.models import Correction
from cases.publishing.release import publish, withdraw
from tests.browser.conftest import Watch
from tests.browser.walking import route_of, routes, walk
from tests.builders import make_case, make_department, make_published_case, make_publisher, make_region, make_theme

pytestmark = pytest.mark.browser

WIDTHS = (1280, 375)
PER_PAGE = 20
NOT_PAGES = (  # asked by scripts, machines and maintainers, linked from nowhere
    *("search/suggest/", "health/live/", "health/ready/", "style/"),
    "marks/(?P<name>party|fault)$",
)
NOT_WALKED = ("/history/", "/delete/", "/logout/", "/autocomplete/", "/jsi18n/")


@pytest.fixture
def site_with_cases(transactional_db, settings):
    """The shipped vocabulary, a draft, and published cases enough for a second page of every list, one with versions.

    Returns the addresses of a preview and of a receipt, which are linked from nowhere.
    """
    settings.PUBLIC_VERSIONS = True
    call_command("load_vocabulary", verbosity=0)
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
    Correction.objects.create(
        case=case, kind="typo", quote="又快", text="错字", token="receipt", received_at=timezone.now()
    )
    return address_of(make_link(case, by=publisher, hours=24)), "/corrections/receipt/"


def is_public(route: str) -> bool:
    return not route.removeprefix("en/").startswith(("admin/", "^media/", "api/", "^api/"))


def is_of_staff(route: str) -> bool:
    """Pages of the admin; history and deleting look alike for every table, logging out would end the walk."""
    return route.startswith("admin/") and not any(part in route for part in NOT_WALKED)


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    return page.evaluate("Math.max(0, document.scrollingElement.scrollWidth - window.innerWidth)")


def overflows(page: Page) -> dict[int, int]:
    """Width of the window → `overflow`, where there is any."""
    found = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        found[width] = overflow(page)
    return {width: pixels for width, pixels in found.items() if pixels}


@pytest.mark.parametrize(("language", "home"), [("zh-hans", "/"), ("en", "/en/")])
def test_public_pages_are_linked_fit_every_width_and_break_no_rule(
    watched_page, live_server, site_with_cases, language, home
):
    with translation.override(language):  # it decides which routes the resolver knows
        unlinked = [home.rstrip("/") + address for address in site_with_cases]
        start = [home, f"{home}search/?q=便民", "/health/", *unlinked]
        found = {path: overflows(watched_page) for path in walk(watched_page, live_server.url, start, is_public)}
        met = {route_of(path) for path in found}
        pages = [route for route in routes() if is_public(route) and "." not in route]  # feeds have an extension
        pages = [route for route in pages if not route.endswith(NOT_PAGES)]

    assert {path: too_wide for path, too_wide in found.items() if too_wide} == {}
    assert [route for route in pages if route not in met] == []


@pytest.mark.parametrize(("path", "status"), [("/not/there/", 404), ("/cases/{withdrawn}/", 410)])
def test_error_pages_break_no_rule_and_fit_every_width(watched_page, live_server, path, status):
    case = make_published_case().case
    withdraw(case, by=make_publisher(), reason="原文有误，" * 20)

    answer = watched_page.goto(live_server.url + path.format(withdrawn=case.pk))

    assert (answer.status, overflows(watched_page)) == (status, {})


def test_pages_of_the_staff_break_no_rule(signed_in_page, live_server, site_with_cases):
    start = ["/admin/", "/admin/password_reset/"]

    seen = {route_of(path) for path in walk(signed_in_page, live_server.url, start, is_of_staff)}

    assert {"admin/", "admin/cases/case/", "admin/cases/case/<path:object_id>/change/"} <= seen


def test_the_log_in_page_breaks_no_rule(watched_page, live_server):
    watched_page.goto(f"{live_server.url}/admin/")

    assert route_of(watched_page.url) == "admin/login/"


def test_a_violation_would_be_seen(page, live_server):
    watch = Watch(page, live_server.url.removeprefix("http://"))
    page.goto(f"{live_server.url}/admin/")
    handler_and_picture = '<p onclick="1"><img src="/static/not-there.png">'
    page.evaluate("document.body.setAttribute('style', 'color: red')")
    with page.expect_response("**/not-there.png"):
        page.evaluate("html => document.body.insertAdjacentHTML('beforeend', html)", handler_and_picture)
    with page.expect_event("pageerror"):
        page.evaluate("setTimeout(() => { throw new Error('of a script') })")

    said = "\n".join(watch.troubles)
    assert all(words in said for words in ("CSP: style-src-attr", "CSP: script-src-attr", "of a script", "404")), said
