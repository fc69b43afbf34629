"""The form of a case as an editor works with it: adding, moving, deleting, mending, by mouse and by keys."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from cases.content import InitiativeContent, MeasureContent
from cases.editing.drafts import read_draft
from cases.models import Case
from tests.builders import make_case, make_metric, make_region

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def add(page: Page, rows: str) -> None:
    """Press the button that adds a row to a list; it is the last in it."""
    page.locator(f'button[name=_add][value="{rows}"]').click()


def save(page: Page) -> None:
    with page.expect_navigation():
        page.click(".submit-row input[name=_continue]")


def open_form(page: Page, live_server, case: Case) -> None:
    page.goto(f"{live_server.url}/admin/cases/case/{case.pk}/change/")


def headings(page: Page, kind: str) -> list[str]:
    rows = page.locator(f".row--{kind}:not(.row--dropped)")
    return [row.locator("input[name$='.heading']").first.input_value() for row in rows.all()]


def make_three():
    return make_case(
        initiatives=tuple(InitiativeContent(name, measures=(MeasureContent(f"{name}一"),)) for name in "甲乙丙")
    )


def stored():
    return read_draft(Case.objects.get()).initiatives


def test_rows_added_by_hand_survive_an_error_and_are_saved(signed_in_page, live_server):
    make_region()
    page = signed_in_page
    page.goto(f"{live_server.url}/admin/cases/case/add/")
    add(page, "initiatives")
    page.keyboard.type("办得快")
    page.locator(".row--initiatives button[name=_add]").first.click()
    page.keyboard.type("减环节")
    page.click("#id_region + .select2")
    page.keyboard.type("lh")
    page.locator(".select2-results__option", has_text="河南省 / 漯河市").click()
    save(page)

    assert page.locator(".case-errors li").all_inner_texts() == ["标题：这个字段是必填项。"]
    page.click(".case-errors a")
    expect(page.locator("#id_title")).to_be_focused()
    page.keyboard.type("新案例")
    save(page)

    content = read_draft(Case.objects.get())
    assert (content.title, content.region) == ("新案例", "411100")
    assert content.initiatives == (InitiativeContent(heading="办得快", measures=(MeasureContent("减环节"),)),)


def test_one_click_is_enough_after_typing_in_a_text(signed_in_page, live_server):
    page = signed_in_page
    page.goto(f"{live_server.url}/admin/cases/case/add/")
    for name in ("summary", "intro", "closing"):
        page.fill(f"[name={name}]", "一句话。")
    add(page, "initiatives")
    assert page.locator(".row--initiatives").count() == 1


def test_rows_are_moved_into_another_order_and_another_initiative_and_deleted(signed_in_page, live_server):
    page = signed_in_page
    open_form(page, live_server, make_three())

    page.click('button[name=_up][value="initiatives.1"]')
    assert headings(page, "initiatives") == ["乙", "甲", "丙"]
    page.click('button[name=_up][value="initiatives.0.measures.0"]')
    assert headings(page, "measures") == ["乙一", "甲一", "丙一"]
    page.click('button[name=_drop][value="initiatives.2"]')
    assert page.locator(".contents__initiatives a").all_inner_texts() == ["乙", "甲"]
    save(page)

    assert stored() == (
        InitiativeContent("乙", measures=(MeasureContent("乙一"), MeasureContent("甲一"))),
        InitiativeContent("甲"),
    )


def test_a_metric_is_moved_to_another_initiative_by_its_menu(signed_in_page, live_server):
    metric = make_metric(value=3, quote="3公里")
    case = make_case(
        initiatives=(InitiativeContent("甲", "3公里", metrics=(metric,)), InitiativeContent("乙", "3公里"))
    )
    page = signed_in_page
    open_form(page, live_server, case)
    menu = page.locator(".row--metrics .row__move")
    menu.focus()

    assert menu.locator("option").all_inner_texts() == ["移到…", "2. 乙", "整体指标"]
    menu.select_option(label="2. 乙")
    save(page)

    assert [initiative.metrics for initiative in stored()] == [(), (metric,)]


def test_a_deletion_can_be_taken_back_until_the_form_is_saved(signed_in_page, live_server):
    case = make_three()
    before = stored()
    page = signed_in_page
    open_form(page, live_server, case)

    page.click('button[name=_drop][value="initiatives.0"]')
    expect(page.locator("#initiatives-0 > .row__gone")).to_have_text("已删除，保存后生效：甲 撤销删除")
    page.fill("#id_initiatives-1-heading", "乙乙")
    page.click('button[name=_undrop][value="initiatives.0"]')
    save(page)

    assert stored() == (before[0], InitiativeContent("乙乙", measures=before[1].measures), before[2])


def test_the_keys_save_add_move_delete_and_are_listed(signed_in_page, live_server):
    page = signed_in_page
    open_form(page, live_server, make_three())

    page.focus("#id_initiatives-0-heading")
    page.keyboard.press("Alt+ArrowDown")
    assert headings(page, "initiatives") == ["乙", "甲", "丙"]
    page.keyboard.press("Alt+n")
    page.keyboard.type("丁")
    page.focus("#id_initiatives-2-measures-0-heading")
    page.keyboard.press("Alt+Delete")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("?")
    expect(page.get_by_role("heading", name="快捷键")).to_be_visible()
    page.keyboard.press("Escape")
    with page.expect_navigation():
        page.keyboard.press("Control+s")

    assert [(part.heading, len(part.measures)) for part in stored()] == [("乙", 1), ("甲", 1), ("丁", 0), ("丙", 0)]


def test_the_contents_jump_and_unfold_and_what_was_folded_stays_so(signed_in_page, live_server):
    page = signed_in_page
    open_form(page, live_server, make_three())

    page.get_by_role("button", name="全部收起").click()
    page.reload()
    expect(page.locator("#id_initiatives-1-heading")).to_be_hidden()
    page.get_by_role("navigation", name="目录").get_by_role("link", name="乙").click()

    expect(page.locator("#id_initiatives-1-heading")).to_be_in_viewport()
    expect(page.locator("#id_initiatives-0-heading")).to_be_hidden()


def test_what_is_not_saved_is_told_and_counted(signed_in_page, live_server):
    page = signed_in_page
    open_form(page, live_server, make_three())
    marker = page.get_by_text("有未保存的修改")
    expect(marker).to_be_hidden()

    page.fill("#id_intro", "𠮷" * 3)
    expect(marker).to_be_visible()
    expect(page).to_have_title(re.compile("^●"))
    expect(page.locator(".cell--intro .cell__count")).to_have_text("3")
    page.fill("#id_title", "题" * 301)
    expect(page.locator(".cell--title .cell__count")).to_have_text("301 / 300")
    page.fill("#id_title", "题目")
    save(page)
    expect(marker).to_be_hidden()


def test_enter_in_a_field_saves_and_presses_no_button_of_a_row(signed_in_page, live_server):
    page = signed_in_page
    open_form(page, live_server, make_three())

    page.fill("#id_title", "回车保存")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert (Case.objects.get().title, len(stored())) == ("回车保存", 3)


def test_the_form_fits_a_laptop_a_tablet_and_a_phone(signed_in_page, live_server):
    case = make_case(
        title="很长的题目" * 30,
        intro="长" * 2000,
        metrics=(make_metric(label="指标" * 60, value=123456789012, quote="长" * 300),),
        initiatives=(InitiativeContent("举措" * 100, measures=(MeasureContent("措施" * 100, "字" * 900),)),),
    )
    page = signed_in_page
    for width in (1280, 1024, 820, 375):
        page.set_viewport_size({"width": width, "height": 900})
        open_form(page, live_server, case)
        assert page.evaluate("document.scrollingElement.scrollWidth - window.innerWidth") <= 0, width
