"""Who may do what with a case: one rule for every page, button, command and bulk action.

A verb needs a stage, a permission, a case within the scope of the person, and, where it judges a text, somebody who
neither wrote nor submitted it and did not pass it last. Superusers are no exception to the last.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q

from cases.content import CaseContent, gettext_noop
from cases.models import Case, Region, Review, ReviewStep, User
from cases.models.draft import CaseStage

EDITABLE = (CaseStage.DRAFT, CaseStage.RETURNED)
REVIEW_PERMISSIONS = {
    CaseStage.FIRST_REVIEW: "cases.first_review",
    CaseStage.SECOND_REVIEW: "cases.second_review",
    CaseStage.FINAL_REVIEW: "cases.final_review",
    CaseStage.APPROVED: "cases.publish",
}
CHANGE, PUBLISH, FORCE = "cases.change_case", "cases.publish", "cases.force_publish"


class NotAllowed(Exception):
    """The step does not fit the state of the case, or the person; the text is a translatable sentence."""


@dataclass(frozen=True, slots=True)
class Verb:
    """When somebody may take a step with a case."""

    stages: tuple[str, ...]
    permission: Callable[[Case], str]
    judges: bool = False  # somebody else's text, that is


def _always(permission: str) -> Callable[[Case], str]:
    return lambda case: permission


def _of_stage(case: Case) -> str:
    return REVIEW_PERMISSIONS.get(CaseStage(case.stage), FORCE)


_ALL = tuple(CaseStage.values)
_NOT_AWAY = tuple(stage for stage in _ALL if stage != CaseStage.ARCHIVED)
VERBS = {
    "change": Verb(EDITABLE, _always(CHANGE)),
    "submit": Verb(EDITABLE, _always(CHANGE)),
    "take_back": Verb(tuple(REVIEW_PERMISSIONS), _always(CHANGE)),
    "approve": Verb(
        tuple(stage for stage in REVIEW_PERMISSIONS if stage != CaseStage.APPROVED), _of_stage, judges=True
    ),
    "return": Verb(tuple(REVIEW_PERMISSIONS), _of_stage, judges=True),
    "publish": Verb((CaseStage.APPROVED,), _always(PUBLISH)),
    "force": Verb(_NOT_AWAY, _always(FORCE)),
    "withdraw": Verb(_ALL, _always(PUBLISH)),
    "share": Verb(_NOT_AWAY, _always(CHANGE)),  # with somebody outside, by a link
    "archive": Verb(EDITABLE, _always(CHANGE)),
    "restore": Verb((CaseStage.ARCHIVED,), _always(CHANGE)),
}


def may(user: User, verb: str, case: Case) -> bool:
    return not why_not(user, verb, case)


def require(user: User, verb: str, case: Case) -> None:
    """Raises NotAllowed, and says why."""
    if reason := why_not(user, verb, case):
        raise NotAllowed(reason)


def why_not(user: User, verb: str, case: Case) -> str:
    """What keeps a person from a step, as a translatable sentence; "" if nothing does."""
    rule = VERBS[verb]
    if not user.has_perm(rule.permission(case)):
        return gettext_noop("您没有做这一步的权限。")
    if not Case.objects.visible_to(user).filter(pk=case.pk).exists():
        return gettext_noop("这个案例不在您负责的地区和部门之内。")
    stages = (*EDITABLE, *rule.stages) if verb == "publish" and not settings.REVIEWS else rule.stages
    if case.stage not in stages:
        return gettext_noop("案例现在的阶段不能做这一步。")
    if verb == "take_back" and user.pk != case.submitted_by_id and not user.has_perm(FORCE):
        return gettext_noop("只有提交的人可以收回。")
    return _why_not_judge(user, case) if rule.judges else ""


def _why_not_judge(user: User, case: Case) -> str:
    if user.pk == case.submitted_by_id:
        return gettext_noop("这一稿是您提交的，要由别人审核。")
    if case.writers.filter(pk=user.pk).exists():
        return gettext_noop("这一稿里有您写的文字，要由别人审核。")
    last = Review.objects.filter(case=case, round=case.round, step=ReviewStep.APPROVED).order_by("-pk").first()
    if last is not None and last.by_id == user.pk:
        return gettext_noop("上一道审核是您通过的，这一道要换一个人。")
    return ""


def content_in_scope(user: User, content: CaseContent, case: Case | None = None) -> bool:
    """Whether a person would see a case with this content: nobody files one out of their own reach.

    Without a region or department it is within the reach of whoever made it: of `user`, if there is no `case` yet.
    """
    if user.is_superuser:
        return True
    regions, departments = (set(chosen.values_list("pk", flat=True)) for chosen in (user.regions, user.departments))
    is_own = case is None or case.created_by_id == user.pk
    if departments and not (content.department in departments if content.department else is_own):
        return False
    among = Q(pk__in=regions) | Q(parent__in=regions) | Q(parent__parent__in=regions)
    return not regions or (Region.objects.filter(among, pk=content.region).exists() if content.region else is_own)
