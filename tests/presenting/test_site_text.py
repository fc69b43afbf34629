from cases.presenting.site_text import Block, text_blocks


def test_blank_lines_part_paragraphs_and_signs_open_headings():
    assert text_blocks("开头\r\n第二行\n\n## 标题\n下文\n\n\n") == [
        Block("开头\n第二行"),
        Block("标题", is_heading=True),
        Block("下文"),
    ]


def test_an_empty_page_has_no_blocks():
    assert text_blocks(" \n\n") == []
