"""归档, 恢复 and 删除: what the list does to many cases at once, and the form of a case that stands still."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.admin.person import person
from cases.editing.archiving import archive_case, delete_case, restore_case
from cases.editing.drafts import Conflict
from cases.editing.permissions import EDITABLE, NotAllowed
from cases.models import Case, Review, Revision
from cases.models.draft import PublicState


class ArchivePages(admin.ModelAdmin):
    """The part of the case admin that puts cases away, by the verbs of editing.archiving."""

    actions = ("delete_selected", "archive_selected", "restore_selected")

    # The form of a case whose text stands still: it is read

    def has_change_permission(self, request: HttpRequest, obj: Case | None = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or obj.stage in EDITABLE)

    # Deleting one

    def has_delete_permission(self, request: HttpRequest, obj: Case | None = None) -> bool:
        return super().has_delete_permission(request, obj) and not (obj and obj.has_history())

    def delete_model(self, request: HttpRequest, obj: Case) -> None:
        delete_case(obj, by=person(request))

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        try:
            deleted: HttpResponse = super().delete_view(request, object_id, extra_context)
        except Conflict:  # saved, or deleted, by somebody else at that moment
            messages.error(request, gettext("没有删除：刚才有人保存了，请看过再操作。"))
        except NotAllowed as refusal:
            messages.error(request, gettext(str(refusal)))
        else:
            return deleted
        return redirect("admin:cases_case_change", object_id)

    # Many at once

    @admin.action(description=_("删除所选案例"), permissions=["delete"])
    def delete_selected(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        """Delete what has no history and archive what has; asked first, with both listed."""
        was_kept = Exists(Revision.objects.filter(case=OuterRef("pk")))
        was_taken = Exists(Review.objects.filter(case=OuterRef("pk")))
        cases: Any = queryset.annotate(was_kept=was_kept, was_taken=was_taken)
        kept = [case for case in cases if case.was_kept or case.was_taken]
        to_delete = [case for case in cases if not (case.was_kept or case.was_taken)]
        if request.POST.get("post"):
            self._each(request, to_delete, self._deleted, gettext("删除"), gettext("没有删除"))
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
        self._each(request, queryset, self._archived, gettext("归档"), gettext("没有归档"))

    @admin.action(description=_("恢复所选案例为草稿"), permissions=["change"])
    def restore_selected(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._each(request, queryset, self._restored, gettext("恢复为草稿"), gettext("没有恢复"))

    def _each(
        self,
        request: HttpRequest,
        cases: Iterable[Case],
        step: Callable[[HttpRequest, Case], None],
        done: str,
        refused: str,
    ) -> None:
        """Take the step with each case, and tell by title with which it was done and with which it was not, and why."""
        told: dict[str, list[str]] = {done: []}
        for case in cases:
            words = done
            try:
                step(request, case)
            except NotAllowed as error:
                words = gettext("%(refused)s（%(why)s）") % {
                    "refused": refused,
                    "why": gettext(str(error)).rstrip("。."),
                }
            except Conflict:
                words = gettext("刚才有人保存了，请看过再操作")
            told.setdefault(words, []).append(case.title)
        for words, titles in told.items():
            if titles:
                level = messages.SUCCESS if words == done else messages.ERROR
                self.message_user(request, words + gettext("：") + _titles(titles), level)

    def _archived(self, request: HttpRequest, case: Case) -> None:
        archive_case(case, by=person(request))

    def _restored(self, request: HttpRequest, case: Case) -> None:
        restore_case(case, by=person(request))

    def _deleted(self, request: HttpRequest, case: Case) -> None:
        delete_case(case, by=person(request))


def _titles(titles: list[str]) -> str:
    named = gettext("、").join(f"“{title}”" for title in titles[:5])
    return (
        named if len(titles) <= 5 else gettext("%(titles)s 等 %(count)d 个") % {"titles": named, "count": len(titles)}
    )
