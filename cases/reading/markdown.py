"""The text of a Markdown file: what the parser does not know of it made plain, everything else as it stands.

Headings, emphasis and bullets stay: the parser reads them. Front matter gives title, date and source;
links become their words; the rows of a table their cells; pictures a note, since they are not in the file.
"""

from __future__ import annotations

import re

from cases.content import gettext_noop
from cases.reading.encodings import check_words, cleaned, decoded
from cases.reading.files import Note, Reading
from cases.reading.writing import BETWEEN_CELLS

_FRONT = re.compile(r"\A---[ \t]*\n((?:[^\n]{0,2000}\n){0,100}?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_FIELD = re.compile(r"([\w-]{1,30})[ \t]*:[ \t]*[\"']?([^\n]*?)[\"']?[ \t]*\Z")
_TITLE = ("title", "标题")
_FACTS = {"date": "发布时间", "发布时间": "发布时间", "日期": "发布时间", "source": "来源", "来源": "来源"}
_PICTURE = re.compile(r"!\[[^\[\]\n]{0,300}\](?:\([^()\n]{0,2000}\)|\[[^\[\]\n]{0,100}\])")
_LINK = re.compile(r"\[([^\[\]\n]{1,500})\]\((?!\s*\d{1,3}\s*\))[^()\n]{0,2000}\)")
_ADDRESS = re.compile(r"<(https?://[^<>\s]{1,500})>")
_TARGET = re.compile(r"^[ ]{0,3}\[[^\[\]\n]{1,100}\]:[ \t]*\S{1,2000}[^\n]{0,300}$", re.MULTILINE)
_RULE = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_ROW = re.compile(r"[ \t]*\|(.*)\|[ \t]*")


def read_markdown(name: str, data: bytes) -> Reading:
    """The reading of a Markdown file. Raises ReadingError for bytes that are no text and for a text without words."""
    text = cleaned(decoded(name, data))
    text, pictures = _PICTURE.subn("", _front_as_lines(text))
    text = _ADDRESS.sub(r"\1", _LINK.sub(r"\1", _TARGET.sub("", text)))
    text = "\n".join(_row(line) for line in text.split("\n") if not ("|" in line and _RULE.fullmatch(line)))
    check_words(name, text)
    message = gettext_noop("有 %(count)d 张图片不在文件里，没有读入，请自行上传")
    return Reading(text, notes=(Note(message, {"count": pictures}),) if pictures else ())


def _front_as_lines(text: str) -> str:
    """The text with its front matter as lines the parser knows: title, date, source. Other fields are left out."""
    front = _FRONT.match(text)
    fields = [field for line in front[1].split("\n") if (field := _FIELD.match(line))] if front else []
    if not front or not fields:
        return text
    told = {field[1].lower(): field[2] for field in fields if field[2]}
    rest = text[front.end() :]
    title = next((told[key] for key in _TITLE if key in told), "")
    lines = [title] if title and title not in rest[: len(title) + 200] else []
    lines += [f"{label}：{told[key]}" for key, label in _FACTS.items() if key in told]
    return "\n".join([*lines, rest.lstrip("\n")])


def _row(line: str) -> str:
    """The cells of a table row as everywhere; any other line as it stands."""
    row = _ROW.fullmatch(line)
    if not row or "|" not in row[1]:
        return line
    return BETWEEN_CELLS.join(cell for cell in map(str.strip, row[1].split("|")) if cell)
