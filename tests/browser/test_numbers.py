"""From a search over a comparison to the numbers and their file, with and without scripts."""

from __future__ import annotations

import csv
import re

import pytest
from playwright.sync_api import Browser, expect

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


def test_a_reader_searches_compares_sorts_numbers_and_takes_the_file(reader, live_server, two_cases, tmp_path):
    reader.goto(f"{live_server.url}/search/?q=漯河")
    reader.get_by_role("link", name=re.compile("加入对比.*漯河")).click()
    reader.get_by_label("用词语找案例").fill("杭州")
    reader.get_by_role("button", name="找案例").click()
    reader.get_by_role("link", name=re.compile("加入对比.*杭州")).click()

    line = reader.get_by_role("row", name="办理时限")
    expect(line.get_by_role("cell")).to_have_count(2)
    expect(reader.get_by_role("row", name="漯河站点").get_by_role("cell").nth(1)).to_contain_text("没有")

    reader.get_by_role("navigation", name="栏目").get_by_role("link", name="数字").click()
    reader.get_by_role("combobox", name="单位").fill("天")
    reader.get_by_role("button", name="筛选").click()
    reader.get_by_role("columnheader", name="数值").get_by_role("link").click()
    expect(reader.get_by_role("columnheader", name="数值")).to_have_attribute("aria-sort", "descending")
    expect(reader.locator(".numbers__row").first).to_contain_text("漯河：容缺受理")

    with reader.expect_download() as download:
        reader.get_by_role("link", name="下载为表格（CSV）").click()
    download.value.save_as(tmp_path / "numbers.csv")
    with (tmp_path / "numbers.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["指标"], row["原值"], row["现值"], row["城市"]) for row in rows] == [
        ("办理时限", "9", "3", "漯河市"),
        ("办理时限", "9", "2", "杭州市"),
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
