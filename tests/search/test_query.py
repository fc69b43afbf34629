import datetime

import pytest

from cases.content import InitiativeContent, MeasureContent
from cases.search.names import directory
from cases.search.query import MAX_LENGTH, MAX_WORDS, is_too_long, read_query, read_words, search
from tests.builders import (
    make_content,
    make_department,
    make_metric,
    make_published_case,
    make_region,
    make_theme,
)

pytestmark = pytest.mark.django_db


def found(text, **filters):
    return list(search(text, **filters).values_list("pk", flat=True))


@pytest.mark.parametrize(
    "query",
    [
        *["窗口前移", "口前", "窗", "移", "46.7", "146.7%", "6.7%。", "APP", "app", "pp", "５Ｇ", "g"],
        *["96.5%", "“一是加强”", "党建+", "党建＋", "一網通辦", "党建 窗口", "窗口 146.7 app", "㎡", "𠮷野", "野家"],
    ],
)
def test_a_case_is_found_by_words_fragments_numbers_and_signs(query):
    other = make_published_case(title="别的做法", initiatives=())
    case = make_published_case(
        title="窗口前移",
        intro="完成率146.7%。满意率96.5%，下载ＡＰＰ并用5G，“一是加强”党建+服务，一网通办，面积3㎡，𠮷野家",
    )
    assert found(query) == [case.pk]
    assert found("做法") == [other.pk]


@pytest.mark.parametrize("query", ["96.5%", "窗口移", "app下", "前移 没有", "146.7％满", "口前移窗"])
def test_a_case_is_not_found_by_what_does_not_stand_in_it(query):
    make_published_case(title="窗口前移", intro="满意率96.5，达到146.7%。", tags=("前移窗",))
    assert found(query) == []


def test_every_field_is_searched():
    case = make_published_case(
        make_content(
            title="标题甲",
            subtitle="副题乙",
            intro="导语丙",
            summary="摘要丁",
            initiatives=(
                InitiativeContent(
                    heading="举措戊",
                    text="正文己",
                    measures=(MeasureContent(heading="措施庚", text="步骤辛"),),
                    metrics=(make_metric(label="指标壬", value=3, quote="引语癸"),),
                ),
            ),
            closing="结语子",
            tags=("标签丑", "标签寅"),
        )
    )
    words = ["标题甲", "副题乙", "导语丙", "摘要丁", "举措戊", "正文己", "措施庚", "步骤辛"]
    words += ["指标壬", "引语癸", "结语子", "标签丑", "标签寅"]
    assert [found(word) for word in words] == [[case.pk]] * len(words)


def test_nothing_is_found_across_two_fields():
    make_published_case(title="甲乙", subtitle="丙丁", intro="戊己", tags=("庚辛", "壬癸"))
    assert [found(query) for query in ("乙丙", "丁戊", "辛壬", "己甲")] == [[], [], [], []]


def test_title_hits_come_first_then_headings_then_labels_then_frequency_then_newest():
    once = {"initiatives": (), "published_at": datetime.date(2020, 1, 1)}
    old = make_published_case(**once, intro="冷链。")
    new = make_published_case(**once | {"published_at": datetime.date(2024, 1, 1)}, intro="冷链。")
    often = make_published_case(**once, intro="冷链，冷链，冷链，冷链。")
    tagged = make_published_case(**once, tags=("冷链",))
    heading = make_published_case(**once | {"initiatives": (InitiativeContent(heading="做强冷链"),)})
    title = make_published_case(**once, title="冷链到村")
    assert found("冷链") == [case.pk for case in (title, heading, tagged, often, new, old)]


def test_filters_narrow_the_result():
    luohe, henan, other = make_region("411100"), make_region("410000"), make_region("110000")
    transport, rail = make_department(), make_department("rail", "铁路部门")
    theme = make_theme()
    case = make_published_case(title="通车", region=luohe, department=transport, themes=[theme], tags=("公路",))
    plain = make_published_case(title="通车")
    tag = case.tags.get()
    assert found("通车") == [plain.pk, case.pk]
    assert found("通车", region=luohe, department=transport, theme=theme, tag=tag) == [case.pk]
    assert found("通车", region=henan) == [case.pk]
    assert found("通车", region=other) == []
    assert found("通车", department=rail) == []


@pytest.mark.parametrize(
    "query", ["", "   ", "\u3000", "。，！", "“”", "%", "+ - *", "\x00", "\u200b", "$ €", "()", "'\"\\"]
)
def test_signs_and_blanks_alone_are_no_words_and_find_nothing(query):
    make_published_case(intro="。，！“” % + - * '\"\\ $ € ()")
    assert read_words(query) == ()
    assert found(query) == []


def test_words_are_folded_and_named_once():
    assert read_words(" ＡＰＰ　一網通辦\x00app\n9６.5％ ") == ("app", "一网通办", "96.5%")


@pytest.mark.parametrize(
    "query",
    [
        *[
            "窗口\x00",
            "\ud800窗",
            "窗口\udfff",
            "'窗口",
            '"窗口',
            "窗口\\",
            "窗口*",
            "窗口 OR 园区",
            "NEAR(窗 口)",
            "title:窗口",
        ],
        *[
            "-窗口",
            "^窗",
            "{title}:窗",
            "窗口 AND",
            "'; DROP TABLE cases_searchtext; --",
            "%s",
            "窗%",
            "_口",
            "窗:*",
            "!窗",
        ],
        *["a" * 1_000_000, "窗口 " * 300_000, " " * 1_000_000 + "窗口", "窗" * MAX_LENGTH, "\U0010ffff\uffff", "é̂"],
    ],
)
def test_no_query_is_an_error(query):
    make_published_case(title="窗口")
    assert isinstance(found(query), list)


def test_a_query_beyond_the_limits_is_not_searched_in_part():
    make_published_case(title="甲" * 200)

    assert read_words("甲" * MAX_LENGTH) == ("甲" * MAX_LENGTH,)
    assert [read_words(text) for text in ("甲" * (MAX_LENGTH + 1), "甲乙 " * (MAX_WORDS + 1))] == [(), ()]
    assert [is_too_long("甲 " * MAX_WORDS), is_too_long("甲 " * (MAX_WORDS + 1))] == [False, True]


def test_every_one_of_many_words_must_occur():
    case = make_published_case(title="甲乙丙丁戊己庚辛壬癸子丑")
    words = " ".join("甲乙丙丁戊己庚辛壬癸子丑")

    assert (found(words), found(words + " 寅")) == ([case.pk], [])


@pytest.mark.parametrize("count", [1, 3])
def test_counting_and_the_first_page_take_one_query_each(django_assert_num_queries, count):
    cases = [make_published_case(title="通车").pk for _ in range(count)]
    directory()  # of names, kept for a minute
    with django_assert_num_queries(2):
        assert search("通车 便民").count() == count
        assert [case.pk for case in search("通车 便民")[:20]] == cases[::-1]


@pytest.mark.parametrize(
    ("text", "words", "without"),
    [
        ('"一网 通办" 审批', ("一网 通办", "审批"), ()),
        ("审批 -施工 -5g", ("审批",), ("施工", "5g")),
        ('审批 -"并联 审批"', ("审批",), ("并联 审批",)),
        ("-5%", ("-5%",), ()),
        ('"审批', ('"审批',), ()),
        ('甲"乙 丙"丁', ('甲"乙', '丙"丁'), ()),
        ("甲 - 乙 --丙", ("甲", "-", "乙"), ("-丙",)),
        ('" " 审批', ('"', "审批"), ()),
        ("甲-乙", ("甲-乙",), ()),
    ],
)
def test_quotes_keep_words_together_and_a_minus_leaves_cases_out(text, words, without):
    assert read_query(text) == (words, without)


def test_a_query_with_a_minus_finds_the_cases_without_the_word():
    kept = make_published_case(title="并联 审批", initiatives=())
    make_published_case(title="并联审批 施工许可", initiatives=())
    assert found("审批 -施工") == [kept.pk]
    assert found('"并联 审批"') == [kept.pk]
    assert found("审批 -审批") == []


def test_a_name_finds_what_is_filed_under_it_behind_what_holds_it():
    held = make_published_case(title="学习漯河做法", initiatives=())
    region, department = (
        make_region("411100"),
        make_department("industry", "工业和信息化部门", aliases=["工信局", "工业和信息化局"]),
    )
    filed = make_published_case(title="别的做法", region=region, department=department, initiatives=())
    make_published_case(title="无关", region=make_region("420100"), initiatives=())
    assert found("漯河") == [held.pk, filed.pk]
    assert found("luohe") == found("工信局") == found("漯河 工信局") == found("漯河市 别的") == [filed.pk]
    assert found("lh") == found("漯河 武汉") == []
    assert found("漯河 -做法") == []
