"""What every step of a case does: claim it, ask whether it may be taken, move the case, write down who did it."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from cases.editing.audit.recording import record
from cases.editing.drafts import claim
from cases.editing.permissions import require
from cases.models import Case, Review, ReviewStep, Revision, Schedule, User, Way


def begin(case: Case, verb: str, by: User) -> None:
    """Claim the case, read where it stands now, and ask whether the step may be taken.

    Raises Conflict if somebody saved it or took a step since `case` was read, and NotAllowed.
    """
    claim(case, version=case.version)
    case.refresh_from_db(fields=["stage", "round", "submitted_by", "submitted_revision"])
    require(by, verb, case)


def move(case: Case, stage: str, *fields: str) -> None:
    """Put the case at a stage, from now on; `fields` are others of it that were set."""
    case.stage, case.stage_since = stage, timezone.now()
    case.save(update_fields=["stage", "stage_since", *fields])


def release_text(case: Case, stage: str, *fields: str) -> None:
    """`move` a case to where its text may be changed again."""
    case.submitted_by = case.submitted_revision = None
    move(case, stage, "submitted_by", "submitted_revision", *fields)


def cancel_schedules(case: Case, *kinds: str, by: User, but: Schedule | None = None) -> None:
    """What was to happen at a set time does not: it happened already, or no longer should.

    `but` is the schedule that brought the step about.
    """
    waiting = Schedule.objects.filter(Schedule.IS_OPEN, case=case, kind__in=kinds)
    if but is not None:
        waiting = waiting.exclude(pk=but.pk)
    for schedule in waiting:
        write_down(case, ReviewStep.UNSCHEDULED, by=by, stage=case.stage, revision=schedule.revision)
    waiting.update(cancelled_at=timezone.now(), cancelled_by=by)


def write_down(
    case: Case,
    step: str,
    *,
    by: User,
    stage: str,
    revision: Revision | None = None,
    opinion: str = "",
    reasons: Sequence[str] = (),
    way: str = Way.ADMIN,
) -> Review:
    """The row that stays, and its entry in the audit: `stage` is where the case was, `revision` what it was about."""
    record(step, by=by, about=case, before={"stage": stage}, after={"stage": case.stage}, note=opinion)
    return Review.objects.create(
        case=case,
        round=case.round,
        step=step,
        stage=stage,
        revision=revision or case.submitted_revision,
        by=by,
        at=timezone.now(),
        opinion=opinion,
        reasons=list(reasons),
        way=way,
    )
