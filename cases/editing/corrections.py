"""Answering what readers report: who works on it, what they are told, and when their contact goes."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from cases.content import gettext_noop
from cases.editing.audit.recording import record, record_refusal
from cases.editing.permissions import OUT_OF_SCOPE, NotAllowed, beyond_reach
from cases.models import Case, Correction, CorrectionState, User
from cases.models.corrections import OPEN_STATES
from cases.models.people import scope_of

ANSWER = "cases.change_correction"
ANSWERED = (CorrectionState.ACCEPTED, CorrectionState.DECLINED)


class Answered(Exception):
    """Somebody else did something with it meanwhile."""


@transaction.atomic
def start(correction: Correction, *, by: User) -> None:
    """Say that somebody works on it; of one that is worked on already nothing changes. Raises NotAllowed, Answered."""
    _require(by, correction)
    if correction.state == CorrectionState.WORKING:
        return
    if not _rows(correction).filter(state=CorrectionState.RECEIVED).update(state=CorrectionState.WORKING):
        raise Answered
    record(
        "correction_started",
        by=by,
        about=correction,
        before={"state": CorrectionState.RECEIVED},
        after={"state": CorrectionState.WORKING},
    )


@transaction.atomic
def answer(correction: Correction, *, by: User, state: str, text: str) -> None:
    """Accept or decline it; the sender reads the text. An answer can be given anew.

    `correction` is as its page showed it: raises Answered if somebody else wrote an answer since; NotAllowed.
    """
    _require(by, correction)
    if state not in ANSWERED or not text.strip():
        raise NotAllowed(gettext_noop("请写明采纳与否和答复。"))
    columns = {"state": state, "answer": text.strip(), "answered_at": timezone.now(), "answered_by": by}
    seen = {"state": correction.state, "answered_at": correction.answered_at}
    may_be = {"state__in": OPEN_STATES} if correction.is_open else seen
    if not _rows(correction).filter(**may_be).update(**columns):
        raise Answered
    before = {"state": correction.state, "answer": correction.answer or None}
    record("correction_answered", by=by, about=correction, before=before, after={"state": state, "answer": text})


def remove_contacts(now: datetime.datetime | None = None) -> int:
    """Take the contacts out of what was answered CORRECTION_CONTACT_DAYS ago; how many there were."""
    old = Correction.objects.filter(answered_at__lt=_kept_since(now or timezone.now())).exclude(contact="")
    with transaction.atomic():
        removed = old.update(contact="")
        if removed:
            record("contacts_removed", actor_name=gettext("系统"), after={"count": removed})
    return removed


def keeps_no_contact(correction: Correction) -> bool:
    """Whether it was answered so long ago that a contact, if there was one, is gone."""
    return correction.answered_at is not None and correction.answered_at < _kept_since(timezone.now())


def _kept_since(now: datetime.datetime) -> datetime.datetime:
    return now - datetime.timedelta(days=settings.CORRECTION_CONTACT_DAYS)


def waiting(user: User) -> dict[str, int]:
    """How many corrections of cases a person sees are open ("waiting"), and how many too long ("overdue")."""
    rows = visible_corrections(user).filter(state__in=OPEN_STATES)
    return rows.aggregate(waiting=Count("pk"), overdue=Count("pk", filter=Q(received_at__lt=overdue_since())))


def overdue_since() -> datetime.datetime:
    return timezone.now() - datetime.timedelta(days=settings.CORRECTION_DAYS)


def visible_corrections(user: User) -> QuerySet[Correction]:
    """Those of cases a person sees."""
    rows = Correction.objects.all()
    return rows if scope_of(user) is None else rows.filter(case__in=Case.objects.visible_to(user).values("pk"))


def _rows(correction: Correction) -> QuerySet[Correction]:
    return Correction.objects.filter(pk=correction.pk)


def _require(user: User, correction: Correction) -> None:
    reason = ""
    if not user.has_perm(ANSWER):
        reason = gettext_noop("您没有做这一步的权限。")
    elif beyond_reach(user, [correction.case_id]):
        reason = OUT_OF_SCOPE
    if reason:
        record_refusal("correction_answered", by=user, about=correction, note=gettext(reason))
        raise NotAllowed(reason)
