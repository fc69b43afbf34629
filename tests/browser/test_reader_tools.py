"""What helps a reader: size, colours, keys, reading aloud, citing. By keyboard, and kept over pages."""

from __future__ import annotations

import datetime
import json

import pytest
from playwright.sync_api import Page, expect

from cases.content import InitiativeContent
from tests.builders import make_metric, make_published_case, make_region

pytestmark = pytest.mark.browser

VOICE = """
window.said = [];
const voices = %s;
const speech = {
  speaking: null,
  getVoices: () => voices,
  addEventListener() {},
  cancel() { this.speaking = null; },
  pause() { window.said.push("(pause)"); },
  resume() {},
  speak(utterance) { window.said.push(utterance.text); this.speaking = utterance; },
};
Object.defineProperty(window, "speechSynthesis", { value: speech });
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""


@pytest.fixture
def case(transactional_db):
    quote = "由7天压缩到2天"
    metric = make_metric(label="开办时间", value=2, from_value=7, unit="天", quote=quote)
    part = InitiativeContent(heading="办得快", text=f"{quote}。\n全市推广。", metrics=(metric,))
    return make_published_case(
        title="漯河：办得快", intro="导语。", initiatives=(part,), region=make_region(), organization="市局"
    )


@pytest.fixture
def address(live_server, case):
    return live_server.url + case.get_absolute_url()


def root(page: Page, name: str) -> str | None:
    return page.evaluate("name => document.documentElement.dataset[name] ?? null", name)


def type_size(page: Page) -> float:
    return page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")


def ground(page: Page) -> str:
    return page.evaluate("getComputedStyle(document.body).backgroundColor")


def open_tools(page: Page) -> None:
    page.locator(".masthead__reader").press("Enter")
    page.wait_for_selector("dialog[open] [data-tools]")


# First view


def test_the_first_view_asks_for_six_files_at_most(watched_page, address):
    asked = []
    watched_page.on("request", lambda request: asked.append(request.url))
    watched_page.goto(address)
    watched_page.wait_for_load_state("networkidle")

    scripts = [url.rpartition("/")[2] for url in asked if url.endswith(".js")]
    assert sorted(scripts) == ["choices.js", "site.js"]
    assert sum(not url.endswith(".css") for url in asked) <= 5  # style sheets are one file where the site runs


def test_nothing_jumps_when_the_scripts_come(watched_page, address):
    watched_page.add_init_script(
        "window.shifts = 0;"
        "new PerformanceObserver((list) => { for (const one of list.getEntries()) shifts += one.value })"
        ".observe({ type: 'layout-shift', buffered: true })"
    )
    watched_page.goto(address)
    watched_page.wait_for_load_state("networkidle")

    assert watched_page.evaluate("shifts") == 0


# Choices


def test_choices_are_made_by_keyboard_announced_and_kept_over_pages(watched_page, live_server, address):
    watched_page.goto(address)
    before = type_size(watched_page)
    open_tools(watched_page)
    dialog = watched_page.get_by_role("dialog", name="阅读工具")
    dialog.get_by_role("radio", name="标准").focus()
    for _press in range(3):
        watched_page.keyboard.press("ArrowRight")
    expect(dialog.get_by_role("status")).to_have_text("已设为：超大")
    assert type_size(watched_page) == 2 * before
    dialog.get_by_role("radio", name="黄黑高对比").press("Space")
    dialog.get_by_role("checkbox", name="阅读辅助线").press("Space")
    expect(watched_page.locator(".ruler")).to_be_visible()
    watched_page.keyboard.press("Escape")
    expect(watched_page.locator(".masthead__reader")).to_be_focused()

    watched_page.goto(f"{live_server.url}/cases/?size=1&scheme=light")

    assert (root(watched_page, "size"), root(watched_page, "scheme")) == ("4", "contrast-yellow")
    assert ground(watched_page) == "rgb(0, 0, 0)"
    expect(watched_page.locator(".ruler")).to_be_visible()


def test_everything_goes_back_at_once(watched_page, live_server):
    watched_page.goto(f"{live_server.url}/accessibility/")
    for name in ("超大", "黑白高对比"):
        watched_page.get_by_role("radio", name=name).check()
    for box in watched_page.get_by_role("checkbox").all():
        box.check()
    watched_page.get_by_role("button", name="全部恢复").click()
    expect(watched_page.locator("[data-part=tools] [data-status]")).to_have_text("已全部恢复。")

    assert watched_page.evaluate("localStorage.getItem('casebook:choices')") == "{}"
    assert [root(watched_page, name) for name in ("size", "scheme", "simple", "keys", "ruler")] == [None] * 5
    assert watched_page.get_by_role("radio", name="标准").is_checked()


def test_the_page_is_drawn_as_chosen_from_the_first_moment(watched_page, address):
    choices = json.dumps(
        {"size": "2", "scheme": "dark", "simple": "on", "pointer": "large", "other": "x", "keys": "no"}
    )
    watched_page.add_init_script(f"localStorage.setItem('casebook:choices', {choices!r})")
    watched_page.goto(address, wait_until="commit")
    watched_page.wait_for_selector("body")

    assert [root(watched_page, name) for name in ("size", "scheme", "simple", "pointer", "other", "keys")] == [
        *("2", "dark", "on", "large"),
        *(None, None),
    ]


@pytest.mark.parametrize(("system", "chosen"), [("dark", "light"), ("light", "dark")])
def test_what_is_chosen_goes_before_what_the_system_says(watched_page, address, system, chosen):
    watched_page.emulate_media(color_scheme=system)
    watched_page.goto(address)
    of_system = ground(watched_page)
    watched_page.evaluate("scheme => { document.documentElement.dataset.scheme = scheme }", chosen)
    assert ground(watched_page) != of_system
    watched_page.evaluate("delete document.documentElement.dataset.scheme")
    watched_page.emulate_media(color_scheme=chosen)
    by_system = ground(watched_page)
    watched_page.evaluate("scheme => { document.documentElement.dataset.scheme = scheme }", chosen)
    assert ground(watched_page) == by_system


def test_a_browser_that_keeps_nothing_says_so_and_obeys(watched_page, live_server):
    watched_page.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('no') }")
    watched_page.goto(f"{live_server.url}/accessibility/")
    watched_page.get_by_role("radio", name="特大").check()

    expect(watched_page.locator("[data-part=tools] [data-status]")).to_contain_text("只在这个页面有效")
    assert root(watched_page, "size") == "3"


@pytest.mark.parametrize("scheme", ["light", "dark", "contrast", "contrast-yellow"])
@pytest.mark.parametrize("width", [1280, 375])
def test_a_case_fits_at_twice_the_size_in_every_scheme(watched_page, address, width, scheme):
    choices = json.dumps({"size": "4", "scheme": scheme, "spacing": "wide"})
    watched_page.add_init_script(f"localStorage.setItem('casebook:choices', {choices!r})")
    watched_page.set_viewport_size({"width": width, "height": 800})
    watched_page.goto(address)

    assert watched_page.evaluate("document.scrollingElement.scrollWidth - innerWidth") <= 0


def test_the_simple_view_leaves_the_text_alone(watched_page, address):
    watched_page.goto(address)
    watched_page.evaluate("document.documentElement.dataset.simple = 'on'")

    assert not watched_page.locator(".contents").is_visible()
    assert watched_page.locator(".passage__text").first.is_visible()


def test_in_the_simple_view_every_size_is_larger_than_the_one_before(watched_page, address):
    watched_page.goto(address)
    watched_page.evaluate("document.documentElement.dataset.simple = 'on'")
    sizes = []
    for name in ("标准", "大", "特大", "超大"):
        watched_page.locator(".tools__sizes").get_by_role("button", name=name, exact=True).click()
        expect(watched_page.locator(".tools__sizes [aria-pressed=true]")).to_have_text(name)
        sizes.append(type_size(watched_page))

    assert sizes == sorted(set(sizes))


@pytest.mark.parametrize("width", [1280, 375])
def test_home_is_one_column_without_pictures_in_the_simple_view(watched_page, live_server, case, width):
    watched_page.add_init_script('localStorage.setItem(\'casebook:choices\', \'{"simple": "on", "size": "4"}\')')
    watched_page.set_viewport_size({"width": width, "height": 800})
    watched_page.goto(live_server.url)
    columns = watched_page.evaluate(
        "[...document.querySelectorAll('main *')].filter((one) => getComputedStyle(one).display === 'grid'"
        " && getComputedStyle(one).gridTemplateColumns.split(' ').length > 1).map((one) => one.className)"
    )

    assert columns == []
    assert watched_page.evaluate("getComputedStyle(document.querySelector('.toc')).columnCount") == "1"
    assert watched_page.evaluate("getComputedStyle(document.querySelector('.masthead__nav')).justifyContent") == (
        "flex-start"
    )
    assert watched_page.evaluate("document.scrollingElement.scrollWidth - innerWidth") <= 0


def test_paper_is_light_whatever_was_chosen(watched_page, address):
    watched_page.goto(address)
    watched_page.evaluate("document.documentElement.dataset.scheme = 'contrast-yellow'")
    watched_page.emulate_media(media="print")

    assert ground(watched_page) == "rgb(255, 255, 255)"
    assert watched_page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    assert not watched_page.locator(".tools").is_visible()
    assert "依据" not in watched_page.locator(".metric").first.inner_text()
    printed = watched_page.locator(".print-only").inner_text()
    assert address in printed
    assert datetime.date.today().isoformat()[:7] in printed


# Without scripts


def test_without_scripts_only_what_works_is_shown(browser, address, live_server):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    shown = [part.inner_text() for part in page.locator(".tools :is(a, button)").all() if part.is_visible()]
    page.get_by_role("link", name="引用").click()
    assert page.url == f"{address}cite/"
    page.goto(f"{live_server.url}/accessibility/")
    told = page.locator("[data-part=tools]").inner_text()
    context.close()

    assert shown == ["分享", "引用", "加入对比", "我要纠错"]
    assert "没有运行脚本" in told
    assert "标准" not in told


# Keys


def test_one_key_copies_the_citation(watched_page, address, context):
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    watched_page.clock.set_fixed_time(datetime.datetime(2031, 2, 3, 12, 0))
    watched_page.goto(address)
    watched_page.keyboard.press("c")
    expect(watched_page.locator("dialog[open] [data-status]")).to_have_text("已复制引文。")

    copied = watched_page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("市局. 漯河：办得快[EB/OL]. （")
    assert copied.endswith(f"[2031-02-03]. {address}.")  # the reader's own day


def test_keys_lead_to_search_help_and_neighbours(watched_page, address, live_server, case):
    older = make_published_case(published_at=datetime.date(2020, 1, 1))
    watched_page.goto(address)
    watched_page.keyboard.press("/")
    expect(watched_page.locator("#header-search")).to_be_focused()
    watched_page.keyboard.type("?gcn")
    assert watched_page.locator("#header-search").input_value() == "?gcn"
    watched_page.locator("#header-search").fill("")
    watched_page.locator("h1").click()
    watched_page.keyboard.press("?")
    watched_page.wait_for_selector("dialog[open] .keys")
    watched_page.keyboard.press("n")  # not while a dialog is open
    watched_page.keyboard.press("Escape")
    watched_page.keyboard.press("n")
    watched_page.wait_for_url(live_server.url + older.get_absolute_url())
    watched_page.keyboard.press("p")
    watched_page.wait_for_url(address)


def test_a_place_is_reached_by_typing_its_name(watched_page, address, live_server):
    watched_page.goto(address)
    watched_page.keyboard.press("g")
    expect(watched_page.locator("#jump-field")).to_be_focused()
    watched_page.keyboard.type("luohe")
    watched_page.wait_for_selector("dialog[open] [role=option]")
    watched_page.keyboard.press("ArrowDown")
    watched_page.keyboard.press("Enter")
    watched_page.wait_for_url(f"{live_server.url}/regions/411100/")


def test_escape_closes_the_suggestions_and_then_the_dialog(watched_page, address):
    watched_page.goto(address)
    watched_page.keyboard.press("g")
    expect(watched_page.locator("#jump-field")).to_be_focused()
    watched_page.keyboard.type("luohe")
    watched_page.wait_for_selector("dialog[open] [role=option]")
    watched_page.keyboard.press("Escape")
    expect(watched_page.locator("dialog[open] [role=listbox]")).to_be_hidden()
    watched_page.keyboard.press("Escape")

    expect(watched_page.locator("dialog[open]")).to_have_count(0)


def test_keys_can_be_switched_off(watched_page, address):
    watched_page.goto(address)
    open_tools(watched_page)
    watched_page.get_by_role("checkbox", name="关闭单个字母的快捷键").check()
    expect(watched_page.locator("dialog [data-status]")).to_contain_text("已设为：")
    watched_page.keyboard.press("Escape")
    for key in ("?", "g", "c", "/"):
        watched_page.keyboard.press(key)
    watched_page.wait_for_timeout(300)

    assert watched_page.locator("dialog[open]").count() == 0
    assert watched_page.evaluate("document.activeElement.matches('input')") is False


def test_a_dialog_that_cannot_be_fetched_is_its_page(watched_page, address):
    watched_page.goto(address)
    watched_page.route(
        "**/share/", lambda route: route.fulfill(status=200, body="<p>", content_type="text/html"), times=1
    )
    watched_page.get_by_role("link", name="分享").click()
    watched_page.wait_for_url(f"{address}share/")


# Reading aloud


def spoken(page: Page) -> list[str]:
    return page.evaluate("said")


def test_there_is_no_reading_aloud_without_a_chinese_voice(watched_page, address):
    watched_page.add_init_script(VOICE % json.dumps([{"lang": "en-US", "name": "en"}]))
    watched_page.goto(address)
    watched_page.wait_for_load_state("networkidle")

    assert not watched_page.get_by_role("button", name="朗读").is_visible()


def test_a_case_is_read_paragraph_by_paragraph_and_the_passage_is_marked(watched_page, address):
    watched_page.add_init_script(VOICE % json.dumps([{"lang": "zh-CN", "name": "zh", "localService": True}]))
    watched_page.goto(address)
    watched_page.get_by_role("button", name="朗读").press("Enter")
    bar = watched_page.get_by_role("group", name="朗读")
    expect(bar.get_by_role("status")).to_have_text("正在朗读")
    assert spoken(watched_page) == ["漯河：办得快"]
    for _end in range(3):
        watched_page.evaluate("speechSynthesis.speaking.onend()")

    assert spoken(watched_page)[1:] == ["导语。", "一、办得快", "由7天压缩到2天。"]  # without the number of the metric
    assert watched_page.locator(".is-being-read").inner_text().startswith("由7天压缩到2天")
    bar.get_by_role("button", name="暂停").click()
    assert spoken(watched_page)[-1] == "(pause)"
    bar.get_by_role("button", name="继续").click()
    bar.get_by_role("button", name="下一段").click()
    assert spoken(watched_page)[-1] == "全市推广。"
    bar.get_by_role("button", name="上一段").click()
    assert spoken(watched_page)[-1] == "由7天压缩到2天。"
    watched_page.keyboard.press("Escape")
    expect(bar).to_have_count(0)
    expect(watched_page.get_by_role("button", name="朗读")).to_be_focused()
    assert watched_page.locator(".is-being-read").count() == 0


# The admin


def test_the_admin_is_shown_as_chosen_on_the_public_pages(signed_in_page, live_server):
    signed_in_page.goto(f"{live_server.url}/accessibility/")
    signed_in_page.get_by_role("radio", name="黑白高对比").check()
    signed_in_page.get_by_role("radio", name="特大").check()
    expect(signed_in_page.locator("[data-part=tools] [data-status]")).to_contain_text("已设为：")
    signed_in_page.goto(f"{live_server.url}/admin/")

    assert (root(signed_in_page, "scheme"), root(signed_in_page, "size")) == ("contrast", "3")
    assert ground(signed_in_page) == "rgb(0, 0, 0)"
    assert type_size(signed_in_page) == 24
    expect(signed_in_page.locator(".theme-toggle")).to_be_hidden()  # it would change nothing
    signed_in_page.get_by_role("link", name="无障碍").click()
    expect(signed_in_page.get_by_role("radio", name="黑白高对比")).to_be_checked()
