"""The form of a case as an editor works with it: adding, dragging, deleting, mending."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from cases.content import InitiativeContent, MeasureContent
from cases.editing.drafts import read_draft
from cases.models import Case
from tests.builders import make_case, make_region

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def add(page: Page, group: str) -> None:
    """Press the link that adds a row to a group; the group's own is the last in it."""
    page.locator(f"#{group}-group .djn-add-handler").last.click()


def save(page: Page) -> None:
    with page.expect_navigation():
        page.click("input[name=_continue]")


def drag(page: Page, row: str, above: str) -> None:
    """Take a row by its head and let it go above the head of another."""
    handle = page.locator(f"#{row} > h3")
    handle.scroll_into_view_if_needed()
    start, goal = handle.bounding_box(), page.locator(f"#{above} > h3").bounding_box()
    page.mouse.move(start["x"] + 80, start["y"] + 12)
    page.mouse.down()
    page.mouse.move(start["x"] + 80, start["y"] - 30, steps=8)
    page.mouse.move(goal["x"] + 80, goal["y"] - 8, steps=16)
    page.mouse.up()


def test_rows_added_by_hand_survive_an_error_and_are_saved(signed_in_page, live_server):
    make_region()
    page = signed_in_page
    page.goto(f"{live_server.url}/admin/cases/case/add/")
    add(page, "initiatives")
    page.fill("#id_initiatives-0-heading", "办得快")
    add(page, "initiatives-0-measures")
    page.fill("#id_initiatives-0-measures-0-heading", "减环节")
    page.click("#id_region + .select2")
    page.keyboard.type("lh")
    page.locator(".select2-results__option", has_text="河南省 / 漯河市").click()
    save(page)

    assert page.locator(".case-errors li").all_inner_texts() == ["标题：这个字段是必填项。"]
    page.click(".case-errors a")
    page.keyboard.type("新案例")
    save(page)

    content = read_draft(Case.objects.get())
    assert (content.title, content.region) == ("新案例", "411100")
    assert content.initiatives == (InitiativeContent(heading="办得快", measures=(MeasureContent("减环节"),)),)


def test_rows_are_dragged_into_another_order_and_deleted(signed_in_page, live_server):
    parts = tuple(InitiativeContent(heading=name, measures=(MeasureContent(f"{name}一"),)) for name in "甲乙丙")
    case = make_case(initiatives=parts)
    page = signed_in_page
    page.set_viewport_size({"width": 1280, "height": 2400})  # everything in sight: dragging does not scroll
    page.goto(f"{live_server.url}/admin/cases/case/{case.pk}/change/")
    drag(page, "initiatives-1", above="initiatives-0")
    page.check("#id_initiatives-2-DELETE")
    save(page)

    assert read_draft(Case.objects.get()).initiatives == (parts[1], parts[0])
