"""The steps as the pages offer them: what each is called, what it asks, what it will bring about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.admin.review.forms import (
    ChangeForm,
    ForceForm,
    OpinionForm,
    ReturnForm,
    StepForm,
    SubmitForm,
    WithdrawalForm,
)
from cases.editing.archiving import archive_case, restore_case
from cases.editing.permissions import stages_of, why_not_of
from cases.editing.review import steps
from cases.editing.review.copying import copy_case
from cases.editing.review.stages import next_stage
from cases.models import Case, User
from cases.models.draft import CaseStage


@dataclass(frozen=True, slots=True)
class Step:
    """A step with a page of its own."""

    name: Any  # of the button, too
    form: type[StepForm]
    take: Callable[..., Any]
    foretell: Callable[[Case], str]  # what will happen, in a sentence or two
    done: Any  # said afterwards
    is_grave: bool = False
    is_main: bool = False  # what one comes to a case of this stage for


def _next(case: Case) -> str:
    return str(next_stage(case.stage).label)


def _submit(case: Case) -> str:
    return gettext("提交后，案例转到“%(stage)s”，文字冻结，审核结束或者您收回之前谁也不能改。读者看到的页面不变。") % {
        "stage": _next(case)
    }


def _approve(case: Case) -> str:
    return gettext("通过后，案例转到“%(stage)s”。您不能接着审下一道。读者看到的页面不变。") % {"stage": _next(case)}


def _publish(case: Case) -> str:
    if case.stage == CaseStage.APPROVED:
        return gettext("发布后，读者马上看到审核通过的这一版；工作稿回到草稿，可以接着修改。")
    return gettext("本站没有设置审核：发布后，读者马上看到工作稿现在的样子。")


STEPS: dict[str, Step] = {
    "submit": Step(_("提交审核"), SubmitForm, steps.submit_for_review, _submit, _("已提交审核。"), is_main=True),
    "approve": Step(_("审核通过"), OpinionForm, steps.approve, _approve, _("已通过。"), is_main=True),
    "return": Step(
        _("退回"),
        ReturnForm,
        steps.return_case,
        lambda case: gettext("退回后，编辑会在“我的稿件”里看到原因和意见，改好再提交。读者看到的页面不变。"),
        _("已退回。"),
    ),
    "take_back": Step(
        _("收回"),
        OpinionForm,
        steps.take_back,
        lambda case: gettext("收回后，案例回到草稿，可以修改；已做的审核不算，再提交时从头审起。"),
        _("已收回，可以修改了。"),
    ),
    "publish": Step(_("发布"), ChangeForm, steps.publish_approved, _publish, _("已发布。"), is_main=True),
    "force": Step(
        _("强制发布"),
        ForceForm,
        steps.force_publication,
        lambda case: gettext("不等审核，读者马上看到工作稿现在的样子。流转记录里会标明是强制发布，并记下原因。"),
        _("已强制发布，读者现在看到的就是这一版。"),
        is_grave=True,
    ),
    "withdraw": Step(
        _("撤下"),
        WithdrawalForm,
        steps.withdraw_case,
        lambda case: gettext(
            "撤下后，案例不再出现在任何列表和搜索里，原地址显示下面填写的原因。工作稿和历史都保留，以后可以再发布。"
        ),
        _("已撤下。原地址现在显示撤下说明。"),
        is_grave=True,
    ),
    "archive": Step(
        _("归档"),
        OpinionForm,
        archive_case,
        lambda case: gettext("归档后，案例只能查看，不能修改和发布；以后可以恢复。"),
        _("已归档。"),
    ),
    "restore": Step(
        _("恢复为草稿"),
        OpinionForm,
        restore_case,
        lambda case: gettext("恢复后，案例回到草稿，可以修改和提交。"),
        _("已恢复为草稿。"),
        is_main=True,
    ),
    "copy": Step(
        _("复制为新案例"),
        StepForm,
        copy_case,
        lambda case: gettext("用现在的文字新建一个草稿。原来的案例不变，两个案例以后各改各的。"),
        _("已复制，这是新的草稿。"),
    ),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """A step of the present stage, open to a person, or why it is not."""

    verb: str
    step: Step
    address: str
    why_not: str  # translatable; "" when they may


def offers(user: User, case: Case) -> list[Offer]:
    """What may be done with a case as it stands; with what this person may not, and why."""
    verbs = [verb for verb in STEPS if case.stage in stages_of(verb)]
    answers = why_not_of(user, case, verbs)
    if answers.get("publish") == "":
        answers.pop("force", None)  # there is nothing to force
    return [
        Offer(verb, STEPS[verb], reverse("admin:cases_case_step", args=[case.pk, verb]), reason)
        for verb, reason in answers.items()
    ]
