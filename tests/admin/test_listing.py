"""Lists asked for what no database can look for: they lead to the whole list, and never to an error of the server."""

from urllib.parse import urlencode

import pytest
from django.core import signing
from django.urls import reverse

from cases.models import Case, PublishedCase
from tests.builders import make_case, make_published_case, make_region, make_user

pytestmark = pytest.mark.django_db
HALF_A_PATTERN = {"title__regex": "("}
TABLES = ("alias", "auditentry", "case", "department", "region", "sitepage", "theme", "user", "wordrule")


@pytest.fixture(autouse=True)
def _superuser(client):
    client.force_login(make_user("admin", permissions=("*",)))


def of(table):
    return reverse(f"admin:cases_{table}_changelist")


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("name", ["q", "p", "pk", "id", "level", "kind__exact", "slug__in", "e", "x", "\x00"])
def test_no_list_takes_a_nul(client, table, name):
    assert client.get(of(table), {name: "\x00"}, follow=True).status_code == 200


@pytest.mark.parametrize(
    ("table", "asked"),
    [
        ("case", HALF_A_PATTERN),
        ("auditentry", HALF_A_PATTERN),
        ("auditentry", {"at__gte": "0001-01-01"}),
        ("auditentry", {"id__in": "9" * 30}),
        ("auditentry", {"address": "nonsense"}),
        ("user", {"q": "a " * 2000}),
        ("region", {"q": "漯 " * 2000}),
    ],
)
@pytest.mark.filterwarnings("ignore:DateTimeField AuditEntry.at received a naive")  # the first day of all has no zone
def test_what_cannot_be_looked_for_leads_to_the_whole_list(client, table, asked):
    response = client.get(of(table), asked)

    assert response.status_code == 200 or response.headers["Location"] == f"{of(table)}?e=1"


def test_an_export_of_what_cannot_be_looked_for_leads_to_the_list(client):
    response = client.get(reverse("admin:cases_auditentry_export", args=["csv"]), HALF_A_PATTERN)

    assert response.headers["Location"] == of("auditentry")


def test_a_picker_is_asked_a_thousand_words(client):
    make_case(region=make_region())
    asked = {"app_label": "cases", "model_name": "case", "field_name": "region", "term": "漯 " * 2000}

    assert client.get(reverse("admin:cases_case_pick"), asked).status_code == 200


@pytest.mark.parametrize("period", [("0001-01-01", "2024-01-01"), ("2024-01-01", "9999-12-31"), ("1000-01-01", "x")])
def test_the_list_of_publications_wants_days_that_can_be(client, period):
    page = client.get(reverse("admin:records"), dict(zip(("first", "last"), period, strict=True)))

    assert page.status_code == 200
    assert set(page.context["form"].errors) <= {"first", "last"} != set()


def test_the_places_of_an_account_take_no_nul(client):
    fields = {"username": "neu", "regions": ["4111\x0000"], "departments": ["\x00"]}

    assert client.post(reverse("admin:cases_user_add"), fields).status_code == 200


NO_KEYS = ["\x00", "abc", "²", "-1", "9" * 30, "9" * 5000]


@pytest.mark.parametrize("key", NO_KEYS)
def test_no_action_is_taken_with_what_is_no_key(client, key):
    case = make_case()
    sent = urlencode({"action": "delete_selected", "_selected_action": [key, case.pk], "post": "yes"}, doseq=True)

    refused = client.post(of("case"), sent, content_type="application/x-www-form-urlencoded")

    assert (refused.status_code, Case.objects.count()) == (400, 1)


@pytest.mark.parametrize("key", NO_KEYS)
def test_no_case_is_led_to_by_what_is_no_key(client, key):
    case = make_published_case().case
    bulk = {"bulk": "withdraw", "case": f"{case.pk}:{case.version}", "redirect_to": key, "_do": "1"}
    at_a_time = {"kind": "withdrawn", "withdrawn-at": "2027-01-01T09:00", "withdrawn-redirect_to": key}
    posts = [
        (reverse("admin:cases_case_bulk"), bulk),
        (reverse("admin:cases_case_withdraw", args=[case.pk]), {"version": case.version, "redirect_to": key}),
        (reverse("admin:cases_case_schedule", args=[case.pk]), at_a_time | {"withdrawn-version": case.version}),
        (reverse("admin:cases_user_add"), {"username": "neu", "groups": [key]}),
    ]
    answers = [
        client.post(address, urlencode(sent, doseq=True), content_type="application/x-www-form-urlencoded")
        for address, sent in posts
    ]

    assert [answer.status_code for answer in answers] == [200] * 4
    assert PublishedCase.objects.count() == 1


@pytest.mark.parametrize("report", [1, None, ["a"], ["a", 5], ["a", [[1]]], ["a", [[1, "题目", "an outcome", ""]]]])
def test_a_report_as_it_was_made_once_is_no_report(client, report):
    signed = signing.dumps(report, salt="bulk-report", compress=True)

    assert client.post(reverse("admin:cases_case_bulk_report"), {"report": signed}).status_code == 302
