"""Spreadsheets written by hand, as small as they open."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'


def zipped(parts: dict[str, str | bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), content, packing)  # the same file every time
    return out.getvalue()


def text_cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def sheet_of(cells: str) -> str:
    return f"<worksheet {MAIN}><sheetData>{cells}</sheetData></worksheet>"


def sheet_rows(rows: Sequence[Sequence[str]]) -> str:
    """The XML of a sheet of texts."""
    drawn = []
    for number, row in enumerate(rows, start=1):
        cells = "".join(text_cell(f"{chr(65 + column)}{number}", text) for column, text in enumerate(row) if text)
        drawn.append(f'<row r="{number}">{cells}</row>')
    return sheet_of("".join(drawn))


def xlsx_parts(
    sheet: str, *, strings: str = "", styles: str = "", states: Sequence[str] = ("visible",), properties: str = ""
) -> dict[str, str | bytes]:
    """The parts of a workbook; every sheet but the last holds 藏起来的, `sheet` is the last."""
    names = [f"sheet{number}" for number in range(1, len(states) + 1)]
    listed = "".join(
        f'<sheet name="{name}" sheetId="{number}" state="{state}" r:id="r{number}"/>'
        for number, (name, state) in enumerate(zip(names, states, strict=True), start=1)
    )
    links = "".join(
        f'<Relationship Id="r{number}" Type="{KINDS}/worksheet" Target="worksheets/{name}.xml"/>'
        for number, name in enumerate(names, start=1)
    )
    for kind in ("sharedStrings", "styles"):
        links += f'<Relationship Id="{kind}" Type="{KINDS}/{kind}" Target="{kind}.xml"/>'
    parts: dict[str, str | bytes] = {
        "_rels/.rels": f'<Relationships {PACKAGE}><Relationship Id="a" Type="{KINDS}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{KINDS}"><workbookPr {properties}/><sheets>{listed}</sheets>'
        "</workbook>",
        "xl/_rels/workbook.xml.rels": f"<Relationships {PACKAGE}>{links}</Relationships>",
        "xl/sharedStrings.xml": f"<sst {MAIN}>{strings}</sst>",
        "xl/styles.xml": f"<styleSheet {MAIN}>{styles}</styleSheet>",
    }
    parts |= {f"xl/worksheets/{name}.xml": sheet_rows([["藏起来的"]]) for name in names[:-1]}
    return parts | {f"xl/worksheets/{names[-1]}.xml": sheet}


def xlsx(rows: Sequence[Sequence[str]]) -> bytes:
    """A workbook with one sheet of texts."""
    return zipped(xlsx_parts(sheet_rows(rows)))
