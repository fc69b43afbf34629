"""Reading the audit: what somebody may see of it, and what was done with one row."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from cases.editing.audit.recording import ACTIONS, REST
from cases.models import AuditEntry, Case, User
from cases.models.people import scope_of

_BEFORE_CASES = ("sourcetext", "importbatch")  # kinds of entries


def visible_entries(user: User) -> QuerySet[AuditEntry]:
    """What one who may look at the audit sees of it: entries on cases within reach, on no case, and their own.

    Articles and batches are on the way to be cases, and a case that was refused has no row: their names are as secret.
    """
    if scope_of(user) is None:
        return AuditEntry.objects.all()
    seen = Case.objects.visible_to(user).values("pk")
    of_no_case = Q(case=None) & ~Q(kind__in=_BEFORE_CASES) & ~Q(action="created")
    return AuditEntry.objects.filter(Q(case__in=seen) | of_no_case | Q(actor=user.pk))


def entries_about(row: models.Model) -> QuerySet[AuditEntry]:
    """What was done with a row, the newest first; with a case by whatever belongs to it, too."""
    if isinstance(row, Case):
        return AuditEntry.objects.filter(case=row.pk)
    return AuditEntry.objects.filter(kind=row._meta.model_name, key=str(row.pk))


# An entry in words


def action_words(entry: AuditEntry) -> str:
    return str(ACTIONS.get(entry.action, entry.action))


def kind_words(entry: AuditEntry) -> str:
    """What kind of thing it is about, as its table is called; "" for none."""
    model = _model(entry)
    return str(model._meta.verbose_name) if model else entry.kind


def changes_of(entry: AuditEntry) -> list[tuple[str, Any, Any]]:
    """Each changed field: its name, what it was and what it is, in words; None for what was or is not there."""
    before, after = entry.before or {}, entry.after or {}
    return [(_field_words(entry, path), _words(before.get(path)), _words(after.get(path))) for path in before | after]


def _model(entry: AuditEntry) -> type[models.Model] | None:
    try:
        return apps.get_model("cases", entry.kind) if entry.kind else None
    except LookupError:
        return None  # of a table that is gone


def _field_words(entry: AuditEntry, path: str) -> str:
    """The field in the words of its form; a place inside a case keeps its path beside it."""
    if path == REST:
        return gettext("另有改动（处）")
    model, name = _model(entry), path.partition("[")[0].partition(".")[0]
    try:
        words = str(getattr(model._meta.get_field(name), "verbose_name", name)) if model else name
    except FieldDoesNotExist:
        return path
    return words if name == path else f"{words} {path.removeprefix(name)}"


def _words(value: Any) -> str | None:
    if isinstance(value, bool):
        return gettext("是") if value else gettext("否")
    if isinstance(value, list):
        return "、".join(map(str, value))
    return None if value is None else str(value)
