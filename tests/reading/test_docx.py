"""Word documents as their readers see them: numbers, headings, tables, pictures, tracked changes."""

import io
import time
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.reading import Note, ReadingError, ReadPicture
from cases.reading.docx import read_docx
from tests.reading.documents import (
    OTHER_PNG,
    PNG,
    definition,
    docx,
    drawing,
    level,
    list_,
    numbered,
    paragraph,
    run,
    style,
    styled,
    table,
)
from tests.stuck import STUCK

BOLD = "<w:b/>"
OFFICIAL = definition(
    level(0, "chineseCounting", "%1、"),
    level(1, "chineseCountingThousand", "（%2）"),
    level(2, "decimal", "%3."),
    level(3, "decimalEnclosedCircle", "%4"),
)


def text_of(body: str, **parts: str) -> str:
    return read_docx("文稿.docx", docx(body, **parts)).text


def levels_of(body: str, **parts: str) -> list[tuple[str, int]]:
    reading = read_docx("文稿.docx", docx(body, **parts))
    return [(reading.text[start:].partition("\n")[0], depth) for start, depth in reading.levels]


# numbers


def test_the_numbers_word_counts_are_written():
    body = "".join(
        numbered(text, depth)
        for text, depth in [
            *(("压减时限", 0), ("并联审批", 1), ("一次提交", 2), ("网上办", 3), ("掌上办", 3), ("一次办结", 2)),
            *(("减少材料", 1), ("优化服务", 0), ("设立专窗", 1)),
        ]
    )
    assert text_of(body, numbering=OFFICIAL + list_()).split("\n") == [
        *("一、压减时限", "（一）并联审批", "1. 一次提交", "①网上办", "②掌上办", "2. 一次办结"),
        *("（二）减少材料", "二、优化服务", "（一）设立专窗"),
    ]


@pytest.mark.parametrize(
    ("form", "pattern", "start", "expected"),
    [
        ("japaneseCounting", "第%1条", 1, "第一条 "),
        ("chineseCounting", "%1、", 21, "二十一、"),
        ("chineseCountingThousand", "%1、", 105, "一百零五、"),
        ("chineseLegalSimplified", "%1、", 3, "叁、"),
        ("ideographTraditional", "%1、", 2, "乙、"),
        ("ideographZodiac", "%1．", 1, "子．"),
        ("decimalEnclosedCircleChinese", "%1", 20, "⑳"),
        ("decimalZero", "%1", 3, "03 "),
        ("decimalFullWidth", "%1．", 12, "１２．"),
        ("lowerLetter", "%1)", 27, "aa)"),
        ("upperRoman", "%1.", 14, "XIV. "),
        ("unheardOf", "%1.", 7, "7. "),
        ("none", "", 1, ""),
        ("none", "做法：", 1, "做法："),
        ("bullet", "\uf0b7", 1, "● "),
        ("bullet", "l", 1, "● "),
        ("bullet", "■", 1, "■ "),
    ],
)
def test_a_number_is_shown_in_the_form_of_its_level(form, pattern, start, expected):
    numbering = definition(level(0, form, pattern, start=start)) + list_()
    assert text_of(numbered("设立专窗"), numbering=numbering) == f"{expected}设立专窗"


def test_lists_of_one_definition_count_on_together():
    assert (
        text_of(numbered("甲") + numbered("乙", list_=2), numbering=OFFICIAL + list_(1) + list_(2)) == "一、甲\n二、乙"
    )


def test_a_list_that_overrides_its_start_begins_anew_once():
    again = list_(2, more='<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>')
    body = numbered("甲") + numbered("乙") + numbered("丙", list_=2) + numbered("丁", list_=2)
    assert text_of(body, numbering=OFFICIAL + list_() + again) == "一、甲\n二、乙\n一、丙\n二、丁"


def test_a_list_may_override_a_level():
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "decimal", "%1）")}</w:lvlOverride>'
    assert text_of(numbered("甲"), numbering=OFFICIAL + list_(more=own)) == "1）甲"


def test_a_level_that_never_restarts_counts_on():
    steady = definition(level(0, "decimal", "%1."), level(1, "decimal", "(%2)", more='<w:lvlRestart w:val="0"/>'))
    body = numbered("甲") + numbered("子", 1) + numbered("乙") + numbered("丑", 1)
    assert text_of(body, numbering=steady + list_()) == "1. 甲\n(1)子\n2. 乙\n(2)丑"


def test_inner_numbers_hold_the_outer_ones():
    legal = definition(level(0, "chineseCounting", "%1、"), level(1, "decimal", "%1.%2", more="<w:isLgl/>"))
    assert text_of(numbered("甲") + numbered("子", 1), numbering=legal + list_()) == "一、甲\n1.1 子"


def test_numbering_comes_from_a_style_and_from_those_it_is_based_on():
    styles = style("Top", paragraph='<w:numPr><w:numId w:val="1"/></w:numPr>')
    styles += style("Inner", based_on="Top") + style("Mine", based_on="Inner")
    numbering = definition(
        level(0, "chineseCounting", "%1、", more='<w:pStyle w:val="Top"/>'),
        level(1, "chineseCounting", "（%2）", more='<w:pStyle w:val="Inner"/>'),
    )
    body = styled("甲", "Top") + styled("子", "Mine") + styled("丑", "Inner") + styled("乙", "Top")
    assert text_of(body, styles=styles, numbering=numbering + list_()) == "一、甲\n（一）子\n（二）丑\n二、乙"


def test_a_definition_may_be_that_of_a_numbering_style():
    styles = (
        '<w:style w:type="numbering" w:styleId="Form"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    )
    numbering = definition(more='<w:numStyleLink w:val="Form"/>')
    numbering += definition(level(0, "chineseCounting", "%1、"), key=1, more='<w:styleLink w:val="Form"/>')
    body = numbered("甲") + numbered("乙", list_=2)
    assert text_of(body, styles=styles, numbering=numbering + list_() + list_(2, of=1)) == "一、甲\n二、乙"


def test_a_paragraph_may_leave_the_list_of_its_style():
    styles = style("Top", paragraph='<w:numPr><w:numId w:val="1"/></w:numPr>')
    off = paragraph("乙", '<w:pStyle w:val="Top"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    assert text_of(styled("甲", "Top") + off, styles=styles, numbering=OFFICIAL + list_()) == "一、甲\n乙"


def test_an_empty_paragraph_is_counted_and_not_shown():
    assert text_of(numbered("甲") + numbered("") + numbered("丙"), numbering=OFFICIAL + list_()) == "一、甲\n三、丙"


def test_a_list_that_is_not_defined_shows_nothing():
    assert text_of(numbered("甲", list_=9), numbering=OFFICIAL + list_()) == "甲"
    assert text_of(numbered("甲")) == "甲"


# headings


def test_headings_are_known_by_their_styles():
    styles = (
        style("a3", "Title")
        + style("a5", "Subtitle")
        + style("1", "heading 1")
        + style("20", "标题 2")
        + style("30", "标题3")
        + style("Mine", "做法标题", based_on="1")
        + style("Deep", "节", paragraph='<w:outlineLvl w:val="3"/>')
        + style("9", "heading 9")
        + style("Text", "正文文本", based_on="1", paragraph='<w:outlineLvl w:val="9"/>')
    )
    keys = ("a3", "a5", "1", "20", "30", "Mine", "Deep", "9", "Text", "None")
    body = "".join(styled(f"第{number}行文字，", key) for number, key in enumerate(keys))
    assert levels_of(body, styles=styles) == [
        (f"第{number}行文字，", depth) for number, depth in enumerate([1, 7, 1, 2, 3, 1, 4, 6])
    ]


def test_a_paragraph_may_set_its_own_depth():
    assert levels_of(paragraph("做法，", '<w:outlineLvl w:val="1"/>')) == [("做法，", 2)]


def test_a_long_paragraph_in_the_style_of_a_heading_is_text():
    assert levels_of(styled("压减办理时限，" * 20, "1"), styles=style("1", "heading 1")) == []


PROSE = paragraph("梳理全市企业开办的各个环节，把串联审批改为并联审批。")


@pytest.mark.parametrize(
    "heading",
    [
        paragraph(run("压减办理时限", BOLD)),
        paragraph(run("压减", BOLD) + run("办理时限", '<w:b w:val="1"/>')),
        paragraph(run("压减办理时限", '<w:sz w:val="36"/>')),
        paragraph(run("压减办理时限", '<w:rFonts w:eastAsia="黑体"/>')),
        paragraph("压减办理时限", '<w:jc w:val="center"/>'),
        styled("压减办理时限", "Bold"),
    ],
)
def test_a_short_line_that_looks_like_a_heading_is_a_fake_one(heading):
    styles = style("Bold", words=BOLD) + style("N", more='w:default="1"', words='<w:sz w:val="32"/>')
    assert levels_of(PROSE + heading + PROSE, styles=styles) == [("压减办理时限", 7)]


@pytest.mark.parametrize(
    "line",
    [
        paragraph(run("压减办理时限。", BOLD) + run("梳理各个环节。")),
        paragraph(run("压减办理时限", '<w:b w:val="0"/>')),
        paragraph(run("压减办理时限，梳理各个环节。", BOLD)),
        paragraph(run("压减办理时限" * 10, BOLD)),
        paragraph("2024年3月15日 来源：漯河日报", '<w:jc w:val="center"/>'),
        paragraph("图1 办事大厅", '<w:jc w:val="center"/>'),
        table(["压减办理时限", "1天"]),
    ],
)
def test_other_lines_are_none(line):
    assert levels_of(PROSE + line + PROSE) == []


def test_where_everything_is_bold_nothing_is_a_heading():
    assert levels_of(paragraph(run("压减办理时限", BOLD)) * 5) == []


# words


def test_tracked_changes_are_accepted():
    body = paragraph(
        run("由")
        + "<w:del><w:r><w:delText>七</w:delText></w:r></w:del><w:ins>"
        + run("五")
        + "</w:ins><w:moveFrom>"
        + run("昨")
        + "</w:moveFrom><w:moveTo>"
        + run("天")
        + "</w:moveTo>"
    )
    assert text_of(body) == "由五天"


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next():
    body = paragraph("由五天", "<w:rPr><w:del/></w:rPr>") + paragraph("压减到一天")
    assert text_of(body) == "由五天压减到一天"


def test_a_deleted_row_is_gone():
    rows = table(["甲", "一"], ["乙", "二"]).replace("<w:tr>", "<w:tr><w:trPr><w:del/></w:trPr>", 1)
    assert text_of(rows) == "乙 | 二"


def test_the_code_of_a_field_is_dropped_and_its_result_kept():
    def mark(kind):
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    field = (
        mark("begin") + "<w:r><w:instrText> DATE </w:instrText></w:r>" + mark("separate") + run("今天") + mark("end")
    )
    simple = '<w:fldSimple w:instr=" PAGE ">' + run("三") + "</w:fldSimple>"
    assert text_of(paragraph(run("在") + field + simple)) == "在今天三"


def test_the_table_of_contents_is_left_out():
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o "1-3" </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    end = paragraph('<w:r><w:fldChar w:fldCharType="end"/></w:r>')
    styles = style("11", "toc 1")
    body = paragraph(begin + run("做法……1")) + paragraph("成效……2") + end + styled("启示……3", "11") + paragraph("正文")
    assert text_of(body, styles=styles) == "正文"


def test_links_symbols_tabs_and_breaks_are_read():
    body = paragraph(
        "<w:hyperlink>"
        + run("办事指南")
        + '</w:hyperlink><w:r><w:tab/><w:sym w:font="Wingdings" w:char="F0FE"/><w:t>是</w:t><w:br/><w:t>否</w:t></w:r>'
    )
    assert text_of(body) == "办事指南\t☑是\n否"


def test_a_break_within_the_heading_of_a_section_leaves_it_one():
    broken = "<w:r><w:t>压减</w:t><w:br/><w:t>时限</w:t></w:r>"
    assert levels_of(paragraph(broken, '<w:outlineLvl w:val="1"/>')) == [("压减 时限", 2)]


def test_the_second_line_of_a_numbered_paragraph_has_no_number():
    broken = "<w:r><w:t>压减</w:t><w:br/><w:t>时限</w:t></w:r>"
    body = paragraph(broken, '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
    assert text_of(body + numbered("乙"), numbering=OFFICIAL + list_()) == "一、压减\n时限\n二、乙"


def test_hidden_words_and_the_readings_of_ruby_are_left_out():
    ruby = "<w:r><w:ruby><w:rt>" + run("luò") + "</w:rt><w:rubyBase>" + run("漯") + "</w:rubyBase></w:ruby></w:r>"
    assert text_of(paragraph(ruby + run("河") + run("内部", "<w:vanish/>"))) == "漯河"


def test_a_text_box_follows_the_paragraph_it_hangs_on_and_is_read_once():
    box = "<w:txbxContent>" + paragraph("提示一") + paragraph("提示二") + "</w:txbxContent>"
    drawn = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'>"
        f"<w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert text_of(paragraph(run("前") + drawn + run("后")) + paragraph("下一段")) == "前后\n提示一\n提示二\n下一段"


def test_empty_paragraphs_leave_one_empty_line():
    assert text_of(paragraph() + paragraph("甲") + paragraph() * 3 + paragraph("乙") + paragraph()) == "甲\n\n乙"


def test_content_controls_and_smart_tags_are_read_through():
    inner = "<w:smartTag>" + run("漯河") + "</w:smartTag>"
    assert (
        text_of(f"<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>{paragraph(inner)}</w:sdtContent></w:sdt>")
        == "漯河"
    )


def test_a_strict_document_is_read():
    package = zipfile.ZipFile(io.BytesIO(docx(numbered("甲"), numbering=OFFICIAL + list_())))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as strict:
        for name in package.namelist():
            content = package.read(name).decode()
            content = content.replace(
                "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                "http://purl.oclc.org/ooxml/wordprocessingml/main",
            ).replace(
                "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                "http://purl.oclc.org/ooxml/officeDocument/relationships",
            )
            strict.writestr(name, content)
    assert read_docx("a.docx", made.getvalue()).text == "一、甲"


# tables


def test_a_row_is_one_line_without_its_empty_cells():
    rows = table(
        ["指标", "改革前", "改革后"], ["办理时限", "", "1天"], ["材料", paragraph("5") + paragraph("份"), "1份"]
    )
    assert text_of(rows) == "指标 | 改革前 | 改革后\n办理时限 | 1天\n材料 | 5 份 | 1份"


def test_paragraphs_in_a_table_stay_paragraphs():
    form = table(["案例名称", "企业开办一日办结"], ["主要做法", paragraph("一、压减时限") + PROSE * 4])
    prose = "梳理全市企业开办的各个环节，把串联审批改为并联审批。"
    assert text_of(form).split("\n") == ["案例名称 | 企业开办一日办结", "主要做法", "一、压减时限", *[prose] * 4]


def test_a_table_within_a_table_keeps_its_rows():
    assert text_of(table(["做法", table(["甲", "一"], ["乙", "二"]) + paragraph()])) == "做法\n甲 | 一\n乙 | 二"


# pictures


def test_pictures_stand_where_they_stood_each_once():
    body = (
        paragraph("前文。")
        + paragraph(drawing("窗口", "办事窗口"))
        + paragraph(run("中") + drawing("大厅") + run("后"))
    )
    reading = read_docx(
        "a.docx", docx(body + paragraph(drawing("窗口")), media={"窗口.png": PNG, "大厅.jpeg": OTHER_PNG})
    )
    assert reading.text == "前文。\n中后"
    assert reading.pictures == (ReadPicture(PNG, "窗口.png", "办事窗口", 4), ReadPicture(OTHER_PNG, "大厅.png", "", 5))


def test_what_is_left_out_is_told():
    chart = "<w:r><w:drawing><c:chart/></w:drawing></w:r>"
    note = "<w:r><w:footnoteReference/></w:r>"
    linked = '<Relationship Id="web" Type="image" Target="https://example.org/a.png" TargetMode="External"/>'
    body = paragraph(run("正文") + chart + note * 2 + drawing("图") + drawing("web") + drawing("没有"))
    reading = read_docx("a.docx", docx(body + "<w:altChunk/>", media={"图.emf": b"\x01\x00\x00\x00"}, links=linked))
    assert [note.message % note.params for note in reading.notes] == [
        "文中有 1 个图表或示意图没有读入，需要时请截图后上传",
        "文中有 2 条脚注或尾注没有读入，需要时请自行补入",
        "文中嵌有 1 个文件，没有读入，需要时请单独导入",
        "有 1 张图片在网上，没有取回，请自行上传",
        "有 1 张图片的格式读不出来（图.emf），没有读入，请另存为 JPEG 或 PNG 后上传",
    ]
    assert isinstance(reading.notes[0], Note)
    assert reading.text == "正文"


# bad documents


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"PK\x03\x04 and nothing", "“a.docx”已损坏，打不开；请重新保存或重新下载后再导入"),
        (docx("<w:p>"), "“a.docx”里的 XML 已损坏，读不出来；请用 Word 打开，另存为 .docx 后再导入"),
        (docx(paragraph()), "“a.docx”里没有文字，请检查是否保存完整"),
    ],
)
def test_a_document_that_cannot_be_read_is_refused_by_name(data, expected):
    with pytest.raises(ReadingError) as error:
        read_docx("a.docx", data)
    assert error.value.message % error.value.params == expected


def test_declarations_are_refused():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr("word/document.xml", '<!DOCTYPE a [<!ENTITY b "甲">]><a>&b;</a>')
    with pytest.raises(ReadingError):
        read_docx("a.docx", made.getvalue())


def test_the_deepest_document_is_read_in_time():
    body = "<w:tbl><w:tr><w:tc>" * 20_000 + paragraph("甲") + "</w:tc></w:tr></w:tbl>" * 20_000
    start = time.process_time()
    assert text_of(body) == "甲"
    assert time.process_time() - start < STUCK


ELEMENTS = (
    "p",
    "r",
    "t",
    "tbl",
    "tr",
    "tc",
    "txbxContent",
    "pPr",
    "rPr",
    "numPr",
    "ins",
    "del",
    "ruby",
    "br",
    "fldSimple",
)
TREES = st.recursive(
    st.sampled_from(
        ["甲", "<w:br/>", '<w:fldChar w:fldCharType="end"/>', '<w:numId w:val="1"/>', '<w:ilvl w:val="8"/>']
    ),
    lambda inner: st.builds(
        lambda name, parts: f"<w:{name}>{''.join(parts)}</w:{name}>",
        st.sampled_from(ELEMENTS),
        st.lists(inner, max_size=4),
    ),
    max_leaves=30,
)


@given(st.lists(TREES, max_size=5))
def test_any_elements_give_a_text_or_a_refusal(trees):
    try:
        reading = read_docx("a.docx", docx("".join(trees), numbering=OFFICIAL + list_()))
    except ReadingError:
        return
    assert reading.text.strip()
