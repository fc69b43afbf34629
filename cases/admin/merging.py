"""合并标签或主题: what it will do to cases, and what it did."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext

from cases.admin.person import person
from cases.editing.bulk.lines import DONE, WILL
from cases.editing.drafts import Conflict
from cases.editing.merging_words import foresee_merge, merge_words, part_words
from cases.models import Alias


class MergePages(admin.ModelAdmin):
    """For the renames: a form that is right is shown with what it will do, and takes effect when that is confirmed.

    Confirmed, it has a view of its own: Django's would hold one transaction over all the cases.
    """

    def get_urls(self) -> list[Any]:
        merge = self.admin_site.admin_view(self.merge_view)
        return [path("merge/", merge, name="cases_alias_merge"), *super().get_urls()]

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        if request.method == "POST":
            alias = self.get_object(request, object_id) if object_id else None
            form = self._form(request, alias) if alias or not object_id else None
            if form is not None and form.is_valid():
                return self._foresight(request, form.instance)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def merge_view(self, request: HttpRequest) -> HttpResponse:
        """Merge what was foreseen, and tell what came of it; again for what was left."""
        if request.method != "POST":
            return redirect("admin:cases_alias_changelist")
        key = request.POST.get("alias", "")
        known = self.get_object(request, key) if key else None
        form = self._form(request, known)
        if (key and known is None) or not form.is_valid():
            return self._overtaken(request)
        try:
            merged = merge_words(form.instance, by=person(request))
        except Conflict:
            return self._overtaken(request)
        lines = merged.drafts
        done = sum(line.outcome == DONE for line in lines)
        shown = {"merged": merged, "lines": lines, "done_count": done, "wont_count": len(lines) - done}
        return self._page(request, "merged", form.instance, gettext("合并的结果"), shown)

    def _overtaken(self, request: HttpRequest) -> HttpResponse:
        messages.error(request, gettext("没有合并：刚才有人改过这些更名，请重新填写。"))
        return redirect("admin:cases_alias_changelist")

    def delete_model(self, request: HttpRequest, obj: Alias) -> None:
        self._part(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Alias]) -> None:
        for alias in queryset:
            self._part(request, alias)

    def _part(self, request: HttpRequest, alias: Alias) -> None:
        if left := part_words(alias):
            told = gettext("还有 %(count)d 个公开的案例没有重新归类，请运行 python manage.py rebuild_published。")
            messages.warning(request, told % {"count": left})

    def _form(self, request: HttpRequest, alias: Alias | None) -> Any:
        """The form of a new rename, or of one there is; PermissionDenied for who may not."""
        if not (self.has_change_permission(request, alias) if alias else self.has_add_permission(request)):
            raise PermissionDenied
        return self.get_form(request, alias, change=alias is not None)(request.POST, instance=alias)

    def _foresight(self, request: HttpRequest, alias: Alias) -> HttpResponse:
        foresight = foresee_merge(alias.kind, alias.old, alias.new, by=person(request))
        will = sum(line.outcome == WILL for line in foresight.drafts)
        shown = {
            "foresight": foresight,
            "lines": foresight.drafts,
            "will_count": will,
            "wont_count": len(foresight.drafts) - will,
        }
        return self._page(request, "foresight", alias, gettext("合并之前"), shown)

    def _page(self, request: HttpRequest, name: str, alias: Alias, title: str, shown: dict[str, Any]) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "alias": alias,
            "media": self.media,
            **shown,
        }
        return render(request, f"admin/cases/alias/{name}.html", context)
