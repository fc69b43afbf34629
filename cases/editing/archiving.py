"""Putting a case away. What was ever public stays in the history, so such a case is archived, never deleted."""

from __future__ import annotations

from django.db import transaction

from cases.editing.audit.recording import record
from cases.editing.drafts import claim, settle
from cases.editing.workflow import NotAllowed
from cases.models import Case, ReviewStep, User
from cases.models.draft import CaseStage, PublicState
from cases.publishing import release

CHANGE = "cases.change_case"


@transaction.atomic
def archive_case(case: Case, *, by: User) -> Case:
    """Put a case away; one that is away stays as it is.

    Raises NotAllowed without the permission to change cases or while the case is public, Conflict if
    it was saved meanwhile.
    """
    if case.stage == CaseStage.ARCHIVED:
        return case
    _claim(case, by=by)
    last = release.last_publication(case)
    if last is not None and last.kind == PublicState.PUBLISHED:
        raise NotAllowed(f"case {case.pk} is public")
    return _move(case, CaseStage.ARCHIVED, by=by)


@transaction.atomic
def restore_case(case: Case, *, by: User) -> Case:
    """Make an archived case a draft again. Raises NotAllowed if it is not archived, else as above."""
    _claim(case, by=by)
    if case.stage != CaseStage.ARCHIVED:
        raise NotAllowed(f"case {case.pk} is not archived")
    return _move(case, CaseStage.DRAFT, by=by)


def _claim(case: Case, *, by: User) -> None:
    if not by.has_perm(CHANGE):
        raise NotAllowed(f"{by.username} may not change cases")
    claim(case, version=case.version)


def _move(case: Case, stage: CaseStage, *, by: User) -> Case:
    before, case.stage = case.stage, stage
    case.save(update_fields=["stage"])
    step = ReviewStep.ARCHIVED if stage == CaseStage.ARCHIVED else ReviewStep.RESTORED
    record(step, by=by, about=case, before={"stage": before}, after={"stage": stage})
    return settle(case, by=by)


@transaction.atomic
def delete_case(case: Case, *, by: User | None = None) -> None:
    """Remove a case that never had a revision, and its article if no other case came from it.

    Raises NotAllowed for any other.
    """
    if case.revisions.exists():
        raise NotAllowed(f"case {case.pk} has revisions")
    record("deleted", by=by, about=case)
    article = case.source_text
    case.delete()
    if article is not None and not article.case_set.exists():
        article.delete()
