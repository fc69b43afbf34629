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


ROWS = ["initiatives-0", "initiatives-0-measures-0", "initiatives-0-metrics-0", "metrics-0", "pictures-0"]


def row_of(case, prefix):
    initiative = case.initiatives.get()
    rows = (initiative, initiative.measures.first(), initiative.metrics.get(), case.metrics.get(), case.pictures.get())
    return dict(zip(ROWS, rows, strict=True))[prefix]


@pytest.mark.parametrize("delete", [False, True], ids=["change", "delete"])
@pytest.mark.parametrize("prefix", ROWS)
def test_a_row_of_another_case_is_refused_and_stays_as_it_was(client, editor, prefix, delete):
    case, other = make_full_case(), make_full_case()
    before = stored(case), stored(other)
    fields = drawn_fields(client.get(address(case)))
    fields |= {f"{prefix}-id": str(row_of(other, prefix).pk)} | ({f"{prefix}-DELETE": "on"} if delete else {})

    response = client.post(address(case), fields | {"_continue": ""})

    assert (response.status_code, "不是这个案例的" in response.content.decode()) == (200, True)
    assert (stored(case), stored(other)) == before


@pytest.mark.parametrize(
    ("prefix", "owner"),
    [
        ("initiatives-0", "case"),
        ("initiatives-0-measures-0", "initiative"),
        ("initiatives-0-metrics-0", "initiative"),
        ("metrics-0", "case"),
    ],
)
def test_a_row_is_not_moved_to_another_case(client, editor, prefix, owner):
    case, other = make_full_case(), make_full_case()
    before = stored(case), stored(other)
    fields = drawn_fields(client.get(address(case)))
    foreign = other if owner == "case" else other.initiatives.get()

    client.post(address(case), fields | {f"{prefix}-{owner}": str(foreign.pk), "_continue": ""})

    assert (stored(case), stored(other)) == before


@pytest.mark.parametrize("kept", ["nothing", "counts of none", "counts as drawn"])
def test_deleting_an_initiative_without_sending_its_rows_leaves_nothing_behind(client, editor, kept):
    case = make_full_case()
    before = stored(case).initiatives
    fields = drawn_fields(client.get(address(case))) | {"initiatives-0-DELETE": "on"}
    for name in list(fields):
        if name.startswith(("initiatives-0-measures-", "initiatives-0-metrics-")):
            value = fields.pop(name)
            if kept != "nothing" and name.endswith("_FORMS"):
                fields[name] = value if kept == "counts as drawn" or "NUM" in name else "0"

    response = client.post(address(case), fields | {"_continue": ""})

    # Deleted with all that stands under it, or refused with an error in the form; never half.
    assert (response.status_code, stored(case).initiatives) in ((302, ()), (200, before))


@pytest.mark.parametrize(
    "changes",
    [
        {"seen_version": "x"},
        {"seen_version": "99999999999999999999"},
        {"initiatives-0-id": "x"},
        {"initiatives-0-id": ""},
        {"initiatives-0-id": "99999999999999999999"},
        {"initiatives-TOTAL_FORMS": "x"},
        {"initiatives-INITIAL_FORMS": "9"},
        {"initiatives-0-measures-INITIAL_FORMS": "9", "initiatives-0-measures-TOTAL_FORMS": "9"},
        {"metrics-0-value": "NaN"},
        {"metrics-0-order": "-1"},
        {"metrics-0-kind": "x"},
        {"pictures-0-file": "../../secret.png"},
        {"pictures-0-file": "x" * 500},
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
