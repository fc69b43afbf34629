"""Who is at work in a page of the admin."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest

from cases.models import User


def person(request: HttpRequest) -> User:
    """The account; in the admin nobody is without having logged in."""
    return cast(User, request.user)
