"""Who may do what with a case: one rule for every page, button, command and bulk action.

A verb needs a stage, a permission, a case within the scope of the person, and, where it judges a text, somebody who
neither wrote nor submitted it and did not pass it last. Superusers are no exception to the last.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings

from cases.content import gettext_noop
from cases.editing.review.stages import active_reviews, next_stage
from cases.models import Case, Review, ReviewStep, User
from cases.models.draft import CaseStage
from cases.models.people import scope_of

EDITABLE = (CaseStage.DRAFT, CaseStage.RETURNED)
ADD, CHANGE, PUBLISH, FORCE = "cases.add_case", "cases.change_case", "cases.publish", "cases.force_publish"
REVIEW_PERMISSIONS = {
    CaseStage.FIRST_REVIEW: "cases.first_review",
    CaseStage.SECOND_REVIEW: "cases.second_review",
    CaseStage.FINAL_REVIEW: "cases.final_review",
    CaseStage.APPROVED: PUBLISH,
}


class NotAllowed(Exception):
    """The step does not fit the state of the case, or the person; the text is a translatable sentence."""


@dataclass(frozen=True, slots=True)
class Verb:
    """When somebody may take a step with a case."""

    stages: tuple[str, ...]
    permissions: Callable[[Case], tuple[str, ...]]  # one of them is enough
    judges: bool = False  # somebody else's text, that is
    public: bool | None = None  # whether readers must see the case; None: it does not matter


def judging_permissions(stage: str) -> tuple[str, ...]:
    """The permissions with one of which a text is judged at a stage; () where nothing is judged.

    At a review that the site has given up since, those of the later ones too: nobody may be left with the first.
    """
    if stage not in REVIEW_PERMISSIONS:
        return ()
    own = REVIEW_PERMISSIONS[CaseStage(stage)]
    if stage == CaseStage.APPROVED or stage in active_reviews():
        return (own,)
    later = REVIEW_PERMISSIONS[next_stage(stage)]
    return (own, later)


def _one_of(*permissions: str) -> Callable[[Case], tuple[str, ...]]:
    return lambda case: permissions


def _of_stage(case: Case) -> tuple[str, ...]:
    return judging_permissions(case.stage)


_ALL = tuple(CaseStage.values)
_NOT_AWAY = tuple(stage for stage in _ALL if stage != CaseStage.ARCHIVED)
_REVIEWS = tuple(stage for stage in REVIEW_PERMISSIONS if stage != CaseStage.APPROVED)
VERBS = {
    "change": Verb(EDITABLE, _one_of(CHANGE)),
    "submit": Verb(EDITABLE, _one_of(CHANGE)),
    "take_back": Verb(tuple(REVIEW_PERMISSIONS), _one_of(CHANGE)),
    "approve": Verb(_REVIEWS, _of_stage, judges=True),
    "return": Verb(tuple(REVIEW_PERMISSIONS), _of_stage, judges=True),
    "publish": Verb((CaseStage.APPROVED,), _one_of(PUBLISH)),
    "force": Verb(_NOT_AWAY, _one_of(FORCE)),
    "withdraw": Verb(_ALL, _one_of(PUBLISH), public=True),
    "archive": Verb(EDITABLE, _one_of(CHANGE), public=False),
    "restore": Verb((CaseStage.ARCHIVED,), _one_of(CHANGE)),
    "copy": Verb(_ALL, _one_of(ADD)),
    "comment": Verb(_NOT_AWAY, _one_of(CHANGE, *REVIEW_PERMISSIONS.values())),
}


def stages_of(verb: str) -> tuple[str, ...]:
    """The stages a case must be at for a step; without reviews a draft is published as it stands."""
    return (*EDITABLE, CaseStage.APPROVED) if verb == "publish" and not settings.REVIEWS else VERBS[verb].stages


def may(user: User, verb: str, case: Case) -> bool:
    return not why_not(user, verb, case)


def require(user: User, verb: str, case: Case) -> None:
    """Raises NotAllowed, and says why."""
    if reason := why_not(user, verb, case):
        raise NotAllowed(reason)


def why_not(user: User, verb: str, case: Case) -> str:
    """What keeps a person from a step, as a translatable sentence; "" if nothing does."""
    rule = VERBS[verb]
    if case.stage not in stages_of(verb):
        return gettext_noop("案例现在的阶段不能做这一步。")
    if not any(user.has_perm(permission) for permission in rule.permissions(case)):
        return gettext_noop("您没有做这一步的权限。")
    if scope_of(user) is not None and not Case.objects.visible_to(user).filter(pk=case.pk).exists():
        return gettext_noop("这个案例不在您负责的地区和部门之内。")
    if verb == "take_back" and user.pk != case.submitted_by_id and not user.has_perm(FORCE):
        return gettext_noop("只有提交的人可以收回。")
    if rule.public is not None and case.is_public() != rule.public:
        return gettext_noop("案例没有公开，不用撤下。") if rule.public else gettext_noop("案例还在公开，请先撤下。")
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
