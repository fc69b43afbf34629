"""What the parser promises of every text, put to random ones; bench/parse_fuzz.py does so 20,000 times over."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.parse_fuzz import CORPUS, MUTATIONS, PIECES, broken, decisions
from cases.parsing.article import parse
from cases.vocabulary import shipped_words

pieces = st.lists(st.sampled_from(PIECES) | st.characters(), max_size=80).map("".join)


def faults(text: str, **kept) -> list[str]:
    return broken(text, parse(text, words=shipped_words(), **kept))


@settings(max_examples=150, deadline=None)
@given(pieces)
def test_any_text_keeps_the_promises(text):
    assert faults(text) == []


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(CORPUS), st.lists(st.sampled_from(MUTATIONS), min_size=1, max_size=3), st.randoms())
def test_a_mutated_article_keeps_the_promises_whatever_an_editor_decides(article, mutations, chance):
    for mutation in mutations:
        article = mutation(article, chance)[:3_000]
    levels, corrections = decisions(article, chance)
    assert faults(article, levels=levels, corrections=corrections) == []


@pytest.mark.parametrize("blank", [" ", "\n", "\u3000", "\t"])
def test_blanks_in_a_paragraph_cost_no_more_than_their_number(blank):
    text = "优化服务\n2023-01-02\n一段话，字" + blank * 200_000 + "，完成3个项目。\n"
    assert faults(text) == []
