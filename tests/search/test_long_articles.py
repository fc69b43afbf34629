import datetime
import random

import pytest

from cases.content import InitiativeContent, MeasureContent, MetricContent, to_json
from cases.search.hits import Hits
from cases.search.index import index_case, remove_case
from cases.search.query import MAX_LENGTH, search
from cases.search.selection import Selection
from tests.builders import make_content, make_published_case

pytestmark = pytest.mark.django_db

HAN = [chr(code) for code in range(0x4E00, 0x9FA6)]


def found(text):
    return list(search(text).values_list("pk", flat=True))


def test_an_article_of_sixty_thousand_characters_is_found_by_any_of_its_words():
    chooser = random.Random(5)
    text = "".join(chooser.choices(HAN[:900], k=60_000)) + "到此全文结束"
    case = make_published_case(title="年鉴", intro=text)
    make_published_case(title="别的")
    places = [0, 9_990, 16_380, 19_799, 19_999, 20_000, 39_599, 39_999, 59_900, *chooser.sample(range(59_000), 20)]
    for place in places:
        for length in (1, 2, 3, 5, 8, MAX_LENGTH):
            assert found(text[place : place + length]) == [case.pk], (place, length)
    assert found("年鉴 到此全文结束") == [case.pk]
    assert found(text[:4] + " " + text[-9:]) == [case.pk]
    assert found(text[19_990:20_010] + text[0]) == []


def test_one_character_repeated_sixty_thousand_times_is_found():
    case = make_published_case(title="一", intro="一" * 60_000 + "二")
    make_published_case(title="二一二", initiatives=())
    assert found("一一") == [case.pk]
    assert found("一" * MAX_LENGTH) == [case.pk]
    assert found("一一二") == [case.pk]
    assert found("一二一") == []


@pytest.mark.parametrize("text", ["一", "一一", "一一一", "一 一一", "一一 -三"])
def test_a_case_is_one_hit_however_many_of_its_rows_hold_the_word(text):
    case = make_published_case(title="一一", intro="一" * 60_000)
    hits = Hits(Selection(text=text))

    assert (hits.count(), hits.keys(0, 20), [row.pk for row in hits[0:20]]) == (1, [case.pk], [case.pk])
    assert hits.facet_counts()["year"] == {"2024": 1}
    assert Hits(Selection(text=text), newest_first=True).keys(0, 20) == [case.pk]


def test_a_long_case_is_ranked_by_what_stands_far_behind_its_title():
    """The first results are those with the word in their title, ranked by the rows of the index behind it, too."""
    once = "".join(HAN[:700]) * 61
    often = once + "一网通办，" * 9
    newer = make_published_case(title="一网通办", published_at=datetime.date(2025, 1, 1), intro=once)
    older = make_published_case(title="一网通办", published_at=datetime.date(2024, 1, 1), intro=often)

    assert Hits(Selection(text="一网通办")).keys(0, 2) == found("一网通办") == [older.pk, newer.pk]


@pytest.mark.parametrize("first", [0x4E00, 0x20000])
def test_an_article_without_two_like_pairs_fits_the_index(first):
    """The vectors of PostgreSQL end at a megabyte: here every pair is new, in every column at once."""
    characters = [chr(first + number) for number in range(20_000)]
    text = "".join(characters[number * 7 % 20_000] for number in range(20_000))
    text += "".join(characters[number * 11 % 20_000] for number in range(20_000))
    headings = tuple(MeasureContent(heading=text[place : place + 300]) for place in range(0, 30_000, 300))
    labels = tuple(text[place : place + 60] for place in range(0, 30_000, 60))
    metrics = tuple(MetricContent(label=label) for label in labels)
    content = make_content(initiatives=(InitiativeContent("举措", text, headings, metrics),))
    published = make_published_case(title="长文")
    published.body = to_json(content)
    published.save()
    index_case(published.pk)
    assert found(text[39_000:39_100]) == [published.pk]
    assert found(text[29_950:29_990]) == [published.pk]
    remove_case(published.pk)
    assert found(text[39_000:39_100]) == []
