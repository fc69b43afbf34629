"""What one presses in the admin is large enough: for a mouse 24 px, for a finger 44 px (WCAG 2.5.8, 2.5.5)."""

from __future__ import annotations

import pytest

from tests.browser.whole.telling import told

pytestmark = pytest.mark.browser

FOR_A_MOUSE, FOR_A_FINGER = 24, 44
PRESSED = "a, button, summary, input:is([type=submit], [type=button], [type=reset])"
AMONG_BUTTONS = ("#header", ".object-tools", ".submit-row")
# A link among words is as high as they are; what a widget keeps out of sight is 1 px. Readers' pages lack #container.
LOWER = """
([pressed, least]) => {
  const isAmongWords = (element) => getComputedStyle(element).display === "inline"
    && [...element.parentElement.childNodes].some((node) => node.nodeType === 3 && node.data.trim().length > 2);
  return [...document.querySelectorAll(`#container :is(${pressed})`)]
    .filter((one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
    .map((one) => ({ one, box: one.getBoundingClientRect() }))
    .filter(({ one, box }) => box.width > 1 && box.bottom > 0 && box.height < least - 0.5 && !isAmongWords(one))
    .map(({ one, box }) => `${(one.textContent.trim() || one.value || one.className).slice(0, 20)} ${box.height}`)
    .slice(0, 5);
}
"""


def test_no_link_or_button_of_the_admin_is_too_low_for_a_mouse(site, page_of):
    page, found = page_of(signed_in=True, viewport={"width": 1280, "height": 800}), {}
    for kind, address in site.plain("admin").items():
        page.goto(site.url + address)
        found[kind] = page.evaluate(LOWER, [PRESSED, FOR_A_MOUSE])

    assert told(found) == ""


def test_no_button_of_the_admin_is_too_low_for_a_finger(site, page_of):
    phone = {"viewport": {"width": 375, "height": 800}, "has_touch": True, "is_mobile": True}
    page, found = page_of(signed_in=True, **phone), {}
    there = ", ".join(f"{place} :is({PRESSED})" for place in AMONG_BUTTONS)
    for kind, address in site.plain("admin").items():
        page.goto(site.url + address)
        found[kind] = page.evaluate(LOWER, [f"{there}, #content button, #content summary", FOR_A_FINGER])

    assert told(found) == ""
