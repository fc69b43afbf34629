"""Comparison, preview and links in a real browser: nothing inline, nothing refused, no sideways scroll on a phone."""

import pytest
from django.urls import reverse

from cases.editing.drafts import freeze, write_draft
from cases.editing.preview_links import address_of, make_link
from cases.models import Case
from cases.publishing import release
from tests.builders import make_case, make_content, make_user

pytestmark = pytest.mark.browser


@pytest.fixture
def case(transactional_db):
    user = make_user("admin", permissions=("*",))
    case = make_case(title="题", intro="办理时限压缩到5天。", by=user)
    release.publish(freeze(case, by=user), by=user)
    write_draft(make_content(title="题", intro="办理时限压缩到3天。"), by=user, case=case)
    return Case.objects.get(pk=case.pk)


def test_the_draft_stands_in_both_frames(live_server, signed_in_page, case):
    page = signed_in_page
    page.goto(live_server.url + reverse("admin:cases_case_preview_draft", args=[case.pk]))
    for place, width in ((0, 375), (1, 1280)):
        frame = page.frame_locator("iframe").nth(place)
        frame.get_by_text("办理时限压缩到3天。").wait_for()
        assert page.locator("iframe").nth(place).evaluate("frame => frame.clientWidth") == width


@pytest.mark.parametrize("width", [375, 1280])
def test_the_pages_fit_a_phone_and_a_laptop(live_server, signed_in_page, case, width, settings):
    settings.PUBLIC_VERSIONS = True
    page = signed_in_page
    page.set_viewport_size({"width": width, "height": 800})
    link = address_of(make_link(case, by=make_user("admin"), hours=24))
    names = ("compare", "versions", "links", "preview_draft")
    addresses = [reverse(f"admin:cases_case_{name}", args=[case.pk]) for name in names]
    addresses += [reverse("admin:cases_case_restore", args=[case.pk, 1]), link]
    for address in [*addresses, f"/cases/{case.pk}/versions/", f"/cases/{case.pk}/versions/1/"]:
        page.goto(live_server.url + address)
        over = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert (address, page.evaluate(over)) == (address, 0)
