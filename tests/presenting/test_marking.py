import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.content import CaseContent, InitiativeContent, MeasureContent, MetricContent
from cases.folding import fold, fold_blanks
from cases.presenting.marking import ELLIPSIS, Piece, best_passage, mark


def plain(text):
    return Piece(text, False)


def hit(text):
    return Piece(text, True)


def joined(pieces):
    return "".join(piece.text for piece in pieces)


def hits(pieces):
    return [piece.text for piece in pieces if piece.is_hit]


def test_hits_are_pieces_of_their_own_in_the_authors_characters():
    assert mark("推行一網通辦，下载ＡＰＰ。", ["一网通办", "app"]) == [
        *(plain("推行"), hit("一網通辦"), plain("，下载"), hit("ＡＰＰ"), plain("。"))
    ]


def test_overlapping_and_touching_hits_are_one():
    assert mark("一二三四五", ["二三", "三四"]) == [plain("一"), hit("二三四"), plain("五")]
    assert mark("一二三四", ["一二", "三四"]) == [hit("一二三四")]
    assert mark("哈哈哈啊", ["哈哈"]) == [hit("哈哈哈"), plain("啊")]


def test_a_blank_of_a_word_stands_for_a_run_of_blanks():
    assert mark("Open \u3000\nData！", ["open data"]) == [hit("Open \u3000\nData"), plain("！")]


@pytest.mark.parametrize("words", [[], [""], ["没有"]])
def test_a_text_without_hits_is_one_piece(words):
    assert mark("一段话", words) == [plain("一段话")]
    assert mark("", words) == []


def test_signs_in_a_word_are_no_pattern():
    assert hits(mark("a.c abc (a|b)* 96.5%", ["a.c", "(a|b)*", "96.5%"])) == ["a.c", "(a|b)*", "96.5%"]


@settings(max_examples=200)
@given(
    st.text(alphabet="一网網5５aＡ \u3000\n。", max_size=40),
    st.lists(st.text(alphabet="一网5a 。", max_size=3), max_size=3),
)
def test_marking_changes_no_character_and_marks_exactly_the_words(text, words):
    words = [fold_blanks(word) for word in words]
    pieces = mark(text, words)
    assert joined(pieces) == text
    assert all(any(word and word in fold_blanks(piece.text) for word in words) for piece in pieces if piece.is_hit)
    assert not any(word and word in fold(piece.text) for word in words for piece in pieces if not piece.is_hit)


def test_the_passage_is_the_sentence_with_the_most_different_words():
    content = CaseContent(
        title="窗口与园区",
        intro="窗口前移。窗口再前移。",
        initiatives=(
            InitiativeContent(text="第一句。窗口搬到园区，企业少跑路。第三句。"),
            InitiativeContent(measures=(MeasureContent(text="园区。"),)),
        ),
    )
    assert best_passage(content, ["窗口", "园区"], length=14) == [
        *(hit("窗口"), plain("搬到"), hit("园区"), plain("，企业少跑路。"))
    ]


def test_the_title_gives_the_passage_only_if_nothing_else_does():
    content = CaseContent(title="窗口前移", initiatives=(InitiativeContent(heading="办好窗口"),))
    assert best_passage(content, ["窗口"]) == [plain("办好"), hit("窗口")]
    assert best_passage(content, ["前移"]) == [plain("窗口"), hit("前移")]


def test_labels_quotes_and_tags_give_passages_too():
    content = CaseContent(metrics=(MetricContent(label="办件量", quote="办了三件"),), tags=("好差评",))
    assert [joined(best_passage(content, [word])) for word in ("办件", "三件", "差评")] == [
        "办件量",
        "办了三件",
        "好差评",
    ]


def test_a_passage_cut_within_a_sentence_says_so():
    content = CaseContent(intro="前" * 100 + "窗口" + "后" * 100)
    pieces = best_passage(content, ["窗口"], length=20)
    assert (pieces[0], pieces[-1], hits(pieces)) == (plain(ELLIPSIS), plain(ELLIPSIS), ["窗口"])
    assert len(joined(pieces)) == 22


def test_a_passage_is_one_line():
    content = CaseContent(intro="第一  窗口　\u3000在这里\n第二段")
    assert joined(best_passage(content, ["窗口"])) == "第一 窗口 在这里 第二段"


def test_without_hits_there_is_no_passage():
    assert best_passage(CaseContent(title="窗口"), ["园区"]) == []
    assert best_passage(CaseContent(title="窗口"), []) == []


@settings(max_examples=100)
@given(
    st.text(alphabet="一网5。 \n，", max_size=80),
    st.lists(st.sampled_from(["一", "网5", "5一", "，"]), min_size=1, max_size=3),
)
def test_a_passage_is_no_longer_than_asked_and_holds_a_hit(text, words):
    words = [fold(word) for word in words]
    pieces = best_passage(CaseContent(intro=text), words, length=12)
    assert bool(pieces) == any(word in fold(text) for word in words)
    assert len(joined(pieces)) <= 12 + 2
    assert bool(hits(pieces)) == bool(pieces)
