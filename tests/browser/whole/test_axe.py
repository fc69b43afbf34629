"""axe finds nothing on any kind of page, in any scheme; `make audit` looks at both languages too."""

from __future__ import annotations

import pytest

from tests.browser.axe import SCHEMES, as_tall_as_its_page, in_words, violations_in
from tests.browser.whole.telling import told

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("side", ["public", "admin"])
def test_no_kind_of_page_breaks_a_rule_of_accessibility(site, page_of, side):
    page, broken = page_of(signed_in=side == "admin"), {}
    for kind, address in site.plain(side).items():
        page.goto(site.url + address)
        as_tall_as_its_page(page)
        for scheme in SCHEMES:
            broken[f"{kind} {scheme}"] = in_words(violations_in(page, scheme))

    assert told(broken) == ""


def test_no_kind_of_page_breaks_a_rule_on_a_phone(site, page_of):
    page, broken = page_of(viewport={"width": 375, "height": 800}, has_touch=True, is_mobile=True), {}
    for kind, address in site.plain("public").items():
        page.goto(site.url + address)
        as_tall_as_its_page(page)
        broken[kind] = in_words(violations_in(page, SCHEMES[0]))

    assert told(broken) == ""
