"""The steps of a case through review to its readers and back.

Each claims the version of the case first, so that of two people one wins and the other is told; then asks whether it
may happen, writes, and leaves a `Review` that nothing changes any more.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from cases.content import gettext_noop
from cases.editing.audit.recording import record
from cases.editing.drafts import claim, content_digest, freeze, read_draft
from cases.editing.permissions import NotAllowed, require
from cases.editing.requirements import Incomplete, missing_to_publish
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
    _begin(case, "submit", by)
    revision = _frozen(case, by=by, occasion=Occasion.SUBMITTED, note=note, is_minor=is_minor, date_reason=date_reason)
    before = case.stage
    case.round += 1
    case.submitted_by, case.submitted_revision = by, revision
    _move(case, next_stage(CaseStage.DRAFT), "round", "submitted_by", "submitted_revision")
    return _note(case, ReviewStep.SUBMITTED, by=by, stage=before, opinion=opinion)


@transaction.atomic
def take_back(case: Case, *, by: User, opinion: str = "") -> Review:
    """Make a case a draft again before it is through, by who submitted it."""
    _begin(case, "take_back", by)
    return _back_to(CaseStage.DRAFT, ReviewStep.TAKEN_BACK, case, by=by, opinion=opinion)


@transaction.atomic
def approve(case: Case, *, by: User, opinion: str = "") -> Review:
    """Pass a case to the next review, or on to publication."""
    _begin(case, "approve", by)
    before = case.stage
    _move(case, next_stage(before))
    return _note(case, ReviewStep.APPROVED, by=by, stage=before, opinion=opinion)


@transaction.atomic
def return_case(case: Case, *, by: User, reasons: Sequence[str] = (), opinion: str = "") -> Review:
    """Send a case back to its editor with reasons (codes of REASONS), words, or both."""
    _begin(case, "return", by)
    if not opinion.strip() and not reasons:
        raise NotAllowed(gettext_noop("请选择退回的原因，或者写明意见。"))
    if set(reasons) - REASONS.keys():
        raise NotAllowed(gettext_noop("没有这样的退回原因。"))
    return _back_to(CaseStage.RETURNED, ReviewStep.RETURNED, case, by=by, opinion=opinion, reasons=list(reasons))


@transaction.atomic
def publish_approved(case: Case, *, by: User, way: str = Way.ADMIN, schedule: Schedule | None = None) -> PublishedCase:
    """Show readers what was approved; without reviews (REVIEWS=0), the draft as it stands."""
    _begin(case, "publish", by)
    before = case.stage
    revision = case.submitted_revision if before == CaseStage.APPROVED else _frozen(case, by=by)
    assert revision is not None
    _check_complete(case)
    published = release.publish(revision, by=by)
    _finish(case, is_approved=True)
    _note(case, ReviewStep.PUBLISHED, by=by, stage=before, revision=revision, way=way)
    return published


@transaction.atomic
def force_publication(
    case: Case, *, by: User, reason: str, note: str = "", is_minor: bool = False, way: str = Way.ADMIN
) -> PublishedCase:
    """Show readers the draft as it stands, without the reviews: marked so in the history, with the reason.

    Whoever wrote it still does not review it the next time.
    """
    _begin(case, "force", by)
    if not reason.strip():
        raise NotAllowed(gettext_noop("强制发布要写明原因。"))
    before = case.stage
    revision = _frozen(case, by=by, note=note, is_minor=is_minor)
    published = release.publish(revision, by=by, forced_reason=reason.strip())
    _finish(case, is_approved=False)
    _note(case, ReviewStep.FORCED, by=by, stage=before, revision=revision, opinion=reason.strip(), way=way)
    return published


@transaction.atomic
def withdraw_case(
    case: Case, *, by: User, reason: str = "", redirect_to: Case | None = None, way: str = Way.ADMIN
) -> Publication:
    """Take a case down: readers see the reason, or are led to another case that is public."""
    _begin(case, "withdraw", by)
    last = release.last_publication(case)
    if last is None or last.kind != PublicState.PUBLISHED:
        raise NotAllowed(gettext_noop("案例没有公开，不用撤下。"))
    if not reason.strip() and redirect_to is None:
        raise NotAllowed(gettext_noop("请写明撤下的原因，或者选择转到的案例。"))
    if redirect_to is not None and (redirect_to.pk == case.pk or not _is_public(redirect_to)):
        raise NotAllowed(gettext_noop("只能转到另一个已公开的案例。"))
    publication = release.withdraw(case, by=by, reason=reason.strip(), redirect_to=redirect_to)
    _note(case, ReviewStep.WITHDRAWN, by=by, stage=case.stage, opinion=reason.strip(), way=way)
    return publication


def _begin(case: Case, verb: str, by: User) -> None:
    """Claim the case, read where it stands now, and ask whether the step may be taken."""
    claim(case, version=case.version)
    case.refresh_from_db(fields=["stage", "round", "submitted_by", "submitted_revision"])
    require(by, verb, case)


def _frozen(case: Case, *, by: User, **columns: object) -> Revision:
    content = read_draft(case)
    if missing := missing_to_publish(content):
        raise Incomplete(missing)
    return freeze(case, by=by, content=content, **columns)  # type: ignore[arg-type]  # columns of Revision


def _check_complete(case: Case) -> None:
    """What was approved is still what stands there, and still all that is needed."""
    content = read_draft(case)
    if case.submitted_revision and content_digest(content) != case.submitted_revision.digest:
        raise NotAllowed(gettext_noop("工作稿和审核通过的版本不同，请退回后重新提交。"))
    if missing := missing_to_publish(content):
        raise Incomplete(missing)


def _is_public(case: Case) -> bool:
    last = release.last_publication(case)
    return last is not None and last.kind == PublicState.PUBLISHED


def _move(case: Case, stage: str, *fields: str) -> None:
    case.stage, case.stage_since = stage, timezone.now()
    case.save(update_fields=["stage", "stage_since", *fields])


def _back_to(stage: str, step: str, case: Case, *, by: User, **columns: object) -> Review:
    before, revision = case.stage, case.submitted_revision
    case.submitted_by = case.submitted_revision = None
    _move(case, stage, "submitted_by", "submitted_revision")
    Schedule.objects.filter(Schedule.IS_OPEN, case=case).update(cancelled_at=timezone.now(), cancelled_by=by)
    return _note(case, step, by=by, stage=before, revision=revision, **columns)


def _finish(case: Case, *, is_approved: bool) -> None:
    """The draft is what readers see, and open for the next change."""
    case.submitted_by = case.submitted_revision = None
    _move(case, CaseStage.DRAFT, "submitted_by", "submitted_revision")
    if is_approved:
        case.writers.clear()


def _note(
    case: Case, step: str, *, by: User, stage: str, revision: Revision | None = None, **columns: object
) -> Review:
    note = str(columns.get("opinion", ""))
    record(step, by=by, about=case, before={"stage": stage}, after={"stage": case.stage}, note=note)
    return Review.objects.create(
        case=case,
        round=case.round,
        step=step,
        stage=stage,
        revision=revision or case.submitted_revision,
        by=by,
        at=timezone.now(),
        **columns,
    )
