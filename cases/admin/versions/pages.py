"""The versions of a case: their list, any two compared, and an old one taken up again."""

from __future__ import annotations

from itertools import zip_longest
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext

from cases.admin.person import person
from cases.content import CaseContent, ContentError
from cases.editing.drafts import Conflict, read_draft
from cases.editing.permissions import NotAllowed, why_not
from cases.editing.versions import (
    DRAFT,
    LIVE,
    NoSuchVersion,
    content_of,
    live_revision,
    restore_revision,
    revision_of,
    revisions_of,
    version_to_compare_with,
)
from cases.models import Case, Revision
from cases.models.draft import PublicState
from cases.models.vocabulary import names_of_codes
from cases.presenting.versions import PartChange, compare_versions, count_changes, spelled_out


class VersionPages(admin.ModelAdmin):
    """The part of the case admin that shows what a case said and when."""

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/versions/", view(self.versions_view), name="cases_case_versions"),
            path("<int:pk>/compare/", view(self.compare_view), name="cases_case_compare"),
            path("<int:pk>/restore/<int:number>/", view(self.restore_view), name="cases_case_restore"),
            *super().get_urls(),
        ]

    def versions_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """All revisions, newest first, with why each was made and what readers were told."""
        case = self.seen_case(request, pk)
        publications = case.publications.filter(kind=PublicState.PUBLISHED).order_by("pk")
        public = dict(publications.values_list("revision", "at"))
        live, revisions = live_revision(case), revisions_of(case)
        context = {
            "revisions": [
                {
                    "revision": revision,
                    "earlier": earlier.number if earlier else None,
                    "public_at": public.get(revision.pk),
                    "is_live": revision == live,
                }
                for revision, earlier in zip_longest(revisions, revisions[1:])
            ],
            "why_not": _why_not(request, case),
            "draft_digest": case.digest,
        }
        return self.version_page(request, case, "list", gettext("历次版本"), context)

    def compare_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Two versions: those asked for, else what readers see and the draft."""
        case = self.seen_case(request, pk)
        revisions, live = revisions_of(case), live_revision(case)
        old = request.GET.get("from") or version_to_compare_with(case, revisions, live)
        new = request.GET.get("to") or DRAFT
        context: dict[str, Any] = {
            "choices": _choices(revisions, live),
            "old": old,
            "new": new,
            "is_side": request.GET.get("layout") != "inline",
            "is_whole": request.GET.get("whole") == "1",
        }
        if old:
            try:
                change = compared(content_of(case, old), content_of(case, new))
            except NoSuchVersion:
                raise Http404 from None
            context |= {"change": change, "counts": count_changes(change)}
        return self.version_page(request, case, "compare", gettext("比较版本"), context)

    def restore_view(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        """Show what taking up an old version would do to the draft; POST does it."""
        case = self.seen_case(request, pk)
        if not self.has_change_permission(request):
            raise PermissionDenied
        try:
            revision = revision_of(case, str(number))
        except NoSuchVersion:
            raise Http404 from None
        if request.method == "POST" and self._taken_up(request, revision):
            return redirect("admin:cases_case_change", case.pk)
        change = compared(read_draft(case), content_of(case, str(number)))
        context = {
            "revision": revision,
            "change": change,
            "counts": count_changes(change),
            "version": case.version,
            "why_not": _why_not(request, case),
        }
        return self.version_page(
            request, case, "restore", gettext("恢复第 %(number)d 版") % {"number": number}, context
        )

    def _taken_up(self, request: HttpRequest, revision: Revision) -> bool:
        posted = request.POST.get("version", "")
        version = int(posted) if posted.isdecimal() and len(posted) < 10 else -1
        try:
            restore_revision(revision, by=person(request), version=version)
        except NotAllowed as refusal:
            messages.error(request, gettext(str(refusal)))
        except Conflict:
            messages.error(
                request, gettext("没有恢复：刚才有人保存了这个案例。下面已是最新的比较，看过之后可以再恢复。")
            )
        except ContentError as error:
            told = gettext(error.message) % error.params
            messages.error(request, gettext("没有恢复：%(reason)s") % {"reason": told})
        else:
            told = gettext("第 %(number)d 版的内容现在是工作稿；原来的工作稿在“历次版本”里。")
            messages.success(request, told % {"number": revision.number})
            return True
        return False

    def seen_case(self, request: HttpRequest, pk: int) -> Any:
        """The case, if the person may see it. Out of their scope is not found: that it exists is information, too."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        return get_object_or_404(Case.objects.visible_to(person(request)).select_related("updated_by"), pk=pk)

    def version_page(
        self, request: HttpRequest, case: Case, name: str, title: str, context: dict[str, Any]
    ) -> HttpResponse:
        """One of the pages beside the form of a case, in the frame of the admin."""
        around = {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "original": case,
            "media": self.media,
        }
        return render(request, f"admin/cases/versions/{name}.html", around | context)


def compared(old: CaseContent, new: CaseContent) -> PartChange:
    """The two contents compared in the words of the language of the page; at most three queries."""
    names = names_of_codes([old, new])
    return compare_versions(spelled_out(old, names, gettext), spelled_out(new, names, gettext))


def _why_not(request: HttpRequest, case: Case) -> str:
    """What keeps a person from changing the draft, in words; "" if nothing does."""
    reason = why_not(person(request), "change", case)
    return gettext(reason) if reason else ""


def _choices(revisions: list[Revision], live: Revision | None) -> list[tuple[str, str]]:
    """Name → what it is, for the two lists of the page."""
    named = [(DRAFT, gettext("工作稿"))]
    if live is not None:
        named.append((LIVE, gettext("现在公开的版本（第 %(number)d 版）") % {"number": live.number}))
    return named + [(str(revision.number), _in_words(revision)) for revision in revisions]


def _in_words(revision: Revision) -> str:
    at = timezone.localtime(revision.at)
    return gettext("第 %(number)d 版 · %(occasion)s · %(at)s · %(by)s") % {
        "number": revision.number,
        "occasion": revision.get_occasion_display(),
        "at": f"{at:%Y-%m-%d %H:%M}",
        "by": revision.by,
    }
