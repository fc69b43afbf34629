"""Text that is typed in the form of a case outlives tabs, connections, sessions, and other people's saves."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from cases.editing.drafts import read_draft, write_draft
from cases.models import Case, UnsavedText
from tests.builders import make_case, make_content, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def case():
    return make_case(make_content(title="减环节", intro="导语"), by=make_user("admin", permissions=("*",)))


@pytest.fixture
def address(live_server, case):
    return f"{live_server.url}/admin/cases/case/{case.pk}/change/"


def kept_text(page: Page) -> None:
    expect(page.locator("[data-state=kept]")).to_be_visible()


def save(page: Page) -> None:
    with page.expect_navigation():
        page.locator("button[name=_continue], input[name=_continue]").last.click()


def test_what_was_typed_survives_a_killed_tab(signed_in_page, context, address):
    tab = context.new_page()
    tab.goto(address)
    tab.fill("#id_intro", "写了很久的导语")
    kept_text(tab)
    tab.close(run_before_unload=False)

    page = signed_in_page
    page.goto(address)
    expect(page.locator(".recover")).to_have_count(1)
    expect(page.locator(".recover")).to_contain_text("还没有保存")
    page.click(".recover summary")
    expect(page.locator(".differences ins")).to_have_text(["写了很久的"], use_inner_text=True)
    with page.expect_navigation():
        page.click(".recover a.button")

    assert page.input_value("#id_intro") == "写了很久的导语"
    save(page)
    assert (read_draft(Case.objects.get()).intro, page.locator(".recover").count()) == ("写了很久的导语", 0)
    assert not UnsavedText.objects.filter(typed__isnull=False).exists()


def test_what_was_typed_without_a_connection_is_offered_by_the_browser(signed_in_page, context, address):
    tab = context.new_page()
    tab.goto(address)
    context.set_offline(True)
    tab.fill("#id_intro", "断网时写的")
    expect(tab.locator("[data-state=offline]")).to_be_visible()
    tab.close(run_before_unload=False)
    context.set_offline(False)

    page = signed_in_page
    page.goto(address)
    with page.expect_navigation():  # what was sent as the tab went may have arrived after all
        page.locator(".recover .button").first.click()

    assert page.input_value("#id_intro") == "断网时写的"
    kept_text(page)
    save(page)
    assert (read_draft(Case.objects.get()).intro, page.locator(".recover").count()) == ("断网时写的", 0)


def test_a_lost_session_costs_nothing(signed_in_page, context, live_server, address):
    page = signed_in_page
    page.goto(address)
    cookies = context.cookies()
    context.clear_cookies(name="sessionid")
    page.fill("#id_intro", "登录失效后写的")
    expect(page.locator("[data-state=login]")).to_be_visible()
    context.add_cookies(cookies)
    page.fill("#id_intro", "登录失效后写的，又接着写")
    kept_text(page)

    assert [text.typed["intro"] for text in UnsavedText.objects.all()] == ["登录失效后写的，又接着写"]


def test_a_second_tab_of_the_same_person_says_so_and_may_go_on(signed_in_page, context, address):
    first = context.new_page()
    first.goto(address)
    first.fill("#id_intro", "第一页")
    kept_text(first)
    page = signed_in_page
    page.goto(address)
    page.fill("#id_closing", "第二页")
    expect(page.locator("[data-state=other_tab]")).to_be_visible()
    page.click("[data-take-over]")
    kept_text(page)

    texts = [(text.typed["intro"], text.typed["closing"]) for text in UnsavedText.objects.order_by("pk")]
    assert texts == [("第一页", ""), ("导语", "第二页")]


def test_a_page_that_is_loaded_again_is_no_other_window(signed_in_page, address):
    page = signed_in_page
    for _time in range(2):
        with page.expect_response("**/autosave/"):
            page.goto(address)
    page.fill("#id_intro", "又写了一句")
    kept_text(page)

    expect(page.locator("[data-state=other_tab]")).to_be_hidden()


def test_nothing_is_sent_while_a_word_is_being_composed(signed_in_page, address):
    page = signed_in_page
    page.goto(address)
    intro = page.locator("#id_intro")
    intro.dispatch_event("compositionstart")
    intro.fill("shengwei")
    page.wait_for_timeout(4_000)
    assert not UnsavedText.objects.filter(typed__isnull=False).exists()

    intro.fill("省委")
    intro.dispatch_event("compositionend")
    kept_text(page)
    assert UnsavedText.objects.get().typed["intro"] == "省委"


def test_what_is_typed_after_the_button_was_pressed_is_offered(signed_in_page, address):
    page = signed_in_page
    page.goto(address)
    page.fill("#id_intro", "按下之前")
    page.evaluate("""() => {
      document.querySelector("#case_form").addEventListener("submit", () => setTimeout(() => {
        document.querySelector("#id_closing").value = "按下之后";
      }));
    }""")
    save(page)

    expect(page.locator(".recover")).to_have_count(1)
    assert read_draft(Case.objects.get()).intro == "按下之前"
    with page.expect_navigation():  # the server's, or the browser's if it asked before the last word arrived
        page.locator(".recover .button").first.click()
    assert page.input_value("#id_closing") == "按下之后"


def test_two_people_on_one_case_are_shown_both_texts_and_nothing_is_lost(signed_in_page, address, case):
    colleague = make_user("colleague", name="王芳")
    page = signed_in_page
    page.goto(address)
    page.fill("#id_title", "我的题目")
    page.fill("#id_intro", "我的导语")
    page.fill("#id_summary", "我的摘要")
    theirs = {"title": "她的题目", "intro": "她的导语", "closing": "她的结语"}
    write_draft(make_content(**theirs, initiatives=read_draft(case).initiatives), by=colleague, case=case)
    save(page)

    assert page.locator(".question legend").all_inner_texts() == ["标题", "导语"]
    page.check("input[name='_take.title'][value=theirs]")
    page.check("input[name='_take.intro'][value=both]")
    save(page)

    content = read_draft(Case.objects.get())
    assert (content.title, content.intro) == ("她的题目", "我的导语\n她的导语")
    assert (content.summary, content.closing) == ("我的摘要", "她的结语")
    assert not UnsavedText.objects.filter(typed__isnull=False).exists()


def test_the_others_see_that_somebody_has_it_open(signed_in_page, address, case):
    colleague = make_user("colleague", name="王芳")
    UnsavedText.objects.create(
        case=case, by=colleague, token="her-own-tab", opened_at=case.updated_at, seen_at=case.updated_at
    )
    page = signed_in_page
    page.goto(address)

    expect(page.locator("[data-others]")).to_have_text("王芳 也打开着这个案例。")
