"""A reader goes from a number to its sentence and back, with scripts and without."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from cases.content import InitiativeContent
from tests.builders import make_metric, make_published_case

pytestmark = pytest.mark.browser

TEXT = "由7天压缩到2天，提速71%。\n全市推广。"
QUOTES = ("由7天压缩到2天", "压缩到2天，提速71%", "提速71%。\n全市推广")


@pytest.fixture
def address(live_server):
    metrics = tuple(
        make_metric(label=f"指标{number}", value=number, quote=quote) for number, quote in enumerate(QUOTES)
    )
    part = InitiativeContent(heading="快", text=TEXT, metrics=metrics)
    return live_server.url + make_published_case(initiatives=(part,)).get_absolute_url()


def lit(page: Page) -> str:
    """The words that stand on the colour of evidence."""
    return page.evaluate(
        """() => [...document.querySelectorAll(".quote__words")].filter((words) => {
          for (let part = words; part.classList.contains("quote") || part === words; part = part.parentElement)
            if (getComputedStyle(part).backgroundColor !== "rgba(0, 0, 0, 0)") return true;
          return false;
        }).map((words) => words.textContent).join("")"""
    )


def to_evidence_and_back(page: Page, address: str) -> None:
    page.goto(address)
    assert lit(page) == ""
    for number, quote in enumerate(QUOTES, start=1):
        page.click(f"#metric-{number} .metric__evidence")
        assert lit(page) == quote.replace("\n", "")
        page.click(f".quote__number[href='#metric-{number}']")
        expect(page.locator(":target")).to_have_id(f"metric-{number}")


def test_the_very_words_light_up(watched_page, address):
    to_evidence_and_back(watched_page, address)


def test_they_do_so_without_scripts(browser, address):
    context = browser.new_context(java_script_enabled=False)
    to_evidence_and_back(context.new_page(), address)
    context.close()


def test_the_contents_list_follows_the_reading_place(watched_page, live_server):
    parts = tuple(InitiativeContent(heading=f"第{number}条", text="文字。" * 600) for number in range(3))
    watched_page.goto(live_server.url + make_published_case(initiatives=parts).get_absolute_url())
    watched_page.evaluate("document.getElementById('initiative-2').scrollIntoView({behavior: 'instant'})")

    expect(watched_page.locator("[data-contents] [aria-current]")).to_have_attribute("href", "#initiative-2")
