"""Search → facet → chip removed → suggestion by keyboard, with scripts and without."""

from __future__ import annotations

import datetime

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_csp import overflow
from tests.builders import make_department, make_published_case, make_region, make_theme

pytestmark = pytest.mark.browser


@pytest.fixture
def cases(transactional_db):
    """Two cases of 漯河市 and one of 武汉市 in which 审批 stands."""
    transport, market = make_department(), make_department("market", "市场监管部门")
    for title, region, department, year in (
        ("漯河审批再提速", "411100", transport, 2023),
        ("漯河审批不见面", "411100", market, 2024),
        ("武汉审批一张表", "420100", market, 2024),
    ):
        make_published_case(
            title=title,
            region=make_region(region),
            department=department,
            themes=(make_theme(),),
            tags=("容缺受理",),
            published_at=datetime.date(year, 3, 1),
        )


def titles(page: Page) -> list[str]:
    return page.locator(".card__title").all_inner_texts()


def path(page: Page) -> str:
    return page.evaluate("decodeURIComponent(location.pathname + location.search)")


def status(page: Page):
    return page.locator(".page-head__line[role=status]")


def test_choosing_shows_the_result_in_place_and_keeps_the_focus(watched_page, live_server, cases):
    page = watched_page
    page.goto(f"{live_server.url}/search/?q=审批")
    page.evaluate("window.isTheSamePage = true")
    expect(status(page)).to_have_text("找到 3 个案例含有“审批”。")

    page.get_by_label("河南省").press("Space")
    expect(status(page)).to_contain_text("找到 2 个案例")
    assert path(page) == "/search/?q=审批&region=410000"
    expect(page.get_by_label("河南省")).to_be_focused()
    assert not page.get_by_role("button", name="按所选条件查看").is_visible()  # the script spares it

    page.get_by_label("漯河市").check()  # the city stands for its province
    expect(page.get_by_role("link", name="地区 漯河市")).to_be_visible()
    page.get_by_label("市场监管部门").check()
    expect(status(page)).to_contain_text("找到 1 个案例")
    assert path(page) == "/search/?q=审批&region=411100&department=market"
    assert titles(page) == ["漯河审批不见面"]

    page.get_by_role("link", name="地区 漯河市").click()
    expect(status(page)).to_contain_text("找到 2 个案例")
    assert path(page) == "/search/?q=审批&department=market"

    page.go_back()
    expect(status(page)).to_contain_text("找到 1 个案例")
    expect(page.get_by_label("漯河市")).to_be_checked()
    page.get_by_role("link", name="河南省").click()  # back to the whole province
    expect(page.get_by_label("河南省")).to_be_checked()
    assert path(page) == "/search/?q=审批&region=410000&department=market"
    assert page.evaluate("window.isTheSamePage") is True


def test_the_order_is_changed_and_kept_while_choosing(watched_page, live_server, cases):
    watched_page.goto(f"{live_server.url}/search/?q=审批")
    watched_page.get_by_role("link", name="最新").click()
    expect(watched_page.locator(".order [aria-current]")).to_have_text("最新")
    watched_page.get_by_label("河南省").check()
    expect(status(watched_page)).to_contain_text("找到 2 个案例")

    assert path(watched_page) == "/search/?q=审批&region=410000&sort=newest"
    assert titles(watched_page) == ["漯河审批不见面", "漯河审批再提速"]


def test_a_suggestion_is_chosen_by_keyboard(watched_page, live_server, cases):
    page = watched_page
    page.goto(f"{live_server.url}/cases/")
    field = page.get_by_role("combobox", name="搜索案例")
    field.press_sequentially("luohe", delay=20)
    options = page.get_by_role("option")
    expect(options).to_have_text(["漯河市河南省"])
    expect(page.locator(".search-form [role=status]")).to_have_text("1 条建议，用上下箭头选择。")
    assert field.get_attribute("aria-expanded") == "true"

    field.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    field.press("Escape")
    expect(options).to_have_count(0)
    assert (field.input_value(), field.get_attribute("aria-expanded")) == ("luohe", "false")

    field.press("ArrowDown")  # asks again
    expect(options).to_have_count(1)
    field.press("ArrowUp")
    field.press("Enter")
    page.wait_for_url("**/regions/411100/")


def test_enter_without_a_choice_searches(watched_page, live_server, cases):
    watched_page.goto(live_server.url)
    field = watched_page.get_by_role("combobox", name="搜索案例")
    field.fill("审批")
    expect(watched_page.get_by_role("option")).to_have_count(3)
    field.press("Enter")
    watched_page.wait_for_url("**/search/?q=*")

    assert len(titles(watched_page)) == 3


def test_an_older_answer_never_replaces_a_newer_one(watched_page, live_server, cases):
    held = []
    watched_page.route("**/suggest/?q=luo", lambda route: held.append(route))  # answered late
    watched_page.goto(live_server.url)
    field = watched_page.get_by_role("combobox", name="搜索案例")
    with watched_page.expect_request("**/suggest/?q=luo"):
        field.fill("luo")
    field.fill("容缺")
    expect(watched_page.get_by_role("option")).to_have_text(["容缺受理"])
    for route in held:
        route.abort()
    watched_page.wait_for_timeout(200)

    assert len(held) == 1
    assert watched_page.get_by_role("option").all_inner_texts() == ["容缺受理"]


@pytest.mark.parametrize("width", [1280, 375])
def test_the_same_goes_without_scripts(browser: Browser, live_server, cases, width):
    context = browser.new_context(java_script_enabled=False, viewport={"width": width, "height": 800}, locale="zh-CN")
    page = context.new_page()
    page.goto(live_server.url)
    page.get_by_label("搜索案例").fill("审批")
    with page.expect_navigation():
        page.get_by_role("button", name="搜索").click()
    for box in ("河南省", "漯河市"):
        if width < 900:
            page.locator(".filters__summary").click()
        page.get_by_label(box).check()
        with page.expect_navigation():
            page.get_by_role("button", name="按所选条件查看").click()

    assert "region=411100" in page.url
    assert "region=410000" not in page.url
    assert len(titles(page)) == 2
    with page.expect_navigation():
        page.get_by_role("link", name="地区 漯河市").click()
    assert len(titles(page)) == 3
    context.close()


def test_on_a_phone_the_filters_are_folded_and_everything_can_be_touched(browser: Browser, live_server, cases):
    context = browser.new_context(viewport={"width": 375, "height": 700}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(f"{live_server.url}/search/?q=审批&region=411100")
    assert not page.get_by_label("市场监管部门").is_visible()

    page.locator(".filters__summary").tap()
    page.get_by_label("市场监管部门").check()
    expect(status(page)).to_contain_text("找到 1 个案例")
    assert page.get_by_label("市场监管部门").is_visible()  # the fold stays open
    small = "label.option, .filters summary, .chosen a, .order > *, .named a"
    heights = page.eval_on_selector_all(
        small, "parts => parts.map(part => part.getBoundingClientRect().height).filter(Boolean)"
    )
    assert [height for height in heights if height < 44] == []
    assert overflow(page) == 0
    context.close()
