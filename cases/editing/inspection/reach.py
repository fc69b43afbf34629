"""Which rows of public cases a person is shown."""

from __future__ import annotations

from typing import Any

from cases.models import Case, PublishedCase, User
from cases.models.people import scope_of


def of_public(rows: Any, user: User) -> Any:
    """Those rows, by the key in their `case`, whose case readers see and the person, too."""
    return rows.filter(case__in=public_cases(user).order_by().values("pk"))


def public_cases(user: User) -> Any:
    """The public cases a person sees."""
    cases = PublishedCase.objects.all()
    return cases if scope_of(user) is None else cases.filter(case__in=Case.objects.visible_to(user).values("pk"))
