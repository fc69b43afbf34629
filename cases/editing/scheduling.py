"""What is to happen to a case at a set time: it goes live, or is taken down.

A timer calls `do_due` as often as it likes. Each case is done in a transaction of its own, in which its schedule is
claimed: a crash leaves nothing half done, and of two timers one finds nothing left to do. What cannot be done stays
open with its trouble, the stage as it is, and is tried again the next time.
"""

from __future__ import annotations

import datetime
import logging
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from cases.content import gettext_noop
from cases.editing.audit.acting import acting, where
from cases.editing.audit.recording import record
from cases.editing.permissions import EDITABLE, NotAllowed, require
from cases.editing.requirements import Incomplete
from cases.editing.review.moving import begin, write_down
from cases.editing.review.steps import publish_approved, submit_for_review, withdraw_case
from cases.models import AuditOutcome, AuditWay, Case, ReviewStep, Schedule, User, Way
from cases.models.draft import PublicState

PUBLISH, WITHDRAW = PublicState.PUBLISHED, PublicState.WITHDRAWN
NAMES = {PUBLISH: gettext_noop("发布"), WITHDRAW: gettext_noop("撤下")}
LATEST = datetime.timedelta(days=731)  # two years: later is a slip of the pen
SLOW = datetime.timedelta(minutes=1)  # that filling in the form may take
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a schedule that was due."""

    schedule: Schedule
    trouble: str = ""  # why nothing was done; "" if it was


@transaction.atomic
def schedule(
    case: Case, *, by: User, kind: str, at: datetime.datetime, reason: str = "", redirect_to: Case | None = None
) -> Schedule:
    """Have a case go live or be taken down at a time, in place of the time set before.

    `kind` is a PublicState; `reason` and `redirect_to` are what readers are told when it is taken down. Without
    reviews (REVIEWS=0) a draft is submitted with it: what goes live is what stood there when the time was set.
    Raises Conflict, NotAllowed and Incomplete.
    """
    begin(case, "publish" if kind == PUBLISH else "schedule", by)
    _check_time(at)
    if kind == WITHDRAW:
        _check_withdrawal(case, at, reason=reason, redirect_to=redirect_to)
    elif case.stage in EDITABLE:
        submit_for_review(case, by=by)
    _cancel(open_schedules().filter(case=case, kind=kind), by=by)
    made = Schedule.objects.create(
        case=case,
        kind=kind,
        at=at,
        revision=case.submitted_revision if kind == PUBLISH else None,
        reason=reason.strip(),
        redirect_to=redirect_to,
        by=by,
        made_at=timezone.now(),
    )
    _note(made, ReviewStep.SCHEDULED, by=by)
    return made


@transaction.atomic
def cancel(schedule: Schedule, *, by: User) -> None:
    """Let what was scheduled not happen. Raises NotAllowed, also when it has happened or was cancelled."""
    case = _held(schedule.case_id)
    require(by, "schedule", case)
    if not _cancel(open_schedules().filter(pk=schedule.pk), by=by):
        raise NotAllowed(gettext_noop("这个定时已经执行或取消。"))


def open_schedules() -> QuerySet[Schedule]:
    return Schedule.objects.filter(Schedule.IS_OPEN)


def do_due(now: datetime.datetime | None = None) -> list[Done]:
    """Do what is due by `now`, the earliest first; what other timers did meanwhile is not in the answer."""
    now = now or timezone.now()
    due = open_schedules().filter(at__lte=now).order_by("at", "kind", "pk")  # of one moment: published, then withdrawn
    with acting(way=AuditWay.TIMER):
        done = [_do(schedule) for schedule in due.select_related("case", "by")]
    return [one for one in done if one is not None]


def late_schedules(minutes: int = 5) -> QuerySet[Schedule]:
    """What was due so long ago and has not happened."""
    return open_schedules().filter(at__lte=timezone.now() - datetime.timedelta(minutes=minutes))


# Setting a time


def _check_time(at: datetime.datetime) -> None:
    now = timezone.now()
    if at < now - SLOW:
        raise NotAllowed(gettext_noop("这个时间已经过去，请填将来的时间（北京时间）。"))
    if at > now + LATEST:
        raise NotAllowed(gettext_noop("这个时间在两年以后，请检查年份。"))


def _check_withdrawal(case: Case, at: datetime.datetime, *, reason: str, redirect_to: Case | None) -> None:
    """What `withdraw_case` will ask at its time, as far as it can be told today."""
    goes_live = open_schedules().filter(case=case, kind=PUBLISH, at__lt=at).exists()
    if not goes_live and not case.is_public():
        raise NotAllowed(gettext_noop("案例没有公开，也没有在这之前定时发布，不用撤下。"))
    if not reason.strip() and redirect_to is None:
        raise NotAllowed(gettext_noop("请写明撤下的原因，或者选择转到的案例。"))
    if redirect_to is not None and (redirect_to.pk == case.pk or not redirect_to.is_public()):
        raise NotAllowed(gettext_noop("只能转到另一个已公开的案例。"))


def _cancel(schedules: QuerySet[Schedule], *, by: User) -> bool:
    """Close schedules that are open; whether there were any."""
    waiting = list(schedules.select_related("case"))
    schedules.update(cancelled_at=timezone.now(), cancelled_by=by)
    for one in waiting:
        _note(one, ReviewStep.UNSCHEDULED, by=by)
    return bool(waiting)


def _note(schedule: Schedule, step: str, *, by: User) -> None:
    """The step in the history of the case; its opinion tells what and when, in Beijing time."""
    at = timezone.localtime(schedule.at, timezone.get_default_timezone())
    told = f"{gettext(NAMES[PublicState(schedule.kind)])} {at:%Y-%m-%d %H:%M}"
    opinion = f"{told} {schedule.reason}".strip()
    case = schedule.case
    write_down(case, step, by=by, stage=case.stage, revision=schedule.revision, opinion=opinion)


# The timer


def _do(schedule: Schedule) -> Done | None:
    """Do one thing that is due, or note why not; None if somebody else did it or cancelled it meanwhile."""
    trouble = ""
    try:
        with transaction.atomic():
            case = _held(schedule.case_id)
            if not open_schedules().filter(pk=schedule.pk).update(done_at=timezone.now(), trouble=""):
                return None
            _carry_out(schedule, case)
    except NotAllowed as refusal:
        trouble = gettext(str(refusal))
    except Incomplete as incomplete:
        missing = gettext("；").join(gettext(remark.message) % remark.params for remark in incomplete.missing)
        trouble = gettext("还缺：%(missing)s") % {"missing": missing}
    except Exception:  # what is wrong with one case shall not keep the others waiting
        _log.exception("schedule %s of case %s", schedule.pk, schedule.case_id)
        trouble = gettext("系统出错，已经记录下来，会自动再试。")
    _note_trouble(schedule, trouble[:500])
    return Done(schedule, trouble)


def _note_trouble(schedule: Schedule, trouble: str) -> None:
    """Keep why a schedule that is still open was not done; in the audit once, not at every try."""
    where().afterwards.clear()  # of the refusal: this tells of it
    is_open = open_schedules().filter(pk=schedule.pk).update(tries=F("tries") + 1, trouble=trouble)
    if is_open and trouble != schedule.trouble:
        record(schedule.kind, by=schedule.by, about=schedule.case, outcome=AuditOutcome.FAILED, note=trouble)


def _held(pk: int) -> Case:
    """The case, its row locked till the transaction ends (SQLite has one writer anyway).

    Everybody who touches a case and its schedules takes the case first; otherwise two could wait for each other.
    """
    return Case.objects.select_for_update(no_key=True).get(pk=pk)


def _carry_out(schedule: Schedule, case: Case) -> None:
    if not schedule.by.is_active:
        raise NotAllowed(gettext_noop("设定人的账号已停用，请由别人重新定时。"))
    if schedule.kind == WITHDRAW:
        reason, target = schedule.reason, schedule.redirect_to
        withdraw_case(case, by=schedule.by, reason=reason, redirect_to=target, way=Way.TIMER, schedule=schedule)
        return
    if case.submitted_revision_id != schedule.revision_id:
        raise NotAllowed(gettext_noop("审核通过的版本和定时的版本不同，请重新定时。"))
    publish_approved(case, by=schedule.by, way=Way.TIMER, schedule=schedule)
