import pytest

from cases.content import InitiativeContent, MeasureContent
from cases.models import CaseWord
from cases.publishing import release
from cases.search.alike import cases_alike, measures_alike, without_parts
from tests.builders import make_published_case, make_user

pytestmark = pytest.mark.django_db


def about(*headings, **values):
    """A published case with a measure of each heading."""
    measures = tuple(MeasureContent(heading=heading) for heading in headings)
    fields = {"title": "", "intro": "", "initiatives": (InitiativeContent(measures=measures),), **values}
    return make_published_case(**{**fields, "title": fields["title"] or "做法"})


def test_cases_about_the_same_are_alike_and_it_is_said_why():
    one, other = about("推行容缺受理"), about("实行容缺受理")
    about("设立夜间驿站")

    assert [(alike.case, alike.words) for alike in cases_alike(one.pk)] == [(other.pk, ["容缺受理"])]


def test_the_more_that_is_shared_the_more_alike():
    one = about("推行容缺受理", "扫码入企")
    less, more = about("推行容缺受理", "设立夜间驿站"), about("推行容缺受理", "扫码入企")

    assert [alike.case for alike in cases_alike(one.pk)] == [more.pk, less.pk]


def test_a_word_of_very_many_cases_ties_nothing():
    first, *_ = [about("推行容缺受理") for _ in range(8)]

    assert cases_alike(first.pk) == []


def test_a_new_case_is_alike_at_once_and_one_taken_down_is_not():
    one = about("推行容缺受理")
    assert cases_alike(one.pk) == []
    other = about("推行容缺受理")
    assert [alike.case for alike in cases_alike(one.pk)] == [other.pk]

    release.withdraw(other.case, by=make_user(), reason="撤")

    assert cases_alike(one.pk) == []
    assert not CaseWord.objects.filter(case=other.pk).exists()


def test_measures_find_their_like():
    one = about("设立夜间驿站", "推行容缺受理")
    other = about("推行容缺受理", "扫码入企")

    found = measures_alike(one.pk)

    assert {number: [(alike.case, alike.measure) for alike in alikes] for number, alikes in found.items()} == {
        0: [],
        1: [(other.pk, 0)],
    }


def test_a_case_without_words_is_like_none():
    one = make_published_case(title="。", intro="", initiatives=())

    assert (cases_alike(one.pk), measures_alike(one.pk), cases_alike(0)) == ([], {}, [])


def test_what_is_read_does_not_grow_with_the_cases(django_assert_num_queries):
    one, _ = about("推行容缺受理"), about("推行容缺受理")
    with django_assert_num_queries(5):
        cases_alike(one.pk)
    with django_assert_num_queries(4):
        measures_alike(one.pk)


def test_parts_of_longer_words_are_not_named_again():
    assert without_parts(["信用", "信用修复", "容缺"]) == ["信用修复", "容缺"]
