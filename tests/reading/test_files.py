"""Every encoding that is read, and how plain text comes out of the process that reads it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.reading import Reading, ReadingError, read_file

ARTICLE = "漯河：优化营商环境\n\n一、压缩办理时限，由5天压缩到1天。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030", "gbk"])
def test_an_article_is_read_in_every_usual_encoding(encoding):
    mark = b"\xff\xfe" if encoding == "utf-16-le" else b""
    assert read_file("文章.txt", mark + ARTICLE.encode(encoding)) == Reading(ARTICLE)


def test_a_short_gb18030_file_is_read():
    assert read_file("a.txt", "漯河".encode("gb18030")).text == "漯河"


def test_line_breaks_become_newlines_and_control_characters_nothing():
    assert read_file("a.txt", "一\r\n二\r三\x00\x08\u2028四\tb".encode()).text == "一\n二\n三\n四\tb"


@settings(max_examples=30, deadline=None)  # each starts a process
@given(st.binary(max_size=400), st.sampled_from(["a.txt", "b.TXT", "c.doc", "", ".txt", "x/y.txt", "a.pdf", "a.docx"]))
def test_any_bytes_give_a_text_or_a_refusal(data, name):
    try:
        reading = read_file(name, data)
    except ReadingError:
        return
    assert reading.text.strip()
    assert "\x00" not in reading.text
    assert "\r" not in reading.text
