"""What is made plain in a Markdown file, and what the parser reads for itself."""

import pytest

from cases.reading import Note, ReadingError
from cases.reading.markdown import read_markdown


def text_of(text: str) -> str:
    return read_markdown("文章.md", text.encode()).text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# 题目\n\n**一是**压减。\n- 甲\n1. 乙\n", "# 题目\n\n**一是**压减。\n- 甲\n1. 乙\n"),
        ("见[办事指南](https://example.gov.cn/a)和[附件][1]", "见办事指南和[附件][1]"),
        ("<https://example.gov.cn/a>", "https://example.gov.cn/a"),
        ("国办发[2017](47)号", "国办发[2017](47)号"),
        ("| 指标 | 改革前 | 改革后 |\n| --- | :-: | --- |\n| 时限 | | 1天 |\n", "指标 | 改革前 | 改革后\n时限 | 1天\n"),
        (
            '---\ntitle: "一日办结"\ndate: 2024-03-15\nsource: 漯河日报\nlayout: post\n---\n\n正文',
            "一日办结\n发布时间：2024-03-15\n来源：漯河日报\n正文",
        ),
        ("---\ntitle: 一日办结\n---\n# 一日办结\n正文", "# 一日办结\n正文"),
        ("---\n正文\n---\n再说", "---\n正文\n---\n再说"),
    ],
)
def test_what_the_parser_does_not_know_is_made_plain(text, expected):
    assert text_of(text) == expected


def test_pictures_leave_a_note():
    reading = read_markdown("a.md", "前![窗口](a.png)后".encode())
    assert (reading.text, reading.notes) == (
        "前后",
        (Note("有 %(count)d 张图片不在文件里，没有读入，请自行上传", {"count": 1}),),
    )


def test_a_file_of_pictures_alone_is_refused():
    with pytest.raises(ReadingError):
        read_markdown("a.md", b"![](a.png)")
