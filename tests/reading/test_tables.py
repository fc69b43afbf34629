"""Tables from .xlsx and .csv: what is read of them, and what is refused and why."""

import contextlib
import random
import zipfile

import pytest

from cases.reading import ReadingError, read_csv, read_xlsx
from cases.reading.table_bounds import COLUMNS, ROWS
from tests.reading.spreadsheets import MAIN, sheet_of, sheet_rows, text_cell, xlsx, xlsx_parts, zipped


def read_cells(cells, **parts):
    return read_xlsx("表.xlsx", zipped(xlsx_parts(sheet_of(f'<row r="1">{cells}</row>'), **parts)))


def refusal(read, data):
    with pytest.raises(ReadingError) as refused:
        read("folder/表.xlsx", data)
    return refused.value.message % refused.value.params


def test_rows_keep_their_places_with_the_empty_ones_between():
    assert read_xlsx("表.xlsx", xlsx([["标题", "", "导语"], [], ["甲"]])) == [["标题", "", "导语"], [], ["甲"]]


def test_texts_are_read_from_the_table_of_texts_without_readings():
    strings = "<si><t>甲</t></si><si><r><t>乙</t></r><rPh><t>yi</t></rPh><r><t>丙</t></r></si>"

    assert read_cells('<c r="A1" t="s"><v>1</v></c><c r="B1" t="s"><v>0</v></c>', strings=strings) == [["乙丙", "甲"]]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("<v>0.10000000000000001</v>", "0.1"),
        ("<v>411100</v>", "411100"),
        ("<v>4.111E5</v>", "411100"),
        ("<v>1E+20</v>", "100000000000000000000"),
        ("<f>A2+1</f><v>3</v>", "3"),
    ],
)
def test_a_number_is_what_its_cell_shows(cell, text):
    assert read_cells(f'<c r="A1">{cell}</c>') == [[text]]


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [("b", "1", "TRUE"), ("e", "#N/A", "#N/A"), ("str", "由公式得来", "由公式得来"), ("d", "2023-12-18", "2023-12-18")],
)
def test_other_kinds_of_cells(kind, value, text):
    assert read_cells(f'<c r="A1" t="{kind}"><v>{value}</v></c>') == [[text]]


@pytest.mark.parametrize(
    ("format", "code", "value", "text"),
    [
        ("14", "", "45278", "2023-12-18"),
        ("31", "", "45278", "2023-12-18"),
        ("164", "yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@", "45278", "2023-12-18"),
        ("165", "yyyy/m/d h:mm", "45278.4451388889", "2023-12-18 10:41"),
        ("20", "", "0.4451388889", "10:41"),
        ("14", "", "1", "1900-01-01"),
        ("166", "0.00&quot;days&quot;", "45278", "45278"),
        ("167", "[Red]0.00_d", "45278", "45278"),
        ("0", "", "45278", "45278"),
    ],
)
def test_a_date_is_told_from_a_number_by_its_format(format, code, value, text):
    styles = f'<numFmts><numFmt numFmtId="{format}" formatCode="{code}"/></numFmts>' if code else ""
    styles += (
        f'<cellStyleXfs><xf numFmtId="0"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="{format}"/></cellXfs>'
    )

    assert read_cells(f'<c r="A1" s="1"><v>{value}</v></c>', styles=styles) == [[text]]


def test_days_may_be_counted_from_1904():
    styles = '<cellXfs><xf numFmtId="14"/></cellXfs>'

    assert read_cells('<c r="A1" s="0"><v>43816</v></c>', styles=styles, properties='date1904="1"') == [["2023-12-18"]]


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_passed_over(state):
    parts = xlsx_parts(sheet_rows([["看得见的"]]), states=(state, "visible"))

    assert read_xlsx("表.xlsx", zipped(parts)) == [["看得见的"]]


def test_a_workbook_whose_sheets_are_all_hidden_is_refused():
    assert "看得见的工作表" in refusal(read_xlsx, zipped(xlsx_parts(sheet_rows([["甲"]]), states=("hidden",))))


def test_merged_cells_have_their_text_once():
    sheet = sheet_rows([["甲", "", "乙"]]).replace(
        "</worksheet>", '<mergeCells><mergeCell ref="A1:B1"/></mergeCells></worksheet>'
    )

    assert read_xlsx("表.xlsx", zipped(xlsx_parts(sheet))) == [["甲", "", "乙"]]


# Broken and hostile files


def test_what_is_no_table_is_refused():
    assert "已损坏" in refusal(read_xlsx, b"no zip")
    assert "加了密码" in refusal(read_xlsx, b"\xd0\xcf\x11\xe0" + bytes(600))
    assert refusal(read_xlsx, zipped({"word/document.xml": "<a/>"})).startswith("“表.xlsx”不是 .xlsx 表格")
    assert "没有内容" in refusal(read_xlsx, xlsx([[""]]))


@pytest.mark.parametrize(
    "sheet",
    [
        "",
        "<worksheet",
        f"<worksheet {MAIN}><sheetData><row><c t='s'><v>7</v></c></row></sheetData></worksheet>",
        f"<worksheet {MAIN}><sheetData><row r='x'/></sheetData></worksheet>",
        f"<worksheet {MAIN}><sheetData><row r='0'><c t='str'><v>0</v></c></row></sheetData></worksheet>",
        f"<worksheet {MAIN}><sheetData><row><c s='x'><v>1</v></c></row></sheetData></worksheet>",
        f"<worksheet {MAIN}><sheetData><row><c><v>many</v></c></row></sheetData></worksheet>",
        "<!DOCTYPE a [<!ENTITY b 'cccc'><!ENTITY d '&b;&b;&b;'>]><worksheet><row><c><v>&d;</v></c></row></worksheet>",
    ],
)
def test_a_sheet_that_makes_no_sense_is_refused(sheet):
    assert "已损坏" in refusal(read_xlsx, zipped(xlsx_parts(sheet)))


def test_a_bomb_is_refused():
    parts = xlsx_parts(sheet_rows([["甲"]]))
    huge = sheet_of(" " * 30_000_000)

    assert "炸弹" in refusal(read_xlsx, zipped(parts | {"xl/worksheets/sheet1.xml": huge}))
    assert "20 MB" in refusal(read_xlsx, zipped(parts | {"xl/worksheets/sheet1.xml": huge}, zipfile.ZIP_STORED))


def test_more_than_a_table_may_hold_is_refused():
    far = f'<row r="{ROWS + 1}">{text_cell(f"A{ROWS + 1}", "甲")}</row>'
    assert f"{ROWS} 行" in refusal(read_xlsx, zipped(xlsx_parts(sheet_of(far))))
    assert f"{COLUMNS} 列" in refusal(
        read_xlsx, zipped(xlsx_parts(sheet_of(f'<row r="1">{text_cell("XFD1", "甲")}</row>')))
    )
    cells = "".join('<c t="s"><v>0</v></c>' for _cell in range(90))
    rows = "".join(f'<row r="{number}">{cells}</row>' for number in range(1, 30))
    parts = xlsx_parts(sheet_of(rows), strings=f"<si><t>{'长' * 30_000}</t></si>")
    assert "文字太多" in refusal(read_xlsx, zipped(parts))


def test_empty_cells_far_away_take_no_room():
    rows = f'<row r="1">{text_cell("A1", "甲")}<c r="XFD1" s="0"/></row><row r="1048576"><c r="A1048576" s="0"/></row>'

    assert read_xlsx("表.xlsx", zipped(xlsx_parts(sheet_of(rows)))) == [["甲"]]


def test_a_damaged_file_is_read_or_refused_but_never_breaks():
    good, chance = xlsx([["标题", "导语"], ["甲", "乙"]]), random.Random(5)
    for _time in range(300):
        data = bytearray(good)
        for _byte in range(chance.randrange(1, 6)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        with contextlib.suppress(ReadingError):
            read_xlsx("表.xlsx", bytes(data[: chance.randrange(1, len(data) + 1)] if chance.random() < 0.3 else data))


# .csv


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_a_csv_is_read_in_the_encodings_of_spreadsheets(encoding, delimiter):
    text = delimiter.join(("标题", "导语")) + "\r\n" + delimiter.join(("甲", '"第一段，\n第二段；""引""。"')) + "\r\n"

    assert read_csv("表.csv", text.encode(encoding)) == [["标题", "导语"], ["甲", '第一段，\n第二段；"引"。']]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "没有内容"),
        (b"\x00\x01\x02\x03\x04\x05" * 50, "不是文本文件"),
        ('标题\n"没有完'.encode(), "不成对"),
        (("甲\n" * (ROWS + 1)).encode(), f"{ROWS} 行"),
        (("甲," * (COLUMNS + 1)).encode(), f"{COLUMNS} 列"),
        (('"' + "长" * 200_000 + '"').encode(), "不成对"),
    ],
)
def test_a_csv_that_is_none_is_refused(data, why):
    assert why in refusal(read_csv, data)
