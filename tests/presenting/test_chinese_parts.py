import pytest

from cases.presenting.chinese_parts import mark_page, mark_runs


def marked(text: str) -> str:
    return f'<span lang="zh-CN">{text}</span>'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Cases in 漯河市.", f"Cases in {marked('漯河市')}."),
        ("漯河 and 郑州", f"{marked('漯河')} and {marked('郑州')}"),
        ("第1个做法", marked("第1个做法")),
        ("names, separated by 、", f"names, separated by {marked('、')}"),
        ("Cases: 3", "Cases: 3"),
    ],
)
def test_each_run_of_chinese_is_marked(text, expected):
    assert mark_runs(text) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>漯河</p>", '<p lang="zh-CN">漯河</p>'),
        ('<td class="title">2024年 18项</td>', '<td lang="zh-CN" class="title">2024年 18项</td>'),
        ("<p>in 漯河</p>", f"<p>in {marked('漯河')}</p>"),
        ("<p>漯河 <b>B</b></p>", f"<p>{marked('漯河')} <b>B</b></p>"),
        ('<div lang="zh-CN"><br><p>漯河</p></div>漯河', f'<div lang="zh-CN"><br><p>漯河</p></div>{marked("漯河")}'),
        ('<ul lang="zh-CN"><li>漯河</ul><p>郑州</p>', '<ul lang="zh-CN"><li>漯河</ul><p lang="zh-CN">郑州</p>'),
        ('<b lang="zh-CN"><path d=""/>漯河</b> 郑州', f'<b lang="zh-CN"><path d=""/>漯河</b> {marked("郑州")}'),
        ("<textarea>Road 漯河</textarea>", '<textarea lang="zh-CN">Road 漯河</textarea>'),
        ('<option value="a">漯河 (Luohe)</option>', '<option lang="zh-CN" value="a">漯河 (Luohe)</option>'),
        ('<input name="a" value="漯河">', '<input lang="zh-CN" name="a" value="漯河">'),
        ('<input type="hidden" value="漯河">', '<input type="hidden" value="漯河">'),
        ("<title>漯河</title><script>'漯河'</script>", "<title>漯河</title><script>'漯河'</script>"),
        ("<!-- 漯河 --><p>&lt;漯河&gt;</p>", f"<!-- 漯河 --><p>&lt;{marked('漯河')}&gt;</p>"),
        ("<p>Nothing</p>", "<p>Nothing</p>"),
    ],
)
def test_what_is_chinese_on_a_page_is_marked_once(html, expected):
    assert mark_page(html) == expected
    assert mark_page(expected) == expected
