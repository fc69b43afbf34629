"""Style sheets of the public pages: colours stand in one file, and what is written is used."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SHEETS = sorted(path for path in (ROOT / "static" / "css").glob("*.css") if not path.name.startswith("admin"))
COLOUR = re.compile(
    r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch)a?\(|:[^;{]*\b(?:white|black|red|gray|grey)\b"
)
PALETTES = {
    "tokens.css",
    "print.css",
    "versions.css",
}  # which give the colours their values; the last in the admin, too


def without_comments(sheet):
    return re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_colours_are_named_and_not_written_out(sheet):
    text = without_comments(sheet)
    if sheet.name in PALETTES:
        text = re.sub(r"--[\w-]+:[^;]+;", "", text)

    assert COLOUR.findall(text) == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_a_style_sheet_opens_with_what_it_is_for(sheet):
    assert sheet.read_text(encoding="utf-8").startswith("/* ")


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_only_custom_properties_that_are_defined_are_used(sheet):
    defined = set(re.findall(r"(--[\w-]+):", "".join(path.read_text() for path in SHEETS[0].parent.glob("*.css"))))

    assert set(re.findall(r"var\((--[\w-]+)", without_comments(sheet))) - defined == set()


def test_every_class_with_a_style_stands_somewhere():
    sources = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "static" / "js").rglob("*.js")]
    sources += (ROOT / "cases").rglob("*.py")
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    words = set(re.findall(r"[A-Za-z][\w-]*", text))
    begun = tuple(re.findall(r"([A-Za-z][\w-]*-)\{", text))  # metric--{{ kind }}
    styled = {name for sheet in SHEETS for name in re.findall(r"\.([A-Za-z][\w-]*)", without_comments(sheet))}

    assert {name for name in styled - words if not name.startswith(begun)} == set()
