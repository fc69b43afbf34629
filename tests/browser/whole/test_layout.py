"""Every public page stays whole where it is narrow, magnified, or asked to keep still."""

from __future__ import annotations

import pytest

from tests.browser.whole.artefacts import WIDTHS, keep_picture
from tests.browser.whole.geometry import troubles
from tests.browser.whole.telling import told

pytestmark = pytest.mark.browser

TWICE = "document.documentElement.style.fontSize = `${2 * parseFloat(getComputedStyle(document.body).fontSize)}px`"
MOVING = """
() => [...document.querySelectorAll("*")].flatMap((element) => ["", "::before", "::after"].filter((part) => {
  const style = getComputedStyle(element, part || null);
  return style.animationName !== "none" || style.transitionDuration.split(",").some((time) => parseFloat(time) > 0)
    || style.scrollBehavior === "smooth";
}).map((part) => element.tagName.toLowerCase() + "." + element.className + part)).slice(0, 5)
"""


@pytest.mark.parametrize(("width", "size"), [(320, 1), (1280, 2)])
def test_no_page_scrolls_sideways_cuts_or_overlaps(site, page_of, width, size):
    page, found = page_of(viewport={"width": width, "height": 800}), {}
    for kind, address in site.public.items():
        page.goto(site.url + address)
        if size == 2:
            page.evaluate(TWICE)
        found[kind] = troubles(page)

    assert told(found) == ""


# The largest type there is, in what the reader can choose; one load for both, and for both widths.
LARGEST = """
([simple]) => {
  const { dataset } = document.documentElement;
  dataset.size = "4";
  if (simple) dataset.simple = "on"; else delete dataset.simple;
  return document.scrollingElement.scrollWidth - innerWidth;
}
"""


@pytest.mark.parametrize("language", ["", "/en"])
def test_no_page_is_wider_than_a_desk_in_the_largest_type(site, page_of, language):
    page, found = page_of(), {}
    for kind, address in site.plain("public").items():
        page.goto(site.url + language + address)
        for width in (1024, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            for simple in (False, True):
                wide = page.evaluate(LARGEST, [simple])
                found[f"{kind} at {width}{' in 大字版' if simple else ''}"] = [f"{wide} px"] if wide > 0 else []

    assert told(found) == ""


@pytest.mark.parametrize("width", WIDTHS.values(), ids=list(WIDTHS))
@pytest.mark.parametrize("side", ["public", "admin"])
def test_every_kind_of_page_is_whole_on_a_desk_and_on_a_phone_and_its_picture_kept(site, page_of, side, width):
    page, found = page_of(signed_in=side == "admin", viewport={"width": width, "height": 800}), {}
    for kind, address in site.plain(side).items():
        page.goto(site.url + address)
        found[kind] = troubles(page)
        keep_picture(page, side, kind, width)

    assert told(found) == ""


@pytest.mark.parametrize("side", ["public", "admin"])
def test_nothing_moves_where_less_motion_is_wanted(site, page_of, side):
    page, found = page_of(signed_in=side == "admin", reduced_motion="reduce"), {}
    for kind, address in site.plain(side).items():
        page.goto(site.url + address)
        found[kind] = page.evaluate(MOVING)

    assert told(found) == ""


# In forced colours backgrounds are gone: a control without an edge of its own would be mere words.
EDGELESS = """
() => [...document.querySelectorAll("button, input, select, textarea")]
  .filter((control) => !["hidden", "checkbox", "radio"].includes(control.type) && control.checkVisibility()
    && parseFloat(getComputedStyle(control).borderTopWidth) < 1)
  .map((control) => control.outerHTML.slice(0, 90))
"""
UNSEEN_BARS = """
() => { const paper = getComputedStyle(document.body).backgroundColor;
  return [...document.querySelectorAll("svg rect, svg path")].filter((part) => part.checkVisibility()
    && !part.closest(".share__drawing") // a code: black on white in every scheme
    && getComputedStyle(part).fill === paper && getComputedStyle(part).stroke === "none")
    .map((part) => part.outerHTML.slice(0, 90)).slice(0, 3); }
"""


def test_controls_and_bars_are_seen_in_forced_colours(site, page_of):
    page, found = page_of(forced_colors="active"), {}
    for kind, address in site.plain("public").items():
        page.goto(site.url + address)
        found[kind] = page.evaluate(EDGELESS) + page.evaluate(UNSEEN_BARS)

    assert told(found) == ""
