"""操作记录: the audit to be searched, read and taken along."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import path
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import content_disposition_header
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.admin.person import person
from cases.admin.scoping import Scoped
from cases.admin.vocabulary import ReadOnly
from cases.editing.audit.files import csv_lines, json_lines
from cases.editing.audit.finding import action_words, changes_of, kind_words, visible_entries
from cases.editing.audit.recording import ACTIONS, record
from cases.models import AuditEntry

EXPORT = "cases.export_audit"
_FILES = {"csv": (csv_lines, "text/csv; charset=utf-8"), "jsonl": (json_lines, "application/jsonl; charset=utf-8")}


class ActionFilter(admin.SimpleListFilter):
    title = _("动作")
    parameter_name = "action"
    is_long = True

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(ACTIONS.items())

    def queryset(self, request: HttpRequest, entries: QuerySet) -> QuerySet:
        return entries.filter(action=self.value()) if self.value() in ACTIONS else entries


class SinceFilter(admin.SimpleListFilter):
    title = _("时间")
    parameter_name = "since"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("1", _("今天")), ("7", _("最近 7 天")), ("30", _("最近 30 天")), ("184", _("最近 184 天"))]

    def queryset(self, request: HttpRequest, entries: QuerySet) -> QuerySet:
        if self.value() not in dict(self.lookup_choices):
            return entries
        day = timezone.localdate() - datetime.timedelta(days=int(self.value() or 1) - 1)
        return entries.filter(at__gte=timezone.make_aware(datetime.datetime.combine(day, datetime.time())))


@admin.register(AuditEntry)
class AuditEntryAdmin(Scoped, ReadOnly):
    list_display = ("at", "actor_name", "action_line", "about", "way", "address", "note")
    list_filter = (SinceFilter, ActionFilter, "outcome", "way")
    search_fields = ("actor_name", "title", "note", "key", "address")
    search_help_text = _("可搜操作人、对象、说明、编号和来源地址")
    show_full_result_count = False
    list_per_page = 50
    ordering = ("-pk",)
    fields = (
        *("at", "actor_name", "role", "address", "way", "action_line"),
        *("kind_line", "key", "title", "note", "changes"),
    )
    readonly_fields = ("action_line", "kind_line", "changes")

    def within(self, rows: QuerySet, request: HttpRequest) -> QuerySet:
        return rows & visible_entries(person(request))

    def get_urls(self) -> list[Any]:
        export = self.admin_site.admin_view(self.export_view)
        return [path("export.<str:ending>", export, name="cases_auditentry_export"), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        extra = {"title": gettext("操作记录"), "may_export": request.user.has_perm(EXPORT), **(extra_context or {})}
        return super().changelist_view(request, extra)

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        response: Any = super().change_view(request, object_id, *args, **kwargs)
        entry = getattr(response, "context_data", {}).get("original")
        if entry is not None:
            response.context_data |= {"subtitle": f"{self.action_line(entry)} {entry.title}".strip()}
        return response

    def export_view(self, request: HttpRequest, ending: str) -> HttpResponseBase:
        """The entries found by the same words and filters as a file; that is an entry, too."""
        if ending not in _FILES or not (request.user.has_perm(EXPORT) and self.has_view_permission(request)):
            raise PermissionDenied
        try:
            found = self.get_changelist_instance(request).get_queryset(request).order_by("pk")
        except IncorrectLookupParameters:
            return redirect("admin:cases_auditentry_changelist")
        facts = {"format": ending, "count": found.count()}
        last = record(
            "exported", by=person(request), title=gettext("操作记录"), after=facts, note=request.GET.urlencode()
        )
        lines, kind = _FILES[ending]
        entries = found.filter(pk__lt=last.pk).iterator(chunk_size=1000)
        response = StreamingHttpResponse(lines(entries), content_type=kind)
        name = f"{gettext('操作记录')}-{timezone.localdate()}.{ending}"
        response.headers["Content-Disposition"] = content_disposition_header(True, name)
        return response

    @admin.display(description=_("动作"), ordering="action")
    def action_line(self, entry: AuditEntry) -> str:
        words = action_words(entry)
        if entry.outcome == "done":
            return words
        return words + gettext("（%(words)s）") % {"words": entry.get_outcome_display()}

    @admin.display(description=_("对象"), ordering="title")
    def about(self, entry: AuditEntry) -> str:
        return " ".join(filter(None, (kind_words(entry), entry.title)))

    @admin.display(description=_("对象类型"))
    def kind_line(self, entry: AuditEntry) -> str:
        return kind_words(entry)

    @admin.display(description=_("改动"))
    def changes(self, entry: AuditEntry) -> SafeString:
        return changes_table(entry)


def changes_table(entry: AuditEntry) -> SafeString:
    """What was changed as a table: field, before, after."""
    rows = changes_of(entry)
    if not rows:
        return format_html("{}", gettext("没有"))
    return render_to_string("admin/cases/audit/_changes.html", {"rows": rows})
