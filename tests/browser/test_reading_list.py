"""The reading list: picked, ordered, annotated, undone, shared, printed. It lives in the browser alone."""

from __future__ import annotations

import datetime
import io
import json

import docx
import pytest
from playwright.sync_api import Page, expect

from cases.publishing.release import withdraw
from tests.builders import make_published_case, make_publisher

pytestmark = pytest.mark.browser

MOST = 50


@pytest.fixture
def cases(transactional_db):
    return [
        make_published_case(title=f"做法{name}", published_at=datetime.date(2024, 5, day))
        for day, name in enumerate("甲乙丙", start=1)
    ]


def kept(page: Page) -> list[dict]:
    return json.loads(page.evaluate("localStorage.getItem('casebook:list') ?? '[]'"))


def order(page: Page) -> list[int]:
    return [int(item.get_attribute("data-case")) for item in page.locator("[data-case]").all()]


def open_list(page: Page, site: str, *cases, notes: dict[int, str] | None = None) -> None:
    """The reader's own list with these cases on it."""
    notes = notes or {}
    entries = [{"pk": case.pk, "title": case.title, "note": notes.get(case.pk, "")} for case in cases]
    page.goto(f"{site}/reading-list/")
    page.evaluate("list => localStorage.setItem('casebook:list', JSON.stringify(list))", entries)
    page.reload()
    page.wait_for_selector("[data-remove]")


def test_a_case_is_put_on_the_list_and_taken_off_where_it_is_read(watched_page, live_server, cases):
    case = cases[0]
    watched_page.goto(live_server.url + case.get_absolute_url())
    button = watched_page.get_by_role("button", name="加入阅读清单")
    way = watched_page.locator(".masthead").get_by_role("link", name="阅读清单")
    expect(way).to_have_count(0)
    button.press("Enter")
    said = watched_page.locator("[data-list-status]")
    expect(said).to_contain_text("已加入阅读清单。")
    assert kept(watched_page) == [{"pk": case.pk, "title": case.title, "note": ""}]
    watched_page.reload()
    expect(way).to_be_visible()
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    expect(said).to_contain_text("已移出阅读清单。")
    expect(button).to_have_attribute("aria-pressed", "false")
    assert kept(watched_page) == []


def test_a_full_list_takes_no_more_and_says_so(watched_page, live_server, cases):
    watched_page.goto(live_server.url + cases[0].get_absolute_url())
    full = [{"pk": 1000 + number, "title": "某", "note": ""} for number in range(MOST)]
    watched_page.evaluate("list => localStorage.setItem('casebook:list', JSON.stringify(list))", full)
    watched_page.get_by_role("button", name="加入阅读清单").click()

    expect(watched_page.locator("[data-list-status]")).to_contain_text("清单最多 50 个案例")
    assert kept(watched_page) == full


def test_storage_that_keeps_nothing_is_told(watched_page, live_server, cases):
    watched_page.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('full') }")
    watched_page.goto(live_server.url + cases[0].get_absolute_url())
    button = watched_page.get_by_role("button", name="加入阅读清单")
    button.click()

    expect(watched_page.locator("[data-list-status]")).to_contain_text("浏览器不允许保存")
    expect(button).to_have_attribute("aria-pressed", "false")


@pytest.mark.parametrize("kept_there", ["not json", "{}", '[{"pk": "1"}, {"pk": -1}, null, 5]'])
def test_what_is_not_ours_in_the_storage_is_an_empty_list(watched_page, live_server, transactional_db, kept_there):
    watched_page.add_init_script(f"localStorage.setItem('casebook:list', {json.dumps(kept_there)})")
    watched_page.goto(f"{live_server.url}/reading-list/")
    watched_page.wait_for_load_state("networkidle")

    expect(watched_page.locator("[data-list-empty]")).to_be_visible()


def test_the_list_is_ordered_by_buttons(watched_page, live_server, cases):
    open_list(watched_page, live_server.url, *cases)
    down = watched_page.get_by_role("button", name="下移 做法甲")
    down.press("Enter")
    expect(watched_page.locator("[data-list-said]")).to_have_text("《做法甲》现在是第 2 个，共 3 个。")
    expect(down).to_be_focused()
    down.press("Enter")
    down.press("Enter")  # it is the last already

    expected = [cases[1].pk, cases[2].pk, cases[0].pk]
    assert order(watched_page) == [one["pk"] for one in kept(watched_page)] == expected
    watched_page.reload()
    watched_page.wait_for_selector("[data-remove]")
    assert order(watched_page) == expected


def test_the_list_is_ordered_by_dragging(watched_page, live_server, cases):
    watched_page.set_viewport_size({"width": 1280, "height": 2400})
    open_list(watched_page, live_server.url, *cases)
    watched_page.locator(".brief__handle").nth(2).drag_to(
        watched_page.locator("[data-case]").first, target_position={"x": 60, "y": 8}
    )

    expected = [cases[2].pk, cases[0].pk, cases[1].pk]
    assert order(watched_page) == [one["pk"] for one in kept(watched_page)] == expected


def test_what_was_taken_off_can_be_put_back_in_its_place(watched_page, live_server, cases):
    open_list(watched_page, live_server.url, *cases, notes={cases[1].pk: "记得问"})
    watched_page.get_by_role("button", name="移出 做法乙").press("Enter")
    expect(watched_page.locator("[data-list-said]")).to_contain_text("已移出《做法乙》。")
    assert [one["pk"] for one in kept(watched_page)] == [cases[0].pk, cases[2].pk]
    expect(watched_page.get_by_role("button", name="撤销")).to_be_focused()
    watched_page.keyboard.press("Enter")

    expect(watched_page.locator("[data-list-said]")).to_have_text("已放回《做法乙》。")
    assert [(one["pk"], one["note"]) for one in kept(watched_page)] == [
        *((cases[0].pk, ""), (cases[1].pk, "记得问"), (cases[2].pk, "")),
    ]


def test_a_case_added_on_another_page_stays_when_a_note_is_typed(watched_page, live_server, cases, context):
    open_list(watched_page, live_server.url, *cases[:2])
    watched_page.get_by_role("textbox", name="笔记 做法甲").fill("一")
    other = context.new_page()
    other.goto(live_server.url + cases[2].get_absolute_url())
    other.get_by_role("button", name="加入阅读清单").click()
    expect(other.locator("[data-list-status]")).to_contain_text("已加入阅读清单。")
    note = watched_page.get_by_role("textbox", name="笔记 做法甲")
    note.press("End")
    note.press_sequentially("二")

    assert [(one["pk"], one["note"]) for one in kept(watched_page)] == [
        *((cases[0].pk, "一二"), (cases[1].pk, ""), (cases[2].pk, "")),
    ]
    expect(watched_page.locator("[data-case]")).to_have_count(3)
    expect(watched_page.get_by_role("textbox", name="笔记 做法丙")).to_be_visible()
    expect(note).to_be_focused()


def test_a_page_that_heard_of_no_change_loses_none(watched_page, live_server, cases):
    open_list(watched_page, live_server.url, *cases[:2])
    entries = [{"pk": case.pk, "title": case.title, "note": "那边写的"} for case in (cases[1], cases[2])]
    watched_page.evaluate("list => localStorage.setItem('casebook:list', JSON.stringify(list))", entries)
    watched_page.get_by_role("button", name="上移 做法乙").click()

    expect(watched_page.locator("[data-case]")).to_have_count(2)
    assert [(one["pk"], one["note"]) for one in kept(watched_page)] == [
        *((cases[1].pk, "那边写的"), (cases[2].pk, "那边写的")),
    ]


def test_two_pages_of_the_list_show_the_same(watched_page, live_server, cases, context):
    open_list(watched_page, live_server.url, *cases)
    other = context.new_page()
    other.goto(f"{live_server.url}/reading-list/")
    other.get_by_role("button", name="移出 做法甲").click()
    other.get_by_role("textbox", name="笔记 做法乙").fill("记得问")
    other.get_by_role("button", name="下移 做法乙").click()

    expect(watched_page.locator("[data-case]").first).to_have_attribute("data-case", str(cases[2].pk))
    assert order(watched_page) == [cases[2].pk, cases[1].pk]
    expect(watched_page.get_by_role("textbox", name="笔记 做法乙")).to_have_value("记得问")


def test_an_emptied_list_is_an_empty_one_and_can_be_undone(watched_page, live_server, cases):
    open_list(watched_page, live_server.url, cases[0])
    watched_page.get_by_role("button", name="移出 做法甲").click()
    expect(watched_page.locator("[data-list-empty]")).to_be_visible()
    expect(watched_page.locator("[data-list-body]")).to_be_hidden()
    watched_page.get_by_role("button", name="撤销").click()

    expect(watched_page.locator("[data-list-empty]")).to_be_hidden()
    expect(watched_page.get_by_role("button", name="下载文档")).to_be_visible()
    assert [one["pk"] for one in kept(watched_page)] == [cases[0].pk]


def test_notes_are_kept_and_shared_only_when_the_reader_says_so(watched_page, live_server, cases, context):
    open_list(watched_page, live_server.url, *cases[:2])
    watched_page.get_by_role("textbox", name="笔记 做法甲").fill("值得学：<b>&")
    address = watched_page.locator("#share-address")
    keys = f"{cases[0].pk},{cases[1].pk}"
    assert address.inner_text() == f"{live_server.url}/reading-list/?cases={keys}"
    expect(watched_page.get_by_text("二维码里没有笔记")).to_be_hidden()
    watched_page.get_by_role("checkbox", name="地址里带上我的笔记").check()
    expect(watched_page.get_by_text("二维码里没有笔记")).to_be_visible()
    shared = address.inner_text()
    assert shared.startswith(f"{live_server.url}/reading-list/?cases={keys}#notes=")
    assert [one["note"] for one in kept(watched_page)] == ["值得学：<b>&", ""]
    watched_page.evaluate("localStorage.clear()")

    watched_page.goto("about:blank")
    watched_page.goto(shared)
    expect(watched_page.locator(".brief__note-shown")).to_have_text("笔记：值得学：<b>&")
    watched_page.get_by_role("button", name="存入我的阅读清单").click()
    expect(watched_page.locator("[data-list-said]")).to_contain_text("共 2 个案例")
    assert [one["note"] for one in kept(watched_page)] == ["值得学：<b>&", ""]


@pytest.mark.parametrize("fragment", ["#notes=%E0%A4%A", "#notes={", "#notes=null", "#notes=[1]", "#other"])
def test_notes_cut_short_on_their_way_spoil_nothing(watched_page, live_server, cases, fragment):
    watched_page.goto(f"{live_server.url}/reading-list/?cases={cases[0].pk}{fragment}")

    expect(watched_page.get_by_role("button", name="存入我的阅读清单")).to_be_visible()
    assert watched_page.locator(".brief__note-shown").count() == 0


def test_a_shared_list_that_does_not_fit_is_refused(watched_page, live_server, cases):
    watched_page.goto(f"{live_server.url}/reading-list/?cases={cases[0].pk}")
    full = [{"pk": 1000 + number, "title": "某", "note": ""} for number in range(MOST)]
    watched_page.evaluate("list => localStorage.setItem('casebook:list', JSON.stringify(list))", full)
    watched_page.get_by_role("button", name="存入我的阅读清单").click()

    expect(watched_page.locator("[data-list-said]")).to_contain_text("放不下了")
    assert kept(watched_page) == full


def test_a_case_that_was_taken_down_keeps_its_name_on_the_list(watched_page, live_server, cases):
    withdraw(cases[0].case, by=make_publisher(), reason="过时")
    open_list(watched_page, live_server.url, *cases[:2])

    gone = watched_page.locator(f"[data-case='{cases[0].pk}']")
    expect(gone.locator(".brief__title")).to_have_text("做法甲")
    expect(gone).to_contain_text("已撤下")


def test_the_document_has_the_notes(watched_page, live_server, cases):
    open_list(watched_page, live_server.url, cases[0], notes={cases[0].pk: "值得学"})
    with watched_page.expect_download() as download:
        watched_page.get_by_role("button", name="下载文档").click()
    with open(download.value.path(), "rb") as file:
        lines = [paragraph.text for paragraph in docx.Document(io.BytesIO(file.read())).paragraphs]

    assert "1. 做法甲" in lines
    assert "笔记：值得学" in lines


def test_on_paper_it_is_one_brief(watched_page, live_server, cases):
    open_list(watched_page, live_server.url, *cases[:2], notes={cases[0].pk: "值得学"})
    watched_page.emulate_media(media="print")
    text = watched_page.locator("main").inner_text()

    for words in ("做法甲", "做法乙", "依据：", "笔记：值得学", "打印日期：", f"?cases={cases[0].pk},{cases[1].pk}"):
        assert words in text
    for words in ("上移", "移出", "复制链接", "下载文档"):
        assert words not in text


def test_without_scripts_a_shared_list_can_be_read_and_taken_along(browser, live_server, cases):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/reading-list/?cases={cases[1].pk},{cases[0].pk}")
    titles = page.locator(".brief__title").all_inner_texts()
    buttons = [button.inner_text() for button in page.locator("main button").all() if button.is_visible()]
    with page.expect_download() as download:
        page.get_by_role("button", name="下载文档").click()
    named = download.value.suggested_filename
    page.goto(f"{live_server.url}/reading-list/")
    told = page.locator("main").inner_text()
    context.close()

    assert titles == ["做法乙", "做法甲"]
    assert buttons == ["下载文档（.docx）"]
    assert named == "reading-list.docx"
    assert "没有运行脚本" in told


@pytest.mark.parametrize("width", [1280, 375])
def test_the_list_fits_every_width(watched_page, live_server, cases, width):
    watched_page.set_viewport_size({"width": width, "height": 800})
    open_list(watched_page, live_server.url, *cases, notes={cases[0].pk: "长" * 300})

    assert watched_page.evaluate("document.scrollingElement.scrollWidth - innerWidth") <= 0
