"""The checks while somebody types, and a sheet tried and taken in, in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from cases.models import Case, WordRule
from tests.builders import make_case
from tests.reading.spreadsheets import xlsx

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_words_are_found_while_typing_and_replaced_by_a_click_that_can_be_taken_back(signed_in_page, live_server):
    WordRule.objects.create(words="绿色通道", level="replace", replacement="快捷通道")
    page = signed_in_page
    page.goto(f"{live_server.url}/admin/cases/case/{make_case().pk}/change/")
    page.fill("#id_intro", "先写一句。")
    page.press("#id_intro", "End")
    page.keyboard.type("开绿色通道。")

    page.locator(".cell--intro .finding__fix").click()

    expect(page.locator("#id_intro")).to_have_value("先写一句。开快捷通道。")
    expect(page.locator(".cell--intro .finding")).to_have_count(0)
    page.keyboard.press("Control+z")
    expect(page.locator("#id_intro")).to_have_value("先写一句。开绿色通道。")


def test_a_tried_sheet_is_taken_in_without_choosing_it_again(signed_in_page, live_server, tmp_path):
    file = tmp_path / "表.xlsx"
    file.write_bytes(xlsx([["标题"], ["甲"]]))
    page = signed_in_page
    page.goto(f"{live_server.url}/admin/cases/case/sheet/")
    page.set_input_files("#id_file", file)
    page.click("[name=_try]")
    page.locator("[name=_take]").wait_for()
    assert not Case.objects.exists()

    with page.expect_navigation():
        page.click("[name=_take]")

    assert [case.title for case in Case.objects.all()] == ["甲"]
