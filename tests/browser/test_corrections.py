"""A reader selects words in a case and reports them, on a desktop and on a phone, with scripts and without."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from cases.content import InitiativeContent
from cases.models import Correction
from cases.public.corrections import guard
from tests.builders import make_metric, make_published_case

pytestmark = pytest.mark.browser

WIDTHS = [{"width": 1280, "height": 800}, {"width": 375, "height": 700}]
SELECT = """([selector, start, end]) => {
  const text = document.querySelector(selector);
  const range = document.createRange();
  range.setStart(text, start);
  range.setEnd(text, end ?? text.childNodes.length);
  const selection = document.getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
}"""


@pytest.fixture
def case(live_server, monkeypatch):
    monkeypatch.setattr(guard, "SHORTEST", 0)
    metric = make_metric(label="站点", value=3, unit="个", quote="建成站点3个")
    part = InitiativeContent(heading="快", text="建成站点3个，少跑路。", metrics=(metric,))
    return make_published_case(initiatives=(part,), intro="导语一段。")


@pytest.mark.parametrize("size", WIDTHS, ids=lambda size: str(size["width"]))
def test_selected_words_go_along_to_the_form_and_to_the_receipt(watched_page: Page, live_server, case, size):
    watched_page.set_viewport_size(size)
    watched_page.goto(f"{live_server.url}/cases/{case.pk}/")
    button = watched_page.get_by_role("button", name="纠错")
    expect(button).to_be_hidden()

    watched_page.evaluate(SELECT, ["#initiative-1 .prose > p", 0, None])
    expect(button).to_be_visible()
    box = button.bounding_box()
    assert 0 <= box["x"] <= size["width"] - box["width"]
    assert min(box["width"], box["height"]) >= 44
    button.click()

    expect(watched_page.get_by_label("有错的原文")).to_have_value(
        "建成站点3个，少跑路。"
    )  # without the number of the card
    watched_page.get_by_label("数字有误").check()
    watched_page.get_by_label("错在哪里").fill("应为4个。")
    watched_page.get_by_role("button", name="提交").click()

    expect(watched_page.get_by_role("heading", level=1)).to_have_text("纠错回执")
    assert Correction.objects.get().place == "initiatives[0].text"


def test_words_of_several_passages_are_one_text(watched_page: Page, live_server, case):
    watched_page.goto(f"{live_server.url}/cases/{case.pk}/")
    watched_page.evaluate(SELECT, [".case__text", 0, 4])
    watched_page.get_by_role("button", name="纠错").click()

    words = watched_page.get_by_label("有错的原文").input_value()
    assert words.splitlines()[:3] == ["导语一段。", "快", "建成站点3个，少跑路。"]


def test_the_button_goes_with_the_selection_and_by_escape(watched_page: Page, live_server, case):
    watched_page.goto(f"{live_server.url}/cases/{case.pk}/")
    button = watched_page.get_by_role("button", name="纠错")
    watched_page.evaluate(SELECT, ["#initiative-1 .prose > p", 0, None])
    expect(button).to_be_visible()
    watched_page.keyboard.press("Escape")
    expect(button).to_be_hidden()

    watched_page.evaluate(SELECT, ["h1", 0, None])
    expect(button).to_be_visible()
    watched_page.evaluate("document.getSelection().removeAllRanges()")
    expect(button).to_be_hidden()


def test_the_link_takes_the_selection_along_by_the_keyboard(watched_page: Page, live_server, case):
    watched_page.goto(f"{live_server.url}/cases/{case.pk}/")
    watched_page.evaluate(SELECT, ["h1", 0, None])
    expect(watched_page.get_by_role("button", name="纠错")).to_be_visible()
    link = watched_page.get_by_role("link", name="我要纠错").first
    link.focus()
    watched_page.keyboard.press("Enter")

    expect(watched_page.get_by_label("有错的原文")).to_have_value(case.title)


def test_without_scripts_a_link_leads_to_the_form(browser, live_server, case):
    context = browser.new_context(java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{live_server.url}/cases/{case.pk}/")
    expect(page.get_by_role("button", name="纠错")).to_have_count(0)
    page.get_by_role("link", name="我要纠错").last.click()
    page.get_by_label("错别字").check()
    page.get_by_label("错在哪里").fill("有错字。")
    page.get_by_role("button", name="提交").click()

    expect(page.get_by_text("有错字。")).to_be_visible()
    context.close()
