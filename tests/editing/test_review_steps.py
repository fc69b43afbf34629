"""The way of a case through review: each step and each that is forbidden."""

import pytest

from cases.editing.drafts import Conflict, write_draft
from cases.editing.permissions import NotAllowed, may
from cases.editing.requirements import Incomplete
from cases.editing.review import steps
from cases.editing.review.copying import copy_case
from cases.models import Case, PublishedCase, Review, Schedule
from tests.builders import make_case, make_content, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    """Somebody for each role, and who writes."""
    look = ("view_case",)
    return {
        "editor": make_user("editor", permissions=("add_case", "change_case", *look)),
        "first": make_user("first", permissions=("first_review", *look)),
        "second": make_user("second", permissions=("second_review", *look)),
        "final": make_user("final", permissions=("final_review", "publish", "force_publish", *look)),
    }


def submitted(people):
    case = make_case(by=people["editor"])
    steps.submit_for_review(case, by=people["editor"])
    return case


def test_a_case_goes_through_three_reviews_to_its_readers(people):
    case = submitted(people)
    assert case.stage == "first_review"
    for reviewer, stage in (("first", "second_review"), ("second", "final_review"), ("final", "approved")):
        steps.approve(case, by=people[reviewer], opinion="可以")
        assert case.stage == stage
    assert not PublishedCase.objects.exists()

    steps.publish_approved(case, by=people["final"])

    assert PublishedCase.objects.get().pk == case.pk
    assert (case.stage, case.submitted_by, case.submitted_revision) == ("draft", None, None)
    assert list(Review.objects.values_list("step", flat=True)) == ["submitted", *["approved"] * 3, "published"]
    assert {review.revision_id for review in Review.objects.all()} == {case.revisions.get().pk}


@pytest.mark.parametrize(
    ("reviews", "stages"),
    [
        (0, ["approved"]),
        (1, ["final_review", "approved"]),
        (2, ["first_review", "final_review", "approved"]),
    ],
)
def test_a_site_may_have_fewer_reviews(people, settings, reviews, stages):
    settings.REVIEWS = reviews
    case = submitted(people)
    found = [case.stage]
    for reviewer in ("first", "second", "final"):
        if may(people[reviewer], "approve", case):
            steps.approve(case, by=people[reviewer])
            found.append(case.stage)

    assert found == stages


def test_a_case_is_returned_with_its_reasons_and_can_be_submitted_again(people):
    case = submitted(people)

    review = steps.return_case(case, by=people["first"], reasons=["facts"], opinion="第二条的数字")

    assert (case.stage, review.reasons, review.opinion) == ("returned", ["facts"], "第二条的数字")
    steps.submit_for_review(case, by=people["editor"])
    assert (case.stage, case.round) == ("first_review", 2)


@pytest.mark.parametrize("given", [{}, {"opinion": " "}, {"reasons": ["none"]}])
def test_a_return_without_a_reason_is_refused(people, given):
    case = submitted(people)

    with pytest.raises(NotAllowed):
        steps.return_case(case, by=people["first"], **given)

    assert Case.objects.get().stage == "first_review"


def test_only_who_submitted_it_takes_a_case_back(people):
    case = submitted(people)
    other = make_user("other", permissions=("change_case",))

    with pytest.raises(NotAllowed, match="只有提交的人"):
        steps.take_back(case, by=other)
    case.refresh_from_db()
    steps.take_back(case, by=people["editor"])

    assert case.stage == "draft"


def test_nobody_reviews_what_they_submitted_or_wrote(people):
    both = make_user("both", permissions=("change_case", "first_review"))
    case = make_case(by=people["editor"])
    steps.submit_for_review(case, by=both)

    with pytest.raises(NotAllowed, match="您提交的"):
        steps.approve(case, by=both)

    case = submitted(people)
    case.writers.add(both)
    with pytest.raises(NotAllowed, match="您写的"):
        steps.approve(case, by=both)


def test_who_wrote_a_text_does_not_review_a_copy_of_it_either(people):
    writer = make_user("writer", permissions=("change_case", "first_review", "view_case"))
    copy = copy_case(make_case(by=writer), by=people["editor"])

    steps.submit_for_review(copy, by=people["editor"])

    with pytest.raises(NotAllowed, match="您写的文字"):
        steps.approve(copy, by=writer)


def test_nobody_reviews_twice_in_a_row(people):
    both = make_user("both", permissions=("first_review", "second_review"))
    case = submitted(people)
    steps.approve(case, by=both)

    with pytest.raises(NotAllowed, match="换一个人"):
        steps.approve(case, by=both)


def test_a_superuser_is_no_exception(people):
    chief = make_user("chief", permissions=("*",))
    case = make_case(by=chief)
    steps.submit_for_review(case, by=chief)

    with pytest.raises(NotAllowed, match="您提交的"):
        steps.approve(case, by=chief)


def test_a_forced_publication_is_marked_with_its_reason(people):
    case = make_case(by=people["editor"])

    steps.force_publication(case, by=people["final"], reason="防汛通知")

    publication = case.publications.get()
    assert (publication.is_forced, publication.forced_reason) == (True, "防汛通知")
    assert Review.objects.get().step == "forced"


def test_a_forced_publication_without_a_reason_is_refused(people):
    case = make_case(by=people["editor"])

    with pytest.raises(NotAllowed, match="写明原因"):
        steps.force_publication(case, by=people["final"], reason=" ")

    assert not PublishedCase.objects.exists()


def test_what_lacks_something_is_not_submitted(people):
    case = make_case(make_content(title=""), by=people["editor"])

    with pytest.raises(Incomplete):
        steps.submit_for_review(case, by=people["editor"])

    assert (Case.objects.get().stage, Case.objects.get().revisions.count()) == ("draft", 0)


def test_who_comes_second_is_told(people):
    case = submitted(people)
    same = Case.objects.get()
    steps.approve(case, by=people["first"])

    with pytest.raises(Conflict):
        steps.return_case(same, by=people["first"], opinion="晚了")


def test_a_return_cancels_what_was_scheduled(people):
    case = submitted(people)
    Schedule.objects.create(
        case=case,
        kind="published",
        at=case.updated_at,
        revision=case.submitted_revision,
        by=people["final"],
        made_at=case.updated_at,
    )

    steps.return_case(case, by=people["first"], opinion="改")

    assert Schedule.objects.get().cancelled_by == people["first"]


def test_a_public_case_leads_to_no_case_that_is_not(people):
    case = make_case(by=people["editor"])
    steps.force_publication(case, by=people["final"], reason="急")

    with pytest.raises(NotAllowed, match="已公开"):
        steps.withdraw_case(case, by=people["final"], redirect_to=make_case())


def test_the_live_page_stays_while_a_change_is_reviewed(people):
    case = make_case(by=people["editor"])
    steps.force_publication(case, by=people["final"], reason="急")
    write_draft(make_content(title="改过"), by=people["editor"], case=case)

    steps.submit_for_review(case, by=people["editor"])

    assert PublishedCase.objects.get().title != "改过"


def test_what_was_submitted_when_there_were_no_reviews_is_not_published_without_them_later(people, settings):
    settings.REVIEWS = 0
    case = submitted(people)
    settings.REVIEWS = 3

    with pytest.raises(NotAllowed, match="提交时不用审核"):
        steps.publish_approved(Case.objects.get(), by=people["final"])

    steps.return_case(Case.objects.get(), by=people["final"], opinion="请走审核")
    assert Case.objects.get(pk=case.pk).stage == "returned"
    assert not PublishedCase.objects.exists()
