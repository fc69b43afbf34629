"""What is done in the pages of the admin goes into the audit; Django's own log is not written."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext

from cases.admin.listing import Listed
from cases.admin.person import person
from cases.editing.audit.finding import action_words, changes_of, entries_about
from cases.editing.audit.recording import record

_SECRET = ("password", "password1", "password2")  # that one was set is recorded where it is set
Changes = tuple[dict[str, Any], dict[str, Any]]


class Audited(Listed):
    """For tables that people change by Django's own forms: what was changed, before and after."""

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> Any:
        """What Django hands on to the log: the changed fields as they were, and as they are."""
        names = [name for name in form.changed_data if name not in _SECRET]
        before = {} if add else {name: _plain(form.initial.get(name)) for name in names}
        after = {name: _plain(form.cleaned_data.get(name)) for name in names}
        return before, after

    def log_addition(self, request: HttpRequest, obj: models.Model, message: Changes) -> Any:
        return record("added", by=person(request), about=obj, after=message[1])

    def log_change(self, request: HttpRequest, obj: models.Model, message: Changes) -> Any:
        before, after = message
        return record("changed", by=person(request), about=obj, before=before, after=after) if after else None

    def log_deletions(self, request: HttpRequest, queryset: Iterable[models.Model]) -> Any:
        return [record("deleted", by=person(request), about=row, before=_columns(row)) for row in queryset]

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """What was done with one row, the newest first, to whoever may see the row."""
        return self.history_page(request, self._seen(request, object_id), extra_context or {})

    def history_page(self, request: HttpRequest, row: models.Model, extra_context: dict[str, Any]) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("操作记录：%(row)s") % {"row": row},
            "opts": self.opts,
            "original": row,
            "lines": [
                {"entry": entry, "action": action_words(entry), "rows": changes_of(entry)}
                for entry in entries_about(row)[:200]
            ],
            **extra_context,
        }
        return TemplateResponse(request, "admin/cases/audit/history.html", context)

    def _seen(self, request: HttpRequest, key: str) -> models.Model:
        row = self.get_object(request, key)
        if row is None:
            raise Http404
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        return row


class RecordedByVerbs(Audited):
    """For tables that people change by the verbs of `editing` alone: these write the audit themselves."""

    def log_addition(self, request: HttpRequest, obj: models.Model, message: Any) -> Any:
        return None

    def log_change(self, request: HttpRequest, obj: models.Model, message: Any) -> Any:
        return None

    def log_deletions(self, request: HttpRequest, queryset: Iterable[models.Model]) -> Any:
        return []

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> Any:
        return ""


def _columns(row: models.Model) -> dict[str, Any]:
    return {field.name: _plain(field.value_from_object(row)) for field in row._meta.fields if field.name not in _SECRET}


def _plain(value: Any) -> Any:
    """A value of a form as an entry keeps it: rows by their names, empty as None."""
    if isinstance(value, QuerySet | list | tuple):
        return sorted(str(one) for one in value) or None
    if isinstance(value, models.Model):
        return value.pk
    return value if value != "" else None
