"""发布记录: what went public and what was taken down in a period, with the changed dates and what looks odd."""

from __future__ import annotations

import datetime
import itertools
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.fields.json import KeyTextTransform
from django.utils import timezone

from cases.models import AuditEntry, AuditOutcome, Case, Publication, ReviewStep, User
from cases.models.draft import PublicState

MOST = 2_000  # lines of one list
SOON = datetime.timedelta(minutes=30)  # two steps from one address, by two accounts, within so long are told of


@dataclass(frozen=True, slots=True)
class Release:
    """One line of the list."""

    publication: Publication
    title: str  # as it was called in that version
    dated: str  # published_at of that version: 2023-12-18, 2023-12-18T10:41 or ""
    dated_before: str | None  # that of the version before it, None if there was none
    near: str = ""  # the address from which two accounts took steps within half an hour, if any

    @property
    def is_dated_anew(self) -> bool:
        """The date readers were told of before is another one now."""
        return self.publication.kind == PublicState.PUBLISHED and self.dated_before not in (None, self.dated)


def releases(user: User, first: datetime.date, last: datetime.date, *, with_addresses: bool) -> list[Release]:
    """What happened on the days from `first` to `last` to cases a person sees, in order; at most `MOST`."""
    rows: Sequence[Any] = list(_publications(user, first, last)[:MOST])
    near = _near({row.case_id for row in rows}) if with_addresses else {}
    return [
        Release(
            publication=row,
            title=row.title or "",
            dated=_day(row.dated),
            dated_before=None if row.earlier is None else _day(row.dated_before),
            near=next((address for at, address in near.get(row.case_id, ()) if _led_to(row, at)), ""),
        )
        for row in rows
    ]


def _day(told: str | None) -> str:
    """A date in a revision; SQLite calls none of it null in letters."""
    return "" if told in (None, "null") else str(told)


def _publications(user: User, first: datetime.date, last: datetime.date) -> QuerySet:
    earlier = Publication.objects.filter(case=OuterRef("case"), pk__lt=OuterRef("pk"), kind=PublicState.PUBLISHED)
    before = earlier.order_by("-pk").annotate(told=KeyTextTransform("published_at", "revision__content"))
    return (
        Publication.objects.filter(at__gte=_midnight(first), at__lt=_midnight(last + datetime.timedelta(days=1)))
        .filter(case__in=Case.objects.visible_to(user).values("pk"))
        .annotate(
            title=KeyTextTransform("title", "revision__content"),
            dated=KeyTextTransform("published_at", "revision__content"),
            earlier=Subquery(before.values("at")[:1]),
            dated_before=Subquery(before.values("told")[:1]),
        )
        .select_related("revision", "by", "redirect_to")
        .defer("revision__content")
        .order_by("pk")
    )


def _near(cases: Iterable[int]) -> dict[int, list[tuple[datetime.datetime, str]]]:
    """By case: when, and from which address, a second account took a step soon after another had from there."""
    steps = AuditEntry.objects.filter(case__in=cases, action__in=(ReviewStep.SUBMITTED, ReviewStep.APPROVED))
    steps = steps.filter(outcome=AuditOutcome.DONE).exclude(address=None).order_by("case", "pk")
    found: dict[int, list[tuple[datetime.datetime, str]]] = defaultdict(list)
    for one, next_ in itertools.pairwise(steps.only("case", "actor", "address", "at")):
        is_near = (one.case, one.address) == (next_.case, next_.address) and next_.at - one.at <= SOON
        if is_near and one.actor != next_.actor:
            found[next_.case or 0].append((next_.at, next_.address or ""))
    return found


def _led_to(row: Any, at: datetime.datetime) -> bool:
    """Whether a step at that time was one of those behind a publication."""
    is_published = row.kind == PublicState.PUBLISHED
    return is_published and at <= row.at and (row.earlier is None or row.earlier < at)


def _midnight(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))
