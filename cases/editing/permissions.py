"""Who may do what with a case: one rule for every page, button, command and bulk action.

A verb needs a stage, a permission, a case within the scope of the person, and, where it judges a text, somebody who
neither wrote nor submitted it and did not pass it last. Superusers are no exception to the last.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import F

from cases.content import gettext_noop
from cases.models import Case, Review, ReviewStep, User
from cases.models.draft import CaseStage

EDITABLE = (CaseStage.DRAFT, CaseStage.RETURNED)
REVIEW_PERMISSIONS = {
    CaseStage.FIRST_REVIEW: "cases.first_review",
    CaseStage.SECOND_REVIEW: "cases.second_review",
    CaseStage.FINAL_REVIEW: "cases.final_review",
    CaseStage.APPROVED: "cases.publish",
}
CHANGE, PUBLISH, FORCE = "cases.change_case", "cases.publish", "cases.force_publish"
OUT_OF_SCOPE = gettext_noop("这个案例不在您负责的地区和部门之内。")


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
    "archive": Verb(EDITABLE, _always(CHANGE)),
    "restore": Verb((CaseStage.ARCHIVED,), _always(CHANGE)),
    "export": Verb(_ALL, _always("cases.view_case")),
    "unschedule": Verb(_ALL, _always(PUBLISH)),
}


def may(user: User, verb: str, case: Case) -> bool:
    return not why_not(user, verb, case)


def require(user: User, verb: str, case: Case) -> None:
    """Raises NotAllowed, and says why."""
    if reason := why_not(user, verb, case):
        raise NotAllowed(reason)


def why_not(user: User, verb: str, case: Case) -> str:
    """What keeps a person from a step, as a translatable sentence; "" if nothing does."""
    return why_not_each(user, verb, [case])[case.pk]


def why_not_each(user: User, verb: str, cases: Sequence[Case]) -> dict[int, str]:
    """`why_not` of many cases by their keys; at most three queries however many."""
    rule = VERBS[verb]
    permitted = [case for case in cases if user.has_perm(rule.permission(case))]
    visible = _visible(user, permitted)
    answers = {case.pk: gettext_noop("您没有做这一步的权限。") for case in cases}
    for case in permitted:
        seen = case.pk in visible
        answers[case.pk] = _why_not_now(user, verb, case) if seen else OUT_OF_SCOPE
    if rule.judges:
        answers |= _why_not_judge(user, [case for case in permitted if not answers[case.pk]])
    return answers


def _visible(user: User, cases: Sequence[Case]) -> set[int]:
    keys = [case.pk for case in cases]
    return set(Case.objects.visible_to(user).filter(pk__in=keys).values_list("pk", flat=True)) if keys else set()


def _why_not_now(user: User, verb: str, case: Case) -> str:
    rule = VERBS[verb]
    stages = (*EDITABLE, *rule.stages) if verb == "publish" and not settings.REVIEWS else rule.stages
    if case.stage not in stages:
        return gettext_noop("案例现在的阶段不能做这一步。")
    if verb == "take_back" and user.pk != case.submitted_by_id and not user.has_perm(FORCE):
        return gettext_noop("只有提交的人可以收回。")
    return ""


def _why_not_judge(user: User, cases: Sequence[Case]) -> dict[int, str]:
    """Of cases somebody might judge, those whose text is theirs or that they passed last."""
    if not cases:
        return {}
    written = set(Case.writers.through.objects.filter(case__in=cases, user=user).values_list("case", flat=True))
    passed = Review.objects.filter(case__in=cases, round=F("case__round"), step=ReviewStep.APPROVED)
    last = dict(passed.order_by("pk").values_list("case", "by"))
    answers = {}
    for case in cases:
        if user.pk == case.submitted_by_id:
            answers[case.pk] = gettext_noop("这一稿是您提交的，要由别人审核。")
        elif case.pk in written:
            answers[case.pk] = gettext_noop("这一稿里有您写的文字，要由别人审核。")
        elif last.get(case.pk) == user.pk:
            answers[case.pk] = gettext_noop("上一道审核是您通过的，这一道要换一个人。")
    return answers
