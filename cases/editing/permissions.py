"""Who may do what with a case: one rule for every page, button, command and bulk action.

A verb needs a stage, a permission, a case within the scope of the person, and, where it judges a text, somebody who
neither wrote nor submitted it and did not pass it last. Superusers are no exception to the last.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from cases.content import CaseContent, gettext_noop
from cases.editing.audit.recording import record_refusal
from cases.models import Case, Region, Review, ReviewStep, SourceText, User
from cases.models.draft import CaseStage
from cases.models.people import reach_of, scope_of

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
    "archive": Verb(EDITABLE, _always(CHANGE)),
    "restore": Verb((CaseStage.ARCHIVED,), _always(CHANGE)),
}


def may(user: User, verb: str, case: Case) -> bool:
    return not why_not(user, verb, case)


def require(user: User, verb: str, case: Case) -> None:
    """Raises NotAllowed, and says why; the attempt is recorded."""
    if reason := why_not(user, verb, case):
        record_refusal(verb, by=user, about=case, note=gettext(reason))
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


# Scope: what follows from the cases a person sees

OUT_OF_SCOPE = gettext_noop("填写的地区或部门不在您负责的范围之内。")


def require_scope(user: User, content: CaseContent, case: Case | None = None) -> None:
    """Raises NotAllowed for a content by which the case would be out of the person's sight; it is recorded."""
    if not content_in_scope(user, content, case):
        record_refusal("saved" if case else "created", by=user, about=case, title=content.title, note=OUT_OF_SCOPE)
        raise NotAllowed(OUT_OF_SCOPE)


def content_in_scope(user: User, content: CaseContent, case: Case | None = None) -> bool:
    """Whether a person would see a case with this content: nobody files one out of their own reach.

    Without a region or department it is within the reach of whoever made it: of `user`, if there is no `case` yet.
    """
    regions, departments = reach_of(user)
    if not regions and not departments:
        return True
    is_own = case is None or case.created_by_id == user.pk
    if departments and not (content.department in departments if content.department else is_own):
        return False
    return not regions or (bool(regions_within([content.region], regions)) if content.region else is_own)


def regions_within(keys: Iterable[str], regions: Iterable[str]) -> set[str]:
    """Those of `keys` that are among these regions or below them."""
    among = Q(pk__in=regions) | Q(parent__in=regions) | Q(parent__parent__in=regions)
    return set(Region.objects.filter(among, pk__in=keys).values_list("pk", flat=True))


def beyond_reach(user: User, keys: Iterable[int]) -> set[int]:
    """Those of these cases that a person does not see; no query for who sees all."""
    asked = set(keys)
    if not asked or scope_of(user) is None:
        return set()
    return asked - set(Case.objects.visible_to(user).filter(pk__in=asked).values_list("pk", flat=True))


def visible_articles(user: User) -> QuerySet[SourceText]:
    """The articles a person may look at: those they received, and those of which they see a case."""
    if scope_of(user) is None:
        return SourceText.objects.all()
    made = Case.objects.visible_to(user).filter(source_text__isnull=False).values("source_text")
    return SourceText.objects.filter(Q(received_by=user) | Q(pk__in=made))
