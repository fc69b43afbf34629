"""Every public page without scripts and without style sheets: all is there, in order."""

from __future__ import annotations

import pytest

from tests.browser.whole.telling import told

pytestmark = pytest.mark.browser

# Words a reader can see; lines and spaces aside, which style sheets make.
WORDS = """
() => { const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT); const words = [];
  while (walker.nextNode()) {
    const { parentElement } = walker.currentNode;
    const text = walker.currentNode.data.trim().replace(/\\d+:\\d+:\\d+/, ""); // what time it is
    if (text && !parentElement.closest("script, noscript") && parentElement.checkVisibility()) words.push(text);
  }
  return words; }
"""
HEADINGS = "() => [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map((heading) => Number(heading.tagName[1]))"
ORDER = """
() => { const parts = ["body > .skip-link", "header", "main", "footer"].map((name) => document.querySelector(name))
    .filter(Boolean);
  const first = document.querySelector("a[href], button, input, select, summary");
  return { inOrder: parts.every((part, at) => !at
      || parts[at - 1].compareDocumentPosition(part) & Node.DOCUMENT_POSITION_FOLLOWING),
    skipsFirst: !document.querySelector(".skip-link") || first.matches(".skip-link"),
    h1: document.querySelectorAll("h1").length, inMain: Boolean(document.querySelector("main h1")) }; }
"""
# What only a script would answer must not be offered without one.
DEAD = """
() => [...document.querySelectorAll("button[type=button], [role=button]:not(summary), a:not([href]), [onclick]")]
  .filter((control) => control.checkVisibility()).map((control) => control.outerHTML.slice(0, 100))
"""


# Tools that need a script stand in the page unseen until one shows them.
OF_SCRIPTS = """
() => [...document.querySelectorAll("[hidden], [hidden] *")].flatMap((tool) => [...tool.childNodes])
  .filter((part) => part.nodeType === Node.TEXT_NODE).map((part) => part.data.trim())
"""


def skips(levels: list[int]) -> bool:
    """Whether a heading is more than one level below the one before it."""
    return any(after > before + 1 for before, after in zip([0, *levels], levels, strict=False))


def test_without_scripts_every_page_says_the_same_and_offers_nothing_dead(site, page_of):
    with_scripts, without = page_of(), page_of(java_script_enabled=False)
    found = {}
    for kind, address in site.plain("public").items():
        with_scripts.goto(site.url + address)
        without.goto(site.url + address)
        said = set(without.evaluate(WORDS))
        missing = [words for words in with_scripts.evaluate(WORDS) if words not in said]
        found[kind] = without.evaluate(DEAD) + sorted(set(missing) - set(without.evaluate(OF_SCRIPTS)))

    assert told(found) == ""


def test_without_style_sheets_every_page_reads_in_order_and_nothing_is_lost(site, page_of):
    page, bare = page_of(), page_of()
    bare.route("**/*.css", lambda route: route.abort())
    found = {}
    for kind, address in site.plain("public").items():
        page.goto(site.url + address)
        bare.goto(site.url + address)
        order = bare.evaluate(ORDER)
        lost = set(page.evaluate(WORDS)) - set(bare.evaluate(WORDS))
        wrong = [*sorted(lost), *([] if order["inOrder"] and order["skipsFirst"] else ["parts out of order"])]
        wrong += ["headings skip a level"] if skips(bare.evaluate(HEADINGS)) else []
        wrong += [] if (order["h1"], order["inMain"]) == (1, True) else [f"{order['h1']} h1"]
        found[kind] = wrong

    assert told(found) == ""


@pytest.fixture
def page(page_of):
    return page_of(java_script_enabled=False)


def test_without_scripts_a_search_is_asked_narrowed_and_paged(site, page):
    page.goto(f"{site.url}/")
    page.fill("main input[name=q]", "便民")
    page.press("main input[name=q]", "Enter")
    assert "找到 22 个案例" in page.inner_text("main")

    page.goto(f"{site.url}/search/?q=便民&page=2")
    assert page.locator("main article").count() == 2


def test_without_scripts_two_cases_are_chosen_and_compared(site, page):
    page.goto(f"{site.url}{site.public['compare/']}")
    page.goto(site.url + site.public["cases/<int:pk>/"])
    page.click("main a[href*='/compare/']")

    assert page.url.startswith(f"{site.url}/compare/?")


def test_without_scripts_numbers_are_narrowed(site, page):
    page.goto(f"{site.url}/numbers/")
    page.fill("#numbers-q", "便民站点")
    page.press("#numbers-q", "Enter")

    assert page.locator("table tbody tr").count() > 0


def test_without_scripts_the_language_is_changed(site, page):
    page.goto(f"{site.url}/numbers/")
    page.click("header a[hreflang=en], header a[lang=en]")

    assert page.url == f"{site.url}/en/numbers/"
