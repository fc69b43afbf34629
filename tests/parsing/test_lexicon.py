"""Words looked for in a text all at once."""

from cases.parsing.lexicon import Lexicon

WORDS = Lexicon([("漯河", "short"), ("漯河市", "full"), ("河市", "inside"), ("市", "one character")])


def test_the_longest_word_is_found_where_it_stands():
    assert WORDS.find("在漯河市和漯河") == (1, "漯河市", "full")
    assert WORDS.find("在漯河市和漯河", 4) == (5, "漯河", "short")
    assert WORDS.find("在漯市河") is None


def test_a_word_is_found_at_a_place():
    assert WORDS.at("漯河市", 0) == ("漯河市", "full")
    assert WORDS.at("漯河市", 1) == ("河市", "inside")
    assert WORDS.at("漯河市", 2) is None


def test_words_inside_others_have_their_say():
    assert list(WORDS.meanings("漯河市")) == ["full", "short", "inside"]


def test_no_words_are_found_nowhere():
    assert Lexicon([]).find("漯河市") is None
