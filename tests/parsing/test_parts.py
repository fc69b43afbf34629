"""Pages of several cases: where each begins and ends, and what it has from its page."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.parsing.article import parse
from cases.parsing.parts import find_parts
from cases.parsing.result import Corrections, Part
from tests.parsing.test_article import CORPUS, WORDS, contradictions

ONE = """漯河市交通运输局坚持服务企业，全年走访企业92家，为企业解决用工、融资、运输等方面的问题117个，群众和企业都说好。
一是强化服务。成立突击队18个，开展上门服务，办理事项320件。二是优化流程。办理时间由7天压减到2天，材料减少12份。"""
TWO = """焦作市税务局推行“税费同缴”，把五个环节并成一个环节，纳税人不必来回跑，全年办理业务4300笔，纳税人满意度达到99%。
一是线上办理。开通端口6个，网上办理率达到95%。二是集成办理。把两项业务并成一项，平均用时由50分钟降到10分钟。"""
THREE = """濮阳市不动产登记中心把服务延伸到银行网点，设立便民点36个，企业和群众就近办理抵押登记，全年办理登记12000件。
一是延伸网点。网点覆盖全部乡镇，服务群众8万人。二是压缩时限。抵押登记由3个工作日压缩到2小时，一般登记当天办结。"""
TITLES = ("漯河市：推行“党建+”工作模式", "焦作市：税费同缴一次办", "濮阳市：登记服务进网点")
HEAD = "全省优化营商环境典型案例选编\n发布时间：2023-12-18 来源：河南日报\n现将一批典型案例刊发如下。\n"


def page(openings, head=HEAD, tail=""):
    bodies = (ONE, TWO, THREE)
    return head + "".join(f"{opening}\n{body}\n" for opening, body in zip(openings, bodies, strict=True)) + tail


def titles(text):
    return tuple(part.title for part in find_parts(text))


@pytest.mark.parametrize(
    "opening",
    [
        "案例{number}：{title}",
        "案例{number}\n{title}",
        "典型案例之{number}　{title}",
        "【案例{digit}】{title}",
        "【典型案例{digit}】\n{title}",
        "案例{digit}、{title}",
        "（{number}）{title}",
        "{number}、{title}",
        "{digit}.{title}",
        "{title}",
        "附件{digit}\n{title}",
        "附件{digit}：{title}",
        "{title}\n来源：河南日报 2023-12-1{digit}",
        "{title}\n发布时间：2023-12-1{digit}",
    ],
)
def test_every_way_in_which_pages_tell_their_cases_apart(opening):
    openings = [opening.format(number="一二三"[at], digit=at + 1, title=title) for at, title in enumerate(TITLES)]
    text = page(openings, tail="责任编辑：李某\n")
    parts = find_parts(text)
    assert tuple(part.title for part in parts) == TITLES
    assert [text[part.start : part.end].strip() for part in parts] == [
        f"{opening}\n{body}" for opening, body in zip(openings, (ONE, TWO, THREE), strict=True)
    ]
    contents = [parse(text, words=WORDS, part=part).content for part in parts]
    assert tuple(content.title for content in contents) == TITLES
    assert [content.region for content in contents] == ["411100", "410800", "410900"]
    assert [[one.heading for one in content.initiatives] for content in contents] == [
        ["强化服务", "优化流程"],
        ["线上办理", "集成办理"],
        ["延伸网点", "压缩时限"],
    ]


def test_a_case_has_the_date_and_source_of_its_page_and_says_so():
    text = page([f"案例{number}：{title}" for number, title in zip("一二三", TITLES, strict=True)])
    second = parse(text, words=WORDS, part=find_parts(text)[1])
    assert (second.content.published_at.isoformat(), second.content.source_name) == ("2023-12-18", "河南日报")
    told = {one.path: one for one in second.findings}
    assert told["source_name"].reason == "这个案例自己没有写，取自整个页面"
    assert told["source_name"].certainty < 0.9


def test_what_is_of_other_cases_is_covered_by_spans_of_its_own_kind():
    text = page([f"案例{number}：{title}" for number, title in zip("一二三", TITLES, strict=True)])
    first, second, third = find_parts(text)
    parsed = parse(text, words=WORDS, part=second)
    assert contradictions(text, parsed) == []
    assert parsed.unplaced == ()
    others = [span for span in parsed.spans if first.start <= span.start < second.start or span.start >= third.start]
    assert {span.kind for span in others} == {"other_part"}


def test_the_whole_page_tells_how_many_cases_it_seems_to_hold():
    text = page([f"案例{number}：{title}" for number, title in zip("一二三", TITLES, strict=True)])
    told = [issue for issue in parse(text, words=WORDS).issues if "几个" in issue.message or "个案例" in issue.message]
    assert [issue.message % issue.params for issue in told] == ["文中像是有3个案例，这里都放进了一个，请核对"]


def test_a_table_of_contents_makes_no_parts_of_its_own():
    contents = "\n".join(f"案例{number}：{title}" for number, title in zip("一二三", TITLES, strict=True))
    text = page(
        [f"案例{number}：{title}" for number, title in zip("一二三", TITLES, strict=True)], f"{HEAD}{contents}\n"
    )
    assert titles(text) == TITLES


def test_cases_attached_to_a_notice_are_parts_and_the_notice_is_none():
    notice = (
        "关于印发优化营商环境典型案例的通知\n各县（区）人民政府：\n现将典型案例印发给你们，请认真学习借鉴。\n"
        "附件：1.漯河案例 2.焦作案例\n河南省营商环境办公室\n2023年12月18日\n"
    )
    text = page([f"附件{digit}\n{title}" for digit, title in zip("123", TITLES, strict=True)], notice)
    assert titles(text) == TITLES
    assert parse(text, words=WORDS, part=find_parts(text)[0]).content.published_at.isoformat() == "2023-12-18"


@pytest.mark.parametrize(
    "text",
    [
        f"{TITLES[0]}\n2023-12-18\n{ONE}",
        f"{TITLES[0]}\n2023-12-18\n{ONE}\n相关阅读\n{TITLES[1]}\n2023-12-17\n{TITLES[2]}\n2023-12-16\n",
        f"{TITLES[0]}\n一、漯河市：服务企业\n{ONE}\n二、提升效能\n{TWO}\n三、焦作市：税费同缴\n{THREE}",
        f"{TITLES[0]}\n来源：河南日报\n{ONE}\n{TWO}\n来源：河南日报\n责任编辑：李某",
        f"案例三：{TITLES[0]}\n2023-12-18\n{ONE}\n{TWO}",
    ],
)
def test_an_ordinary_article_has_no_parts(text):
    assert find_parts(text) == ()


def test_examples_at_the_end_of_an_article_are_no_parts():
    body = f"一、建强主阵地\n{ONE}\n{TWO}\n二、打造主力军\n{THREE}\n{ONE}"
    assert find_parts(f"{TITLES[0]}\n{body}\n案例1：某厂\n{TWO}\n案例2：某店\n{THREE}") == ()


def test_no_article_of_the_corpus_has_parts():
    assert [path.stem for path in CORPUS if find_parts(path.read_text(encoding="utf-8"))] == []


def test_an_editor_may_correct_a_case_among_several():
    text = page([f"案例{number}：{title}" for number, title in zip("一二三", TITLES, strict=True)])
    second = find_parts(text)[1]
    place = text.index("二是集成")
    content = parse(text, words=WORDS, part=second, corrections=Corrections(roles={place: "measure"})).content
    assert [(one.heading, [measure.heading for measure in one.measures]) for one in content.initiatives] == [
        ("线上办理", ["集成办理"])
    ]


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_part_of_any_article_loses_nothing(data):
    text = data.draw(st.sampled_from(CORPUS)).read_text(encoding="utf-8")
    start = data.draw(st.integers(-3, len(text) + 3))
    part = Part(start, start + data.draw(st.integers(0, 800)), data.draw(st.sampled_from(["", "标题", "优化"])))
    assert contradictions(text, parse(text, words=WORDS, part=part)) == []
