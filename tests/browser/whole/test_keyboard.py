"""Every page by keyboard alone: all that can be used is reached, in order, and seen to be."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.whole.telling import told

pytestmark = pytest.mark.browser

# What Tab should reach, in the order of the page. Of a group of radio buttons one is enough.
READY = """
() => {
  const groups = new Set();
  const reached = [...document.querySelectorAll(
    "a[href], button, input, select, textarea, summary, iframe, [tabindex], audio[controls], video[controls]"
  )].filter((control) => {
    if (control.disabled || control.tabIndex < 0 || control.type === "hidden") return false;
    if (!control.checkVisibility({ visibilityProperty: true })) return false;
    if (control.type !== "radio") return true;
    const group = [...document.getElementsByName(control.name)];
    if (group.some((one) => one.checked) ? !control.checked : groups.has(control.name)) return false;
    return groups.add(control.name);
  });
  window.reached = reached;
  window.walked = [];
  document.addEventListener("focusin", ({ target }) => {
    const style = getComputedStyle(target);
    const drawn = getComputedStyle(target.ownerSVGElement && target.querySelector("rect, path") || target);
    const isOutlined = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2)
      || (target.ownerSVGElement && drawn.stroke !== "none" && parseFloat(drawn.strokeWidth) >= 2);
    const box = target.getBoundingClientRect();
    window.walked.push({ at: reached.indexOf(target), isSeen: isOutlined || style.boxShadow !== "none",
      isThere: box.width > 1 && box.height > 1, what: target.outerHTML.slice(0, 110) });
  }, true);
  return reached.length;
}
"""
MOST = 100  # stops of a page: its lists go on as they began
DRAWN = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
# Where a page puts the focus into a field by itself, Tab would go on from there. A page in a frame is walked as a page.
FROM_THE_TOP = """
() => { document.body.tabIndex = -1; document.body.focus({ preventScroll: true });
  document.body.removeAttribute("tabindex");
  for (const frame of document.querySelectorAll("iframe")) frame.tabIndex = -1; }
"""
IS_THROUGH = """
(last) => document.activeElement === document.body || window.walked.some(({ at }) => at >= last)
"""


def walk(page: Page) -> dict[str, Any]:
    """Tab from the top of the open page; what was wrong: stops out of order, unseen, or never reached."""
    page.evaluate(DRAWN)  # a field that takes the focus by itself does so as the page is drawn
    page.evaluate(FROM_THE_TOP)
    stops = page.evaluate(READY)
    last = min(stops, MOST) - 1
    for _ in range(last):
        page.keyboard.press("Tab")
    for _ in range(2 * MOST):  # a day has stops of its own, a box that scrolls is one, a row may bring its tools
        page.keyboard.press("Tab")
        if page.evaluate(IS_THROUGH, last):
            break
    walked = page.evaluate("window.walked")
    order = [stop["at"] for stop in walked if stop["at"] >= 0]
    passed = list(dict.fromkeys(order))
    expected = list(range(stops))[: len(passed)]
    missed = [at for at in range(min(stops, MOST)) if at not in set(passed)]
    wrong: dict[str, Any] = {
        "unseen": [stop["what"] for stop in walked if not (stop["isSeen"] and stop["isThere"])][:3],
        "out of order": ""
        if passed == expected
        else page.evaluate(f"reached[{_first_gap(passed)}].outerHTML.slice(0, 110)"),
        "missed": page.evaluate(f"{missed[:3]}.map((at) => reached[at].outerHTML.slice(0, 110))"),
    }
    return {what: where for what, where in wrong.items() if where}


def _first_gap(passed: list[int]) -> int:
    return next((at for at, stop in enumerate(passed) if stop != at), 0)


@pytest.mark.parametrize(("side", "width"), [("public", 1280), ("public", 375), ("admin", 1280)])
def test_tab_reaches_everything_in_order_and_shows_where_it_is(site, page_of, side, width):
    page, found = page_of(signed_in=side == "admin", viewport={"width": width, "height": 800}), {}
    for kind, address in site.plain(side).items():
        page.goto(site.url + address)
        found[kind] = walk(page)

    assert told(found) == ""


def test_the_first_tab_offers_to_skip_to_the_text_and_does(site, page_of):
    page = page_of()
    found = {}
    for kind, address in site.plain("public").items():
        page.goto(site.url + address)
        if kind == "health":
            continue  # a page for who keeps the site running, without a header to skip
        page.keyboard.press("Tab")
        found[kind] = page.evaluate("document.activeElement.matches('.skip-link[href=\"#content\"]')")
        page.keyboard.press("Enter")
        found[kind] = found[kind] and page.evaluate("document.activeElement.id") == "content"

    assert [kind for kind, skips in found.items() if not skips] == []


def test_dialogs_open_by_keyboard_close_with_escape_and_give_the_focus_back(site, page_of):
    page, opened, found = page_of(), set(), {}
    for kind, address in site.plain("public").items():
        page.goto(site.url + address)
        for opener in page.locator("[data-dialog]:visible").all():
            name = opener.get_attribute("data-dialog")
            if name in opened:
                continue  # the same on every page
            opened.add(name)
            opener.focus()
            page.keyboard.press("Enter")
            expect(page.locator("dialog[open]")).to_be_visible(timeout=20_000)  # its content is fetched
            page.keyboard.press("Escape")
            expect(page.locator("dialog[open]")).to_have_count(0, timeout=20_000)
            if not opener.evaluate("(opener) => opener === document.activeElement"):
                found[f"{kind} {name}"] = opener.evaluate("(opener) => opener.outerHTML")

    assert opened == {"tools", "cite", "share"}
    assert told(found) == ""
