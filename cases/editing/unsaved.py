"""Text that is typed and not saved: one working copy of each person at each case, written over by each autosave.

A row belongs to one tab, known by its token. Each thing a tab sends bears a greater `step`, so whatever comes late is
known: what a row was closed at is saved or thrown away up to that step, and text typed after it opens the row again.
Of two tabs of one person the one in use is the working copy; the other's text is set aside (closed, and still there).
"""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone

from cases.models import Case, UnsavedText, User

AWAY = datetime.timedelta(seconds=60)  # a tab tells every 20 seconds that it is open
KEPT, LATE, OTHER_TAB = "kept", "late", "other_tab"


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of it, and what the person should know of the case."""

    state: str  # KEPT; LATE: saved, thrown away or kept already; OTHER_TAB: another tab of theirs is in use
    others: tuple[str, ...] = ()  # names of those who have the case open
    version: int | None = None  # of the case now; None for one that is not there
    saved_by: str = ""


def keep_typed(
    *,
    by: User,
    case: Case | None,
    token: str,
    base_version: int = 0,
    step: int = 0,
    typed: dict[str, Any] | None = None,
    takes_over: bool = False,
    instead_of: tuple[str, int] | None = None,
) -> Kept:
    """Keep what a tab holds; without `typed`, that it is open.

    `takes_over` sets another tab aside that is in use. `instead_of` is the token and step of a text this tab was drawn
    from: that one is done with, unless something was typed there since.
    """
    state = LATE
    for _attempt in range(2):
        try:
            with transaction.atomic():
                if instead_of is not None:
                    UnsavedText.objects.filter(by=by, token=instead_of[0], step=instead_of[1]).update(is_closed=True)
                state = _keep(by, case, token, base_version, step, typed, takes_over)
                if instead_of is not None and state == KEPT and typed is not None:
                    discard(by, *instead_of)
            break
        except IntegrityError:  # two tabs at one moment, or the token of somebody else
            continue
    return _told(state, case, by)


def _told(state: str, case: Case | None, by: User) -> Kept:
    """What became of a text, with who else has its case open and who saved that last."""
    if case is None:
        return Kept(state)
    others = tuple(map(str, others_at(case, but=by)))
    stored = Case.objects.filter(pk=case.pk).select_related("updated_by").only("version", "updated_by").first()
    return Kept(state, others, stored.version, str(stored.updated_by)) if stored else Kept(state, others)


def _keep(
    by: User, case: Case | None, token: str, base_version: int, step: int, typed: dict | None, takes_over: bool
) -> str:
    now = timezone.now()
    changes: dict[str, Any] = {"seen_at": now}
    own = UnsavedText.objects.filter(by=by, token=token)
    live = own.filter(is_closed=False)
    if typed is not None:
        changes |= {"typed": typed, "typed_at": now, "step": step}
        live = live.filter(step__lt=step)
    if live.update(**changes, base_version=Greatest(F("base_version"), base_version)):
        return KEPT
    row = own.first()
    if row is not None and (typed is None or step <= row.step):
        return LATE
    case = row.case if row is not None and row.case_id else case
    if case is not None and not _has_room(by, case, token, typed, takes_over):
        return OTHER_TAB
    changes |= {"case": case, "is_closed": False, "base_version": max(base_version, row.base_version if row else 0)}
    if row is None:  # an error if the tab's save made one meanwhile: the next attempt sees up to where it saved
        UnsavedText.objects.create(token=token, by=by, opened_at=now, **changes)
        return KEPT
    return KEPT if own.filter(step=row.step).update(**changes) else LATE


def _has_room(by: User, case: Case, token: str, typed: dict | None, takes_over: bool) -> bool:
    """Whether this tab may be the working copy; one that is not in use any more is set aside."""
    other = UnsavedText.objects.filter(by=by, case=case, is_closed=False).exclude(token=token).first()
    if other is None:
        return True
    in_use = other.seen_at > timezone.now() - AWAY and (other.typed is not None or typed is None)
    if in_use and not takes_over:
        return False
    if other.typed is None:
        other.delete()
    else:
        UnsavedText.objects.filter(pk=other.pk).update(is_closed=True)
    return True


def unsaved_of(by: User, case: Case | None) -> list[UnsavedText]:
    """What this person typed at a case (None: at new ones) and neither saved nor threw away, the latest first."""
    return list(UnsavedText.objects.filter(by=by, case=case, typed__isnull=False).order_by("-typed_at", "-pk"))


def steps_of(by: User, tokens: Iterable[str]) -> dict[str, int]:
    """Up to which step the server has what these tabs typed: saved, kept, or thrown away."""
    return dict(UnsavedText.objects.filter(by=by, token__in=list(tokens)).values_list("token", "step"))


def unsaved_tokens(by: User, tokens: Iterable[str]) -> list[str]:
    """Those of these tabs whose text is neither saved nor thrown away."""
    texts = UnsavedText.objects.filter(by=by, token__in=list(tokens), typed__isnull=False)
    return list(texts.order_by("pk").values_list("token", flat=True))


def others_at(case: Case, *, but: User) -> list[User]:
    """Who else has the form of a case open."""
    since = timezone.now() - AWAY
    open_there = UnsavedText.objects.filter(case=case, is_closed=False, seen_at__gt=since).exclude(by=but)
    return list(User.objects.filter(pk__in=open_there.values("by")).order_by("pk"))


def leave(by: User, token: str) -> None:
    """A tab was closed: what it kept stays, and it does not count as open any more."""
    UnsavedText.objects.filter(by=by, token=token).update(seen_at=timezone.now() - AWAY)


def discard(by: User, token: str, step: int | None = None) -> None:
    """Throw away what a tab kept (of that `step` only, if one is given); what it types later is kept again."""
    texts = UnsavedText.objects.filter(by=by, token=token)
    if step is not None:
        texts = texts.filter(step=step)
    texts.update(typed=None, typed_at=None, is_closed=True)


def hold(
    *, by: User, case: Case | None, token: str, base_version: int, step: int, typed: dict[str, Any]
) -> UnsavedText | None:
    """Keep a text that could not be saved, as the working copy: it is the latest there is, whatever its tab counted.

    A tab in which somebody else logged in since is another one: what it kept before is not theirs.
    """
    if UnsavedText.objects.filter(token=token).exclude(by=by).exists():
        token = secrets.token_hex(16)
    row = UnsavedText.objects.filter(by=by, token=token).first()
    step = max(step, row.step + 1 if row else 0)
    keep_typed(by=by, case=case, token=token, base_version=base_version, step=step, typed=typed, takes_over=True)
    return UnsavedText.objects.filter(by=by, token=token).first()


def prune_unsaved(days: int = 30) -> int:
    """Remove what nobody came back to for so long; returns how much text that was."""
    old = UnsavedText.objects.filter(seen_at__lt=timezone.now() - datetime.timedelta(days=days))
    texts = old.filter(typed__isnull=False).count()
    old.delete()
    return texts
