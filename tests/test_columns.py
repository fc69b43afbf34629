"""The table of columns: what inspectors ask of each, and every page has one."""

from __future__ import annotations

import pytest
from django.conf import settings

from config.columns import COLUMNS, TYPES


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: column.key)
def test_a_column_has_a_name_a_description_keywords_and_a_known_type(column):
    assert column.type in TYPES
    assert all(str(words).strip() for words in (column.name, column.description, column.keywords))


def test_only_the_home_page_is_of_the_type_home():
    assert [column.key for column in COLUMNS if column.type == TYPES[0]] == ["home"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "key"),
    [
        *(("/", "home"), ("/cases/", "cases"), ("/regions/", "regions"), ("/departments/", "departments")),
        *(("/themes/", "themes"), ("/tags/", "tags"), ("/numbers/", "numbers"), ("/search/", "search")),
        *(("/compare/", "compare"), ("/policies/", "policies"), ("/maps/", "map"), ("/trends/", "trends")),
        *(("/matrix/", "matrix"), ("/data/", "data"), ("/data/api/", "data")),
        *(("/reading-list/", "reading-list"), ("/accessibility/", "accessibility")),
    ],
)
def test_a_page_belongs_to_its_column(client, address, key):
    section = client.get(address).context["section"]

    assert section == key
    assert section in settings.SITE_COLUMNS
