"""批量导入 as a person does it: thirty files, three of them bad."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from playwright.sync_api import Locator, Page, Route, expect

from cases.editing.batch import work_on
from cases.models import Case, ImportBatch, ImportFile, User
from tests.parsing.test_parts import TITLES
from tests.parsing.test_parts import page as page_of_three

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

READING = 240_000  # milliseconds for thirty files, each read by a process of its own on a machine that may be busy
CORPUS = sorted((Path(__file__).parent.parent / "corpus").glob("*.txt"))
BAD = {
    "空.txt": (b"", "“空.txt”是空文件，请检查是否保存完整"),
    "旧稿.doc": (b"\xd0\xcf\x11\xe0" + bytes(512), "“旧稿.doc”是旧版 Word 文件"),
    "表格.xlsx": (b"PK\x03\x04" + bytes(64), "“表格.xlsx”是表格或演示文稿"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Thirty files, three of them bad, one of them in a folder below."""
    folder = tmp_path / "文稿"
    (folder / "下级").mkdir(parents=True)
    for number, article in enumerate(CORPUS[:27]):
        (folder / ("下级" if number == 0 else "") / article.name).write_bytes(article.read_bytes())
    for name, (data, _told) in BAD.items():
        (folder / name).write_bytes(data)
    return folder


def folder_field(page: Page) -> Locator:
    """The field that takes a whole folder: a script makes it one."""
    field = page.get_by_label("或选择文件夹")
    expect(field).to_have_js_property("webkitdirectory", True)
    return field


def start(page: Page, site: str, folder: Path) -> None:
    call_command("load_vocabulary", verbosity=0)
    page.goto(f"{site}/admin/cases/case/")
    page.get_by_role("link", name="批量导入", exact=True).click()
    folder_field(page).set_input_files(folder)
    expect(page.get_by_text("已选 30 个文件")).to_be_visible()
    page.get_by_role("button", name="上传并开始读").click()


def start_and_hold(page: Page, site: str, folder: Path) -> Route:
    """Start a batch and keep its first step from the server, so that what is told before can be seen."""
    held: list[Route] = []
    page.route("**/step/", lambda route: held.append(route), times=1)
    with page.expect_request("**/step/"):
        start(page, site, folder)
    expect(page.get_by_role("progressbar")).to_be_visible()
    return held[0]


def test_thirty_files_with_three_bad_ones_become_twenty_seven_drafts(signed_in_page, live_server, folder):
    page = signed_in_page
    step = start_and_hold(page, live_server.url, folder)

    # read: progress is told, nothing is a case, the bad ones have their sentences
    step.continue_()
    expect(page.get_by_role("status")).to_have_text("30 个文件都已读过，3 个读不出", timeout=READING)
    expect(page.get_by_role("progressbar")).to_have_count(0)
    assert Case.objects.count() == 0
    for _data, told in BAD.values():
        expect(page.get_by_text(told)).to_be_visible()
    expect(page.locator("input[name=case]:checked")).to_have_count(27)
    expect(page.get_by_role("link", name="可导入 27")).to_be_visible()

    # made: each row leads to its draft
    page.get_by_role("button", name="把勾选的存为草稿").click()
    expect(page.get_by_role("status")).to_have_text("30 个文件都已读过，3 个读不出，27 个已建草稿", timeout=READING)
    expect(page.get_by_role("link", name="草稿：")).to_have_count(27)
    assert Case.objects.count() == 27

    # the report tells the same
    with page.expect_download() as download:
        page.get_by_role("link", name="下载报告").click()
    lines = list(csv.DictReader(io.StringIO(download.value.path().read_text(encoding="utf-8-sig"))))
    assert [line["结果"] for line in lines].count("已建草稿") == 27
    refused = {line["文件"]: line["说明"] for line in lines if line["结果"] == "读不出"}
    assert all(refused[f"文稿/{name}"].startswith(told) for name, (_data, told) in BAD.items())


def test_of_a_file_with_three_cases_two_become_drafts_and_the_third_later(signed_in_page, live_server):
    page = signed_in_page
    page.goto(f"{live_server.url}/admin/cases/importbatch/add/")
    text = page_of_three([f"案例{number}：{title}" for number, title in zip("一二三", TITLES, strict=True)])
    page.locator("#id_chosen").set_input_files({"name": "汇编.txt", "mimeType": "text/plain", "buffer": text.encode()})
    page.get_by_role("button", name="上传并开始读").click()

    expect(page.locator("input[name=case]:checked")).to_have_count(3)
    page.get_by_role("checkbox", name=f"选择 {TITLES[1]}").uncheck()
    page.get_by_role("button", name="把勾选的存为草稿").click()
    expect(page.get_by_role("link", name="草稿：")).to_have_count(2)

    page.get_by_role("checkbox", name=f"选择 {TITLES[1]}").check()
    page.get_by_role("button", name="把勾选的存为草稿").click()
    expect(page.get_by_role("link", name="草稿：")).to_have_count(3)
    assert sorted(Case.objects.values_list("title", flat=True)) == sorted(TITLES)


def test_the_targets_of_a_batch_are_large_enough_for_a_finger(signed_in_page, live_server, folder):
    page = signed_in_page
    start(page, live_server.url, folder)
    expect(page.get_by_role("status")).to_have_text("30 个文件都已读过，3 个读不出", timeout=READING)

    expect(page.locator(".batch-filters li a").first).to_be_visible()
    # found and measured in one breath: the list is exchanged once more, and what was taken off has no height
    assert (
        page.evaluate(
            """() => [...document.querySelectorAll(".batch-filters li a")]
            .map((target) => target.getBoundingClientRect().height).filter((height) => height < 44)"""
        )
        == []
    )


def test_a_batch_left_half_read_goes_on_where_it_was(signed_in_page, live_server, folder):
    page = signed_in_page
    start_and_hold(page, live_server.url, folder)
    address = page.url
    work_on(ImportBatch.objects.get(), by=User.objects.get(username="admin"), seconds=0)  # one file
    assert ImportFile.objects.filter(stage="read").count() == 1

    page.goto(f"{live_server.url}/admin/")
    page.goto(address)

    expect(page.get_by_role("status")).to_have_text("30 个文件都已读过，3 个读不出", timeout=READING)


def test_files_that_met_a_log_in_are_asked_for_again(signed_in_page, live_server, folder):
    page = signed_in_page
    page.goto(f"{live_server.url}/admin/cases/importbatch/add/")
    folder_field(page).set_input_files(folder)
    Session.objects.all().delete()
    page.get_by_role("button", name="上传并开始读").click()
    page.fill("#id_username", "admin")
    page.fill("#id_password", "correct horse")
    page.get_by_role("button", name="登录").click()

    expect(page.get_by_role("status")).to_have_text("登录过期时文件没有传上来，请重新选择。")
    folder_field(page).set_input_files(folder)
    expect(page.get_by_role("status")).to_contain_text("已选 30 个文件")


@pytest.mark.parametrize("width", [375, 1280])
def test_no_page_of_a_batch_scrolls_sideways(signed_in_page, live_server, folder, width):
    page = signed_in_page
    page.set_viewport_size({"width": width, "height": 800})
    start(page, live_server.url, folder)
    expect(page.get_by_role("status")).to_have_text("30 个文件都已读过，3 个读不出", timeout=READING)

    for address in (page.url, *(f"{live_server.url}/admin/cases/importbatch/{path}" for path in ("", "add/"))):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
