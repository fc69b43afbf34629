"""What the form of a case may cost: queries that do not grow with its rows. Its time is measured by bench/editor.py."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.content import InitiativeContent, MeasureContent
from cases.models import Case
from tests.admin.browser import drawn_fields
from tests.builders import make_case, make_content, make_department, make_metric, make_region, make_theme, make_user

pytestmark = pytest.mark.django_db
OPENING, SAVING = 20, 60  # queries


@pytest.fixture(autouse=True)
def _editor(client):
    client.force_login(make_user("editor", permissions=("add_case", "change_case", "view_case", "delete_case")))


def large_case(initiatives=5, measures=4, metrics=10):
    quote = "办理时间由7天压缩至2天"
    each = metrics // initiatives
    parts = tuple(
        InitiativeContent(
            f"举措{number}",
            quote,
            tuple(MeasureContent(f"措施{part}", "怎么做。") for part in range(measures)),
            tuple(make_metric(label=f"指标{part}", value=2, quote=quote) for part in range(each)),
        )
        for number in range(initiatives)
    )
    filed = {"region": make_region().pk, "department": make_department().pk, "themes": (make_theme().pk,)}
    return make_case(make_content(**filed, initiatives=parts))


def address(case):
    return reverse("admin:cases_case_change", args=[case.pk])


def queries_of(act):
    act()  # what is asked once a process
    with CaptureQueriesContext(connection) as queries:
        act()
    return len(queries)


def test_opening_asks_at_most_twenty_queries_however_many_rows(client):
    small, large = large_case(), large_case(10, 8, 50)

    counts = [queries_of(lambda case=case: client.get(address(case))) for case in (small, large)]

    assert counts[0] == counts[1] <= OPENING


def test_saving_unchanged_asks_at_most_sixty_queries_and_writes_nothing(client):
    case = large_case()
    fields = drawn_fields(client.get(address(case)))

    assert queries_of(lambda: client.post(address(case), fields)) <= SAVING
    assert Case.objects.get(pk=case.pk).version == 0


@pytest.mark.parametrize("size", [(5, 4, 10), (10, 8, 50)])
def test_saving_a_change_asks_at_most_sixty_queries(client, size):
    case = large_case(*size)
    fields = drawn_fields(client.get(address(case)))

    with CaptureQueriesContext(connection) as queries:
        client.post(address(case), fields | {"summary": "改过。"})

    assert len(queries) <= SAVING
    assert Case.objects.get(pk=case.pk).version == 1
