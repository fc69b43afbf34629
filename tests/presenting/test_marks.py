from hypothesis import given
from hypothesis import strategies as st

from cases.presenting.marks import BELOW, HERE, Quote, Stretch, marked_paragraphs


def plain(parts):
    return "".join(part if isinstance(part, str) else plain(part.parts) for part in parts)


def test_text_without_quotes_is_its_paragraphs():
    assert marked_paragraphs("甲\n\n  \n乙") == (("甲",), ("乙",))


def test_a_quote_is_marked_where_it_stands():
    assert marked_paragraphs("共建44公里。", [Stretch(1, 2, 6)]) == (("共建", Quote(1, ("44公里",)), "。"),)


def test_equal_quotes_lie_one_in_the_other():
    both = [Stretch(1, 0, 2), Stretch(2, 0, 2)]

    assert marked_paragraphs("甲乙", both) == ((Quote(1, (Quote(2, ("甲乙",)),)),),)


def test_of_two_that_overlap_the_later_is_cut():
    overlapping = [Stretch(1, 0, 4), Stretch(2, 2, 6)]

    assert marked_paragraphs("一二三四五六", overlapping) == (
        (
            Quote(1, ("一二", Quote(2, ("三四",), continues=frozenset({HERE})))),
            Quote(2, ("五六",), is_rest=True),
        ),
    )


def test_a_quote_over_two_paragraphs_is_cut_between_them():
    assert marked_paragraphs("甲乙\n丙丁", [Stretch(7, 1, 4)]) == (
        ("甲", Quote(7, ("乙",), continues=frozenset({BELOW}))),
        (Quote(7, ("丙",), is_rest=True), "丁"),
    )


def test_a_quote_may_be_cut_by_another_and_by_the_end_of_its_paragraph():
    stretches = [Stretch(1, 0, 2), Stretch(2, 1, 5)]

    assert marked_paragraphs("一二三\n四", stretches) == (
        (
            Quote(1, ("一", Quote(2, ("二",), continues=frozenset({HERE, BELOW})))),
            Quote(2, ("三",), is_rest=True, continues=frozenset({BELOW})),
        ),
        (Quote(2, ("四",), is_rest=True),),
    )


def heads_and_ends(parts):
    for part in parts:
        if isinstance(part, Quote):
            yield part.number, not part.is_rest, not part.continues
            yield from heads_and_ends(part.parts)


@given(
    st.text("甲乙丙\n", min_size=1, max_size=30).filter(str.strip),
    st.lists(st.tuples(st.integers(0, 29), st.integers(1, 30)), max_size=8),
)
def test_no_character_is_lost_and_every_quote_begins_once_and_ends_once(text, ranges):
    stretches = [
        Stretch(number, start, end)
        for number, (start, end) in enumerate(ranges, start=1)
        if start < end <= len(text) and text[start] != "\n" and text[end - 1] != "\n"
    ]
    paragraphs = marked_paragraphs(text, stretches)

    assert [plain(parts) for parts in paragraphs] == [line for line in text.split("\n") if line.strip()]
    seen = [found for parts in paragraphs for found in heads_and_ends(parts)]
    numbers = sorted(stretch.number for stretch in stretches)
    assert sorted(number for number, begins, _ in seen if begins) == numbers
    assert sorted(number for number, _, ends in seen if ends) == numbers
