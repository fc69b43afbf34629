"""Every encoding that is read, every file that is refused and how."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.reading import LARGEST, Reading, ReadingError, read_file

ARTICLE = "漯河：优化营商环境\n\n一、压缩办理时限，由5天压缩到1天。\n"


def refusal(name: str, data: bytes) -> str:
    with pytest.raises(ReadingError) as error:
        read_file(name, data)
    return error.value.message % error.value.params


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030", "gbk"])
def test_an_article_is_read_in_every_usual_encoding(encoding):
    mark = b"\xff\xfe" if encoding == "utf-16-le" else b""
    assert read_file("文章.txt", mark + ARTICLE.encode(encoding)) == Reading(ARTICLE)


def test_a_short_gb18030_file_is_read():
    assert read_file("a.txt", "漯河".encode("gb18030")).text == "漯河"


def test_line_breaks_become_newlines_and_control_characters_nothing():
    assert read_file("a.txt", "一\r\n二\r三\x00\x08\u2028四\tb".encode()).text == "一\n二\n三\n四\tb"


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("空.txt", b"", "“空.txt”是空文件，请检查是否保存完整"),
        ("blank.txt", b" \n\t\r\n", "“blank.txt”里没有文字，请检查是否保存完整"),
        ("big.txt", b"a" * (LARGEST + 1), "“big.txt”超过 4 MB，请拆分成单篇文章后再导入"),
        ("旧.doc", b"x", "“旧.doc”是旧版 Word 文件，请用 Word 或 WPS 另存为 .txt（UTF-8）后再导入"),
        ("a.xyz", b"x", "“a.xyz”不是支持的格式，请另存为 .txt 后再导入"),
        ("article", b"x", "“article”不是支持的格式，请另存为 .txt 后再导入"),
        ("pdf.txt", b"%PDF-1.7 ...", "“pdf.txt”不是文本文件，请另存为 .txt（UTF-8）后再导入"),
        ("bin.txt", bytes(range(256)) * 20, "“bin.txt”不是文本文件，请另存为 .txt（UTF-8）后再导入"),
        ("latin.txt", b"\xff\xfa\xe9" * 40, "“latin.txt”的编码无法识别，请另存为 UTF-8 编码的 .txt 后再导入"),
        ("odd.txt", b"\xff\xfea", "“odd.txt”的编码无法识别，请另存为 UTF-8 编码的 .txt 后再导入"),
        ("../../etc/a.pdf", b"x", "“a.pdf”是 PDF 文件，目前只能读 .txt，请复制正文粘贴"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_by_name_with_what_to_do(name, data, expected):
    assert refusal(name, data) == expected


@given(st.binary(max_size=400), st.sampled_from(["a.txt", "b.TXT", "c.doc", "", ".txt", "x/y.txt"]))
def test_any_bytes_give_a_text_or_a_refusal(data, name):
    try:
        reading = read_file(name, data)
    except ReadingError:
        return
    assert reading.text.strip()
    assert "\x00" not in reading.text
    assert "\r" not in reading.text
