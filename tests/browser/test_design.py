"""What the eye expects: nothing moves while a page comes, text begins early, what is folded can be reached."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from playwright.sync_api import expect

from cases.content import InitiativeContent, PictureContent
from cases.editing.pictures import store_picture
from tests.builders import make_metric, make_published_case, make_region

pytestmark = pytest.mark.browser

WATCH_SHIFTS = """
window.shifted = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""


def make_picture(number, **fields):
    buffer = io.BytesIO()
    Image.new("RGB", (1200, 700 + number), "steelblue").save(buffer, "PNG")
    return PictureContent(file=store_picture(f"{number}.png", buffer.getvalue()), alt=f"图{number}", **fields)


@pytest.fixture
def illustrated(live_server):
    """The address of a case with a cover, a gallery and more metrics than are in sight."""
    text = "，".join(f"第{number}项办结{number + 10}件" for number in range(40))
    metrics = tuple(
        make_metric(label=f"指标{number}", value=number, unit="件", quote=f"第{number}项办结{number + 10}件")
        for number in range(40)
    )
    pictures = tuple(make_picture(number, is_cover=number == 0) for number in range(12))
    part = InitiativeContent(heading="快", text=text, metrics=metrics)
    case = make_published_case(
        title="把窗口搬到园区，企业少跑路", region=make_region(), pictures=pictures, intro="导语。", initiatives=(part,)
    )
    return live_server.url + case.get_absolute_url()


@pytest.mark.parametrize("width", [1280, 375])
def test_nothing_moves_while_a_page_comes(watched_page, live_server, illustrated, width):
    watched_page.set_viewport_size({"width": width, "height": 800})
    watched_page.add_init_script(WATCH_SHIFTS)
    for address in (illustrated, live_server.url, f"{live_server.url}/cases/"):
        watched_page.goto(address)
        watched_page.wait_for_load_state("networkidle")

        assert watched_page.evaluate("window.shifted") == 0


def test_the_text_of_a_case_begins_on_the_first_screen_of_a_laptop(watched_page, illustrated):
    watched_page.set_viewport_size({"width": 1280, "height": 800})
    watched_page.goto(illustrated)

    assert watched_page.locator("#intro p").bounding_box()["y"] < 720


def test_a_picture_is_taken_in_the_width_of_its_place(watched_page, illustrated):
    watched_page.set_viewport_size({"width": 375, "height": 800})
    watched_page.goto(illustrated)
    cover = watched_page.locator(".figure--cover img")
    expect(cover).to_have_js_property("complete", True)

    assert cover.evaluate("(picture) => picture.currentSrc").endswith("-480.webp")


def test_a_number_leads_to_its_card_though_it_is_folded(watched_page, illustrated):
    watched_page.goto(illustrated)
    card = watched_page.locator("#metric-40")
    expect(card).not_to_be_visible()
    watched_page.click(".quote__number[href='#metric-40']")

    expect(card).to_be_visible()
    expect(watched_page.locator(":target")).to_have_id("metric-40")


def test_what_is_folded_is_printed(watched_page, illustrated):
    watched_page.goto(illustrated)
    folds = "document.querySelectorAll('details.fold[open]').length"
    every = watched_page.locator("details.fold").count()
    watched_page.evaluate("dispatchEvent(new Event('beforeprint'))")
    while_printed = watched_page.evaluate(folds)
    watched_page.evaluate("dispatchEvent(new Event('afterprint'))")

    assert every > 1
    assert (while_printed, watched_page.evaluate(folds)) == (every, 0)


def test_what_is_folded_is_printed_without_scripts_too(browser, illustrated):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(illustrated)
    expect(page.locator(".metrics-table table")).not_to_be_visible()
    page.emulate_media(media="print")

    expect(page.locator(".metrics-table table")).to_be_visible()
    context.close()


def test_evidence_lights_up_under_reduced_motion_without_moving_smoothly(watched_page, illustrated):
    watched_page.emulate_media(reduced_motion="reduce")
    watched_page.goto(illustrated)

    assert watched_page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
