"""What a forged or broken post of the rows of a case may not do."""

import pytest
from django.urls import reverse

from cases.content import InitiativeContent, MeasureContent
from cases.editing.drafts import read_draft
from cases.models import Case, Initiative, Measure, Metric
from tests.admin.browser import add_row, drawn_fields
from tests.builders import make_case, make_metric, make_published_case, make_user

pytestmark = pytest.mark.django_db
STRANGE = "有一行不是这个案例的，或者已被删除，没有保存；请重新打开这个案例再改。"


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


def keys_of_another_case():
    other = make_published_case().case
    metric = Metric.objects.filter(initiative__case=other).get()
    measure = Measure.objects.filter(initiative__case=other).first()
    return other, {"measures": measure.pk, "metrics": metric.pk, "initiative": metric.initiative_id}


@pytest.mark.parametrize("way", ["kept", "deleted", "added"])
@pytest.mark.parametrize(
    ("row", "kind"),
    [
        ("initiatives-0-measures", "measures"),
        ("initiatives-0-metrics", "metrics"),
        ("metrics", "metrics"),
        ("initiatives", "initiative"),
    ],
)
def test_a_row_of_another_case_cannot_be_taken_changed_or_deleted(client, row, kind, way):
    case = case_with_rows()
    other, keys = keys_of_another_case()
    before, others = stored(case), stored(other)
    fields = drawn(client, case)
    if way == "added":
        fields[f"{add_row(fields, row, heading='新', label='新')}-id"] = keys[kind]
    else:
        fields[f"{row}-0-id"] = keys[kind]
    if way == "deleted":
        fields[f"{row}-0-DELETE"] = "on"

    response = client.post(address(case), fields)

    assert STRANGE in [error.message for error in response.context["named_errors"]]
    assert (stored(case), stored(other)) == (before, others)


def test_a_metric_of_an_initiative_cannot_become_one_of_the_case(client):
    case = case_with_rows()
    before = stored(case)
    metric = Metric.objects.filter(initiative__case=case).first()

    response = client.post(address(case), drawn(client, case) | {"metrics-0-id": metric.pk})

    assert [error.message for error in response.context["named_errors"]] == [STRANGE]
    assert stored(case) == before


def test_rows_of_another_case_cannot_be_taken_by_a_new_case(client):
    other, keys = keys_of_another_case()
    before = stored(other)
    new = reverse("admin:cases_case_add")
    fields = drawn_fields(client.get(new)) | {"title": "新"}
    row = add_row(fields, "metrics", label="新")

    client.post(new, fields | {f"{row}-id": keys["metrics"], "metrics-INITIAL_FORMS": "1"})

    assert Case.objects.count() == 1
    assert stored(other) == before


def test_a_row_moves_between_initiatives_of_its_own_case(client):
    case = case_with_rows()
    fields = drawn(client, case)
    row = add_row(fields, "initiatives-1-measures")
    for name in ("id", "heading", "text"):
        fields[f"{row}-{name}"] = fields[f"initiatives-0-measures-0-{name}"]
    fields |= {"initiatives-1-measures-INITIAL_FORMS": "2"}
    fields |= {"initiatives-0-measures-TOTAL_FORMS": "0", "initiatives-0-measures-INITIAL_FORMS": "0"}
    measure = fields["initiatives-0-measures-0-id"]

    client.post(address(case), fields)

    assert [[part.heading for part in initiative.measures] for initiative in stored(case).initiatives] == [
        [],
        ["措施1", "措施0"],
    ]
    assert Measure.objects.get(pk=measure).initiative == Initiative.objects.get(heading="举措1")


@pytest.mark.parametrize("key", ["x", "99999999999999999999", "1\x00", "²", "-1", "9" * 5000])
def test_an_unreadable_key_of_a_row_is_told_and_nothing_is_written(client, key):
    case = case_with_rows()
    before = stored(case)

    for row in ("initiatives-0", "initiatives-0-measures-0", "metrics-0"):
        response = client.post(address(case), drawn(client, case) | {f"{row}-id": key, "title": "新题目"})
        assert STRANGE in [error.message for error in response.context["named_errors"]]

    assert stored(case) == before


@pytest.mark.parametrize("place", ["abc", "²", "9" * 5000, "-3", "\x00", "0"])
def test_an_unreadable_place_of_a_row_is_the_first(client, place):
    case = case_with_rows()
    fields = drawn(client, case) | {"initiatives-1-order": place, "metrics-0-value": "十八"}

    assert client.post(address(case), fields).status_code == 200
    client.post(address(case), fields | {"metrics-0-value": "18"})

    assert [part.heading for part in stored(case).initiatives] == ["举措0", "举措1"]


@pytest.mark.parametrize("name", ["initiatives", "initiatives-0-measures", "metrics", "pictures"])
@pytest.mark.parametrize("total", ["1000000", "2000", "9" * 5000])
def test_a_post_of_more_rows_than_a_form_has_is_refused_at_once(client, name, total):
    case = case_with_rows()
    before = stored(case)

    response = client.post(address(case), drawn(client, case) | {f"{name}-TOTAL_FORMS": total}, follow=True)

    assert [str(message) for message in response.context["messages"]] == [
        "没有保存：条目太多，一个案例放不下；请拆成几个案例。"
    ]
    assert stored(case) == before


@pytest.mark.parametrize("total", ["abc", "", "\x00"])
def test_an_unreadable_number_of_rows_writes_nothing(client, total):
    case = case_with_rows()
    before = stored(case)

    response = client.post(address(case), drawn(client, case) | {"metrics-TOTAL_FORMS": total, "title": "新题目"})

    assert response.status_code == 200
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
