"""A sheet of cases: what would become of its rows, and what becomes of them."""

import dataclasses
import datetime

import pytest

from cases.editing.drafts import read_draft, write_draft
from cases.editing.sheet_columns import COLUMNS
from cases.editing.sheet_template import template
from cases.editing.sheets import MOST, SheetRefused, column_letter, dry_run, is_tried, pass_for, read_sheet, take_in
from cases.models import Case
from cases.reading import read_xlsx
from tests.builders import make_department, make_region, make_theme, make_user
from tests.reading.spreadsheets import xlsx

pytestmark = pytest.mark.django_db
WRITE = ("add_case", "change_case")
BODY = (
    "近年来，漯河市优化服务。\n一、办得快。一是减环节。全年建成便民站点18个。"
    "二是减材料。能共享的不再提交。\n二、管得好。随机抽查，结果公开。"
)


def sheet(*rows, head=("标题",)):
    return read_sheet("表.xlsx", xlsx([head, *rows]))


def results(*rows, head=("标题",), by=None):
    return dry_run(sheet(*rows, head=head), by=by or make_user())


def problems(*rows, **asked):
    return [
        (result.row, problem.letter, problem.column, problem.message)
        for result in results(*rows, **asked)
        for problem in result.problems
    ]


def refusal(rows):
    with pytest.raises(SheetRefused) as refused:
        read_sheet("表.xlsx", xlsx(rows))
    return refused.value.message % refused.value.params


def test_a_row_becomes_a_case():
    make_region("411100")
    make_department("transport", aliases=["交通运输局"])
    make_theme()
    cells = {
        "标题": "办得快",
        "副标题": "副",
        "原文发布时间": "2023/12/18 10:41",
        "来源": "漯河日报",
        "原文链接": "https://example.org/a",
        "性质": "原创",
        "城市": "河南省漯河市",
        "部门": "交通运输局",
        "主题": "交通物流",
        "标签": "治超、一件事",
        "摘要": "一句话。",
        "正文": BODY,
        "荣誉": "荣誉一\n荣誉二",
    }

    (result,) = results(tuple(cells.values()), head=tuple(cells))

    content = result.content
    assert (result.row, result.outcome, result.problems) == (2, "new", ())
    assert (content.title, content.origin, content.region, content.department) == (
        "办得快",
        "original",
        "411100",
        "transport",
    )
    assert content.published_at == datetime.datetime(2023, 12, 18, 10, 41)
    assert (content.themes, content.tags, content.honours) == (
        ("logistics-transport",),
        ("治超", "一件事"),
        ("荣誉一", "荣誉二"),
    )
    assert [initiative.heading for initiative in content.initiatives] == ["办得快", "管得好"]
    assert [measure.heading for measure in content.initiatives[0].measures] == ["减环节", "减材料"]
    assert [metric.value for metric in content.all_metrics()] == [18]
    assert content.intro == "近年来，漯河市优化服务。"


@pytest.mark.parametrize(
    ("column", "cell", "message"),
    [
        ("行政区划", "许晶市", "没有叫“许晶市”的行政区划，请写全称或六位代码"),
        ("行政区划", "朝阳区", "叫“朝阳区”的有几个（北京市朝阳区、吉林省长春市朝阳区），请写全称或六位代码"),
        ("部门", "交通所", "部门词表里没有“交通所”"),
        ("主题", "交通物流、没有的", "主题词表里没有“没有的”"),
        ("原文发布时间", "去年", "“去年”不是日期。请写作 2023-12-18 或 2023-12-18 10:41。"),
        ("原创或转载", "抄的", "“抄的”不认识，请填“原创”或“转载”"),
        ("原文链接", "www.x.cn", "原文链接：“www.x.cn”不是网址，应以 http:// 或 https:// 开头"),
        ("来源", "长" * 201, "来源"),
    ],
)
def test_a_bad_cell_is_named_by_row_and_column(column, cell, message):
    for code in ("411100", "110105", "220104"):
        make_region(code)
    make_theme()

    found = problems(("好的", ""), ("不好", cell), head=("标题", column))

    assert [(row, letter, name) for row, letter, name, _message in found] == [(3, "B", column)]
    assert message in found[0][3]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *(("411100", "411100"), ("漯河市", "411100"), ("漯河", "411100"), ("河南 漯河", "411100")),
        *(("河南省 / 漯河市", "411100"), ("北京市朝阳区", "110105"), ("长春朝阳区", "220104"), ("恩施", "422800")),
    ],
)
def test_a_place_is_understood_as_people_write_it(text, code):
    for one in ("411100", "110105", "220104", "422800", "422801"):
        make_region(one)

    (result,) = results(("甲", text), head=("标题", "城市"))

    assert (result.content.region if result.content else result.problems) == code


def test_every_bad_cell_of_a_row_is_told_at_once():
    found = problems(("", "去年", "许晶"), head=("标题", "原文发布时间", "城市"))

    assert [letter for _row, letter, _column, _message in found] == ["B", "C", "A"]


def test_rows_are_counted_as_the_spreadsheet_counts_them():
    assert [result.row for result in results((), ("甲",), (), ("乙",))] == [3, 5]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([["标题", "价格"], ["甲", "1"]], "第 1 行 B 列：不认识的列名“价格”，请照模板填写。"),
        ([["标题", "案例标题"], ["甲"]], "第 1 行 B 列：“案例标题”这一列出现了两次。"),
        ([["来源"], ["甲"]], "第 1 行应是列名，其中要有“标题”；请照模板填写。"),
        ([["标题"]], "表格里只有列名，没有案例。"),
        ([["标题"], *[[f"第{number}个"] for number in range(MOST + 1)]], f"一次最多 {MOST} 个"),
    ],
)
def test_a_sheet_that_is_none_of_cases_is_refused(rows, message):
    assert message in refusal(rows)


def test_other_files_are_refused():
    with pytest.raises(SheetRefused):
        read_sheet("表.xls", b"x")


def test_trying_writes_nothing_and_taking_in_makes_drafts():
    editor = make_user("editor", permissions=WRITE)
    tried = sheet(("甲", "a-1"), ("",), ("乙", "a-2"), ("丙", "长" * 101), head=("标题", "编号"))

    assert [result.outcome for result in dry_run(tried, by=editor)] == ["new", "new", ""]
    assert not Case.objects.exists()

    taken = list(take_in(tried, by=editor))

    cases = list(Case.objects.order_by("pk"))
    assert [(case.title, case.external_id, case.stage, case.created_by) for case in cases] == [
        ("甲", "a-1", "draft", editor),
        ("乙", "a-2", "draft", editor),
    ]
    assert [result.case for result in taken] == [cases[0].pk, cases[1].pk, None]


def test_the_same_sheet_again_changes_nothing():
    editor, tried = make_user("editor", permissions=WRITE), sheet(("甲", "a-1"), ("乙", ""), head=("标题", "编号"))
    list(take_in(tried, by=editor))

    assert [result.outcome for result in take_in(tried, by=editor)] == ["there", "there"]
    assert Case.objects.count() == 2


def test_a_changed_row_changes_its_draft_but_not_one_that_was_edited_or_is_put_away():
    editor = make_user("editor", permissions=WRITE)
    list(take_in(sheet(*((name, f"a-{name}") for name in "甲乙丙"), head=("标题", "编号")), by=editor))
    edited = Case.objects.get(title="乙")
    write_draft(dataclasses.replace(read_draft(edited), intro="改过。"), by=editor, case=edited)
    Case.objects.filter(title="丙").update(stage="archived")

    changed = sheet(*((f"{name}改", f"a-{name}") for name in "甲乙丙"), head=("标题", "编号"))

    assert [(result.outcome, len(result.problems)) for result in take_in(changed, by=editor)] == [
        ("changed", 0),
        ("", 1),
        ("", 1),
    ]
    assert sorted(Case.objects.values_list("title", flat=True)) == sorted(["甲改", "乙", "丙"])


def test_a_row_said_twice_is_told():
    assert problems(("甲", "a"), ("乙", "a"), ("丙", ""), ("丙", ""), head=("标题", "编号")) == [
        (3, "", "", "和第 2 行重复"),
        (5, "", "", "和第 4 行重复"),
    ]


def test_nobody_takes_in_cases_beyond_their_reach():
    make_region("410200")
    editor = make_user("editor", permissions=WRITE)
    editor.regions.add(make_region("411100"))
    make_region("411102")
    head = ("标题", "城市", "编号")
    list(take_in(sheet(("别处的", "410200", "x"), head=head), by=make_user("other", permissions=WRITE)))

    tried = sheet(
        ("近处", "漯河市源汇区", ""), ("远处", "开封市", ""), ("没写", "", ""), ("撞号", "漯河市", "x"), head=head
    )

    assert [result.outcome for result in take_in(tried, by=editor)] == ["new", "", "new", ""]
    assert sorted(Case.objects.visible_to(editor).values_list("title", flat=True)) == sorted(["近处", "没写"])


def test_only_what_was_tried_by_this_person_is_taken_in():
    one, other = make_user("one"), make_user("other")
    tried, changed = sheet(("甲",)), sheet(("乙",))
    signed = pass_for(tried, one)

    assert is_tried(tried, one, signed)
    assert not is_tried(changed, one, signed)
    assert not is_tried(tried, other, signed)
    assert not is_tried(tried, one, "forged")


def test_the_template_is_a_sheet_that_can_be_filled_in():
    assert read_xlsx("模板.xlsx", template()) == [[column.title for column in COLUMNS]]
    assert template() == template()


def test_columns_are_lettered_as_in_a_spreadsheet():
    assert [column_letter(place) for place in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


@pytest.mark.parametrize("count", [1, 20])
def test_the_vocabulary_is_read_once_for_all_rows(django_assert_max_num_queries, count):
    make_region()
    tried = sheet(*((f"第{number}个", "漯河") for number in range(count)), head=("标题", "城市"))
    user = make_user("plain", permissions=("*",))

    with django_assert_max_num_queries(6 + count):
        dry_run(tried, by=user)
