"""Who may do what with a case: one rule for every page, button, command and bulk action.

A verb needs a stage, a permission, a case within the scope of the person, and, where it judges a text, somebody who
neither wrote nor submitted it and did not pass it last. Superusers are no exception to the last.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext

from cases.content import CaseContent, gettext_noop
from cases.editing.audit.recording import record_refusal
from cases.editing.review.stages import active_reviews, next_stage
from cases.models import Case, Publication, Region, Review, ReviewStep, SourceText, User
from cases.models.draft import CaseStage, PublicState
from cases.models.people import reach_of, scope_of

EDITABLE = (CaseStage.DRAFT, CaseStage.RETURNED)
ADD, CHANGE, PUBLISH, FORCE = "cases.add_case", "cases.change_case", "cases.publish", "cases.force_publish"
REVIEW_PERMISSIONS = {
    CaseStage.FIRST_REVIEW: "cases.first_review",
    CaseStage.SECOND_REVIEW: "cases.second_review",
    CaseStage.FINAL_REVIEW: "cases.final_review",
    CaseStage.APPROVED: PUBLISH,
}
OUT_OF_SCOPE = gettext_noop("这个案例不在您负责的地区和部门之内。")
_NO_RIGHT = gettext_noop("您没有做这一步的权限。")
_UNDER_REVIEW = gettext_noop("案例正在审核，不能做这一步。")
_AT_STAGE = {
    CaseStage.DRAFT: gettext_noop("案例还是草稿，没有提交审核，不能做这一步。"),
    CaseStage.RETURNED: gettext_noop("案例已退回给编辑，不能做这一步；请等修改后再提交。"),
    CaseStage.FIRST_REVIEW: _UNDER_REVIEW,
    CaseStage.SECOND_REVIEW: _UNDER_REVIEW,
    CaseStage.FINAL_REVIEW: _UNDER_REVIEW,
    CaseStage.APPROVED: gettext_noop("案例已通过审核，等待发布，不能做这一步；要修改请先收回或者退回。"),
    CaseStage.ARCHIVED: gettext_noop("案例已归档，不能做这一步；请先恢复为草稿。"),
}
_NOT_PUBLIC = gettext_noop("案例没有公开，不用撤下。")
_STILL_PUBLIC = gettext_noop("案例还在公开，请先撤下。")


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
    """The permissions with one of which a text is judged at a stage.

    At a review that the site has given up since, that of the next one too: nobody may be left with the first.
    """
    if stage not in REVIEW_PERMISSIONS:
        return tuple(REVIEW_PERMISSIONS.values())  # nothing is judged there: the stage refuses, whoever asks
    own = REVIEW_PERMISSIONS[CaseStage(stage)]
    if stage == CaseStage.APPROVED or stage in active_reviews():
        return (own,)
    return (own, REVIEW_PERMISSIONS[next_stage(stage)])


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
    "share": Verb(_NOT_AWAY, _one_of(CHANGE)),  # with somebody outside, by a link
    "archive": Verb(EDITABLE, _one_of(CHANGE), public=False),
    "restore": Verb((CaseStage.ARCHIVED,), _one_of(CHANGE)),
    "schedule": Verb(_ALL, _one_of(PUBLISH)),
    "export": Verb(_ALL, _one_of("cases.view_case")),
    "copy": Verb(_ALL, _one_of(ADD)),
    "comment": Verb(_NOT_AWAY, _one_of(CHANGE, *REVIEW_PERMISSIONS.values())),
}


def stages_of(verb: str) -> tuple[str, ...]:
    """The stages a case must be at for a step; without reviews a draft is published as it stands."""
    return (*EDITABLE, CaseStage.APPROVED) if verb == "publish" and not settings.REVIEWS else VERBS[verb].stages


def may(user: User, verb: str, case: Case) -> bool:
    return not why_not(user, verb, case)


def require(user: User, verb: str, case: Case) -> None:
    """Raises NotAllowed, and says why; the attempt is recorded."""
    if reason := why_not(user, verb, case):
        record_refusal(verb, by=user, about=case, note=gettext(reason))
        raise NotAllowed(reason)


def require_add(user: User) -> None:
    """Raises NotAllowed for who may make no cases; the attempt is recorded."""
    if not user.has_perm(ADD):
        record_refusal("created", by=user, note=gettext(_NO_RIGHT))
        raise NotAllowed(_NO_RIGHT)


def why_not(user: User, verb: str, case: Case) -> str:
    """What keeps a person from a step, as a translatable sentence; "" if nothing does."""
    return why_not_each(user, verb, [case])[case.pk]


def why_not_each(user: User, verb: str, cases: Sequence[Case]) -> dict[int, str]:
    """`why_not` of many cases by their keys; at most four queries however many."""
    return _answers(verb, Asked(user, cases))


def why_not_of(user: User, case: Case, verbs: Iterable[str]) -> dict[str, str]:
    """`why_not` of one case by the verbs; at most four queries however many."""
    asked = Asked(user, [case])
    return {verb: _answers(verb, asked)[case.pk] for verb in verbs}


@dataclass(frozen=True)
class Asked:
    """What the rules ask of the database about a person and some cases, each once, when it is needed."""

    user: User
    cases: Sequence[Case]

    @cached_property
    def beyond(self) -> set[int]:
        """The cases the person does not see."""
        return beyond_reach(self.user, [case.pk for case in self.cases])

    @cached_property
    def public(self) -> set[int]:
        """The cases readers see; known already of those read `with_public_state`."""
        known = {case.pk: case.public_state for case in self.cases if hasattr(case, "public_state")}
        unknown = [case.pk for case in self.cases if case.pk not in known]
        if unknown:
            last = Publication.objects.filter(case__in=unknown).order_by("pk")
            known |= dict(last.values_list("case", "kind"))
        return {pk for pk, state in known.items() if state == PublicState.PUBLISHED}

    @cached_property
    def own(self) -> dict[int, str]:
        """Of the cases whose text is theirs or that they passed last, why they do not judge them."""
        return _why_not_judge(self.user, self.cases)


def _answers(verb: str, asked: Asked) -> dict[int, str]:
    rule, answers = VERBS[verb], {}
    for case in asked.cases:
        if not any(asked.user.has_perm(one) for one in rule.permissions(case)):
            answers[case.pk] = _NO_RIGHT
        elif case.pk in asked.beyond:
            answers[case.pk] = OUT_OF_SCOPE
        elif told := _why_not_now(asked.user, verb, case):
            answers[case.pk] = told
        elif rule.public is not None and (case.pk in asked.public) != rule.public:
            answers[case.pk] = _NOT_PUBLIC if rule.public else _STILL_PUBLIC
        else:
            answers[case.pk] = asked.own.get(case.pk, "") if rule.judges else ""
    return answers


def _why_not_now(user: User, verb: str, case: Case) -> str:
    if case.stage not in stages_of(verb):
        return _AT_STAGE[CaseStage(case.stage)]
    if verb == "take_back" and user.pk != case.submitted_by_id and not user.has_perm(FORCE):
        return gettext_noop("只有提交的人可以收回。")
    return ""


def _why_not_judge(user: User, cases: Sequence[Case]) -> dict[int, str]:
    """Of cases somebody might judge, those whose text is theirs or that they passed last."""
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


# Scope: what follows from the cases a person sees

BEYOND = gettext_noop("填写的地区或部门不在您负责的范围之内。")


def require_scope(user: User, content: CaseContent, case: Case | None = None) -> None:
    """Raises NotAllowed for a content by which the case would be out of the person's sight; it is recorded."""
    if not content_in_scope(user, content, case):
        record_refusal("saved" if case else "created", by=user, about=case, title=content.title, note=BEYOND)
        raise NotAllowed(BEYOND)


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
