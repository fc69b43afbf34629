"""A change to a demo case at each stage, so that a visitor can play every review.

Written, submitted and passed by accounts nobody logs in with: the demo accounts have no part in any of it.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Sequence

from django.contrib.auth.models import Group
from django.utils.translation import gettext as _

from cases.editing.drafts import read_draft, write_draft
from cases.editing.people import EDITORS, FINAL_REVIEWERS, FIRST_REVIEWERS, SECOND_REVIEWERS
from cases.editing.review.comments import comment_on
from cases.editing.review.stages import active_reviews
from cases.editing.review.steps import approve, return_case, submit_for_review
from cases.models import Case, User
from cases.models.draft import CaseStage


def put_under_review(cases: Sequence[Case]) -> None:
    """Change the first of these cases, and bring the changes to one stage each; what readers see stays as it is."""
    writer = _colleague("demo-writer", _("演示作者"), EDITORS)
    judges = [
        _colleague(f"demo-judge-{number}", name, FIRST_REVIEWERS, SECOND_REVIEWERS, FINAL_REVIEWERS)
        for number, name in ((1, _("演示审核甲")), (2, _("演示审核乙")))
    ]
    stages = (CaseStage.DRAFT, CaseStage.RETURNED, *active_reviews(), CaseStage.APPROVED)
    for stage, case in zip(stages, cases, strict=False):
        content = read_draft(case)
        added = _("（示例：这一句是为了演示审核加上的，没有公开。）")
        closing = "\n".join(filter(None, (content.closing, added)))
        write_draft(dataclasses.replace(content, closing=closing), by=writer, case=case)
        if stage != CaseStage.DRAFT:
            _bring(case, stage, added, writer, judges)


def _bring(case: Case, stage: CaseStage, added: str, writer: User, judges: Sequence[User]) -> None:
    submit_for_review(case, by=writer, note=_("结语加了一句"), opinion=_("只加了一句，请看看。"))
    if stage == CaseStage.RETURNED and active_reviews():
        comment_on(case, by=judges[0], path="closing", quote=added, text=_("这一句可以更具体。"))
        return_case(case, by=judges[0], reasons=["words"], opinion=_("结语请再改一改。"))
        return
    for judge in itertools.cycle(judges):
        if case.stage in (stage, CaseStage.APPROVED):
            return
        approve(case, by=judge, opinion=_("可以。"))


def _colleague(username: str, name: str, *groups: str) -> User:
    user, made = User.objects.get_or_create(username=username, defaults={"name": name, "is_demo": True})
    if made:
        user.set_unusable_password()
        user.save()
        user.groups.set(Group.objects.filter(name__in=groups))
    return User.objects.get(pk=user.pk)  # without permissions remembered from before
