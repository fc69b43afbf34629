"""The preview against articles taken apart by hand."""

from dataclasses import replace

import pytest

from cases.admin.found import found_things
from cases.admin.preview import Piece, article_pieces
from cases.admin.structure import metric_numbers, structure
from cases.content import CaseContent, InitiativeContent, MeasureContent
from cases.editing.found import count_doubts
from cases.parsing.article import parse
from cases.parsing.result import Corrections, Finding, Issue, Parsed, Span, Unplaced
from tests.builders import make_metric, make_region
from tests.parsing.test_article import CORPUS, WORDS

pytestmark = pytest.mark.django_db

TEXT = "标题\n一、减环节。减少18项材料。其他话"
METRIC = make_metric(label="材料", value=18, from_value=20, unit="项", qualifier="over", quote="减少18项材料")
NOTHING = Corrections()
PARSED = Parsed(
    CaseContent(
        title="标题",
        initiatives=(InitiativeContent("减环节", "减少18项材料。", (MeasureContent("并窗口"),), (METRIC,)),),
    ),
    spans=(
        Span(0, 2, "title", "title"),
        Span(3, 5, "numbering"),
        Span(5, 8, "initiative_heading", "initiatives[0].heading"),
        Span(9, 17, "initiative_text", "initiatives[0].text"),
        Span(9, 16, "metric", "initiatives[0].metrics[0]"),
    ),
    issues=(Issue("没有认出%(what)s", {"what": "日期"}), Issue("请核对标题", start=0, end=2)),
    unplaced=(Unplaced(17, 20),),
    findings=(
        Finding("title", 0.9, "独立成行", start=0, end=2),
        Finding("initiatives[0].heading", 0.6, "按独立成行的短句认作举措", start=5, end=8),
        Finding("region", 0.3, "文中有%(count)d个同名地区", {"count": 2}, candidates=("410100", "411100")),
    ),
)


def pieces_of(parsed, text=TEXT, **stretch):
    things = found_things(parsed, NOTHING)
    return list(article_pieces(text, things, metric_numbers(parsed.content), **stretch))


def test_the_pieces_are_the_whole_article_cut_where_its_kind_changes():
    pieces = pieces_of(PARSED)

    assert "".join(piece.text for piece in pieces) == TEXT
    assert pieces[0] == Piece(0, "标题", ("title",), ("title@0",), "标题 · 把握大 · 独立成行", True)
    assert [(piece.text, piece.looks, piece.things) for piece in pieces[1:]] == [
        ("\n", (), ()),
        ("一、", ("numbering",), ()),
        ("减环节", ("initiative", "unsure"), ("heading@5",)),
        ("。", (), ()),
        ("减少18项材料", ("text", "metric"), ("text@9", "metrics@9")),
        ("。", ("text",), ("text@9",)),
        ("其他话", ("unplaced", "unsure"), ("unplaced@17",)),
    ]


def test_a_part_of_the_page_has_its_own_pieces():
    assert [piece.text for piece in pieces_of(PARSED, start=3, end=9)] == ["一、", "减环节", "。"]


def test_words_a_region_rests_on_lie_on_top_of_the_text():
    parsed = Parsed(
        CaseContent(intro="漯河办得快"),
        spans=(Span(0, 5, "intro", "intro"),),
        findings=(Finding("region", 0.9, "", start=0, end=2),),
    )

    assert [(piece.text, piece.looks, piece.things) for piece in pieces_of(parsed, "漯河办得快")] == [
        ("漯河", ("text", "basis"), ("intro@0", "region@0")),
        ("办得快", ("text",), ("intro@0",)),
    ]


def test_the_pieces_of_a_heading_know_that_they_are_one():
    parsed = Parsed(
        CaseContent(initiatives=(InitiativeContent("减环节"),)),
        spans=(Span(5, 8, "initiative_heading", "initiatives[0].heading"),),
        findings=(Finding("themes[0]", 0.9, "", start=6, end=7),),
    )

    assert [piece.classes for piece in pieces_of(parsed, start=5, end=8)] == [
        "piece piece--initiative piece--goes-on",
        "piece piece--initiative piece--basis piece--begun piece--goes-on",
        "piece piece--initiative piece--begun",
    ]


def test_metrics_that_share_words_keep_their_numbers_and_are_opened_once_each():
    metrics = (make_metric(quote="减少18项"), make_metric(quote="18项材料"))
    spans = (Span(9, 14, "metric", "metrics[0]"), Span(11, 16, "metric", "metrics[1]"))

    pieces = pieces_of(Parsed(CaseContent(metrics=metrics), spans))

    assert [(piece.text, piece.things, piece.numbers) for piece in pieces] == [
        (TEXT[:9], (), ()),
        ("减少", ("metrics@9",), ((1, "metrics@9"),)),
        ("18项", ("metrics@9", "metrics@11"), ((2, "metrics@11"),)),
        ("材料", ("metrics@11",), ()),
        (TEXT[16:], (), ()),
    ]


def test_what_has_to_be_chosen_comes_first_then_issues_then_what_is_unsure_and_what_was_not_placed():
    make_region("410100"), make_region("411100")

    doubts = structure(TEXT, PARSED, NOTHING).doubts

    assert [(str(row.name), row.text, row.sureness.words, row.sureness.reason) for row in doubts] == [
        ("行政区划", "还没有选定", "把握小", "文中有2个同名地区"),
        ("没有认出日期", "", "把握小", ""),
        ("请核对标题", "标题", "把握小", ""),
        ("举措", "减环节", "把握一般", "按独立成行的短句认作举措"),
        ("未归位", "其他话", "把握小", "没有找到它属于哪里，不会进入草稿"),
    ]
    assert doubts[0].regions == (("410100", "河南省 / 郑州市"), ("411100", "河南省 / 漯河市"))


def test_what_was_accepted_is_no_doubt_any_more():
    keys = [row.key for row in structure(TEXT, PARSED, NOTHING).doubts]

    drawn = structure(TEXT, PARSED, Corrections(accepted=frozenset(keys)))

    assert drawn.doubts == []
    assert drawn.initiatives[0].heading.sureness.words == "已核对"


def test_what_was_accepted_can_be_opened_again_beside_its_words_or_in_a_list_of_its_own():
    keys = [row.key for row in structure(TEXT, PARSED, NOTHING).doubts]

    drawn = structure(TEXT, PARSED, Corrections(accepted=frozenset(keys)))

    assert structure(TEXT, PARSED, NOTHING).settled == []
    assert [(row.name, row.text) for row in drawn.settled] == [
        *(("没有认出日期", ""), ("请核对标题", "标题"), ("未归位", "其他话"))
    ]
    assert {drawn.initiatives[0].heading.key, "region", *(row.key for row in drawn.settled)} == set(keys)


def test_a_stretch_left_over_is_accepted_together_with_the_issue_about_it():
    parsed = Parsed(CaseContent(), issues=(Issue("有的文字没有放入案例", start=17),), unplaced=(Unplaced(17, 20),))

    drawn = structure(TEXT, parsed, Corrections(accepted=frozenset({"unplaced@17"})))

    assert (drawn.doubts, [row.key for row in drawn.settled]) == ([], ["unplaced@17"])


def test_an_issue_about_a_thing_that_is_unsure_is_told_once():
    finding = Finding("region", 0.3, "地名不全", start=0, end=2)
    parsed = Parsed(CaseContent(region="411100"), issues=(Issue("请核对地区", path="region"),), findings=(finding,))

    assert [row.sureness.reason for row in structure("漯河", parsed, NOTHING).doubts] == ["地名不全"]


def test_the_structure_numbers_the_metrics_as_the_article_does():
    [initiative] = structure(TEXT, PARSED, NOTHING).initiatives
    [row] = initiative.metrics

    assert (initiative.heading.text, initiative.texts.rows[0].text) == ("减环节", "减少18项材料。")
    assert (row.metric.number, row.metric.label, row.metric.figures) == (1, "材料", "超过 20 → 18 项")
    assert (row.start, row.end) == (9, 16)


def test_only_headings_and_what_opens_a_line_can_be_moved():
    drawn = structure(TEXT, PARSED, NOTHING)
    [initiative] = drawn.initiatives

    assert (initiative.heading.can_be_moved, initiative.texts.rows[0].can_be_moved) == (True, False)
    assert [rows[0].can_be_moved for _name, rows in drawn.facts if rows and rows[0].thing == "title@0"] == [True]


def test_a_text_is_as_sure_as_its_heading_and_not_told_beside_it():
    findings = (
        *(finding for finding in PARSED.findings if finding.path != "region"),
        Finding("initiatives[0].text", 0.6, "", start=9, end=17),
    )
    parsed = replace(PARSED, findings=findings, issues=(), unplaced=())

    assert [row.text for row in structure(TEXT, parsed, NOTHING).doubts] == ["减环节"]
    drawn = structure(TEXT, parsed, Corrections(accepted=frozenset({"heading@5"})))
    assert (drawn.doubts, drawn.initiatives[0].texts.rows[0].sureness.level) == ([], "accepted")


def test_an_issue_about_a_stretch_left_over_is_the_reason_for_it():
    parsed = replace(PARSED, issues=(Issue("通知的内容没有放入案例", start=17, end=20),), findings=())

    assert [(str(row.name), row.sureness.reason) for row in structure(TEXT, parsed, NOTHING).doubts] == [
        ("未归位", "通知的内容没有放入案例")
    ]


def test_an_issue_about_all_initiatives_is_told_by_the_unsure_one():
    issue = Issue("举措是按短句推测的", path="initiatives")

    assert "举措是按短句推测的" not in {
        str(row.name) for row in structure(TEXT, replace(PARSED, issues=(issue,)), NOTHING).doubts
    }


def test_a_measure_is_found_as_a_whole():
    measure = "initiatives[0].measures[0]"
    spans = (Span(5, 8, "measure_heading", f"{measure}.heading"), Span(9, 17, "measure_text", f"{measure}.text"))
    parsed = Parsed(PARSED.content, spans, findings=(Finding(measure, 0.6, "编号", start=3, end=17),))

    assert [(row.text, row.key) for row in structure(TEXT, parsed, NOTHING).doubts] == [("减环节", "measures@3")]
    assert [piece.looks for piece in pieces_of(parsed)] == [(), ("measure", "unsure"), (), ("text",), ()]


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_a_batch_counts_as_many_doubts_as_the_preview_lists(path):
    text = path.read_text(encoding="utf-8")
    parsed = parse(text, words=WORDS)

    listed = structure(text, parsed, NOTHING, found_things(parsed, NOTHING)).doubts

    assert count_doubts(parsed) == len(listed)
