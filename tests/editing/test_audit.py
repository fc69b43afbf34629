"""What is recorded: who, when, from where, what, with what before and after."""

import dataclasses

import pytest
from django.db import transaction
from django.urls import reverse

from cases.content import CaseContent, InitiativeContent
from cases.editing.audit.acting import acting
from cases.editing.audit.finding import visible_entries
from cases.editing.audit.recording import LONGEST, MOST, REST, changed_paths, record
from cases.editing.drafts import read_draft, write_draft
from cases.editing.permissions import NotAllowed
from cases.editing.review.steps import approve, submit_for_review
from cases.models import AuditEntry, AuditWay, Case, User
from tests.builders import make_audit_entry, make_case, make_region, make_user

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse"


def facts(*names, **which):
    return list(AuditEntry.objects.filter(**which).order_by("pk").values_list(*names))


def test_an_entry_says_who_from_where_what_and_how():
    user = make_user("li", name="李编辑")
    case = make_case(by=user)

    with acting(way=AuditWay.ADMIN, address="192.0.2.7", by=user):
        entry = record("changed", about=case, before={"title": "治超"}, after={"title": "治超载"}, note="改字")

    assert (entry.actor, entry.actor_name, entry.address, entry.way) == (user.pk, "李编辑", "192.0.2.7", "admin")
    assert (entry.action, entry.kind, entry.key, entry.title) == ("changed", "case", str(case.pk), case.title)
    assert (entry.case, entry.before, entry.after) == (case.pk, {"title": "治超"}, {"title": "治超载"})
    assert (entry.outcome, entry.note) == ("done", "改字")


def test_what_postgresql_cannot_keep_and_what_is_too_long_is_left_out():
    entry = record("changed", title="甲\x00" * 400, note="\x00", before={"title": "乙\x00"})

    assert (entry.title, entry.note, entry.before) == ("甲" * 300, "", {"title": "乙"})


def test_only_what_changed_is_told():
    old = CaseContent(title="治超", intro="一。", initiatives=(InitiativeContent(heading="甲", text="乙"),))
    new = dataclasses.replace(old, title="治超载", intro="", tags=("路",))

    assert changed_paths(old, new) == ({"title": "治超", "intro": "一。"}, {"title": "治超载", "tags[0]": "路"})
    assert changed_paths(old, old) == ({}, {})


def test_a_long_text_is_cut_and_many_changes_are_counted():
    long = CaseContent(intro="长" * (LONGEST + 1), tags=tuple(map(str, range(MOST + 4))))

    _before, after = changed_paths(CaseContent(), long)

    assert after["intro"].startswith("长" * LONGEST + "… SHA-256 ")
    assert (len(after), after[REST]) == (MOST + 1, 5)


def test_a_draft_is_recorded_when_it_is_made_and_at_each_save_with_what_changed():
    user = make_user()
    case = make_case(by=user, title="治超")
    content = dataclasses.replace(read_draft(case), title="治超载")

    write_draft(content, by=user, case=case)

    made, saved = facts("action", "before", "after", case=case.pk)
    assert (made[:2], made[2]["title"]) == (("created", None), "治超")
    assert saved == ("saved", {"title": "治超"}, {"title": "治超载"})


def test_a_step_of_a_case_is_recorded_with_the_stage_before_and_after():
    editor = make_user("li", permissions=("change_case",))
    case = make_case(by=editor)

    submit_for_review(case, by=editor)

    assert facts("actor_name", "action", "before", "after", "note", case=case.pk)[-1] == (
        *("li", "submitted", {"stage": "draft"}, {"stage": "first_review"}, ""),
    )


@transaction.atomic
def _fail(case):
    record("changed", about=case)
    raise NotAllowed


def test_a_step_that_fails_leaves_no_entry_of_itself():
    case = make_case()

    with pytest.raises(NotAllowed):
        _fail(case)

    assert facts("action", case=case.pk) == [("created",)]


def test_a_refused_step_is_recorded_though_it_was_taken_back():
    editor = make_user("li", permissions=("change_case", "first_review"))
    case = make_case(by=editor)
    submit_for_review(case, by=editor)

    with acting(way=AuditWay.ADMIN, by=editor), pytest.raises(NotAllowed):
        approve(Case.objects.get(), by=editor)

    assert facts("action", "outcome", "note", case=case.pk)[-1] == (
        *("approved", "refused", "这一稿是您提交的，要由别人审核。"),
    )


# Log-ins


def log_in(client, **values):
    typed = {"username": "li", "password": PASSWORD, **values}
    return client.post(reverse("admin:login"), typed, REMOTE_ADDR="2001:db8::7")


def test_log_ins_and_log_outs_are_recorded(client):
    make_user("li")

    log_in(client)
    client.post(reverse("admin:logout"), REMOTE_ADDR="192.0.2.7")

    assert facts("action", "way", "actor_name", "address") == [
        ("login", "login", "li", "2001:db8::7"),
        ("logout", "login", "li", "192.0.2.7"),
    ]


def test_a_failed_log_in_is_recorded_with_the_name_that_was_typed_and_without_the_password(client):
    log_in(client, username="nobody\x00", password="wrong horse")
    log_in(client, username="nobody", password="wrong horse")

    assert facts("action", "outcome", "actor", "actor_name") == [("login_failed", "failed", None, "nobody")]
    assert "wrong" not in str(AuditEntry.objects.values())


def test_a_log_in_of_somebody_who_may_not_enter_is_recorded_as_failed(client):
    User.objects.filter(pk=make_user("li").pk).update(is_staff=False)

    log_in(client)

    assert facts("action", "outcome", "actor_name") == [("login_failed", "failed", "li")]


@pytest.mark.parametrize(
    ("is_behind_proxy", "forwarded", "expected"),
    [
        (False, "198.51.100.9", "192.0.2.7"),
        (True, "198.51.100.9", "198.51.100.9"),
        (True, "10.0.0.1, 198.51.100.9", "198.51.100.9"),  # what stands before it anybody can write
        (True, "nonsense", None),
        (True, "", "192.0.2.7"),
    ],
)
def test_the_address_is_that_of_the_proxy_only_behind_one(client, settings, is_behind_proxy, forwarded, expected):
    settings.BEHIND_PROXY = is_behind_proxy

    client.post(
        reverse("admin:login"),
        {"username": "li", "password": "no"},
        REMOTE_ADDR="192.0.2.7",
        HTTP_X_FORWARDED_FOR=forwarded,
    )

    assert facts("address") == [(expected,)]


def test_a_log_in_is_not_stopped_by_an_audit_that_is_broken(client, monkeypatch):
    from django.db import DatabaseError

    def fail(*args, **kwargs):
        raise DatabaseError

    make_user("li")
    monkeypatch.setattr("cases.authentication.record", fail)

    assert log_in(client).status_code == 302


def test_a_page_that_is_refused_is_recorded(client):
    client.force_login(make_user("li"))

    client.get(reverse("admin:cases_case_import"))

    assert facts("action", "outcome", "title", "note")[-1] == ("opened", "refused", "/admin/cases/case/import/", "GET")


def test_a_public_page_asks_nobody_who_they_are(client):
    response = client.get("/")

    assert "Cookie" not in response.headers.get("Vary", "")
    assert facts("action") == []


def test_a_password_that_is_set_is_recorded(client):
    admin = make_user("admin", permissions=("*",))
    user = make_user("li")
    client.force_login(admin)

    client.post(
        reverse("admin:auth_user_password_change", args=[user.pk]),
        {"password1": "mild horse 19", "password2": "mild horse 19", "usable_password": "true"},
    )

    assert User.objects.get(pk=user.pk).check_password("mild horse 19")
    assert facts("actor_name", "action", "key", action="password") == [("admin", "password", str(user.pk))]


def test_names_of_what_is_to_be_a_case_are_seen_by_who_sees_all_and_by_who_gave_them():
    keeper, editor = make_user("keeper"), make_user("editor")
    keeper.regions.add(make_region("411100"))
    for kind, action in (("sourcetext", "received"), ("", "created"), ("theme", "changed")):
        make_audit_entry(kind=kind, action=action, actor=editor.pk, title="别处的文稿")

    seen = {user: [entry.kind for entry in visible_entries(user)] for user in (keeper, editor)}

    assert seen == {keeper: ["theme"], editor: ["theme", "", "sourcetext"]}
