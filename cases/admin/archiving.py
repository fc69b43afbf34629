"""归档, 恢复 and 删除: what the list does to many cases at once, and the form of a case that is put away."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.admin.people import person
from cases.editing.archiving import archive_case, delete_case, restore_case
from cases.editing.drafts import Conflict
from cases.editing.workflow import NotAllowed
from cases.models import Case, Revision
from cases.models.draft import CaseStage, PublicState


class ArchivePages(admin.ModelAdmin):
    """The part of the case admin that puts cases away, by the verbs of editing.archiving."""

    actions = ("delete_selected", "archive_selected", "restore_selected")

    # The form of an archived case: it is read; restored first, it is edited again

    def has_change_permission(self, request: HttpRequest, obj: Case | None = None) -> bool:
        return super().has_change_permission(request, obj) and not _is_archived(obj)

    def archive_context(self, request: HttpRequest, case: Case | None) -> dict[str, Any]:
        is_archived = _is_archived(case)
        return {"is_archived": is_archived, "show_restore": is_archived and self.has_change_permission(request)}

    def changeform_view(self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any) -> Any:
        if object_id and "_restore" in request.POST:
            return self._restore(request, object_id)
        return super().changeform_view(request, object_id, *args, **kwargs)

    def _restore(self, request: HttpRequest, pk: str) -> HttpResponse:
        if not self.has_change_permission(request):
            raise PermissionDenied
        case = get_object_or_404(self.get_queryset(request), pk=pk)
        self._each(request, [case], self._restored, gettext("恢复为草稿"), gettext("没有恢复（不在归档中）"))
        return redirect("admin:cases_case_change", case.pk)

    # Deleting one

    def has_delete_permission(self, request: HttpRequest, obj: Case | None = None) -> bool:
        return super().has_delete_permission(request, obj) and not (obj and obj.revisions.exists())

    def delete_model(self, request: HttpRequest, obj: Case) -> None:
        delete_case(obj, by=person(request))

    # Many at once

    @admin.action(description=_("删除所选案例"), permissions=["delete"])
    def delete_selected(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        """Delete what was never public and archive what was; asked first, with both listed."""
        cases: Any = queryset.annotate(was_public=Exists(Revision.objects.filter(case=OuterRef("pk"))))
        to_delete = [case for case in cases if not case.was_public]
        kept = [case for case in cases if case.was_public]
        if request.POST.get("post"):
            self._each(request, to_delete, self._deleted, gettext("删除"), gettext("没有删除（刚才有人发布）"))
            self.archive_selected(request, kept)
            return None
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("删除所选案例"),
            "opts": self.opts,
            "media": self.media,
            "checkbox": ACTION_CHECKBOX_NAME,
            "to_delete": to_delete,
            "to_archive": [case for case in kept if case.public_state != PublicState.PUBLISHED],
            "public": [case for case in kept if case.public_state == PublicState.PUBLISHED],
        }
        return render(request, "admin/cases/case/delete_selected.html", context)

    @admin.action(description=_("归档所选案例"), permissions=["change"])
    def archive_selected(self, request: HttpRequest, queryset: Iterable[Case]) -> None:
        refused = gettext("没有归档（还在公开，请先撤下）")
        self._each(request, queryset, self._archived, gettext("归档"), refused)

    @admin.action(description=_("恢复所选案例为草稿"), permissions=["change"])
    def restore_selected(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._each(request, queryset, self._restored, gettext("恢复为草稿"), gettext("没有恢复（不在归档中）"))

    def _each(
        self,
        request: HttpRequest,
        cases: Iterable[Case],
        step: Callable[[HttpRequest, Case], None],
        done: str,
        refused: str,
    ) -> None:
        """Take the step with each case, and tell by title with which it was done and with which it was not."""
        told: dict[str, list[str]] = {done: [], refused: [], gettext("刚才有人保存了，请看过再操作"): []}
        *_, overtaken = told
        for case in cases:
            try:
                step(request, case)
            except NotAllowed:
                told[refused].append(case.title)
            except Conflict:
                told[overtaken].append(case.title)
            else:
                told[done].append(case.title)
        for words, titles in told.items():
            if titles:
                level = messages.SUCCESS if words == done else messages.ERROR
                self.message_user(request, f"{words}：{_titles(titles)}", level)

    def _archived(self, request: HttpRequest, case: Case) -> None:
        archive_case(case, by=person(request))

    def _restored(self, request: HttpRequest, case: Case) -> None:
        restore_case(case, by=person(request))

    def _deleted(self, request: HttpRequest, case: Case) -> None:
        delete_case(case, by=person(request))


def _is_archived(case: Case | None) -> bool:
    return case is not None and case.stage == CaseStage.ARCHIVED


def _titles(titles: list[str]) -> str:
    named = "、".join(f"“{title}”" for title in titles[:5])
    return (
        named if len(titles) <= 5 else gettext("%(titles)s 等 %(count)d 个") % {"titles": named, "count": len(titles)}
    )
