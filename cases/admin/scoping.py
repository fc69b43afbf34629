"""What somebody sees of the tables: the cases within their reach, and what belongs to these.

What is out of reach is answered like what is not there: that a case exists is news, too.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from cases.admin.person import person
from cases.models import Case
from cases.models.people import scope_of


class Scoped(admin.ModelAdmin):
    """Base of the tables below; `within` says which rows a person sees."""

    def within(self, rows: QuerySet, request: HttpRequest) -> QuerySet:
        raise NotImplementedError

    def get_queryset(self, request: HttpRequest) -> Any:
        return self.within(super().get_queryset(request), request)

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        row = super().get_object(request, *args, **kwargs)
        if row is None:
            raise Http404
        return row


class ScopedCases(Scoped):
    def within(self, rows: Any, request: HttpRequest) -> QuerySet:
        return rows.visible_to(person(request))


class ScopedByCase(Scoped):
    """For rows of a `case`. Those who see all are spared the look at the cases."""

    def within(self, rows: QuerySet, request: HttpRequest) -> QuerySet:
        sees_all = scope_of(person(request)) is None
        return rows if sees_all else rows.filter(case__in=Case.objects.visible_to(person(request)).values("pk"))
