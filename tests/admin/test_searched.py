import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.models import SearchedWord
from tests.builders import make_user

pytestmark = pytest.mark.django_db


def rows_of(client, query=""):
    client.force_login(make_user("editor", permissions=("view_searchedword",)))
    response = client.get(reverse("admin:cases_searchedword_changelist") + query)
    return [
        (word.text, word.total, word.total_in_vain, word.last_in_vain) for word in response.context["cl"].result_list
    ]


@pytest.fixture
def searched():
    today = timezone.localdate()
    days = {0: today, 3: today - datetime.timedelta(days=3), 40: today - datetime.timedelta(days=40)}
    for text, ago, times, in_vain in (("并联", 0, 2, 0), ("并联", 3, 5, 1), ("容缺", 40, 9, 9), ("甲", 0, 1, 0)):
        SearchedWord.objects.create(day=days[ago], text=text, times=times, times_in_vain=in_vain)
    return days


def test_editors_see_each_search_once_with_its_days_added_up(client, searched):
    assert rows_of(client) == [("容缺", 9, 9, searched[40]), ("并联", 7, 1, searched[3]), ("甲", 1, 0, None)]


def test_editors_choose_days_and_what_was_searched_in_vain(client, searched):
    assert rows_of(client, "?days=1") == [("并联", 2, 0, None), ("甲", 1, 0, None)]
    assert rows_of(client, "?days=30&in_vain=1") == [("并联", 7, 1, searched[3])]
    assert rows_of(client, "?q=容缺&days=x") == [("容缺", 9, 9, searched[40])]
    assert [text for text, *_ in rows_of(client, "?o=2")] == ["甲", "并联", "容缺"]
