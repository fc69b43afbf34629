"""The cases before and after a public case."""

from __future__ import annotations

from django.db.models import Q

from cases.models.published import PublishedCase


def neighbours_of(case: PublishedCase) -> tuple[PublishedCase | None, PublishedCase | None]:
    """The case before and the one after it in the list of all cases, newest first; two queries.

    The day alone bounds what the index is read for; cases of the same day follow by their keys.
    """
    rows = PublishedCase.objects.only("pk", "title", "listed_on")
    newer = rows.filter(listed_on__gte=case.listed_on).filter(Q(listed_on__gt=case.listed_on) | Q(pk__gt=case.pk))
    older = rows.filter(listed_on__lte=case.listed_on).filter(Q(listed_on__lt=case.listed_on) | Q(pk__lt=case.pk))
    return newer.order_by("listed_on", "pk").first(), older.order_by("-listed_on", "-pk").first()
