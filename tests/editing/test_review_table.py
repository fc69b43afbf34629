"""Every step at every stage by every role: which may be taken, and that all others are refused and change nothing."""

import pytest
from django.contrib.auth.models import Group
from django.db import transaction

from cases.editing.archiving import archive_case, restore_case
from cases.editing.drafts import read_draft, write_draft
from cases.editing.people import ROLES, make_groups
from cases.editing.permissions import NotAllowed, why_not, why_not_each
from cases.editing.review import steps
from cases.editing.review.comments import comment_on
from cases.editing.review.copying import copy_case
from cases.models import Case, PublishedCase, Review, User
from tests.builders import make_case, make_content, make_user

pytestmark = pytest.mark.django_db

TAKE = {
    "submit": lambda case, by: steps.submit_for_review(case, by=by),
    "take_back": lambda case, by: steps.take_back(case, by=by),
    "approve": lambda case, by: steps.approve(case, by=by),
    "return": lambda case, by: steps.return_case(case, by=by, opinion="改一改"),
    "publish": lambda case, by: steps.publish_approved(case, by=by),
    "force": lambda case, by: steps.force_publication(case, by=by, reason="急"),
    "withdraw": lambda case, by: steps.withdraw_case(case, by=by, reason="有误"),
    "archive": lambda case, by: archive_case(case, by=by),
    "restore": lambda case, by: restore_case(case, by=by),
    "copy": lambda case, by: copy_case(case, by=by),
    "comment": lambda case, by: comment_on(case, by=by, text="请核对"),
}
STAGES = ("draft", "first_review", "second_review", "final_review", "approved", "returned", "archived")
_OPEN = {"change": "编辑 终审", "submit": "编辑 终审", "archive": "编辑 终审"}
_ANYWHERE = {"force": "终审", "copy": "编辑 终审", "comment": "编辑 初审 复审 终审"}
MAY = {  # stage → step → the roles that may take it; the writer and submitter is another editor
    "draft": _OPEN | _ANYWHERE,
    "returned": _OPEN | _ANYWHERE,
    "first_review": {"approve": "初审", "return": "初审", "take_back": "终审"} | _ANYWHERE,
    "second_review": {"approve": "复审", "return": "复审", "take_back": "终审"} | _ANYWHERE,
    "final_review": {"approve": "终审", "return": "终审", "take_back": "终审"} | _ANYWHERE,
    "approved": {"publish": "终审", "return": "终审", "take_back": "终审"} | _ANYWHERE,
    "archived": {"restore": "编辑 终审", "copy": "编辑 终审"},
}


def member(role, name="member"):
    make_groups()
    user = make_user(name)
    user.groups.set(Group.objects.filter(name=role))
    return User.objects.get(pk=user.pk)


def at_stage(stage):
    """A case that came to a stage by the hands of others."""
    writer = make_user("writer", permissions=("change_case", "add_case"))
    judges = ("first_review", "second_review", "final_review")
    case = make_case(by=writer)
    if stage == "archived":
        archive_case(case, by=writer)
    elif stage != "draft":
        steps.submit_for_review(case, by=writer)
        for judge in judges[: len(judges) if stage == "approved" else max(0, STAGES.index(stage) - 1)]:
            if stage != "returned":
                steps.approve(case, by=make_user(judge, permissions=(judge,)))
        if stage == "returned":
            steps.return_case(case, by=make_user("judge", permissions=("first_review",)), opinion="改")
    return Case.objects.get(pk=case.pk)


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("role", ROLES)
def test_a_step_is_taken_by_the_roles_that_may_and_by_no_other(role, stage):
    case, person = at_stage(stage), member(role)
    before = (read_draft(case), case.stage, case.version, Review.objects.count())
    taken = set()

    for verb, take in TAKE.items():
        allowed = not why_not(person, verb, case)
        try:
            with transaction.atomic():
                take(Case.objects.get(pk=case.pk), person)
                taken.add(verb)
                assert allowed, verb
                transaction.set_rollback(True)
        except NotAllowed:
            assert not allowed, verb
        case = Case.objects.get(pk=case.pk)
        assert (read_draft(case), case.stage, case.version, Review.objects.count()) == before, verb

    expected = {verb for verb, roles in MAY[stage].items() if role in roles.split()}
    assert taken | (set() if why_not(person, "change", case) else {"change"}) == expected


@pytest.mark.parametrize("role", ROLES)
def test_only_a_publisher_withdraws_and_only_what_is_public(role):
    case, person = at_stage("draft"), member(role)
    chief = make_user("chief", permissions=("force_publish", "publish", "change_case"))
    assert why_not(person, "withdraw", case)
    steps.force_publication(case, by=chief, reason="急")

    assert (why_not(person, "withdraw", case) == "") == (role == "终审")
    assert why_not(chief, "archive", case) == "案例还在公开，请先撤下。"


@pytest.mark.parametrize("stage", STAGES)
def test_the_text_is_written_only_while_it_is_open(stage):
    case = at_stage(stage)

    if stage in ("draft", "returned"):
        write_draft(make_content(title="改过"), by=make_user(), case=case)
        assert Case.objects.get(pk=case.pk).title == "改过"
    else:
        with pytest.raises(NotAllowed, match="文字不能修改"), transaction.atomic():
            write_draft(make_content(title="改过"), by=make_user(), case=case)
        assert Case.objects.get(pk=case.pk).title != "改过"


def test_who_changes_the_text_is_one_of_its_writers_until_it_is_approved_and_public():
    case = at_stage("draft")
    second = make_user("second", permissions=("change_case",))
    write_draft(make_content(), by=second, case=case)
    assert {user.username for user in case.writers.all()} == {"writer", "second"}

    chief = make_user("chief", permissions=("force_publish", "publish"))
    steps.force_publication(case, by=chief, reason="急")
    assert case.writers.count() == 2

    steps.submit_for_review(case, by=second)
    for judge in ("first_review", "second_review", "final_review"):
        steps.approve(case, by=make_user(judge, permissions=(judge,)))
    steps.publish_approved(case, by=chief)
    assert case.writers.count() == 0


def test_a_changed_date_needs_a_reason_once_the_case_was_public(settings):
    import datetime

    case = at_stage("draft")
    chief = make_user("chief", permissions=("force_publish", "publish"))
    steps.force_publication(case, by=chief, reason="急")
    write_draft(make_content(published_at=datetime.date(2020, 1, 1)), by=case.created_by, case=case)

    with pytest.raises(NotAllowed, match="原因"), transaction.atomic():
        steps.submit_for_review(case, by=case.created_by)
    case.refresh_from_db()
    steps.submit_for_review(case, by=case.created_by, date_reason="原文日期登记错了")

    assert case.submitted_revision.date_reason == "原文日期登记错了"


@pytest.mark.parametrize("stage", STAGES)
def test_many_cases_are_answered_as_one_by_one(stage):
    cases, person = [at_stage(stage), make_case(by=make_user("writer"))], member("终审")

    for verb in TAKE:
        assert why_not_each(person, verb, cases) == {case.pk: why_not(person, verb, case) for case in cases}


def test_a_review_the_site_gave_up_is_done_by_the_next(settings):
    case, final = at_stage("first_review"), member("终审")
    assert why_not(final, "approve", case)

    settings.REVIEWS = 1

    assert why_not(final, "approve", case) == ""
    assert not PublishedCase.objects.exists()
