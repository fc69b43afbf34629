"""What the home page shows of numbers that were published last."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from cases.content import from_json
from cases.models.published import PublishedCase
from cases.presenting.metrics import ShownMetric, show_metric

WEEK = datetime.timedelta(days=7)
READ = 24  # cases, of which some have no number


@dataclass(frozen=True, slots=True)
class NewNumber:
    """The strongest number of a case."""

    metric: ShownMetric
    case: PublishedCase


@dataclass(frozen=True, slots=True)
class NewNumbers:
    """Numbers of different cases, the last published first."""

    are_of_week: bool  # or else of the last cases there are, however long ago
    numbers: tuple[NewNumber, ...]
    released_at: datetime.datetime | None  # of the last release; None: nothing is published


def new_numbers(most: int, *, now: datetime.datetime | None = None) -> NewNumbers:
    """The strongest numbers of the cases that came within a week, else of the last that came. One query."""
    shown = ("title", "highlights", "region", "first_released_at", "released_at")
    rows = PublishedCase.objects.order_by("-released_at", "-pk").select_related("region").only(*shown)
    last = list(rows[:READ])
    since = (now or timezone.now()) - WEEK
    of_week = _numbers_of(case for case in last if case.first_released_at > since)
    return NewNumbers(bool(of_week), (of_week or _numbers_of(last))[:most], last[0].released_at if last else None)


def _numbers_of(cases: Iterable[PublishedCase]) -> tuple[NewNumber, ...]:
    return tuple(NewNumber(_strongest(case), case) for case in cases if case.highlights)


def _strongest(case: PublishedCase) -> ShownMetric:
    return show_metric(from_json({"metrics": case.highlights[:1]}).metrics[0])
