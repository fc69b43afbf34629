"""Adding up the views of all days: what pages show until the next night."""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import OuterRef, Subquery, Sum
from django.utils import timezone

from cases.models.counts import CaseViews, DailyViews
from cases.models.published import PublishedCase


def with_views(cases: Any) -> Any:
    """Cases with `view_count` and `views_counted_at`, None before the first night; neither if nothing is counted.

    In the query that reads them anyway.
    """
    if settings.VIEWS == "off":
        return cases.all()
    counted = CaseViews.objects.filter(pk=OuterRef("pk"))
    return cases.annotate(
        view_count=Subquery(counted.values("views")), views_counted_at=Subquery(counted.values("counted_at"))
    )


def sum_views() -> int:
    """Add up all days, whole; how many cases have views. Run again it says the same."""
    now = timezone.now()
    sums = DailyViews.objects.order_by().values_list("case").annotate(total=Sum("views"))
    rows = [CaseViews(case=case, views=total, counted_at=now) for case, total in sums.iterator(chunk_size=2000)]
    with transaction.atomic():
        CaseViews.objects.bulk_create(
            rows,
            batch_size=500,
            update_conflicts=True,
            unique_fields=["case"],
            update_fields=["views", "counted_at"],
        )
        _count_unread(now)
    return len(rows)


def _count_unread(now: datetime.datetime) -> None:
    """Public cases nobody has read were counted as well: they have 0."""
    CaseViews.objects.filter(views=0).update(counted_at=now)
    unread = PublishedCase.objects.exclude(pk__in=CaseViews.objects.values("case")).order_by()
    rows = [CaseViews(case=case, views=0, counted_at=now) for case in unread.values_list("pk", flat=True)]
    CaseViews.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)


def is_summed(day: datetime.date) -> bool:
    """Whether it was done on this day already, by the clock of the site."""
    last = CaseViews.last_counted()
    return last is not None and timezone.localdate(last) >= day
