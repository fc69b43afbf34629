"""Putting a case away. What has a history keeps it, so such a case is archived, never deleted."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from cases.content import CaseContent, gettext_noop
from cases.editing.audit.recording import changed_paths, record
from cases.editing.drafts import Conflict, read_draft
from cases.editing.permissions import NotAllowed
from cases.editing.review.moving import begin, cancel_schedules, move, write_down
from cases.models import Case, Review, ReviewStep, User
from cases.models.draft import CaseStage, PublicState


@transaction.atomic
def archive_case(case: Case, *, by: User, opinion: str = "") -> Review:
    """Put a case away. Raises NotAllowed while it is public or under review, Conflict if it was saved meanwhile."""
    return _put(CaseStage.ARCHIVED, "archive", ReviewStep.ARCHIVED, case, by=by, opinion=opinion)


@transaction.atomic
def restore_case(case: Case, *, by: User, opinion: str = "") -> Review:
    """Make an archived case a draft again. Raises NotAllowed if it is not archived, Conflict as above."""
    return _put(CaseStage.DRAFT, "restore", ReviewStep.RESTORED, case, by=by, opinion=opinion)


def _put(stage: str, verb: str, step: str, case: Case, *, by: User, opinion: str) -> Review:
    begin(case, verb, by)
    before = case.stage
    case.updated_by, case.updated_at = by, timezone.now()
    move(case, stage, "updated_by", "updated_at")
    cancel_schedules(case, *PublicState.values, by=by)
    return write_down(case, step, by=by, stage=before, opinion=opinion.strip())


@transaction.atomic
def delete_case(case: Case, *, by: User | None = None) -> None:
    """Remove a case to which nothing happened yet, and its article if no other case came from it.

    Raises NotAllowed for any other, and Conflict if it was saved, or deleted, since it was read.
    """
    held = Case.objects.select_for_update().filter(pk=case.pk).first()  # till the end nobody adds anything to it
    if held is None or held.version != case.version:
        raise Conflict(case.pk)
    if case.has_history():
        raise NotAllowed(gettext_noop("案例已有历史记录，只能归档，不能删除。"))
    said, _nothing = changed_paths(read_draft(case), CaseContent())
    record("deleted", by=by, about=case, before=said)
    article = case.source_text
    case.delete()
    if article is not None and not article.case_set.exists():
        article.delete()
