"""axe on every page, in every scheme, in both languages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import BrowserContext, sync_playwright

from audit.addresses import Pages
from tests.browser.axe import SCHEMES, as_tall_as_its_page, in_words, violations_in

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]


def look(site: str, pages: Pages, *, chromium: str, results: Path) -> dict[str, list[str]]:
    """Page and scheme (`/en/cases/ dark`) → the rules broken there, in words; only where any is."""
    found: dict[str, dict] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        for addresses, session in ((pages.public, ""), (pages.admin, pages.session)):
            context = browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 800})
            if session:
                context.add_cookies([{"name": "sessionid", "value": session, "url": site}])
            for by_kind in addresses.values():
                for address in by_kind.values():
                    found |= dict(_of_page(context, site, address))
                    results.write_text(json.dumps(found, ensure_ascii=False, indent=1), encoding="utf-8")
            context.close()
        browser.close()
    return {where: in_words(broken) for where, broken in found.items() if broken}


def _of_page(context: BrowserContext, site: str, address: str) -> Iterator[tuple[str, list[dict]]]:
    page = context.new_page()
    page.goto(site + address)
    as_tall_as_its_page(page)
    for scheme in SCHEMES:
        yield f"{address} {scheme}", violations_in(page, scheme)
    page.close()
