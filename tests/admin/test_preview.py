"""The preview against articles taken apart by hand."""

from cases.admin.preview import Doubt, Piece, article_pieces, doubts, outline, unplaced
from cases.content import CaseContent, InitiativeContent, MeasureContent
from cases.parsing.result import Issue, Parsed, Span, Unplaced
from tests.builders import make_metric

TEXT = "标题\n一、减环节。减少18项材料。其他话"
METRIC = make_metric(label="材料", value=18, from_value=20, unit="项", qualifier="over", quote="减少18项材料")
PARSED = Parsed(
    CaseContent(
        title="标题",
        initiatives=(InitiativeContent("减环节", "减少18项材料。", (MeasureContent("并窗口"),), (METRIC,)),),
    ),
    spans=(
        Span(0, 2, "title", "title"),
        Span(3, 5, "numbering"),
        Span(5, 8, "initiative_heading", "initiatives[0].heading", 0.6, "按独立成行的短句认作举措"),
        Span(9, 17, "initiative_text", "initiatives[0].text"),
        Span(9, 16, "metric", "initiatives[0].metrics[0]"),
    ),
    issues=(Issue("没有认出%(what)s", {"what": "日期"}), Issue("请核对标题", start=0, end=2)),
    unplaced=(Unplaced(17, 20),),
)


def test_the_pieces_are_the_whole_article_cut_where_its_kind_changes():
    pieces = list(article_pieces(TEXT, PARSED))

    assert "".join(piece.text for piece in pieces) == TEXT
    assert pieces[0] == Piece("标题", "title", "标题", "at-0", None, False)
    assert [(piece.text, piece.look, piece.metric) for piece in pieces[1:]] == [
        ("\n", "", None),
        ("一、", "numbering", None),
        ("减环节", "initiative", None),
        ("。", "", None),
        ("减少18项材料", "text", 1),
        ("。", "text", None),
        ("其他话", "unplaced", None),
    ]


def test_metrics_that_share_words_keep_their_numbers_and_are_opened_once_each():
    metrics = (make_metric(quote="减少18项"), make_metric(quote="18项材料"))
    spans = (Span(9, 14, "metric", "metrics[0]"), Span(11, 16, "metric", "metrics[1]"))

    pieces = list(article_pieces(TEXT, Parsed(CaseContent(metrics=metrics), spans)))

    assert [(piece.text, piece.metric, piece.opens_metric) for piece in pieces] == [
        (TEXT[:9], None, False),
        ("减少", 1, True),
        ("18项", 2, True),
        ("材料", 2, False),
        (TEXT[16:], None, False),
    ]


def test_doubts_are_the_issues_and_what_the_parser_was_not_sure_of():
    assert doubts(TEXT, PARSED) == [
        Doubt("没有认出日期", ""),
        Doubt("请核对标题", "at-0"),
        Doubt("举措：按独立成行的短句认作举措", "at-5", "减环节"),
    ]


def test_what_was_not_placed_is_listed_with_its_words():
    assert unplaced(TEXT, PARSED) == [Doubt("", "at-17", "其他话")]


def test_the_outline_numbers_the_metrics_as_the_article_does():
    [initiative] = outline(PARSED)["initiatives"]
    [line] = initiative["metrics"]

    assert (initiative["heading"], [measure.heading for measure in initiative["measures"]]) == ("减环节", ["并窗口"])
    assert (line.number, line.label, line.figures, line.is_marked) == (1, "材料", "超过 20 → 18 项", True)
