"""The steps of a case through review to its readers and back.

Each claims the version of the case first, so that of two people one wins and the other is told; then asks whether it
may happen, writes, and leaves a `Review` that nothing changes any more.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.db import transaction

from cases.content import CaseContent, from_json, gettext_noop
from cases.editing.checking import blocking
from cases.editing.drafts import content_digest, freeze, read_draft
from cases.editing.permissions import NotAllowed
from cases.editing.requirements import Incomplete
from cases.editing.review.moving import begin, cancel_schedules, move, release_text, write_down
from cases.editing.review.reasons import REASONS
from cases.editing.review.stages import next_stage
from cases.models import Case, Publication, PublishedCase, Review, ReviewStep, Revision, Schedule, User, Way
from cases.models.draft import CaseStage, PublicState
from cases.models.history import Occasion
from cases.publishing import release


@transaction.atomic
def submit_for_review(
    case: Case, *, by: User, note: str = "", is_minor: bool = False, date_reason: str = "", opinion: str = ""
) -> Review:
    """Hand a draft to its first reviewer, frozen as it stands. `note` is what readers will be told of the change.

    Raises Conflict if it was saved meanwhile, NotAllowed, and Incomplete with all that is missing.
    """
    begin(case, "submit", by)
    submitted = Occasion.SUBMITTED
    revision = _frozen(case, by=by, note=note, is_minor=is_minor, date_reason=date_reason, occasion=submitted)
    before = case.stage
    case.round += 1
    case.submitted_by, case.submitted_revision = by, revision
    move(case, next_stage(CaseStage.DRAFT), "round", "submitted_by", "submitted_revision")
    return write_down(case, ReviewStep.SUBMITTED, by=by, stage=before, opinion=opinion.strip())


@transaction.atomic
def take_back(case: Case, *, by: User, opinion: str = "") -> Review:
    """Make a case a draft again before it is through, by who submitted it."""
    begin(case, "take_back", by)
    return _back_to(CaseStage.DRAFT, ReviewStep.TAKEN_BACK, case, by=by, opinion=opinion.strip())


@transaction.atomic
def approve(case: Case, *, by: User, opinion: str = "") -> Review:
    """Pass a case to the next review, or on to publication."""
    begin(case, "approve", by)
    _check_unchanged(case, read_draft(case))
    before = case.stage
    move(case, next_stage(before))
    return write_down(case, ReviewStep.APPROVED, by=by, stage=before, opinion=opinion.strip())


@transaction.atomic
def return_case(case: Case, *, by: User, reasons: Sequence[str] = (), opinion: str = "") -> Review:
    """Send a case back to its editor with reasons (codes of REASONS), words, or both."""
    begin(case, "return", by)
    if not opinion.strip() and not reasons:
        raise NotAllowed(gettext_noop("请选择退回的原因，或者写明意见。"))
    if set(reasons) - REASONS.keys():
        raise NotAllowed(gettext_noop("没有这样的退回原因。"))
    return _back_to(CaseStage.RETURNED, ReviewStep.RETURNED, case, by=by, reasons=reasons, opinion=opinion.strip())


@transaction.atomic
def publish_approved(
    case: Case,
    *,
    by: User,
    note: str = "",
    is_minor: bool = False,
    date_reason: str = "",
    way: str = Way.ADMIN,
    schedule: Schedule | None = None,
) -> PublishedCase:
    """Show readers what was approved; without reviews (REVIEWS=0), the draft as it stands.

    What was approved has its note since it was submitted: `note`, `is_minor` and `date_reason` are those of a draft.
    """
    begin(case, "publish", by)
    before, revision = case.stage, case.submitted_revision
    if revision is None:
        revision = _frozen(case, by=by, note=note, is_minor=is_minor, date_reason=date_reason)
    else:
        _check_reviewed(case)
        content = read_draft(case)
        _check_unchanged(case, content)
        _check_complete(content)
    published = release.publish(revision, by=by)
    cancel_schedules(case, PublicState.PUBLISHED, by=by, but=schedule)
    release_text(case, CaseStage.DRAFT)
    case.writers.clear()
    write_down(case, ReviewStep.PUBLISHED, by=by, stage=before, revision=revision, way=way)
    return published


@transaction.atomic
def force_publication(
    case: Case,
    *,
    by: User,
    reason: str,
    note: str = "",
    is_minor: bool = False,
    date_reason: str = "",
    way: str = Way.ADMIN,
) -> PublishedCase:
    """Show readers the draft as it stands, without the reviews: marked so in the history, with the reason.

    Whoever wrote it still does not review it the next time.
    """
    begin(case, "force", by)
    reason = reason.strip()
    if not reason:
        raise NotAllowed(gettext_noop("强制发布要写明原因。"))
    before = case.stage
    revision = _frozen(case, by=by, note=note, is_minor=is_minor, date_reason=date_reason)
    published = release.publish(revision, by=by, forced_reason=reason)
    cancel_schedules(case, PublicState.PUBLISHED, by=by)
    release_text(case, CaseStage.DRAFT)
    write_down(case, ReviewStep.FORCED, by=by, stage=before, revision=revision, opinion=reason, way=way)
    return published


@transaction.atomic
def withdraw_case(
    case: Case,
    *,
    by: User,
    reason: str = "",
    redirect_to: Case | None = None,
    way: str = Way.ADMIN,
    schedule: Schedule | None = None,
) -> Publication:
    """Take a case down: readers see the reason, or are led to another case that is public.

    What leads on is public when it is chosen, and what is taken down is not: no circle can come of it.
    """
    begin(case, "withdraw", by)
    if not reason.strip() and redirect_to is None:
        raise NotAllowed(gettext_noop("请写明撤下的原因，或者选择转到的案例。"))
    if redirect_to is not None and (redirect_to.pk == case.pk or not redirect_to.is_public()):
        raise NotAllowed(gettext_noop("只能转到另一个已公开的案例。"))
    publication = release.withdraw(case, by=by, reason=reason.strip(), redirect_to=redirect_to)
    if way != Way.TIMER:  # whoever takes it down in person does not want it back by itself
        cancel_schedules(case, PublicState.PUBLISHED, PublicState.WITHDRAWN, by=by, but=schedule)
    write_down(
        case,
        ReviewStep.WITHDRAWN,
        by=by,
        stage=case.stage,
        revision=publication.revision,
        opinion=publication.reason,
        way=way,
    )
    return publication


def changes_date(case: Case, content: CaseContent) -> bool:
    """Whether the day an article appeared differs from what readers were told: that needs a reason."""
    last = release.last_publication(case)
    return last is not None and from_json(last.revision.content).published_at != content.published_at


def _frozen(
    case: Case, *, by: User, note: str, is_minor: bool, date_reason: str, occasion: str = Occasion.PUBLISHED
) -> Revision:
    content = read_draft(case)
    _check_complete(content)
    note, date_reason = note.strip(), date_reason.strip()
    if is_minor and note:
        raise NotAllowed(gettext_noop("细微修改不写修改说明：请去掉说明，或者不勾选细微修改。"))
    if not changes_date(case, content):
        date_reason = ""
    elif not date_reason:
        raise NotAllowed(gettext_noop("原文发布时间和公开的不同，请写明更改的原因。"))
    return freeze(
        case,
        by=by,
        note=note,
        content=content,
        is_minor=is_minor,
        date_reason=date_reason,
        occasion=occasion,
    )


def _check_complete(content: CaseContent) -> None:
    if missing := blocking(content):
        raise Incomplete(missing)


def _check_reviewed(case: Case) -> None:
    """Submitted when the site had no reviews, a case waits for its publication without any."""
    approved = Review.objects.filter(case=case, round=case.round, step=ReviewStep.APPROVED)
    if settings.REVIEWS and not approved.exists():
        raise NotAllowed(gettext_noop("这一稿提交时不用审核，现在要审核：请退回，再提交一次。"))


def _check_unchanged(case: Case, content: CaseContent) -> None:
    """What was submitted is still what stands there; compared as contents, whose form may have grown since."""
    assert case.submitted_revision is not None
    if content_digest(content) != content_digest(from_json(case.submitted_revision.content)):
        raise NotAllowed(gettext_noop("工作稿和提交的版本不同，请退回后重新提交。"))


def _back_to(stage: str, step: str, case: Case, *, by: User, opinion: str, reasons: Sequence[str] = ()) -> Review:
    before, revision = case.stage, case.submitted_revision
    # what is live may still be taken down at its time; what never was cannot
    cancel_schedules(case, PublicState.PUBLISHED, *([] if case.is_public() else [PublicState.WITHDRAWN]), by=by)
    release_text(case, stage)
    return write_down(case, step, by=by, stage=before, revision=revision, opinion=opinion, reasons=reasons)
