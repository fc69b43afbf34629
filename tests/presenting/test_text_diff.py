import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.presenting.text_diff import Span, items_diff, longest_rising, text_diff
from tests.stuck import STUCK

TEXTS = st.text(st.sampled_from("一二三四办理，。；\n12ab”"), max_size=60)


def spelled(spans):
    """The spans as a line: [-removed-], {+added+}."""
    marks = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    return "".join(marks[span.kind].format(span.text) for span in spans)


def sides(spans):
    old = "".join(span.text for span in spans if span.kind != "added")
    return old, "".join(span.text for span in spans if span.kind != "removed")


@given(TEXTS, TEXTS)
def test_the_spans_make_both_texts(old, new):
    assert sides(text_diff(old, new)) == (old, new)


@given(TEXTS)
def test_equal_texts_have_nothing_changed(text):
    assert text_diff(text, text) == ((Span(text, "same"),) if text else ())


@given(TEXTS, TEXTS)
def test_no_span_is_empty_and_neighbours_differ(old, new):
    spans = text_diff(old, new)

    assert all(span.text for span in spans)
    assert all(one.kind != other.kind for one, other in itertools.pairwise(spans))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "新的一段。", "{+新的一段。+}"),
        ("旧的一段。", "", "[-旧的一段。-]"),
        ("办理时限压缩到5天。", "办理时限压缩到3天。", "办理时限压缩到[-5-]{+3+}天。"),
        ("建成120个站点。", "建成130个站点。", "建成[-120-]{+130+}个站点。"),
        ("共1.5万户。", "共12.5万户。", "共[-1.5-]{+12.5+}万户。"),
        ("第一句。第二句。", "第一句。插入的话。第二句。", "第一句。{+插入的话。+}第二句。"),
        ("第一句。\n第二句。", "第一句。第二句。", "第一句。[-\n-]第二句。"),
        ("企业的难事。", "企业之难事。都办好。", "企业[-的-]{+之+}难事。{+都办好。+}"),
        ("企业少跑路。", "群众、企业少跑路。", "{+群众、+}企业少跑路。"),
        ("甲，乙，丙，丁。", "子，丑，寅，卯。", "[-甲，乙，丙，丁-]{+子，丑，寅，卯+}。"),  # commas are chance
    ],
)
def test_what_changed_is_marked(old, new, expected):
    assert spelled(text_diff(old, new)) == expected


def test_a_sentence_that_changed_does_not_disturb_the_others():
    sentences = [f"第{number}项改革覆盖全市。" for number in range(50)]
    changed = [*sentences[:20], "这一句是新写的！", *sentences[21:]]

    kinds = [span.kind for span in text_diff("".join(sentences), "".join(changed))]

    assert kinds == ["same", "removed", "added", "same"]


def test_a_word_of_a_list_is_marked_whole():
    spans = items_diff(("治超", "一窗受理"), ("一窗受理", "免申即享"))

    assert spans == (Span("治超", "removed"), Span("一窗受理", "same"), Span("免申即享", "added"))


def test_what_kept_its_order_is_the_longest_rising_run():
    assert longest_rising([]) == []
    assert longest_rising([2, 0, 1]) == [1, 2]
    assert longest_rising([0, 5, 1, 2, 3]) == [0, 2, 3, 4]


LONG = {
    "one character": ("一" * 100_000, "一" * 99_000 + "二"),
    "commas alone alike": (
        "，".join(chr(0x4E00 + number) for number in range(4_000)),
        "，".join(chr(0x6E00 + number) for number in range(4_000)),
    ),
    "every sentence alike": ("同一句话。" * 20_000, "同一句话。" * 10_000 + "别的。" + "同一句话。" * 10_000),
    "every other sentence changed": (
        "".join(f"第{number}句办理时限压缩。" for number in range(20_000)),
        "".join(f"第{number}句办理时限{'压缩' if number % 2 else '缩短'}。" for number in range(20_000)),
    ),
    "sentences back to front": (
        "".join(f"第{number}句。" for number in range(20_000)),
        "".join(f"第{number}句。" for number in reversed(range(20_000))),
    ),
}


@pytest.mark.parametrize("name", LONG)
def test_a_long_text_is_compared_in_a_moment(name):
    old, new = LONG[name]
    start = time.process_time()

    spans = text_diff(old, new)

    assert time.process_time() - start < STUCK
    assert sides(spans) == (old, new)
