"""What axe finds wrong with the page a browser shows, in few words."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
OPTIONS = {
    "runOnly": {"type": "tag", "values": TAGS},
    "rules": {"target-size": {"enabled": True}},  # 2.5.8 of WCAG 2.2, which axe leaves out unless asked
    "resultTypes": ["violations"],
    "preload": False,  # of style sheets and films: no rule here wants them
}
OF_COLOUR = {
    "preload": False,
    "runOnly": {"type": "rule", "values": ("color-contrast", "link-in-text-block", "target-size")},
}
SCHEMES = ("light", "dark", "contrast")  # the first is looked at with all rules, the others for what a scheme changes


def as_tall_as_its_page(page: Page) -> None:
    """Let the window show all of the page, so that nothing that sticks to its edge covers what is below it."""
    height = page.evaluate("Math.min(8000, document.documentElement.scrollHeight)")
    width = page.viewport_size["width"] if page.viewport_size else 1280
    page.set_viewport_size({"width": width, "height": max(800, height)})


def show_in(page: Page, scheme: str) -> None:
    """Let the page open at present be seen in a scheme: by the browser's preference, or as the reader's tools do it."""
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    page.evaluate(
        "scheme => { if (scheme) document.documentElement.dataset.scheme = scheme;"
        " else delete document.documentElement.dataset.scheme }",
        "contrast" if scheme == "contrast" else "",
    )


def violations_in(page: Page, scheme: str) -> list[dict[str, Any]]:
    """What axe calls a violation, as it says it, most of what it says beside left out."""
    show_in(page, scheme)
    found = Axe().run(page, options=OPTIONS if scheme == SCHEMES[0] else OF_COLOUR).response["violations"]
    return [
        {
            "rule": violation["id"],
            "help": violation["help"],
            "nodes": [{"target": node["target"], "why": node["failureSummary"]} for node in violation["nodes"]],
        }
        for violation in found
    ]


def in_words(found: list[dict[str, Any]]) -> list[str]:
    """One line for each rule broken and each place of it."""
    return [f"{one['rule']}: {' '.join(map(str, node['target']))}" for one in found for node in one["nodes"]]
