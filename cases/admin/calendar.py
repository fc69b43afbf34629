"""发布日历: what goes live and what is taken down, month by month, of the cases a person sees."""

from __future__ import annotations

import calendar
import datetime
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext

from cases.editing.scheduling import late_schedules
from cases.models import Case, Schedule

OF_A_DAY = 6  # shown in the month; the rest of a day on a page of its own
AT_ONCE = 500  # lines of a page


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the table."""

    date: datetime.date
    is_of_month: bool
    is_today: bool
    schedules: list[Schedule]  # the first OF_A_DAY
    more: int  # how many others


def calendar_view(request: HttpRequest) -> HttpResponse:
    """A month, or with `?day=` one day of it; what is late stands above."""
    if not request.user.has_perm("cases.view_case"):
        raise PermissionDenied
    today = timezone.localdate()
    day = _date_of(request.GET.get("day", ""))
    first = (day or _date_of(request.GET.get("month", "") + "-01") or today).replace(day=1)
    seen = Schedule.objects.filter(case__in=Case.objects.visible_to(request.user), cancelled_at=None)
    seen = seen.select_related("case", "by").order_by("at", "pk")
    late = seen.filter(pk__in=late_schedules())
    context = {
        **admin.site.each_context(request),
        "title": gettext("发布日历"),
        "opts": Case._meta,
        "month": first,
        "before": (first - datetime.timedelta(days=1)).replace(day=1),
        "after": (first + datetime.timedelta(days=31)).replace(day=1),
        "day": day,
        "of_day": list(_of_days(seen, day, day)[:AT_ONCE]) if day else [],
        "weeks": [] if day else list(_weeks(seen, first, today)),
        "late": list(late[:OF_A_DAY]),
        "late_count": late.count(),
    }
    context["is_empty"] = not any(day.schedules for week in context["weeks"] for day in week)
    return render(request, "admin/cases/schedule/calendar.html", context)


def _date_of(text: str) -> datetime.date | None:
    """2027-01-15 as a date of this century; None for anything else."""
    try:
        return datetime.date.fromisoformat(text) if re.fullmatch(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}", text) else None
    except ValueError:
        return None


def _of_days(schedules: QuerySet[Schedule], first: datetime.date, last: datetime.date) -> QuerySet[Schedule]:
    """Those of days, the last included, by the clock of the site."""
    start, end = (datetime.datetime.combine(day, datetime.time.min) for day in (first, last))
    end += datetime.timedelta(days=1)
    return schedules.filter(at__gte=timezone.make_aware(start), at__lt=timezone.make_aware(end))


def _weeks(schedules: Any, first: datetime.date, today: datetime.date) -> Iterator[list[Day]]:
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    by_day: dict[datetime.date, list[Schedule]] = defaultdict(list)
    for schedule in _of_days(schedules, weeks[0][0], weeks[-1][-1])[: AT_ONCE * 4]:
        by_day[timezone.localdate(schedule.at)].append(schedule)
    for week in weeks:
        yield [
            Day(
                date=date,
                is_of_month=date.month == first.month,
                is_today=date == today,
                schedules=by_day[date][:OF_A_DAY],
                more=max(len(by_day[date]) - OF_A_DAY, 0),
            )
            for date in week
        ]
