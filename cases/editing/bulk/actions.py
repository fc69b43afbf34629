"""What may be done with many cases at once. Each step is that of one case, with its checks; nothing goes round them.

A preview tells of every case what will happen and why not; what is then done is what was shown: a case that somebody
saved meanwhile is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet, prefetch_related_objects
from django.utils.translation import gettext

from cases.content import CaseContent, from_json, gettext_noop
from cases.editing.bulk.doing import each, missing_words
from cases.editing.bulk.lines import WILL_NOT, Line, line_of
from cases.editing.bulk.report import Report
from cases.editing.checking import blocking_each
from cases.editing.drafts import load_drafts, read_draft, write_draft
from cases.editing.merging_words import reworded
from cases.editing.permissions import require, why_not_each
from cases.editing.requirements import Incomplete
from cases.editing.review.steps import publish_approved, return_case, withdraw_case
from cases.models import Case, User
from cases.models.draft import PublicState

LIMIT = 500  # cases at once


@dataclass(frozen=True, slots=True)
class Action:
    """Something to be done with many cases.

    `against` says what keeps a case from it beside the permissions, given the case and the choices: "" if nothing.
    """

    name: str
    verb: str  # of editing.permissions
    takes: tuple[str, ...]  # choices that are the same for all cases
    step: Callable[..., object]
    against: Callable[..., str] = lambda case, **choices: ""
    load: Callable[[Sequence[Case]], None] = lambda cases: None  # what `against` reads, of all cases at once


def foresee(action: Action, cases: Any, *, by: User, **choices: Any) -> list[Line]:
    """What will become of each case of a queryset; of cases out of the person's sight nothing is told.

    The number of queries does not grow with that of the cases.
    """
    rows = list(cases.visible_to(by).with_public_state().select_related("submitted_revision")[:LIMIT])
    against = why_not_each(by, action.verb, rows)
    left = [case for case in rows if not against[case.pk]]
    action.load(left)
    lines = []
    for case in rows:
        line = line_of(case, against[case.pk])
        if not against[case.pk] and (told := action.against(case, **choices)):
            line = replace(line, outcome=WILL_NOT, why=told)
        lines.append(line)
    return lines


def carry_out(action: Action, lines: Iterable[Line], *, by: User, **choices: Any) -> Report:
    """Do it with the cases of lines, which were foreseen; what there was no time for is told as left."""
    lines = list(lines)[:LIMIT]
    cases: QuerySet[Case] = Case.objects.visible_to(by)
    found = cases.in_bulk([line.case for line in lines])
    return Report(action.name, tuple(each(lines, found, lambda case: action.step(case, by=by, **choices))))


# Publish


def _load_what_goes_live(cases: Sequence[Any]) -> None:
    load_drafts([case for case in cases if case.submitted_revision is None])
    for case, remarks in zip(cases, blocking_each(map(_goes_live, cases)), strict=True):
        case.blocked_by = remarks


def _goes_live(case: Case) -> CaseContent:
    return from_json(case.submitted_revision.content) if case.submitted_revision else read_draft(case)


def _against_publishing(case: Any) -> str:
    if case.public_state == PublicState.PUBLISHED and case.live_digest == case.digest:
        return gettext("和公开的内容一样，没有要发布的修改。")
    return missing_words(Incomplete(case.blocked_by)) if case.blocked_by else ""


# Withdraw


def _against_withdrawal(case: Case, *, redirect_to: Case | None = None, **choices: Any) -> str:
    return gettext("不能转到正要撤下的这个案例。") if case == redirect_to else ""


# Words


def _retagged(tags: Iterable[str], add: Sequence[str], remove: Sequence[str]) -> tuple[str, ...]:
    """Tags without some and with others behind them, each once whatever its case."""
    dropped = {tag.lower() for tag in remove}
    kept: dict[str, str] = {}
    for tag in (*tags, *add):
        if tag.lower() not in dropped:
            kept.setdefault(tag.lower(), tag)
    return tuple(kept.values())


def _against_retagging(case: Case, *, add: Sequence[str] = (), remove: Sequence[str] = ()) -> str:
    same = _retagged(case.tags, add, remove) == tuple(case.tags)
    return gettext("标签没有变化。") if same else ""


def _retag(case: Case, *, by: User, add: Sequence[str], remove: Sequence[str]) -> None:
    content = read_draft(case)
    _write(replace(content, tags=_retagged(content.tags, add, remove)), case, by)


def _load_themes(cases: Sequence[Case]) -> None:
    prefetch_related_objects(cases, "themes")


def _against_moving(case: Case, *, old: str = "", new: str = "") -> str:
    filed = old in {theme.pk for theme in case.themes.all()}
    return "" if filed else gettext("没有归入原来的主题。")


def _move_theme(case: Case, *, by: User, old: str, new: str) -> None:
    _write(reworded(read_draft(case), "theme", old, new), case, by)


def _write(content: CaseContent, case: Case, by: User) -> None:
    require(by, "change", case)
    write_draft(content, by=by, case=case)


ACTIONS = {
    "publish": Action(
        gettext_noop("批量发布"),
        "publish",
        (),
        publish_approved,
        against=_against_publishing,
        load=_load_what_goes_live,
    ),
    "return": Action(gettext_noop("批量退回"), "return", ("reasons", "opinion"), return_case),
    "withdraw": Action(
        gettext_noop("批量撤下"), "withdraw", ("reason", "redirect_to"), withdraw_case, against=_against_withdrawal
    ),
    "retag": Action(gettext_noop("批量改标签"), "change", ("add", "remove"), _retag, against=_against_retagging),
    "theme": Action(
        gettext_noop("批量改主题"), "change", ("old", "new"), _move_theme, against=_against_moving, load=_load_themes
    ),
    "export": Action(gettext_noop("批量导出"), "export", (), read_draft),
}
