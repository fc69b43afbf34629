"""The style page of maintainers, which is there with DEBUG alone, holds what it shows."""

from __future__ import annotations

import pytest
from django.test import override_settings

from tests.browser.axe import SCHEMES, as_tall_as_its_page, in_words, violations_in
from tests.browser.whole.geometry import troubles
from tests.browser.whole.telling import told

pytestmark = pytest.mark.browser

# Results that are being exchanged are pale for a moment, here for ever.
ANSWERED = "document.querySelectorAll('[aria-busy=true]').forEach((part) => { part.ariaBusy = 'false'; })"


@pytest.fixture
def style_page(site, page_of):
    with override_settings(DEBUG=True):
        page = page_of()
        page.goto(f"{site.url}/style/")
        yield page


def test_the_parts_on_the_style_page_break_no_rule_of_accessibility(style_page):
    style_page.evaluate(ANSWERED)
    as_tall_as_its_page(style_page)
    broken = {scheme: in_words(violations_in(style_page, scheme)) for scheme in SCHEMES}

    assert told(broken) == ""


def test_the_parts_on_the_style_page_stay_whole_where_it_is_narrow(style_page):
    style_page.set_viewport_size({"width": 320, "height": 800})
    style_page.reload()

    assert troubles(style_page) == []
