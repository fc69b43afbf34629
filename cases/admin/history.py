"""What happened: articles received, revisions, publications. To be looked at, never changed."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import admin
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.admin.person import person
from cases.admin.scoping import Scoped, ScopedByCase
from cases.admin.vocabulary import ReadOnly
from cases.editing.permissions import visible_articles
from cases.models import Case, Publication, Revision, SourceText


@admin.register(SourceText)
class SourceTextAdmin(Scoped, ReadOnly):
    list_display = ("__str__", "received_at", "received_by", "made", "again")
    list_select_related = ("received_by",)
    search_fields = ("name", "text")
    search_help_text = _("可搜文件名和全文")
    show_full_result_count = False
    fields = ("name", "received_at", "received_by", "made", "again", "text")
    readonly_fields = ("made", "again")

    def within(self, rows: QuerySet, request: HttpRequest) -> QuerySet:
        return rows & visible_articles(person(request))

    def get_queryset(self, request: HttpRequest) -> Any:
        seen = Case.objects.visible_to(person(request))
        return super().get_queryset(request).prefetch_related(Prefetch("case_set", seen))

    @admin.display(description=_("案例"))
    def made(self, article: SourceText) -> str:
        return gettext("、").join(case.title for case in article.case_set.all()) or gettext("还没有")

    @admin.display(description=_("拆解"))
    def again(self, article: SourceText) -> str:
        return format_html(
            '<a href="{}">{}</a>', reverse("admin:cases_case_preview", args=[article.pk]), gettext("预览")
        )


@admin.register(Revision)
class RevisionAdmin(ScopedByCase, ReadOnly):
    list_display = ("case", "number", "at", "by", "note")
    list_select_related = ("case", "by")
    list_display_links = ("case", "number")
    search_fields = ("case__title", "note")
    show_full_result_count = False
    ordering = ("-pk",)
    fields = ("case", "number", "at", "by", "note", "whole_content")
    readonly_fields = ("whole_content",)

    def get_queryset(self, request: HttpRequest) -> Any:
        """Without the contents: a list of many would read megabytes; the page of one fetches its own."""
        return super().get_queryset(request).defer("content")

    @admin.display(description=_("内容"))
    def whole_content(self, revision: Revision) -> str:
        return format_html("<pre>{}</pre>", json.dumps(revision.content, ensure_ascii=False, indent=2))


@admin.register(Publication)
class PublicationAdmin(ScopedByCase, ReadOnly):
    list_display = ("case", "kind", "revision_number", "at", "by", "reason")
    list_select_related = ("case", "by", "revision")
    list_filter = ("kind",)
    search_fields = ("case__title", "reason")
    show_full_result_count = False
    ordering = ("-pk",)
    fields = ("case", "kind", "revision", "at", "by", "reason", "redirect_to")

    @admin.display(description=_("版本号"), ordering="revision__number")
    def revision_number(self, publication: Publication) -> int:
        return publication.revision.number
