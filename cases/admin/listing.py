"""Lists that are asked for by addresses no page of ours has."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ERROR_FLAG
from django.db import DatabaseError
from django.db.models import QuerySet
from django.http import HttpRequest

LONGEST_SEARCH = 200  # characters; every word is looked for in every field


class Listed(admin.ModelAdmin):
    """For every list: what the database cannot look for leads to the whole list, as what Django does not know does.

    A NUL, a day before all days, a number beyond all numbers, half a pattern, a thousand words.
    """

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        try:
            return super().get_changelist_instance(request)
        except (DatabaseError, ValueError, OverflowError) as error:
            if not request.GET.keys() - {ERROR_FLAG}:
                raise  # it is not what was asked for
            raise IncorrectLookupParameters from error

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        return super().get_search_results(request, queryset, search_term[:LONGEST_SEARCH])
