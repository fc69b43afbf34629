"""Posts that no form of ours would send: refused or harmless, and never an error of the server."""

import pytest
from django.urls import reverse

from cases.content import PictureContent
from cases.editing.drafts import read_draft
from cases.editing.pictures import store_picture
from cases.models import Case, PublishedCase, WithdrawnCase
from tests.admin.browser import drawn_fields
from tests.builders import make_case, make_content, make_metric, make_published_case, make_user
from tests.editing.test_pictures import picture_bytes

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    user = make_user("editor", permissions=("add_case", "change_case", "view_case", "delete_case"))
    client.force_login(user)
    return user


def address(case):
    return reverse("admin:cases_case_change", args=[case.pk])


def stored(case):
    return read_draft(Case.objects.get(pk=case.pk))


def make_full_case():
    picture = PictureContent(
        file=store_picture("a.png", picture_bytes()), name="a.png", alt="图", caption="", is_cover=False
    )
    return make_case(
        make_content(intro="共3公里。", metrics=(make_metric(value=3, quote="3公里"),), pictures=(picture,))
    )


def test_a_post_holds_nothing_but_content(client, editor):
    """Keys of rows, of this case or another, change nothing: no field of the form is one."""
    case, other = make_full_case(), make_full_case()
    before = stored(case), stored(other)
    fields = drawn_fields(client.get(address(case)))
    rows = ("initiatives.0", "initiatives.0.measures.0", "initiatives.0.metrics.0", "metrics.0", "pictures.0")
    foreign = other.initiatives.get().pk
    forged = {f"{row}.{name}": foreign for row in rows for name in ("id", "pk", "case", "initiative", "order")}

    client.post(address(case), fields | forged | {"id": other.pk, "stage": "approved", "version": 9, "_continue": ""})

    assert (stored(case), stored(other)) == before
    assert Case.objects.get(pk=case.pk).stage == "draft"


def test_a_form_drawn_from_no_version_or_another_is_not_saved(client, editor):
    case = make_full_case()
    fields = drawn_fields(client.get(address(case))) | {"title": "新题目"}
    del fields["seen_version"]

    for version in ({}, {"seen_version": "7"}, {"seen_version": ""}, {"seen_version": "²"}):
        response = client.post(address(case), fields | version)
        assert "没有保存：" in response.content.decode()

    assert stored(case).title == case.title


def test_deleting_an_initiative_without_sending_its_rows_deletes_them_with_it(client, editor):
    case = make_full_case()
    fields = drawn_fields(client.get(address(case)))
    fields = {name: value for name, value in fields.items() if not name.startswith("initiatives.0.")}

    client.post(address(case), fields | {"initiatives.0.dropped": "on", "_continue": ""})

    assert stored(case).initiatives == ()


@pytest.mark.parametrize(
    "changes",
    [
        {"seen_version": "x"},
        {"seen_version": "99999999999999999999"},
        {"initiatives": ["x", "0", "0", "9"]},
        {"initiatives": []},
        {"initiatives.0.measures": ["0", "1"], "initiatives.0.measures.1": "x"},
        {"metrics.0.value": "NaN"},
        {"metrics.0.kind": "x"},
        {"metrics.0.qualifier": ""},
        {"origin": ""},
        {"pictures.0.file": "../../secret.png"},
        {"pictures.0.file": "x" * 500},
        {"pictures.0.name": "x" * 500},
        {"themes": ["no-such-theme"]},
        {"region": "999999"},
        {"published_at": "9999-99-99"},
        {"title": "a\x00b"},
        {"_saveasnew": ""},
    ],
    ids=lambda changes: ",".join(f"{name}={str(value)[:12]!r}" for name, value in changes.items()),
)
def test_nonsense_is_refused_or_ignored(client, editor, changes):
    case = make_full_case()
    fields = drawn_fields(client.get(address(case)))

    response = client.post(address(case), fields | changes | {"_continue": ""})

    assert response.status_code in (200, 302, 403)
    assert Case.objects.count() == 1


def test_publishing_and_withdrawing_without_the_permission_changes_nothing_and_says_so(client, editor):
    draft, public = make_case(), make_published_case().case
    refusals = [
        client.post(reverse("admin:cases_case_withdraw", args=[public.pk]), {"reason": "原因"}),
        client.post(reverse("admin:cases_case_withdraw", args=[draft.pk]), {"reason": "原因"}),
    ]
    fields = drawn_fields(client.get(reverse("admin:cases_case_add"))) | {"title": "新", "_publish": ""}
    added = client.post(reverse("admin:cases_case_add"), fields, follow=True)

    assert [(page.status_code, page.context["reason"]) for page in refusals] == [(403, "您没有做这一步的权限。")] * 2
    assert str(next(iter(added.context["messages"]))) == "已保存。您没有做这一步的权限。"
    assert (list(PublishedCase.objects.all()), WithdrawnCase.objects.count()) == ([public.published], 0)


@pytest.mark.parametrize("address", ["withdraw", "change", "preview", "delete", "history"])
def test_an_address_of_no_case_is_not_found(client, address):
    client.force_login(make_user("keeper", permissions=("*",)))

    response = client.get(reverse(f"admin:cases_case_{address}", args=[12345]))

    assert response.status_code in (302, 404)
