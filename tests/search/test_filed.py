"""Values as characters."""

import pytest
from django.db import connection

from cases.search import filed
from cases.search.hits import Hits
from cases.search.index import reindex_if_stale
from cases.search.selection import Selection
from tests.builders import make_published_case, make_theme


def test_every_number_has_a_character_of_its_own():
    numbers = [*range(1, 400), *range(0xD700, 0xD900), 1_000_000]
    characters = [filed._character(number) for number in numbers]

    assert [filed._number(character) for character in characters] == numbers
    assert len(set(characters)) == len(numbers)
    assert "".join(characters).encode("utf-8").decode("utf-8") == "".join(characters)


def test_what_is_counted_most_has_characters_that_python_keeps_ready(db):
    filed.clear_values()  # those of tests with transactions of their own
    make_published_case(themes=(make_theme(),), tags=("审批",))

    with connection.cursor() as cursor:
        cursor.execute("SELECT facet FROM cases_searchvalue ORDER BY id")
        facets = [facet for (facet,) in cursor.fetchall()]

    assert facets == ["metrics", "year", "kind", "theme", "tag"]


@pytest.mark.django_db
def test_an_index_of_another_format_is_made_anew_with_its_values():
    make_published_case(tags=("审批",))
    make_published_case(tags=("审批", "治超"))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cases_searchformat SET format = 2")
        cursor.execute("UPDATE cases_searchfiled SET filed = 'x', tags = 'y'")

    assert reindex_if_stale() == 2
    assert Hits(Selection()).facet_counts()["tag"] == {"审批": 2, "治超": 1}
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id), count(*) FROM cases_searchvalue")
        assert len(set(cursor.fetchone())) == 1  # the first characters again
