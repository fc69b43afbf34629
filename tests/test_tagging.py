import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.tagging import tags_from_text, text_from_tags


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("四好农村路，治超、一件事；数字化;A,B", ["四好农村路", "治超", "一件事", "数字化", "A", "B"]),
        ('"AI 审批" 、 "C, C++"', ["AI 审批", "C, C++"]),
        ("AI 审批", ["AI 审批"]),
        ("治超，治超，ai，AI", ["治超", "ai"]),
        ("，，  、", []),
        ('"', []),
        (None, []),
    ],
)
def test_tags_are_split_at_chinese_and_latin_separators(text, tags):
    assert tags_from_text(text) == tags


words = st.text(st.sampled_from('治超AI ,，、;+#"'), min_size=1, max_size=8)


@given(st.lists(words))
def test_a_line_of_tags_reads_back_as_the_same_tags(raw):
    tags = tags_from_text("，".join(raw))

    assert tags_from_text(text_from_tags(tags)) == tags
