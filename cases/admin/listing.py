"""Lists that are asked for by addresses no page of ours has."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ERROR_FLAG
from django.core.exceptions import SuspiciousOperation
from django.db import DatabaseError, models
from django.db.models import QuerySet
from django.http import HttpRequest

LONGEST_SEARCH = 200  # characters; every word is looked for in every field


def is_key(column: Any, text: str) -> bool:
    """Whether a text that was sent may be the key of a row; a database asked for another breaks off."""
    if isinstance(column, models.IntegerField):
        return text.isascii() and text.isdecimal() and len(text) < 19
    return "\x00" not in text


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

    def response_action(self, request: HttpRequest, queryset: QuerySet, *args: Any, **kwargs: Any) -> Any:
        chosen = request.POST.getlist(ACTION_CHECKBOX_NAME)
        if not all(is_key(self.opts.pk, key) for key in chosen):
            raise SuspiciousOperation(chosen[:1])
        return super().response_action(request, queryset, *args, **kwargs)

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        return super().get_search_results(request, queryset, search_term[:LONGEST_SEARCH])
