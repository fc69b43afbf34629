import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.folding import fold, fold_blanks


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("漯河：ＡＢＣ", "漯河:abc"),
        ("優化營商環境", "优化营商环境"),
        ("１２．５％", "12.5%"),
        ("一　二\t三\n四", "一 二 三 四"),
        ("㎡", "㎡"),
    ],
)
def test_width_case_script_and_blanks_are_folded(text, folded):
    assert fold(text) == folded


@given(st.text())
def test_folding_keeps_every_place(text):
    assert len(fold(text)) == len(text)


@given(st.text(st.sampled_from("優Ａa 　\t1１㎡中İſ")))
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


def test_runs_of_blanks_become_one():
    assert fold_blanks("  党建 　引领\n\n服务 ") == "党建 引领 服务"
