"""Web pages, saved or pasted: the article without the page, lists and tables as shown, pictures that came along."""

import base64
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.reading import ReadingError, ReadPicture
from cases.reading.html import html_reading, read_html
from tests.reading.documents import OTHER_PNG, PNG
from tests.stuck import STUCK

PROSE = "梳理全市企业开办的各个环节，把串联审批改为并联审批，一次提交、一次办结。"


PIECES = (
    *("<table>", "<tr>", "<td>", "</td>", "</tr>", "</table>", "<p>", "</p>", "<b>", "</b>", "<h2>", "</h2>", "<br>"),
    *("<ol>", "<li>", "</ol>", "<ul style='list-style:x'>", "</ul>", "<div class=footer>", "<div id=zoom>", "</div>"),
    *("<pre>", "</pre>", "<a>", "</a>", "<sup>", "</sup>", "甲", "乙\n", " ", "&nbsp;", PROSE, "<!--", "-->", "<svg>"),
    *(
        "<img src=x>",
        f"<img src='data:image/png;base64,{base64.b64encode(PNG).decode()}'>",
        "<h1>",
        "</h1>",
        "<caption>",
    ),
)


def text_of(html: str) -> str:
    return html_reading("网页.html", html).text


def levels_of(html: str) -> list[tuple[str, int]]:
    reading = html_reading("网页.html", html)
    return [(reading.text[start:].partition("\n")[0], depth) for start, depth in reading.levels]


def page(body: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


# words


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>甲</p><div>乙</div>丙<br>丁", "甲\n乙\n丙\n丁"),
        ("<p>优化\n   营商<span>\n环境</span> Top\n10</p>", "优化营商环境 Top 10"),
        ("<p>&nbsp;&nbsp;由5天&nbsp;到1天\u3000</p>", "由5天 到1天"),
        ("<p>营\u00ad商\u200b环境&ldquo;好&rdquo;</p>", "营商环境“好”"),
        ("<p>甲</p><p>&nbsp;</p><p></p><p>乙</p>", "甲\n\n乙"),
        ("甲<br><br><br>乙", "甲\n\n乙"),
        ("<p>44km<sup>2</sup>，获评<sup>[1]</sup>先进</p>", "44km²，获评先进"),
        ("<p><ruby>漯<rp>(</rp><rt>luò</rt><rp>)</rp></ruby>河</p>", "漯河"),
        ("<pre>甲\n乙</pre>", "甲\n乙"),
        ("<p>甲<o:p>&nbsp;</o:p></p><p>乙<del>丙</del><ins>丁</ins></p>", "甲\n乙丁"),
        ("<p>甲</p><p style='DISPLAY: none'>乙</p><p hidden>丙</p><script>丁</script><style>戊</style>", "甲"),
        ("<p>甲<select><option>乙</option></select><button>丙</button></p><iframe>丁</iframe>", "甲"),
        ("<p>甲<!-- 乙 --><![if !vml]>丙<![endif]></p>", "甲丙"),
        ("<p>1 &lt; 2 &amp;amp; 3</p>", "1 < 2 &amp; 3"),
    ],
)
def test_words_are_read_as_a_browser_shows_them(html, expected):
    assert text_of(html) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<ol><li>甲</li><li>乙</li></ol>", "1. 甲\n2. 乙"),
        ("<ol start=3 type=a><li>甲<li value=7>乙<li>丙</ol>", "c. 甲\ng. 乙\nh. 丙"),
        ("<ol style='list-style-type: cjk-ideographic'><li>甲</li><li>乙</li></ol>", "一、甲\n二、乙"),
        ("<ol style='list-style:simp-chinese-informal'><li><p>甲</p><p>乙</p></li></ol>", "一、甲\n乙"),
        ("<ol style='list-style: none'><li>甲</li></ol>", "甲"),
        ("<ol><li>一、甲</li><li>二、乙</li></ol>", "一、甲\n二、乙"),
        ("<ol><li>甲<ol><li>子</li></ol></li><li>乙</li></ol>", "1. 甲\n1. 子\n2. 乙"),
        ("<ul><li>推行容缺受理，一次告知补正</li></ul>", "● 推行容缺受理，一次告知补正"),
        ("<ul><li><a>推行容缺受理，一次告知补正</a></li></ul>", "推行容缺受理，一次告知补正"),
        ("<ul><li>来源：漯河市人民政府办公室</li></ul>", "来源：漯河市人民政府办公室"),
        ("<ul style='list-style:none'><li>推行容缺受理，一次告知补正</li></ul>", "推行容缺受理，一次告知补正"),
    ],
)
def test_the_numbers_of_lists_are_written(html, expected):
    assert text_of(html) == expected


@pytest.mark.parametrize("condition", ["<![if !supportLists]>", "<!--[if !supportLists]-->"])
def test_the_number_word_wrote_before_a_paragraph_is_kept_once(condition):
    space = "<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;&nbsp; </span>"
    item = "<p class=MsoListParagraph>{0}<span><span style='mso-list:Ignore'>{1}{2}</span></span>{3}</p>"
    html = item.format(condition, "一、", space, "压减时限") + item.format(condition, "1.", space, "并联审批")
    html += item.format(condition, "<span style='font-family:Wingdings'>l</span>", space, "一次办结")
    assert text_of(html) == "一、压减时限\n1. 并联审批\n● 一次办结"


def test_rows_of_tables_are_lines():
    head = "<caption>成效</caption><tr><th>指标<th>改革前<th>改革后</tr>"
    assert (
        text_of(f"<table>{head}<tr><td>时限<td></td><td><p>1天</p></tr></table>")
        == "成效\n指标 | 改革前 | 改革后\n时限 | 1天"
    )


def test_a_table_that_lays_out_the_page_gives_paragraphs():
    html = f"<table><tr><td>栏目</td><td><p>一、压减</p><p>{PROSE}</p><p>{PROSE}</p><p>{PROSE}</p></td></tr></table>"
    assert text_of(html).split("\n") == ["栏目", "一、压减", PROSE, PROSE, PROSE]


def test_headings_have_their_levels_and_short_bold_lines_the_seventh():
    html = (
        f"<h1>题目<br>——副题</h1><h2>做法<br>之一</h2><p><strong>压减办理时限</strong></p><p>{PROSE}</p>"
        f"<p><b>一次办结。</b>{PROSE}</p><p><b style='font-weight:normal'>普通文字</b></p>"
        f"<p style='font-weight: 700'>优化服务</p><p>{PROSE}</p><p><b>{PROSE}{PROSE}</b></p>"
    )
    assert levels_of(html) == [("题目", 1), ("——副题", 1), ("做法 之一", 2), ("压减办理时限", 7), ("优化服务", 7)]


# pictures


def test_pictures_come_from_the_page_itself_and_from_beside_it():
    inline = base64.b64encode(PNG).decode()
    html = (
        f'<p>甲</p><p><img src="data:image/png;base64,{inline}" alt=" 办事\n大厅 "></p>'
        '<p>乙<img src="./t_files/a%20b.png?v=1"><img src="t_files/a b.png"></p>'
    )
    reading = html_reading("t.html", html, pictures={"t_files/a b.png": OTHER_PNG})
    assert reading.text == "甲\n乙"
    assert reading.pictures == (
        ReadPicture(PNG, "picture.png", "办事 大厅", 2),
        ReadPicture(OTHER_PNG, "a b.png", "", 3),
    )
    assert reading.notes == ()


def test_pictures_elsewhere_are_counted_and_never_fetched():
    html = (
        '<p>甲<img src="https://example.org/a.png">'
        '<img data-src="//example.org/b.png" src="data:image/gif;base64,R0lG">'
        '<img src="W0.jpg"><img src="https://example.org/dot.gif" width="1"></p>'
    )
    assert [note.message % note.params for note in html_reading("t.html", html).notes] == [
        "有 2 张图片在网上，没有取回，请自行上传",
        "有 1 张图片不在文件里，没有读入，请自行上传",
    ]


@pytest.mark.parametrize("address", ["data:image/png;base64,%%%", "data:image/png;base64,A", "data:,", "javascript:1"])
def test_a_damaged_picture_does_no_harm(address):
    assert text_of(f'<p>甲<img src="{address}"></p>') == "甲"


# pages

META = (
    '<title>企业开办一日办结_漯河市人民政府</title><meta name="ArticleTitle" content="企业开办一日办结">'
    '<meta name="PubDate" content="2024-03-15 09:26:00"><meta name="ContentSource" content="漯河日报">'
)
FACTS = "<h1>企业开办一日办结</h1><div class=info>2024-03-15 09:26 来源：漯河日报</div>"
NAVIGATION = "<div class=menu><ul><li><a>首页</a></li><li><a>政务公开</a></li></ul></div>"
TEXT = f"<p>{PROSE}</p><p>一、压减时限</p><p>{PROSE}</p>"
EXPECTED = ["企业开办一日办结", "2024-03-15 09:26 来源：漯河日报", PROSE, "一、压减时限", PROSE]


@pytest.mark.parametrize(
    "body",
    [
        f"<div class=TRS_Editor>{TEXT}</div>",
        f"<div id=UCAP-CONTENT><div class='view TRS_UEDITOR'>{TEXT}</div></div>",
        f"<div id=zoom>{TEXT}</div>",
        f"<div class='article-content clearfix'>{TEXT}</div>",
        f"<div><div><div>{TEXT}</div></div></div>",
        TEXT,
    ],
)
def test_the_article_is_found_among_the_furniture_of_the_page(body):
    around = (
        f"<header><a>网站</a></header><nav>导航</nav>{NAVIGATION}<div class=wrap><div class=main>{FACTS}{body}"
        "<div class=share>分享到微信</div></div><div class=related><h3>相关阅读</h3><ul><li><a>别处的文章题目</a></li>"
        "</ul></div></div><aside>侧栏</aside><footer>版权所有</footer>"
    )
    assert text_of(page(around, META)).split("\n") == EXPECTED


def test_a_page_of_tables_is_read():
    cells = ("企业开办一日办结", "2024-03-15 09:26 来源：漯河日报", TEXT)
    rows = "".join(f"<tr><td>{cell}</td></tr>" for cell in cells)
    body = f"<table><tr><td><a>首页</a></td><td><a>新闻</a></td></tr></table><form><table>{rows}</table></form>"
    assert text_of(page(body, META)).split("\n") == EXPECTED


def test_title_date_and_source_come_from_the_head_when_only_that_tells_them():
    assert text_of(page(f"<div id=zoom>{TEXT}</div>", META)).split("\n") == [
        "企业开办一日办结",
        "发布时间：2024-03-15 09:26 来源：漯河日报",
        *EXPECTED[2:],
    ]


def test_a_page_of_wechat_is_read_though_its_text_is_not_yet_shown():
    head = '<meta property="og:title" content="企业开办一日办结">'
    body = (
        "<div id=img-content><h1 id=activity-name>企业开办一日办结</h1><div id=meta_content><a id=js_name>漯河发布</a>"
        f"<em id=publish_time></em></div><div id=js_content style='visibility: hidden; opacity: 0'>{TEXT}</div></div>"
        '<script>var ct = "1710466000"; var nickname = "漯河发布";</script>'
    )
    assert text_of(page(body, head)).split("\n") == [
        "企业开办一日办结",
        "发布时间：2024-03-15 09:26 来源：漯河发布",
        "漯河发布",
        *EXPECTED[2:],
    ]


def test_a_page_without_sentences_is_kept_whole():
    assert text_of(page("<div>甲</div><div>乙</div>")) == "甲\n乙"


def test_a_fragment_of_the_clipboard_is_read_whole():
    html = (
        "Version:0.9\r\nStartHTML:0000\r\n<html><body>前<!--StartFragment--><p>甲</p><div class=footer>乙</div>"
        "<!--EndFragment-->后</body></html>"
    )
    assert text_of(html) == "甲\n乙"


def test_a_page_saved_by_word_is_read_whole():
    word = '<html xmlns:w="urn:schemas-microsoft-com:office:word"><body><div class=WordSection1>'
    assert text_of(f"{word}<p>甲</p><div class=footer>乙</div></div></body></html>") == "甲\n乙"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<!-- saved from url=(0026)https://www.example.gov.cn/a.html -->", "https://www.example.gov.cn/a.html"),
        ('<link href="http://example.gov.cn/b?c=1&amp;d=2" rel="canonical">', "http://example.gov.cn/b?c=1&d=2"),
        ('<meta property="og:url" content="https://example.gov.cn/c">', "https://example.gov.cn/c"),
        ('<link rel="canonical" href="javascript:alert(1)">', ""),
        ('<link rel="canonical" href="/relative">', ""),
        (f'<meta property="og:url" content="https://example.gov.cn/{"c" * 500}">', ""),
    ],
)
def test_the_address_is_that_of_the_page_on_the_web(html, expected):
    assert html_reading("a.html", page("<p>甲</p>", html)).address == expected


# encodings


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("said", ["", "utf-8", "gb2312", "GBK", "no-such"])
def test_a_page_is_read_in_every_usual_encoding_whatever_it_says(encoding, said):
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={said}">' if said else ""
    html = page(f"<p>{PROSE}</p>", meta)
    assert read_html("a.html", html.encode(encoding)).text == PROSE


def test_other_encodings_are_read_when_the_page_names_them():
    assert read_html("a.html", page("<p>營商環境</p>", "<meta charset=big5>").encode("big5")).text == "營商環境"


def test_a_page_with_one_damaged_character_is_read():
    data = page(f"<p>{PROSE * 9}@</p>", "<meta charset=utf-8>").encode().replace(b"@", b"\xe8")
    assert read_html("a.html", data).text == f"{PROSE * 9}\ufffd"


def test_a_page_without_words_is_refused():
    with pytest.raises(ReadingError) as error:
        read_html("a.html", b"<html><body><img></body></html>")
    assert error.value.message % error.value.params == "“a.html”里没有文字，请检查是否保存完整"


# time


@pytest.mark.parametrize(
    "piece",
    [
        "<div>压减",
        "<p>压减办理时限，由五天到一天。</p>",
        "<table><tr><td>减",
        "<ul><li>压减时限",
        "<b><font color=red>减",
        "<td>压减",
        "<sup>压",
        "<!--",
        "<a href='",
        "&nbsp;",
    ],
)
def test_a_page_of_a_megabyte_is_read_in_time(piece):
    start = time.process_time()
    html_reading("a.html", page("甲" + piece * (500_000 // len(piece))))
    assert time.process_time() - start < STUCK


def test_words_deeper_than_any_page_are_kept():
    assert text_of("<div>" * 10_000 + "甲<p>乙</p>" + "</div>" * 10_000 + "<p>丙</p>") == "甲\n乙\n丙"


def test_a_page_of_tables_without_any_name_is_read_from_its_headline():
    others = "".join(f"<li><a>别处的经验做法之{number}</a></li>" for number in range(30))
    facts = "<p align=center><b>企业开办一日办结</b></p><p>2024-03-15 09:26 来源：漯河日报</p>"
    columns = f"<tr><td>{others}</td><td>{facts}{TEXT}</td></tr>"
    html = page(f"<center><table>{columns}</table></center>", "<title>政务网</title>")
    assert text_of(html).split("\n") == EXPECTED


@given(st.lists(st.sampled_from(PIECES), max_size=60), st.booleans())
def test_any_page_gives_a_text_or_a_refusal(pieces, whole):
    html = "".join(pieces)
    try:
        reading = html_reading("a.html", page(html) if whole else html)
    except ReadingError:
        return
    lines = {0, *(place + 1 for place, character in enumerate(reading.text) if character == "\n")}
    assert reading.text.strip()
    assert {start for start, _ in reading.levels} <= lines
    assert all(0 <= picture.place <= len(reading.text) for picture in reading.pictures)
