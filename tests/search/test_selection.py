"""The selection an address asks for, and how many cases each facet holds."""

import datetime

import pytest
from django.db.models import Q
from django.http import QueryDict

from cases.models import Case, PublishedCase, PublishedMetric
from cases.publishing import release
from cases.publishing.rebuild import rebuild_published
from cases.search.hits import Hits
from cases.search.names import directory
from cases.search.query import search
from cases.search.selection import BadParameter, Selection, read_selection
from tests.builders import make_department, make_published_case, make_region, make_user

pytestmark = pytest.mark.django_db


def selected(query: str) -> list[str]:
    return [case.title for case in Hits(read_selection(QueryDict(query)))[:]]


@pytest.fixture
def cases():
    def publish(title, region, year, **values):
        day = datetime.date(year, 3, 1)
        make_published_case(title=title, region=make_region(region), published_at=day, **values)

    publish("甲", "411100", 2024, department=make_department(), tags=("治超",))
    publish("乙", "411102", 2023, tags=("一网通办",), initiatives=())
    publish("丙", "420100", 2022, initiatives=())


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["甲", "乙", "丙"]),
        ("region=411100", ["甲", "乙"]),
        ("region=410000&region=420000", ["甲", "乙", "丙"]),
        ("tag=治超&tag=一网通办", ["甲", "乙"]),
        ("tag=治超&region=420000", []),
        ("year=2024&year=2022", ["甲", "丙"]),
        ("department=transport&other=1", ["甲"]),
        ("region=999999", []),
    ],
)
def test_a_selection_holds_the_cases_with_one_value_of_every_facet(cases, query, titles):
    assert selected(query) == titles


@pytest.mark.parametrize("query", ["region=4111", "year=99999", "kind=nothing", "theme=%00", "tag=" + "长" * 101])
def test_a_value_no_address_of_ours_holds_is_refused_by_name(query):
    with pytest.raises(BadParameter) as refused:
        read_selection(QueryDict(query))
    assert refused.value.name == query.partition("=")[0]


def test_an_address_gives_its_selection_back():
    query = "q=%E7%AA%97%E5%8F%A3&region=411100&region=420000&year=2024&metrics=1"
    assert read_selection(QueryDict(query)).address("/search/") == f"/search/?{query}"


def test_a_facet_is_counted_without_its_own_choice(cases):
    counts = Hits(Selection(region=("411100",))).facet_counts()
    assert counts["region"] == {"410000": 2, "411100": 2, "411102": 1, "420000": 1, "420100": 1}
    assert counts["year"] == {"2024": 1, "2023": 1}
    assert counts["tag"] == {"治超": 1, "一网通办": 1}


def rows(selection: Selection) -> list[int]:
    """The cases meant, asked of the tables of cases and not of the index."""
    cases = search(selection.text) if selection.text else PublishedCase.objects.newest_first()
    if selection.region:
        asked = Q(province__in=selection.region) | Q(prefecture__in=selection.region) | Q(county__in=selection.region)
        cases = cases.filter(asked)
    for column, values in {
        "department__in": selection.department,
        "pk__in": selection.theme and PublishedCase.objects.filter(themes__in=selection.theme).values("pk"),
        "case__published__in": selection.tag
        and PublishedCase.objects.filter(tags__slug__in=selection.tag).values("pk"),
        "listed_on__year__in": selection.year,
        "case__in": selection.kind and PublishedMetric.objects.filter(kind__in=selection.kind).values("case"),
        "metric_count__gt": 0 if selection.with_metrics else (),
    }.items():
        cases = cases if values == () else cases.filter(**{column: values})
    return list(cases.values_list("pk", flat=True))


@pytest.mark.parametrize(
    "query",
    [
        *[
            "",
            "q=导语",
            "q=甲&region=410000",
            "region=411102&region=420000",
            "tag=治超",
            "tag=治超&tag=没有",
            "year=2023",
        ],
        *["department=transport&metrics=1", "kind=amount", "kind=share", "q=导语+-甲", "theme=nothing", "metrics=1"],
    ],
)
def test_hits_are_the_cases_of_the_selection_in_its_order(cases, query):
    selection = read_selection(QueryDict(query))
    hits = Hits(selection)
    assert (hits.keys(0, 10), hits.count()) == (rows(selection), len(rows(selection)))
    assert [case.pk for case in hits[1:3]] == rows(selection)[1:3]


def test_counts_follow_a_withdrawal_and_a_rebuild(cases):
    release.withdraw(Case.objects.get(title="乙"), by=make_user(), reason="更正")
    expected = {"410000": 1, "411100": 1, "420000": 1, "420100": 1}
    assert Hits(Selection()).facet_counts()["region"] == expected
    rebuild_published()
    assert Hits(Selection()).facet_counts()["region"] == expected
    assert Hits(Selection()).facet_counts()["tag"] == {"治超": 1}


def test_a_page_of_hits_and_its_counts_take_few_queries(cases, django_assert_num_queries):
    hits = Hits(Selection(text="导语", region=("410000",)))
    directory()  # of names, kept for a minute
    with django_assert_num_queries(6):
        assert len(hits[0:20]) == 2
    with django_assert_num_queries(6):
        hits.facet_counts()


def test_of_many_tags_the_most_frequent_and_the_chosen_are_counted(db, monkeypatch):
    monkeypatch.setattr("cases.search.hits.MOST_TAGS", 1)
    make_published_case(tags=("审批", "便民"))
    make_published_case(tags=("审批", "治超"))

    assert Hits(Selection()).facet_counts()["tag"] == {"审批": 2}
    assert Hits(Selection(tag=("治超",))).facet_counts()["tag"] == {"审批": 2, "治超": 1}
