"""Headline, date and source in the forms pages show them."""

import pytest

from cases.content import moment_text
from cases.parsing.article import parse
from cases.parsing.characters import Line, read_source
from cases.parsing.headline import parted
from cases.vocabulary import shipped_words

TITLE = "漯河：推行“党建+”工作模式"
BODY = "今年以来，漯河市交通运输局坚持服务企业，走访企业92家，解决问题117个。\n一、建强主阵地\n走访企业92家。"


def content(head: str, tail: str = ""):
    return parse(f"{head}\n{BODY}\n{tail}", words=shipped_words()).content


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("发布日期:2023-12-18 10:41", "2023-12-18T10:41"),
        ("发布时间：2024-06-18 08:30:15 星期二", "2024-06-18T08:30"),
        ("发布时间：2023-09-01 08:12:46.0", "2023-09-01T08:12"),
        ("时间：2023/9/8", "2023-09-08"),
        ("2024年7月2日", "2024-07-02"),
        ("２０２２－０９－２６", "2022-09-26"),
        ("日期：2023.05.11 浏览：3", "2023-05-11"),
        ("【发布日期：2024-06-28】【来源：某局】", "2024-06-28"),
        ("二〇二一年九月三日", "2021-09-03"),
        ("发布时间：2021年09月13日 15时20分", "2021-09-13T15:20"),
        ("日 期：2023-05-11", "2023-05-11"),
        ("成文日期：2021-05-01 发布日期：2021-05-11", "2021-05-11"),
        ("字体：大 中 小 2024-03-15 09:26 文章来源：漯河日报", "2024-03-15T09:26"),
        ("字号：[大 中 小] 2024年3月15日 浏览次数：12", "2024-03-15"),
        ("浏览：88 2024/03/15 打印", "2024-03-15"),
        ("索引号：20240101-003 发布日期：2024-03-15", "2024-03-15"),
        ("索引号：20240101", None),
        ("发布时间：2021-13-45", None),
        ("截至6月30日，办件300件。", None),
    ],
)
def test_the_date_of_a_page(line, published):
    found = content(f"{TITLE}\n{line}").published_at
    assert (moment_text(found) if found else None) == published


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("来源：漯河日报", "漯河日报"),
        ("文章来源： 发布日期：2023-12-18", ""),
        ("信息来源：漯河市交通运输局 字号：大 中 小", "漯河市交通运输局"),
        ("2023-07-21 漯河晚报 阅读(421)", "漯河晚报"),
        ("漯河日报 2023-07-21", "漯河日报"),
        ("发布机构：漯河市交通运输局 点击：77", "漯河市交通运输局"),
        ("作者：李某 编辑：王某 发布时间：2023-07-21", ""),
        ("大河网 2020-04-02 来源：本站原创", "本站原创"),
    ],
)
def test_the_source_of_a_page(line, source):
    assert content(f"{TITLE}\n{line}").source_name == source


def test_source_and_date_may_stand_in_the_tail():
    found = content(TITLE, "（来源：漯河日报）\n2023年5月6日\n责任编辑：李某\n上一篇：别的文章")
    assert (found.source_name, found.published_at.isoformat(), found.responsible_editor) == (
        "漯河日报",
        "2023-05-06",
        "李某",
    )
    assert found.initiatives[-1].text == "走访企业92家。"


@pytest.mark.parametrize(
    ("head", "title", "subtitle"),
    [
        (TITLE, TITLE, ""),
        (f"当前位置：首页 > 经验做法\n{TITLE}\n发布日期：2023-12-18", TITLE, ""),
        (f"案例三：{TITLE}", TITLE, ""),
        (f"案例三\n{TITLE}", TITLE, ""),
        (f"【经验交流】{TITLE}", TITLE, ""),
        (f"# {TITLE}", TITLE, ""),
        (f"{TITLE}\n——来自一线的报道\n2023-12-18", TITLE, "——来自一线的报道"),
        ("漯河：推行“党建+\n工作模式”\n2023-12-18", "漯河：推行“党建+ 工作模式”", ""),
        (f"<h1>{TITLE}</h1>", TITLE, ""),
        (f"编者按：现选登一批案例，供学习借鉴。\n{TITLE}", TITLE, ""),
        ("", "", ""),
    ],
)
def test_the_headline_of_a_page(head, title, subtitle):
    found = content(head)
    assert (found.title, found.subtitle) == (title, subtitle)


@pytest.mark.parametrize(
    "above",
    [
        "河南频道 > 地市 > 漯河",
        "信息公开 » 政务信息 » 部门动态",
        "专题›营商",
        "门户 → 交通 → 经验",
        "政务公开 / 工作动态",
        "政务公开 - 营商环境 - 经验做法",
        "[首页](/) / [交通动态](/jt) / 正文",
        "[主站](https://example.cn/) > [案例](/al)",
        "营商频道 > 创新案例 > 漯河：推行“党建+”工作模式",
        "交通要闻",
        "漯河新闻网",
        "大河客户端",
        "本报专栏",
        "沙澧在线",
        "News",
        "‹正文›",
        "典型案例（五）",
        "优化营商环境 我们在行动",
        "改革进行时",
        "新时代 新征程",
        "深读",
        "无障碍浏览 长者助手 简体 繁體",
        "长辈版 | 登录 | 注册",
        "无障碍 关怀版 English",
        "漯河：推行“党建+”工作模式_漯河市人民政府",
        "漯河：推行“党建+”工作模式 - 漯河新闻网",
        "漯河市源汇区 - 政务公开",
        "漯河频道 > 要闻\n无障碍浏览 简体 繁体\n要闻聚焦",
    ],
)
def test_what_leads_to_an_article_is_not_its_headline(above):
    found = content(f"{above}\n{TITLE}\n来源：漯河日报 2023-12-18")
    assert (found.title, found.subtitle) == (TITLE, "")


@pytest.mark.parametrize(
    "title",
    [f"{TITLE}_漯河市人民政府", f"{TITLE} - 漯河新闻网", f"{TITLE} | 中原日报", f"{TITLE}_经验做法_漯河市交通运输局"],
)
def test_the_name_of_the_site_is_no_part_of_the_headline(title):
    assert content(f"{title}\n2023-12-18").title == TITLE


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("漯河市交通运输局“党建+”\n跑出服务加速度", "漯河市交通运输局“党建+” 跑出服务加速度"),
        ("推动交通审批提质增效\n让企业办事更省心", "推动交通审批提质增效 让企业办事更省心"),
        ("以“党建+”为抓手，\n漯河市打造交通服务新样板", "以“党建+”为抓手， 漯河市打造交通服务新样板"),
        ("漯河—许昌：两城一张证", "漯河—许昌：两城一张证"),
        ("审批时限“三十天→三天”", "审批时限“三十天→三天”"),
        ("漯河全程在线", "漯河全程在线"),
        ("漯河交通改革动态\n第5期", "漯河交通改革动态"),
        ("漯河频道 > 要闻", ""),
    ],
)
def test_a_headline_keeps_its_own_words(head, title):
    assert content(f"{head}\n来源：漯河日报 2023-12-18").title == title


def test_a_line_that_is_the_source_again_is_no_headline():
    assert content(f"沙澧发布厅\n{TITLE}\n2023-12-18 来源：沙澧发布厅").title == TITLE


def test_more_names_than_the_author_field_holds_are_left_to_the_editor():
    names = "、".join(f"通讯员赵某{number}" for number in range(20))
    for head, tail in ((f"{TITLE}\n来源：漯河日报 作者：{names}", ""), (TITLE, f"供稿：{names}")):
        text = f"{head}\n{BODY}\n{tail}"
        parsed = parse(text, words=shipped_words())
        assert parsed.content.author == ""
        assert [text[one.start : one.end] for one in parsed.unplaced] == [names]


@pytest.mark.parametrize("dates", ["2023-05-06", "2023/05/06", "2023-05-06 | 漯河日报", "漯河日报 / 2023-05-06"])
def test_a_date_over_the_headline_is_no_breadcrumb(dates):
    found = content(f"漯河日报\n{dates}\n{TITLE}")
    assert (found.title, moment_text(found.published_at)) == (TITLE, "2023-05-06")


def stretches(text, kind):
    return [
        (text[one.start : one.end], one.path) for one in parse(text, words=shipped_words()).spans if one.kind == kind
    ]


@pytest.mark.parametrize(
    "tail", ["漯河市交通运输局\n2023年5月6日", "漯河市交通运输局　2023年5月6日", "（漯河市交通运输局）"]
)
def test_a_signature_under_an_article_names_its_body(tail):
    text = f"{TITLE}\n{BODY}\n{tail}\n"
    assert [(words.strip("（）"), path) for words, path in stretches(text, "organization")] == [
        ("漯河市交通运输局", "organization")
    ]
    found = content(TITLE, tail)
    assert (moment_text(found.published_at) if found.published_at else None) == (
        "2023-05-06" if "2023" in tail else None
    )


def test_a_notice_over_its_case_is_left_over_as_one_stretch_and_told_once():
    notice = "关于印发经验做法的通知\n各县区人民政府：\n现将漯河经验印发给你们，请认真学习。\n漯河市营商环境办公室"
    text = f"{notice}\n2023年5月6日\n附件\n{TITLE}\n{BODY}\n{BODY}"
    parsed = parse(text, words=shipped_words())
    assert [text[one.start : one.end] for one in parsed.unplaced] == [notice]
    assert [(issue.message, issue.start, issue.end) for issue in parsed.issues] == [
        ("案例附在一份通知后面，通知的内容没有放入案例", 0, len(notice))
    ]


def test_a_container_after_plain_heading_lines_goes_to_the_closing():
    body = "先租\n企业按栋签约，首年免租。\n后让\n达产企业可以买下厂房。\n经验启示\n厂房跟着企业走。"
    text = f"{TITLE}\n2023-12-18\n漯河市把厂房分层分栋出租，企业达产后可以转让。\n{body}"
    found = parse(text, words=shipped_words()).content
    assert [one.heading for one in found.initiatives] == ["先租", "后让"]
    assert found.closing == "经验启示\n厂房跟着企业走。"


def test_a_headline_keeps_its_words_when_the_sign_before_a_site_stands_in_its_column():
    title, subtitle, around = parted([Line("【经验_交流】优化服务打印件", range(13))])
    assert [line.text for line in title] == ["优化服务打印件"]
    assert (subtitle, [line.text for line in around]) == (None, ["【经验_交流】"])


def test_a_page_that_turns_to_what_else_is_new_ends_the_article():
    found = content(TITLE, "（本报记者 金某）\n[责任编辑：朴某]\n今日推荐：全市首批高标准农田项目开工")
    assert ([one.heading for one in found.initiatives], found.responsible_editor) == (["建强主阵地"], "朴某")


@pytest.mark.parametrize("number", ["— 1 —", "-12-", "第 2 页", "第3页 共10页"])
def test_a_page_number_alone_in_a_line_is_no_word_of_the_paragraph_it_parts(number):
    head = "某市做法\n来源：某报 2024-03-01\n一、减环节\n办理时间由7个工作日压缩到"
    text = f"{head}\n\n{number}\n\n2个工作日。\n二、优服务\n走访企业。"
    parsed = parse(text, words=shipped_words())
    assert parsed.content.initiatives[0].text == "办理时间由7个工作日压缩到2个工作日。"
    assert parsed.unplaced == ()


def test_a_dash_or_a_number_alone_in_a_line_is_no_page_number():
    lines = [line.text for line in read_source("甲事项\n2\n乙事项\n— 3 — 4\n丙事项").lines]
    assert lines == ["甲事项", "2", "乙事项", "—3—4", "丙事项"]
