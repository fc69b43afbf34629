import pytest

from cases.presenting.site_text import Block, opening_of, text_blocks


def test_blank_lines_part_paragraphs_and_signs_open_headings():
    assert text_blocks("开头\r\n第二行\n\n## 标题\n下文\n\n\n") == [
        Block("开头\n第二行"),
        Block("标题", is_heading=True),
        Block("下文"),
    ]


def test_an_empty_page_has_no_blocks():
    assert text_blocks(" \n\n") == []


@pytest.mark.parametrize(
    ("body", "opening"),
    [
        ("## 题\n甲\n乙\n\n丙", "甲 乙"),
        ("## 题", ""),
        ("", ""),
        ("字" * 120, "字" * 120),
        ("字" * 121, "字" * 119 + "…"),
        ("words " * 20 + "x", "words " * 19 + "words…"),
        ("a" * 118 + " bcd", "a" * 118 + "…"),
    ],
)
def test_a_page_opens_with_its_first_paragraph_cut_between_words(body, opening):
    assert opening_of(text_blocks(body)) == opening
