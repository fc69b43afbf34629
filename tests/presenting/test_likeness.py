import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.content import CaseContent, InitiativeContent, MeasureContent
from cases.presenting.likeness import LONGEST, MOST_WORDS, STRONGEST, common_words, telling_words


def words_of(content):
    return [word.word for word in telling_words(content)]


def case(*measures, title="", tags=()):
    texts = tuple(MeasureContent(heading, text) for heading, text in measures)
    return CaseContent(title=title, tags=tags, initiatives=(InitiativeContent(measures=texts),))


def test_a_term_that_comes_again_is_a_word_and_knows_its_measures():
    content = case(("", "推行容缺受理。"), ("", "能共享的不再提交。"), ("", "容缺受理清单公开。"))

    assert [(word.word, word.measures) for word in telling_words(content)] == [("容缺受理", (0, 2))]


def test_a_heading_gives_what_is_left_between_common_words():
    assert words_of(case(("推行容缺受理服务", ""))) == ["容缺受理"]


def test_the_parts_of_a_term_that_stays_whole_are_no_words():
    assert words_of(case(("", "拿地即开工。"), ("", "拿地即开工。"))) == ["拿地即开工"]


def test_common_words_tell_nothing():
    assert words_of(case(("优化营商环境", "企业群众办事更便利。企业群众办事更便利。"))) == []


def test_a_tag_is_a_word():
    assert words_of(CaseContent(tags=("免申即享",))) == ["免申即享"]


def test_words_in_other_characters_are_the_same():
    assert words_of(CaseContent(tags=("容缺受理",))) == words_of(CaseContent(tags=("容缺受理".replace("缺", "缺"),)))
    assert words_of(CaseContent(tags=("電子證照",))) == words_of(CaseContent(tags=("电子证照",)))


def test_every_measure_has_a_word_although_others_say_one_more_often():
    often = [("", "信用积分与信用积分。") for _ in range(30)]
    words = telling_words(case(*often, ("设立夜间驿站", "")))

    assert 30 in {number for word in words for number in word.measures}


@pytest.mark.parametrize("text", ["", "。，；", "a" * 5000, "１２３", "\0\ud800"])
def test_texts_without_words_have_none(text):
    assert words_of(CaseContent(title=text, intro=text)) == []


@given(st.lists(st.text(alphabet="容缺受理的办事一网通企业，。a1\n", max_size=200), max_size=8))
@settings(max_examples=60, deadline=None)
def test_words_keep_to_their_limits_whatever_the_text(texts):
    content = case(*((text[:20], text) for text in texts), title="".join(texts)[:300])
    words = telling_words(content)

    assert words == telling_words(content)
    assert len(words) <= MOST_WORDS
    assert all(2 <= len(word.word) <= LONGEST and 1 <= word.strength <= STRONGEST for word in words)
    assert not common_words() & {word.word for word in words}
