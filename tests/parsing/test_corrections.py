"""What an editor decides stands, whatever the rules think, and nothing of the article is lost by it."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.content import LIMITS, CaseContent
from cases.parsing.article import parse
from cases.parsing.corrected import without
from cases.parsing.result import ROLES, Corrections, Finding, Parsed
from tests.parsing.test_article import CORPUS, WORDS, contradictions

TITLE = "漯河：推行“党建+”工作模式"
ARTICLE = f"""{TITLE}
2023-12-18 来源：漯河日报
漯河市交通运输局坚持服务企业，全年走访企业92家。
一、建强主阵地
组织党员下沉一线。一是强化服务。走访企业92家。二是优化流程。办理时间由7天压减到2天。
二、打造主力军
成立突击队18个，解决问题117个，群众都说好。
主要荣誉
（一）拓宽主渠道
开通热线3条，受理诉求420件。
责任编辑：李某
"""


def corrected(text=ARTICLE, /, **roles):
    """The content of the article when the line, or the words, named by a key's text have the role."""
    return parse(text, words=WORDS, corrections=Corrections(roles=roles_at(text, roles))).content


def roles_at(text, roles):
    return {text.index(words): role for words, role in roles.items()}


def headings(content):
    return [(one.heading, [measure.heading for measure in one.measures]) for one in content.initiatives]


def test_without_corrections_the_rules_decide():
    assert headings(corrected()) == [
        ("建强主阵地", ["强化服务", "优化流程"]),
        ("打造主力军", ["拓宽主渠道"]),
    ]


@pytest.mark.parametrize("place", ["（一）拓宽", "拓宽"])
def test_a_measure_becomes_an_initiative(place):
    assert headings(corrected(**{place: "initiative"}))[1:] == [("打造主力军", []), ("拓宽主渠道", [])]


@pytest.mark.parametrize("place", ["二、打造", "打造主"])
def test_an_initiative_becomes_a_measure_of_the_one_before(place):
    content = corrected(**{place: "measure"})
    assert headings(content) == [("建强主阵地", ["强化服务", "优化流程", "打造主力军", "拓宽主渠道"])]


def test_a_heading_becomes_text_of_what_stands_before():
    content = corrected(**{"二、打造": "text"})
    assert headings(content) == [("建强主阵地", ["强化服务", "优化流程", "拓宽主渠道"])]
    assert content.initiatives[0].measures[1].text == (
        "办理时间由7天压减到2天。\n二、打造主力军\n成立突击队18个，解决问题117个，群众都说好。\n主要荣誉"
    )


def test_a_mark_inside_a_paragraph_becomes_text():
    [first, _] = corrected(二是优化="text").initiatives
    assert [(one.heading, one.text) for one in first.measures] == [
        ("强化服务", "走访企业92家。二是优化流程。办理时间由7天压减到2天。")
    ]


def test_a_mark_inside_a_paragraph_becomes_an_initiative():
    content = corrected(二是优化="initiative")
    assert headings(content)[:2] == [("建强主阵地", ["强化服务"]), ("优化流程", [])]
    assert content.initiatives[1].text == "办理时间由7天压减到2天。"


def test_a_plain_line_becomes_an_initiative_that_holds_what_follows():
    content = corrected(主要荣誉="initiative")
    assert headings(content)[1:] == [("打造主力军", []), ("主要荣誉", ["拓宽主渠道"])]


def test_a_new_initiative_is_read_for_its_measures():
    text = f"{TITLE}\n2023-12-18\n工作开展以来，成效明显。\n服务上门\n一是强化服务。走访企业。二是优化流程。办得更快。"
    content = corrected(text, 服务上门="initiative")
    assert headings(content) == [("服务上门", ["强化服务", "优化流程"])]


def test_another_line_is_the_headline():
    content = corrected(主要荣誉="title")
    assert content.title == "主要荣誉"
    assert "主要荣誉" not in content.initiatives[1].text


def test_a_line_thrown_out_is_nowhere_in_the_case():
    content = corrected(**{"主要荣誉": "furniture", TITLE: "furniture"})
    assert content.title == ""
    assert content.initiatives[1].text == "成立突击队18个，解决问题117个，群众都说好。"


def test_an_item_inside_a_paragraph_is_thrown_out():
    [first, _] = corrected(二是优化="furniture").initiatives
    assert [one.heading for one in first.measures] == ["强化服务"]


def test_a_line_of_the_page_is_taken_in_as_text():
    content = corrected(责任编辑="text")
    assert content.responsible_editor == ""
    assert content.initiatives[-1].measures[-1].text == "开通热线3条，受理诉求420件。\n责任编辑：李某"


def test_a_place_that_is_nowhere_changes_nothing():
    place = ARTICLE.index("下沉一线")
    assert parse(
        ARTICLE, words=WORDS, corrections=Corrections(roles={place: "initiative", -4: "text", 10**9: "title"})
    ) == (parse(ARTICLE, words=WORDS))


def stretch(words, text=ARTICLE):
    return text.index(words), text.index(words) + len(words)


def test_a_dropped_metric_is_left_out_and_the_rest_stays():
    usual = parse(ARTICLE, words=WORDS)
    place = next((span.start, span.end) for span in usual.spans if span.kind == "metric" and span.path == "metrics[0]")
    found = parse(ARTICLE, words=WORDS, corrections=Corrections(dropped=frozenset([place]))).content
    assert found.metrics == usual.content.metrics[1:]
    assert found.initiatives[1:] == usual.content.initiatives[1:]


def test_a_figure_dropped_where_it_is_told_first_does_not_turn_up_again():
    place = next((one.start, one.end) for one in parse(ARTICLE, words=WORDS).spans if one.path == "metrics[0]")
    found = parse(ARTICLE, words=WORDS, corrections=Corrections(dropped=frozenset([place]))).content
    assert [metric.value for metric in found.all_metrics() if metric.value == 92] == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("全县设立四类窗口", (4, "类", "全县设立四类窗口")),
        ("排名全省第3", (3, "", "排名全省第3")),
        ("群众都说好", (None, "", "群众都说好")),
        ("，办件300件。", (300, "件", "办件300件")),
    ],
)
def test_marked_words_are_a_metric_of_their_initiative(words, expected):
    told = "全县设立四类窗口，排名全省第3，群众都说好，办件300件。"
    text = f"{TITLE}\n2023-12-18\n一、建强主阵地\n走访企业。\n二、打造主力军\n{told}"
    marked = Corrections(marked=frozenset([stretch(words, text)]))
    parsed = parse(text, words=WORDS, corrections=marked)
    metrics = parsed.content.initiatives[1].metrics
    assert [(one.value, one.unit, one.quote) for one in metrics if one.quote == expected[2]] == [expected]
    assert sum("300" in one.quote for one in metrics) == 1
    [finding] = [one for one in parsed.findings if one.reason == "编辑标出的"]
    assert finding.certainty == 1.0


def test_marked_words_of_the_intro_are_a_metric_of_the_case():
    text = f"{TITLE}\n2023-12-18\n改革以来群众都说好。\n一、建强主阵地\n走访企业。\n二、打造主力军\n下沉一线。"
    found = parse(text, words=WORDS, corrections=Corrections(marked=frozenset([stretch("群众都说好", text)]))).content
    assert [(one.label, one.quote) for one in found.metrics] == [("群众都说好", "群众都说好")]


def test_the_region_chosen_stands_and_completes_the_body():
    text = "鼓楼区政务服务局优化窗口服务\n鼓楼区政务服务局推行一窗受理。\n区政务服务局受理事项300件。"
    usual = parse(text, words=WORDS)
    [doubt] = [one for one in usual.findings if one.path == "region"]
    assert usual.content.region == ""
    assert "320106" in doubt.candidates
    found = parse(text, words=WORDS, corrections=Corrections(region="320106"))
    assert found.content.region == "320106"
    assert [(one.certainty, one.reason) for one in found.findings if one.path == "region"] == [(1.0, "编辑选定的")]


def test_a_value_of_a_list_is_left_out_with_its_finding_and_the_others_close_up():
    values = ("政务公开", "漯河", "党建")
    findings = tuple(Finding(f"tags[{place}]", 0.9, value) for place, value in enumerate(values))
    parsed = Parsed(CaseContent(tags=values, honours=("漯河",)), findings=findings)

    left = without(parsed, {("tags", "漯河")})

    assert left.content == CaseContent(tags=("政务公开", "党建"), honours=("漯河",))
    assert left.findings == (Finding("tags[0]", 0.9, "政务公开"), Finding("tags[1]", 0.9, "党建"))
    assert without(parsed, ()) == parsed


def test_corrections_are_the_same_when_they_come_back():
    kept = Corrections({3: "measure"}, frozenset({(1, 2)}), left_out=frozenset({("tags", "漯河"), ("themes", "water")}))

    assert Corrections.from_json(json.loads(json.dumps(kept.to_json()))) == kept
    assert Corrections.from_json({}) == Corrections()


def test_what_was_accepted_changes_nothing_of_the_case():
    usual = parse(ARTICLE, words=WORDS)
    accepted = Corrections(accepted=frozenset(one.key for one in usual.findings))
    assert parse(ARTICLE, words=WORDS, corrections=accepted).content == usual.content


BECOMES = {
    "title": {"title"},
    "initiative": {"initiative_heading", "initiative_text"},
    "measure": {"measure_heading", "measure_text"},
    "text": {"intro", "initiative_text", "measure_text", "closing"},
    "furniture": {"furniture"},
}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("path", CORPUS[::8], ids=[path.stem for path in CORPUS[::8]])
def test_every_line_of_an_article_becomes_what_an_editor_says(path, role):
    text = path.read_text(encoding="utf-8")
    lines = [at for at in range(len(text)) if text[at : at + 1].isalnum() and (at == 0 or text[at - 1] == "\n")]
    for place in lines:
        spans = parse(text, words=WORDS, corrections=Corrections(roles={place: role})).spans
        assert kind_at(place, spans, text, role) in BECOMES[role], text[place : place + 20]


def kind_at(place, spans, text, role):
    """What the first words at a place are, numbering, markup and what stands before a headline (案例七) aside."""
    aside = {"metric", "numbering"} | ({"furniture"} if role == "title" else set())
    found = (one for one in spans if one.end > place and one.kind not in aside)
    return next(one.kind for one in found if any(map(str.isalnum, text[one.start : one.end])))


LONG = "改革以来，县里把企业的事当成自己的事。" + "走访企业、收集问题、分办转办、限时答复，件件有回音。" * 20


def test_a_paragraph_too_long_for_a_headline_gives_its_first_sentences():
    text = f"{TITLE}\n2023-12-18\n{LONG}\n一、建强主阵地\n走访企业。"
    found = corrected(text, 改革以来="title")
    assert 250 < len(found.title) <= LIMITS["title"]
    assert found.title.endswith("件件有回音。")
    assert found.title + found.intro == LONG
    assert [one.heading for one in found.initiatives] == ["建强主阵地"]


def test_a_long_line_without_a_stop_gives_a_headline_within_its_limit():
    text = f"{TITLE}\n2023-12-18\n{'改革创新' * 100}\n一、建强主阵地\n走访企业。"
    assert corrected(text, 改革创新="title").title == ("改革创新" * 100)[: LIMITS["title"] - 1]


@pytest.mark.parametrize("role", ["furniture", "title"])
def test_a_line_taken_out_of_a_broken_paragraph_parts_its_halves(role):
    text = f"{TITLE}\n2023-12-18\n一、建强主阵地\n走访重点企业、重点项目、\n重点乡镇、全部街道、\n产业园区。"
    assert corrected(text).initiatives[0].text == "走访重点企业、重点项目、重点乡镇、全部街道、产业园区。"
    assert corrected(text, 重点乡镇=role).initiatives[0].text == "走访重点企业、重点项目、\n产业园区。"


@st.composite
def corrections(draw, text):
    places = st.integers(-2, len(text) + 2)
    lines = [0, *(at + 1 for at, character in enumerate(text) if character in "\n。；")]
    near = st.sampled_from(lines).map(lambda place: place)
    stretches = st.tuples(places, st.integers(0, 40)).map(lambda one: (one[0], one[0] + one[1]))
    return Corrections(
        roles=draw(st.dictionaries(st.one_of(places, near, near), st.sampled_from(ROLES), max_size=12)),
        dropped=frozenset(draw(st.lists(stretches, max_size=3))),
        marked=frozenset(draw(st.lists(stretches, max_size=6))),
        accepted=frozenset(draw(st.lists(st.text(max_size=8), max_size=2))),
        region=draw(st.sampled_from(["", "411100", "no"])),
    )


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_no_correction_loses_a_character(data):
    text = data.draw(st.sampled_from(CORPUS)).read_text(encoding="utf-8")
    decided = data.draw(corrections(text))
    levels = data.draw(st.lists(st.tuples(st.integers(0, len(text)), st.integers(1, 7)), max_size=6))
    parsed = parse(text, words=WORDS, corrections=decided, levels=levels)
    assert contradictions(text, parsed) == []
