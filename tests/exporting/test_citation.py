"""References as the standards and the programs want them; what is written can be read back."""

from __future__ import annotations

import dataclasses
import datetime
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.exporting.citation import Cited, bibtex, gbt_2015, gbt_2025, responsible_of, ris

TODAY = datetime.date(2026, 11, 23)
CITED = Cited(
    key="case-12",
    responsible=("漯河市交通运输局",),
    title="漯河:修好“四好农村路”",
    site="营商案例库",
    published=datetime.date(2024, 5, 1),
    address="https://www.example.gov.cn/cases/12/",
)
LINES = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1).filter(str.strip)


def reference(parts: tuple[str, str]) -> str:
    return TODAY.isoformat().join(parts)


def one_line(text: str) -> str:
    return " ".join(text.split())


def test_the_form_of_2025_has_the_day_of_publication_in_full_width_brackets():
    assert reference(gbt_2025(CITED, others="等")) == (
        "漯河市交通运输局. 漯河:修好“四好农村路”[EB/OL]. （2024-05-01）[2026-11-23]. https://www.example.gov.cn/cases/12/."
    )


def test_the_form_of_2015_has_half_width_brackets():
    assert reference(gbt_2015(CITED, others="等")) == (
        "漯河市交通运输局. 漯河:修好“四好农村路”[EB/OL]. (2024-05-01)[2026-11-23]. https://www.example.gov.cn/cases/12/."
    )


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("甲",), "甲. "),
        (("甲", "乙", "丙"), "甲, 乙, 丙. "),
        (("甲", "乙", "丙", "丁"), "甲, 乙, 丙, 等. "),
        (("Example Inc.",), "Example Inc. "),
    ],
)
def test_of_many_responsible_parties_three_are_named(names, expected):
    assert gbt_2025(dataclasses.replace(CITED, responsible=names), others="等")[0].startswith(f"{expected}漯河")


@pytest.mark.parametrize("title", ["办得快。", "办得快.", "办得\n快"])
def test_a_title_is_one_line_and_ends_without_a_stop_of_its_own(title):
    assert "办得快[EB/OL]" in gbt_2025(dataclasses.replace(CITED, title=title), others="等")[0].replace(" ", "")


@pytest.mark.parametrize(
    ("author", "otherwise", "expected"),
    [
        ("张三、李四", ("市局",), ("张三", "李四")),
        ("", ("", "市局、县局", "日报"), ("市局、县局",)),  # a body's name stays whole
        (" 、", ("日报",), ("日报",)),
    ],
)
def test_persons_come_before_bodies(author, otherwise, expected):
    assert responsible_of(author, *otherwise) == expected


# Read back


def bibtex_fields(entry: str) -> dict[str, str]:
    """The fields as a program reads them: braces counted, commands of special signs turned back."""
    key, _, rest = entry.removeprefix("@online{").partition(",\n")
    fields = {"key": key}
    while match := re.match(r"  (\w+) = \{", rest):
        depth, end = 1, match.end()
        while depth:
            depth += {"{": 1, "}": -1}.get(rest[end], 0)
            end += 1
        fields[match[1]] = rest[match.end() : end - 1]
        assert rest[end : end + 2] == ",\n"
        rest = rest[end + 2 :]
    assert rest == "}\n"
    return fields


def from_tex(text: str) -> str:
    commands = {"backslash": "\\", "braceleft": "{", "braceright": "}", "asciitilde": "~", "asciicircum": "^"}
    commands["quotedbl"] = '"'
    return re.sub(r"\\text(\w+)\{\}|\\([&%$#_])|[{}]", lambda found: commands.get(found[1], found[2] or ""), text)


@given(title=LINES, names=st.lists(LINES, min_size=1, max_size=5))
def test_bibtex_is_read_back_whatever_a_title_holds(title, names):
    fields = bibtex_fields(bibtex(dataclasses.replace(CITED, title=title, responsible=tuple(names)), TODAY))

    assert from_tex(fields["title"]) == one_line(title)
    assert from_tex(fields["author"]) == " and ".join(map(one_line, names))
    assert (fields["key"], fields["date"], fields["urldate"]) == ("case-12", "2024-05-01", "2026-11-23")
    assert fields["url"] == CITED.address


@given(title=st.text(min_size=1), name=st.text(min_size=1))
def test_ris_has_one_line_for_each_field_whatever_it_holds(title, name):
    record = ris(dataclasses.replace(CITED, title=title, responsible=(name,)), TODAY)

    lines = record.split("\r\n")
    assert [line[:6] for line in lines] == [
        *(f"{tag}  - " for tag in ("TY", "ID", "AU", "TI", "T2", "PY", "DA", "Y2", "UR", "LA", "ER")),
        "",
    ]
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", record.replace("\r\n", ""))


def test_ris_keeps_the_words():
    record = ris(CITED, TODAY)

    assert "TI  - 漯河:修好“四好农村路”\r\n" in record
    assert "DA  - 2024/05/01/\r\nY2  - 2026/11/23/\r\n" in record
