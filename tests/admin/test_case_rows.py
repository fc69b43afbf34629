"""The rows of a case in its form: their places, moving them, and what a broken post of them may not do."""

import pytest
from django.urls import reverse

from cases.content import InitiativeContent, MeasureContent
from cases.editing.drafts import read_draft
from cases.models import Case
from tests.admin.browser import add_row, drawn_fields, typed_tree
from tests.builders import make_case, make_metric, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _editor(client):
    client.force_login(make_user("editor", permissions=("add_case", "change_case", "view_case")))


def address(case):
    return reverse("admin:cases_case_change", args=[case.pk])


def drawn(client, case):
    return drawn_fields(client.get(address(case)))


def stored(case):
    return read_draft(Case.objects.get(pk=case.pk))


def case_with_rows():
    initiatives = tuple(
        InitiativeContent(f"举措{i}", "全年18项", (MeasureContent(f"措施{i}"),), (make_metric(value=18, quote="18项"),))
        for i in range(2)
    )
    return make_case(initiatives=initiatives, metrics=(make_metric(value=1, quote="第"),))


def measures(content):
    return [[part.heading for part in initiative.measures] for initiative in content.initiatives]


def pressed(client, case, button, row, **changes):
    """Press a button of a row; the fields of the form that comes back."""
    response = client.post(address(case), drawn(client, case) | changes | {button: row})
    assert response.status_code == 200
    return drawn_fields(response)


def test_a_row_moves_between_initiatives_of_its_own_case(client):
    case = case_with_rows()
    fields = drawn(client, case)
    row = add_row(fields, "initiatives.1.measures", heading=fields["initiatives.0.measures.0.heading"])
    fields["initiatives.0.measures"] = []

    client.post(address(case), fields)

    assert row == "initiatives.1.measures.n1"
    assert measures(stored(case)) == [[], ["措施1", "措施0"]]


@pytest.mark.parametrize("key", ["x", "99999999999999999999", "1\x00", "²", "-1", "9" * 5000])
def test_an_unreadable_key_of_a_row_brings_no_row(client, key):
    case = case_with_rows()
    before = stored(case)

    for rows in ("initiatives", "initiatives.0.measures", "metrics"):
        fields = drawn(client, case)
        response = client.post(address(case), fields | {rows: [*fields[rows], key]})
        assert response.status_code == 302

    assert stored(case) == before


@pytest.mark.parametrize("name", ["initiatives", "initiatives.0.measures", "metrics", "pictures"])
def test_a_post_of_more_rows_than_a_form_has_is_refused_at_once(client, name):
    case = case_with_rows()
    before = stored(case)

    keys = [str(key) for key in range(2000)]
    response = client.post(address(case), drawn(client, case) | {name: keys}, follow=True)

    assert [str(message) for message in response.context["messages"]] == [
        "没有保存：条目太多，一个案例放不下；请拆成几个案例。"
    ]
    assert stored(case) == before


def test_a_case_has_at_most_so_many_initiatives(client):
    case = make_case(initiatives=())
    fields = drawn(client, case)
    for number in range(61):
        add_row(fields, "initiatives", heading=f"举措{number}")

    response = client.post(address(case), fields)

    assert [error.message for error in response.context["named_errors"]] == [
        "太多了，最多 60 条；请合并，或者拆成几个案例。"
    ]
    assert stored(case).initiatives == ()


# The buttons of rows, which a form without scripts posts


def test_a_button_adds_a_row_keeps_what_was_typed_and_writes_nothing(client):
    case = case_with_rows()
    before = stored(case)

    fields = pressed(client, case, "_add", "initiatives.0.measures", title="新题目")

    assert fields["title"] == "新题目"
    assert (fields["initiatives.0.measures"], fields["initiatives.0.measures.1.heading"]) == (["0", "1"], "")
    assert stored(case) == before


def test_a_new_row_gets_the_cursor(client):
    case = case_with_rows()

    page = client.post(address(case), drawn(client, case) | {"_add": "metrics"}).content.decode()

    assert page.count(" autofocus>") == 1
    assert 'id="id_metrics-1-label" value="" data-limit="200" autofocus>' in page


def test_a_deleted_row_can_be_had_back_until_the_form_is_saved(client):
    case = case_with_rows()
    before = stored(case)

    dropped = pressed(client, case, "_drop", "initiatives.0")
    again = drawn_fields(client.post(address(case), dropped | {"_undrop": "initiatives.0"}))
    assert (dropped["initiatives.0.dropped"], "initiatives.0.dropped" in again) == ("on", False)
    assert typed_tree(again) == typed_tree(drawn(client, case))
    assert stored(case) == before

    client.post(address(case), dropped)
    assert [part.heading for part in stored(case).initiatives] == ["举措1"]


def test_a_deleted_row_with_an_error_in_it_is_no_hindrance(client):
    case = case_with_rows()

    dropped = pressed(client, case, "_drop", "metrics.0")
    client.post(address(case), dropped | {"metrics.0.value": "十八"})

    assert stored(case).metrics == ()


def test_a_row_goes_up_and_down_in_its_list_and_over_its_end_into_the_next_initiative(client):
    case = case_with_rows()

    assert [part["heading"] for part in typed_tree(pressed(client, case, "_up", "initiatives.1"))["initiatives"]] == [
        "举措1",
        "举措0",
    ]
    fields = pressed(client, case, "_down", "initiatives.0.measures.0")
    assert fields["initiatives.1.measures.0.heading"] == "措施0"
    fields = pressed(client, case, "_up", "initiatives.1.measures.0")
    assert fields["initiatives.0.measures.1.heading"] == "措施1"
    client.post(address(case), fields)
    assert measures(stored(case)) == [["措施0", "措施1"], []]


def test_a_metric_moves_to_another_initiative_or_to_the_case(client):
    case = case_with_rows()

    there = pressed(client, case, "_move", "initiatives.0.metrics.0:initiatives.1")
    whole = pressed(client, case, "_move", "initiatives.0.metrics.0:")

    assert (there.get("initiatives.0.metrics"), there["initiatives.1.metrics"]) == (None, ["0", "1"])
    assert whole["metrics"] == ["0", "1"]


@pytest.mark.parametrize("button", ["_add", "_drop", "_undrop", "_up", "_down", "_move"])
@pytest.mark.parametrize("row", ["", "x", "initiatives.9", "metrics.0.value", "initiatives.0:", "a.0.b", "..", "²:²"])
def test_a_button_of_no_row_changes_nothing(client, button, row):
    case = case_with_rows()
    before = typed_tree(drawn(client, case))

    fields = pressed(client, case, button, row)

    assert typed_tree(fields) == before or (button, row) == ("_add", "initiatives")


def test_the_form_works_without_scripts_from_a_new_case_to_a_moved_row(client):
    new = reverse("admin:cases_case_add")
    fields = drawn_fields(client.get(new)) | {"title": "新案例"}
    for button, row, values in (
        ("_add", "initiatives", {"initiatives.0.heading": "甲"}),
        ("_add", "initiatives.0.measures", {"initiatives.0.measures.0.heading": "甲一"}),
        ("_add", "initiatives", {"initiatives.1.heading": "乙"}),
        ("_down", "initiatives.0.measures.0", {}),
    ):
        fields = drawn_fields(client.post(new, fields | {button: row})) | values

    client.post(new, fields | {"_continue": ""})

    assert read_draft(Case.objects.get()).initiatives == (
        InitiativeContent("甲"),
        InitiativeContent("乙", measures=(MeasureContent("甲一"),)),
    )
