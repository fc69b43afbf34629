"""The verbs that move a case: publish and withdraw. Admin, commands and tests call these.

Each opens its transaction, checks that it may happen, and records who did it.
"""

from __future__ import annotations

from django.db import transaction

from cases.editing.drafts import claim, freeze, read_draft
from cases.editing.requirements import Incomplete, missing_to_publish
from cases.models import Case, Publication, PublishedCase, User
from cases.models.draft import CaseStage, PublicState
from cases.publishing import release


class NotAllowed(Exception):
    """The step does not fit the state of the case, or the person lacks the permission."""


PUBLISH = "cases.publish"


@transaction.atomic
def publish_case(case: Case, *, by: User, note: str = "") -> PublishedCase:
    """Show the working copy to readers as it stands.

    Raises NotAllowed without the permission or for an archived case, Incomplete with all that is
    missing, Conflict if the case was saved meanwhile.
    """
    if not by.has_perm(PUBLISH):
        raise NotAllowed(f"{by.username} may not publish")
    if case.stage == CaseStage.ARCHIVED:
        raise NotAllowed(f"case {case.pk} is archived")
    claim(case, version=case.version)
    content = read_draft(case)
    missing = missing_to_publish(content)
    if missing:
        raise Incomplete(missing)
    return release.publish(freeze(case, by=by, note=note, content=content), by=by)


@transaction.atomic
def withdraw_case(case: Case, *, by: User, reason: str, redirect_to: Case | None = None) -> Publication:
    """Take a case down; readers see the reason. Raises NotAllowed unless it is public, or without a reason."""
    if not by.has_perm(PUBLISH):
        raise NotAllowed(f"{by.username} may not withdraw")
    claim(case, version=case.version)
    last = release.last_publication(case)
    if last is None or last.kind != PublicState.PUBLISHED:
        raise NotAllowed(f"case {case.pk} is not public")
    if not reason.strip():
        raise NotAllowed("a withdrawal needs a reason")
    return release.withdraw(case, by=by, reason=reason.strip(), redirect_to=redirect_to)
