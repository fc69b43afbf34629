"""从表格导入: the page, as a browser without scripts uses it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cases.models import Case
from tests.admin.browser import drawn_fields
from tests.builders import make_region, make_user
from tests.reading.spreadsheets import xlsx

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    user = make_user("editor", permissions=("add_case", "change_case", "view_case"))
    client.force_login(user)
    return user


def send(client, *rows, data=None, name="表.xlsx", **values):
    data = xlsx(rows) if data is None else data
    return client.post(reverse("admin:cases_case_sheet"), {"file": SimpleUploadedFile(name, data), **values})


def test_the_template_is_offered_and_can_be_sent_back(client, editor):
    assert reverse("admin:cases_case_sheet_template") in client.get(reverse("admin:cases_case_sheet")).content.decode()
    response = client.get(reverse("admin:cases_case_sheet_template"))

    page = send(client, data=response.content, _try="1")

    assert response.headers["Content-Disposition"].startswith("attachment")
    assert page.context["form"].errors["file"] == ["表格里只有列名，没有案例。"]


def test_a_sheet_is_tried_and_then_taken_in(client, editor):
    make_region("411100")
    rows = (("标题", "城市", "正文"), ("甲", "漯河", "一、办得快。一是减环节。"), ("乙", "许晶", ""))
    page = send(client, *rows, _try="1")

    drawn = page.content.decode()
    assert "将新建草稿 1 个，更新草稿 0 个，已有相同的 0 个；有问题、不会导入的 1 行。" in drawn
    assert "<b>B 列 行政区划</b>：没有叫“许晶”的行政区划，请写全称或六位代码" in drawn
    assert not Case.objects.exists()

    page = send(client, *rows, _take="1", **{"pass": drawn_fields(page, "sheet-form")["pass"]})

    assert page.context["is_taken"]
    assert [(case.title, case.region_id) for case in Case.objects.all()] == [("甲", "411100")]


def test_another_file_than_was_tried_is_not_taken_in(client, editor):
    page = send(client, ["标题"], ["甲"], _try="1")

    page = send(client, ["标题"], ["乙"], _take="1", **{"pass": drawn_fields(page, "sheet-form")["pass"]})

    assert [str(message) for message in page.context["messages"]] == [
        "没有导入：这不是刚才试过的那个文件，下面是它的试读结果。"
    ]
    assert page.context["is_tried"]
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("表.xls", b"x", "请上传 .xlsx 或 .csv 表格；.xls 和 .et 请先另存为 .xlsx。"),
        ("表.xlsx", b"x", "“表.xlsx”已损坏，打不开；请重新保存或重新下载后再导入"),
        ("表.csv", b"", "“表.csv”里没有内容"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_why(client, editor, name, data, told):
    assert send(client, data=data, name=name, _try="1").context["form"].errors["file"] == [told]


def test_sending_nothing_is_told(client, editor):
    page = client.post(reverse("admin:cases_case_sheet"), {"_try": "1"})

    assert list(page.context["form"].errors) == ["file"]


def test_what_a_cell_holds_is_shown_as_text(client, editor):
    drawn = send(client, ["标题", "来源"], ["<script>x</script>", "长" * 300], _try="1").content.decode()

    assert "<script>x" not in drawn
    assert "&lt;script&gt;x" in drawn


@pytest.mark.parametrize("name", ["cases_case_sheet", "cases_case_sheet_template"])
def test_who_may_not_add_cases_sees_no_sheets(client, name):
    client.force_login(make_user("reader", permissions=("view_case",)))

    assert client.get(reverse(f"admin:{name}")).status_code == 403
