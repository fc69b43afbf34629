"""A NUL in a request: PostgreSQL stores none and looks for none, so none may reach it."""

import pytest
from django.urls import reverse

from cases.editing.drafts import read_draft
from cases.models import Case
from tests.admin.browser import drawn_fields
from tests.builders import make_case, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _editor(client):
    client.force_login(make_user("editor", permissions=("add_case", "change_case", "view_case")))


@pytest.mark.parametrize("name", ["region", "department", "themes", "origin", "source_url", "published_at", "tags"])
def test_no_field_of_the_form_takes_a_nul(client, name):
    case = make_case()
    address = reverse("admin:cases_case_change", args=[case.pk])

    for value in ("\x00", "4111\x0000"):
        response = client.post(address, drawn_fields(client.get(address)) | {name: value})
        assert response.status_code in (200, 302)

    assert "\x00" not in str(read_draft(Case.objects.get()))


@pytest.mark.parametrize(
    "name",
    [
        "theme",
        "department",
        "province",
        "city",
        "publication",
        "stage",
        "stage__exact",
        "is_demo__exact",
        "title",
        "q",
        "p",
        "\x00",
    ],
)
def test_no_filter_of_the_list_takes_a_nul(client, name):
    response = client.get(reverse("admin:cases_case_changelist"), {name: "\x00"}, follow=True)

    assert response.status_code == 200


@pytest.mark.parametrize("field", ["region", "department"])
def test_no_picker_takes_a_nul(client, field):
    asked = {"app_label": "cases", "model_name": "case", "field_name": field, "term": "\x00", "page": "1"}

    assert client.get(reverse("admin:cases_case_pick"), asked).status_code == 200
