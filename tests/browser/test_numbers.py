"""From a search over a comparison to the numbers and their file, with and without scripts."""

from __future__ import annotations

import csv
import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from cases.content import InitiativeContent
from tests.browser.test_csp import overflows
from tests.builders import make_metric, make_published_case, make_region

pytestmark = pytest.mark.browser


@pytest.fixture
def two_cases(transactional_db):
    """Two cities that measure the same thing in one unit."""
    for city, code, days in (("漯河", "411100", 3), ("杭州", "330100", 2)):
        quote = f"办理时限由9天压缩至{days}天"
        metric = make_metric(label="办理时限", value=days, from_value=9, unit="天", kind="duration", quote=quote)
        station = make_metric(label=f"{city}站点", value=days * 10, unit="个", quote=f"{city}建成{days * 10}个站点")
        text = f"{metric.quote}，{station.quote}。"
        initiative = InitiativeContent(heading="容缺受理", text=text, metrics=(metric, station))
        make_published_case(title=f"{city}：容缺受理", region=make_region(code), initiatives=(initiative,))


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def reader(request, browser: Browser, browser_context_args):
    """A page of a browser that runs scripts, or does not."""
    context = browser.new_context(**browser_context_args, java_script_enabled=request.param)
    yield context.new_page()
    context.close()


def test_a_reader_goes_from_a_word_over_a_facet_and_a_comparison_to_the_numbers_and_their_file(
    reader, live_server, two_cases, tmp_path
):
    without_metrics = InitiativeContent(heading="容缺受理", text="先受理，后补材料。")
    make_published_case(title="北京：容缺受理", region=make_region("110000"), initiatives=(without_metrics,))
    reader.goto(live_server.url)
    reader.get_by_label("搜索案例").fill("容缺受理")
    reader.get_by_role("button", name="搜索").click()
    expect(results(reader)).to_have_count(3)

    reader.get_by_label("有指标").check()
    if (show := reader.get_by_role("button", name="按所选条件查看")).is_visible():
        show.click()  # without scripts
    expect(results(reader)).to_have_text([re.compile("杭州"), re.compile("漯河")])
    expect(reader.get_by_role("link", name="指标 有指标")).to_be_visible()

    reader.get_by_role("link", name=re.compile("加入对比.*漯河")).click()
    reader.get_by_label("用词语找案例").fill("杭州")
    reader.get_by_role("button", name="找案例").click()
    reader.get_by_role("link", name=re.compile("加入对比.*杭州")).click()
    expect(reader.get_by_role("row", name="办理时限").get_by_role("cell")).to_have_count(2)
    expect(reader.get_by_role("row", name="漯河站点").get_by_role("cell").nth(1)).to_contain_text("没有")

    reader.get_by_role("navigation", name="栏目").get_by_role("link", name="数字").click()
    reader.get_by_role("searchbox", name="指标或原文里的词").fill("办理")
    reader.get_by_role("combobox", name="单位").fill("天")
    reader.get_by_role("button", name="筛选").click()
    reader.get_by_role("columnheader", name="数值").get_by_role("link").click()
    expect(reader.get_by_role("columnheader", name="数值")).to_have_attribute("aria-sort", "descending")

    with reader.expect_download() as download:
        reader.get_by_role("link", name="下载为表格（CSV）").click()
    download.value.save_as(tmp_path / "numbers.csv")
    with (tmp_path / "numbers.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [[row[name] for name in ("指标", "原值", "现值", "城市", "案例")] for row in csv.DictReader(file)]
    assert (
        rows
        == shown_rows(reader)
        == [
            ["办理时限", "9", "3", "漯河市", "漯河：容缺受理"],
            ["办理时限", "9", "2", "杭州市", "杭州：容缺受理"],
        ]
    )


def results(page: Page) -> Locator:
    return page.locator(".card__title")


def shown_rows(page: Page) -> list[list[str]]:
    """Label, values, city and case of every line of the table of numbers."""
    parts = (".numbers__label", ".number__before", ".numbers__number strong", "td:has(> a[href^='/regions/']) a")
    return [
        [row.locator(part).inner_text() for part in (*parts, ".numbers__place")]
        for row in page.locator(".numbers__row").all()
    ]


def test_a_number_leads_to_its_sentence(reader, live_server, two_cases):
    reader.goto(f"{live_server.url}/numbers/?unit=天&sort=value")
    reader.locator(".numbers__row").first.get_by_role("link", name="杭州：容缺受理").click()

    expect(reader.locator(".quote:target")).to_contain_text("办理时限由9天压缩至2天")


@pytest.mark.parametrize(
    "path", ["/numbers/", "/numbers/?unit=天&sort=-value", "/compare/", "/compare/?region=411100&region=330100"]
)
def test_the_pages_fit_every_width_and_break_no_rule(watched_page, live_server, two_cases, path):
    watched_page.goto(live_server.url + path)

    assert overflows(watched_page) == {}


def test_on_a_phone_each_cell_says_whose_it_is(page, live_server, two_cases):
    page.set_viewport_size({"width": 375, "height": 800})
    page.goto(f"{live_server.url}/compare/?region=411100&region=330100")

    cell = page.get_by_role("row", name="办理时限").get_by_role("cell").first
    expect(cell.locator(".compare__who")).to_be_visible()
    expect(cell).to_contain_text("漯河市")
