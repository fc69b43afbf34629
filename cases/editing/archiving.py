"""Putting a case away. What was ever public stays in the history, so such a case is archived, never deleted."""

from __future__ import annotations

from django.db import transaction

from cases.editing.drafts import claim
from cases.editing.workflow import NotAllowed
from cases.models import Case
from cases.models.draft import CaseStage, PublicState
from cases.publishing import release


@transaction.atomic
def archive_case(case: Case) -> None:
    """Put a case away. Raises NotAllowed while it is public, Conflict if it was saved meanwhile."""
    claim(case, version=case.version)
    last = release.last_publication(case)
    if last is not None and last.kind == PublicState.PUBLISHED:
        raise NotAllowed(f"case {case.pk} is public")
    _move(case, CaseStage.ARCHIVED)


@transaction.atomic
def restore_case(case: Case) -> None:
    """Make an archived case a draft again. Raises NotAllowed if it is not archived, Conflict as above."""
    claim(case, version=case.version)
    if case.stage != CaseStage.ARCHIVED:
        raise NotAllowed(f"case {case.pk} is not archived")
    _move(case, CaseStage.DRAFT)


def _move(case: Case, stage: CaseStage) -> None:
    case.stage = stage
    case.save(update_fields=["stage"])


@transaction.atomic
def delete_case(case: Case) -> None:
    """Remove a case that never had a revision, and its article if no other case came from it.

    Raises NotAllowed for any other.
    """
    if case.revisions.exists():
        raise NotAllowed(f"case {case.pk} has revisions")
    article = case.source_text
    case.delete()
    if article is not None and not article.case_set.exists():
        article.delete()
