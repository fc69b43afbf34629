"""What waits for a person, and how far what they wrote has come.

The same rule as `permissions.why_not`, asked of all cases at once.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from cases.editing.permissions import CHANGE, PUBLISH, REVIEW_PERMISSIONS, judging_permissions
from cases.models import Case, Review, ReviewStep, User
from cases.models.draft import FROZEN, CaseStage, PublicState

VERBS = {CaseStage.APPROVED: "publish", CaseStage.RETURNED: "submit"}  # of a review: approve


@dataclass(frozen=True, slots=True)
class Waiting:
    """A case that waits for somebody to take a step with it."""

    case: Case
    since: datetime.datetime
    is_overdue: bool  # longer than REVIEW_DAYS
    verb: str


def waiting_cases(user: User) -> QuerySet[Case]:
    """The cases with which a person is to take the next step, longest waiting first."""
    here = Q()
    if reviews := [stage for stage in REVIEW_PERMISSIONS if stage != CaseStage.APPROVED and _may_judge(user, stage)]:
        here |= Q(stage__in=reviews) & _is_no_part_of(user)
    if user.has_perm(PUBLISH):
        here |= Q(stage=CaseStage.APPROVED)
    if user.has_perm(CHANGE):
        here |= Q(stage=CaseStage.RETURNED) & _is_by(user)
    if not here:
        return Case.objects.none()
    cases = Case.objects.visible_to(user).annotate(last_approver=_last_approver()).filter(here)
    return cases.select_related("submitted_by", "region").order_by("stage_since", "pk")


def waiting(case: Case) -> Waiting:
    """How long a case waits, and for which step."""
    limit = timezone.now() - datetime.timedelta(days=settings.REVIEW_DAYS)
    return Waiting(case, case.stage_since, case.stage_since < limit, VERBS.get(CaseStage(case.stage), "approve"))


def manuscripts(user: User) -> dict[str, QuerySet[Case]]:
    """What a person made, wrote or submitted, by how far it has come; newest change first."""
    cases: Any = Case.objects.visible_to(user).filter(_is_by(user))
    cases = cases.with_public_state().select_related("region").order_by("-updated_at", "-pk")
    draft = cases.filter(stage=CaseStage.DRAFT)
    live = Q(public_state=PublicState.PUBLISHED, live_digest=F("digest"))
    return {
        "returned": cases.filter(stage=CaseStage.RETURNED),
        "draft": draft.exclude(live),
        "review": cases.filter(stage__in=FROZEN),
        "public": draft.filter(live),
        "archived": cases.filter(stage=CaseStage.ARCHIVED),
    }


def _may_judge(user: User, stage: str) -> bool:
    return any(user.has_perm(permission) for permission in judging_permissions(stage))


def _last_approver() -> Subquery:
    approved = Review.objects.filter(case=OuterRef("pk"), round=OuterRef("round"), step=ReviewStep.APPROVED)
    return Subquery(approved.order_by("-pk").values("by")[:1])


def _is_no_part_of(user: User) -> Q:
    """Neither submitted nor written by them, nor passed by them last."""
    wrote = Case.writers.through.objects.filter(case=OuterRef("pk"), user=user)
    passed = Q(last_approver=user.pk)
    return (Q(submitted_by=None) | ~Q(submitted_by=user)) & ~Exists(wrote) & (Q(last_approver=None) | ~passed)


def _is_by(user: User) -> Q:
    wrote = Case.writers.through.objects.filter(case=OuterRef("pk"), user=user)
    submitted = Review.objects.filter(case=OuterRef("pk"), by=user, step=ReviewStep.SUBMITTED)
    return Q(created_by=user) | Q(Exists(wrote)) | Q(Exists(submitted))
