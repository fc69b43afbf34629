import pytest
from django.db import connection
from django.utils import timezone

from cases.models import SearchedWord
from cases.public.search import counting
from tests.builders import make_published_case

pytestmark = pytest.mark.django_db

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def search(client, agent=BROWSER, method="get", **query):
    return getattr(client, method)("/search/", query, headers={"user-agent": agent})


def counted():
    return list(SearchedWord.objects.order_by("text").values_list("text", "times", "times_in_vain"))


def test_a_search_is_counted_by_its_folded_words_and_the_day(client):
    make_published_case(title="并联审批")
    search(client, q="並聯　審批")
    search(client, q="并联 审批")
    search(client, q="没有这样的词")

    assert counted() == [("并联 审批", 2, 0), ("没有这样的词", 1, 1)]
    assert {word.day for word in SearchedWord.objects.all()} == {timezone.localdate()}


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"q": "。"},
        {"q": "长" * 61},
        {"q": "便民", "year": "2024"},
        {"q": "便民", "page": "2"},
        {"q": "13800000000"},
    ],
)
def test_what_is_no_new_search_of_words_is_not_counted(client, query):
    for _ in range(21):
        make_published_case()
    assert search(client, **query).status_code == 200

    assert counted() == []


@pytest.mark.parametrize("agent", ["", "Baiduspider/2.0", "Mozilla/5.0 (compatible; bingbot/2.0)", "curl/8.5"])
def test_robots_are_not_counted(client, agent):
    search(client, agent=agent, q="便民")

    assert counted() == []


def test_asking_for_the_head_of_a_page_is_not_counted(client):
    search(client, method="head", q="便民")

    assert counted() == []


def test_a_day_keeps_no_more_different_words_than_the_bound(client, monkeypatch):
    monkeypatch.setattr(counting, "MOST_A_DAY", 2)
    for text in ("甲乙", "丙丁", "戊己", "甲乙"):
        search(client, q=text)

    assert counted() == [("丙丁", 1, 1), ("甲乙", 2, 2)]


def test_a_search_that_cannot_be_counted_is_answered_all_the_same(client):
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE cases_searchedword")

    assert search(client, q="便民").status_code == 200
    assert client.get("/about/").status_code == 404  # and the connection still works


@pytest.mark.sqlite
def test_sqlite_waits_as_long_as_before_when_a_search_was_counted(client):
    search(client, q="便民")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        assert cursor.fetchone() == (10_000,)
