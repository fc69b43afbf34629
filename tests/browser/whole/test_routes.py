"""What the walks over the whole site go over: every route there is, so that a page added later is looked at too."""

from __future__ import annotations

import re

import pytest
from django.utils import translation

from tests.browser.walking import route_of, routes
from tests.browser.whole.conftest import CHINESE

pytestmark = pytest.mark.browser

NO_PAGE = re.compile(
    r".*\.(?:atom|bib|csv|docx|json|jsonl|png|ris|svg|txt|webmanifest|xml|zip)$"  # files
    r"|admin/|api/|\^|health/.|search/suggest/|\.well-known/"
    r"|style/$"  # with DEBUG alone: looked at in test_style_page
)


def test_every_public_route_is_walked(site):
    with translation.override(CHINESE):
        met = {route_of(address) for address in site.public.values()}
        public = {route for route in routes() if not NO_PAGE.match(route)}

    assert sorted(public - met) == []
