"""The sheet to fill in: an .xlsx with the names of the columns, and a second sheet that says what belongs in each."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

from django.utils.translation import gettext as _

from cases.editing.sheet_columns import BODY, COLUMNS

_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_DAY = (2024, 1, 1, 0, 0, 0)  # of the parts: the same template is the same file
_BOLD, _TEXT = 1, 2  # cell styles; _TEXT wraps, and keeps codes and dates as they are typed
_WIDE = {BODY: 60, "title": 40, "summary": 40, "organization": 24}


def template() -> bytes:
    """The bytes of the .xlsx."""
    titles = [_(column.title) for column in COLUMNS]
    told = [[_(column.title), _(column.help) if column.help else "", _(column.example)] for column in COLUMNS]
    widths = [_WIDE.get(column.field, 16) for column in COLUMNS]
    sheets = {
        _("案例"): _sheet([titles], widths),
        _("填写说明"): _sheet([[_("列名"), _("怎样填"), _("例子")], *told], [16, 60, 40]),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _parts(sheets).items():
            archive.writestr(zipfile.ZipInfo(name, _DAY), _HEAD + content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _sheet(rows: Sequence[Sequence[str]], widths: Sequence[int]) -> str:
    """A sheet whose first row is bold and stays where it is; the empty cells below are text."""
    columns = "".join(
        f'<col min="{number}" max="{number}" width="{width}" customWidth="1" style="{_TEXT}"/>'
        for number, width in enumerate(widths, start=1)
    )
    drawn = "".join(
        f'<row r="{number}">{"".join(_cell(text, _BOLD if number == 1 else _TEXT) for text in row)}</row>'
        for number, row in enumerate(rows, start=1)
    )
    pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    view = f'<sheetView workbookViewId="0">{pane}</sheetView>'
    return (
        f"<worksheet {_MAIN}><sheetViews>{view}</sheetViews><cols>{columns}</cols>"
        f"<sheetData>{drawn}</sheetData></worksheet>"
    )


def _cell(text: str, style: int) -> str:
    return f'<c t="inlineStr" s="{style}"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def _parts(sheets: dict[str, str]) -> dict[str, str]:
    numbers = range(1, len(sheets) + 1)
    types = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        for number in numbers
    )
    listed = "".join(
        f'<sheet name="{escape(name)}" sheetId="{number}" r:id="rId{number}"/>'
        for number, name in zip(numbers, sheets, strict=True)
    )
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{_KINDS}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number in numbers
    )
    return {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_KINDS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {_MAIN} xmlns:r="{_KINDS}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{links}'
        f'<Relationship Id="styles" Type="{_KINDS}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": _styles(),
        **{f"xl/worksheets/sheet{number}.xml": sheet for number, sheet in zip(numbers, sheets.values(), strict=True)},
    }


def _styles() -> str:
    """The cell styles, in the order of _BOLD and _TEXT behind that of a plain cell."""
    fonts = '<fonts count="2"><font><sz val="11"/></font><font><b/><sz val="11"/></font></fonts>'
    fill = '<fill><patternFill patternType="{}"/></fill>'
    fills = f'<fills count="2">{fill.format("none")}{fill.format("gray125")}</fills>'  # Excel wants both
    borders = '<borders count="1"><border/></borders>'
    wrap = '<alignment vertical="top" wrapText="1"/>'
    styles = (
        '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
        '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" applyFont="1"/>'
        f'<xf numFmtId="49" fontId="0" fillId="0" borderId="0" applyNumberFormat="1" applyAlignment="1">{wrap}</xf>'
    )
    return (
        f"<styleSheet {_MAIN}>{fonts}{fills}{borders}"
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f'<cellXfs count="3">{styles}</cellXfs></styleSheet>'
    )
