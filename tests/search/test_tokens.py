import string

import pytest

from cases.folding import fold_blanks
from cases.search.tokens import BLANK, LEVELS, PLACES, frequent_pairs, pair_text, pairs, safe_text, word_pairs


def test_a_text_is_its_overlapping_pairs_and_its_last_character():
    assert pairs("放管服5g") == ["放管", "管服", "服5", "5g", "g"]
    assert pairs("放") == ["放"]
    assert pairs("") == []


def test_a_word_asks_for_pairs_only():
    assert word_pairs("放管服") == ["放管", "管服"]
    assert word_pairs("放") == []


def test_no_token_holds_what_a_tokenizer_or_a_literal_takes_for_its_own():
    tokens = pairs(string.punctuation + " 'a\\b\"")
    assert {character for token in tokens for character in token if character.isascii()} <= set("ab")


def test_different_texts_have_different_tokens():
    folded = {fold_blanks(f"甲{chr(code)}乙")[1:-1] for code in range(0x10000) if not 0xD800 <= code < 0xE000}
    assert len({tuple(pairs(character)) for character in folded}) == len(folded)


def test_what_marks_and_stands_for_a_blank_occurs_in_no_folded_text():
    marks = {BLANK, *PLACES.values(), *LEVELS.values()}
    assert not marks & {character for code in range(0x110000) for character in fold_blanks(chr(code))}
    assert len(marks) == 1 + len(PLACES) + len(LEVELS)


def test_a_frequent_pair_is_marked_with_every_level_it_reaches():
    assert frequent_pairs("甲乙Ｚ" * 8 + "乙丙" * 3 + "丁\n丙") == ["Ｄ甲乙", "ＤＺ甲", "Ｄ乙Ｚ", "Ｅ甲乙", "Ｅ乙Ｚ"]


def test_no_level_is_given_to_a_pair_across_two_texts_or_with_half_a_character():
    assert frequent_pairs("甲\n" * 9 + "𠮷野" * 9) == []


@pytest.mark.parametrize("text", ["", "放", "放管服5g", "a b\n审批\n批", "𠮷野家\n野", "党建+ 96.5%"])
def test_the_pairs_of_texts_are_written_at_once_with_their_first_characters(text):
    words = [word for field in text.split("\n") for word in (field[:1], *pairs(field))]
    assert pair_text(safe_text(text)).split() == words[1:]


def test_pairs_are_written_after_a_mark():
    assert pair_text("甲乙\n丙", "Ａ").split() == ["Ａ甲乙", "Ａ乙", "Ａ", "丙", "Ａ丙"]
