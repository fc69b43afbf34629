"""Lines of drawn Chinese text; every character is one wide here."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.presenting.line_breaking import break_lines


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("优化营商环境", 3, ["优化营", "商环境"]),
        ("优化营，商环境", 3, ["优化", "营，", "商环境"]),  # no mark begins a line, and a line ends after one if it may
        ("优，化营商环境", 5, ["优，化营商", "环境"]),  # but not before its middle
        ("优化《条例》了", 3, ["优化", "《条", "例》了"]),  # none that opens ends one
        ("办 Wi-Fi 快", 6, ["办", "Wi-Fi", "快"]),  # a word stays whole
        ("共1,234.5个", 6, ["共1,234", ".5个"]),  # unless it is longer than a line
        ("  头尾  ", 5, ["头尾"]),
        ("", 5, []),
    ],
)
def test_lines_break_where_chinese_may(text, width, expected):
    assert break_lines(text, width, len, most=9) == expected


def test_lines_end_after_marks_only_where_there_is_room():
    assert break_lines("大安区：山里企业办得快", 7, len, most=2) == ["大安区：", "山里企业办得快"]
    assert break_lines("大安区：山里企业办得更快", 7, len, most=2) == ["大安区：山里企", "业办得更快"]


def test_what_does_not_fit_ends_with_an_ellipsis_and_no_mark_before_it():
    assert break_lines("优化营商，环境再提升", 4, len, most=1) == ["优化营…"]
    assert break_lines("优化营商，环境", 5, len, most=1) == ["优化营商…"]


@given(st.text(alphabet="优化营商，。“”《》（）a1 ", max_size=60), st.integers(min_value=6, max_value=20))
def test_no_line_is_too_wide_and_no_word_is_lost(text, width):
    lines = break_lines(text, width, len, most=99)

    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(len(line) <= width for line in lines if not set(line) <= set("，。“”《》（）"))
    assert len(break_lines(text, width, len, most=3)) <= 3
