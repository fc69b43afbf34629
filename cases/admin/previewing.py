"""The working copy as readers would see it, and links to it for people outside."""

from __future__ import annotations

from typing import Any

from csp.constants import SELF
from csp.decorators import csp_replace
from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.clickjacking import xframe_options_sameorigin

from cases.admin.fields import LineField
from cases.admin.person import person
from cases.admin.versions.pages import VersionPages
from cases.editing.permissions import NotAllowed, why_not
from cases.editing.preview_links import HOURS, address_of, make_link, open_links, revoke
from cases.editing.versions import DRAFT, NoSuchVersion, content_of, revision_of, revisions_of
from cases.models import Case, PreviewLink
from cases.previewing.page import page_context

WIDTHS = ((375, _("手机")), (1280, _("电脑")))  # pixels of the two frames


class LinkForm(forms.Form):
    note = LineField(label=_("给谁看"), max_length=100, required=False, help_text=_("只给自己人看，好认出是哪个链接。"))
    hours = forms.TypedChoiceField(
        label=_("多久以后失效"), coerce=int, initial=72, choices=[(hours, _(name)) for hours, name in HOURS.items()]
    )
    version = forms.ChoiceField(label=_("给看哪一版"))

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        numbers = [revision.number for revision in revisions_of(case)]
        versions: Any = self.fields["version"]
        versions.choices = [
            (DRAFT, gettext("打开时的工作稿（以后的修改也看得到）")),
            *((str(number), gettext("固定为第 %(number)d 版") % {"number": number}) for number in numbers),
        ]


class PreviewPages(VersionPages):
    """The part of the case admin that shows a case before it is public."""

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view
        # Only this page may stand in a frame, and only in one of ours.
        same_origin: Any = csp_replace({"frame-ancestors": [SELF]})
        framed = same_origin(xframe_options_sameorigin(self.preview_page_view))
        return [
            path("<int:pk>/preview/", view(self.preview_draft_view), name="cases_case_preview_draft"),
            path("<int:pk>/preview/page/", view(framed), name="cases_case_preview_page"),
            path("<int:pk>/links/", view(self.links_view), name="cases_case_links"),
            *super().get_urls(),
        ]

    def preview_draft_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Two frames, as wide as a phone and a desktop, with the page readers would see."""
        case = self.seen_case(request, pk)
        version = _version_asked_for(request, case)
        page = f"{reverse('admin:cases_case_preview_page', args=[pk])}?version={version}"
        context = {
            "page": page,
            "widths": WIDTHS,
            "what": _what(version),
            "may_share": not why_not(person(request), "share", case),
        }
        return self.version_page(request, case, "preview", gettext("预览"), context)

    def preview_page_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The page in the frames."""
        case = self.seen_case(request, pk)
        version = _version_asked_for(request, case)
        context = page_context(case, content_of(case, version), what=_what(version))
        return render(request, "cases/case.html", context)

    def links_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Make links for people outside, list and revoke them."""
        case = self.seen_case(request, pk)
        form = LinkForm(request.POST if "_make" in request.POST else None, case=case)
        if request.method == "POST" and self._linked(request, case, form):
            return redirect("admin:cases_case_links", pk)
        reason = why_not(person(request), "share", case)
        good = set(open_links().filter(case=case).values_list("pk", flat=True))
        links = case.preview_links.select_related("by", "revision", "revoked_by")
        context = {
            "form": form,
            "why_not": gettext(reason) if reason else "",
            "links": [
                {
                    "link": link,
                    "address": request.build_absolute_uri(address_of(link)) if link.pk in good and not reason else "",
                    "is_good": link.pk in good,
                    "is_over": link.expires_at <= timezone.now(),
                }
                for link in links
            ],
        }
        return self.version_page(request, case, "links", gettext("预览链接"), context)

    def _linked(self, request: HttpRequest, case: Case, form: LinkForm) -> bool:
        """Make or revoke as asked; False if the form is to be shown again."""
        try:
            if "_revoke" in request.POST:
                key = request.POST["_revoke"]
                number = int(key) if key.isdecimal() and len(key) < 18 else 0
                revoke(get_object_or_404(PreviewLink, pk=number, case=case), by=person(request))
                messages.success(request, gettext("链接已撤销，再打开就找不到页面了。"))
                return True
            if not form.is_valid():
                return False
            version, hours, note = (form.cleaned_data[name] for name in ("version", "hours", "note"))
            revision = None if version == DRAFT else revision_of(case, version)
            make_link(case, by=person(request), hours=hours, revision=revision, note=note)
            messages.success(request, gettext("链接已建立，在下面的列表里，复制后发给对方。"))
        except NotAllowed as refusal:
            messages.error(request, gettext(str(refusal)))
            return False
        return True


def _version_asked_for(request: HttpRequest, case: Case) -> str:
    """DRAFT or the number of a revision the case has; 404 for anything else."""
    version = request.GET.get("version") or DRAFT
    if version != DRAFT:
        try:
            revision_of(case, version)
        except NoSuchVersion:
            raise Http404 from None
    return version


def _what(version: str) -> str:
    """Which version it is, for the notice above the page."""
    if version == DRAFT:
        return gettext("这是现在的工作稿。")
    return gettext("这是第 %(number)s 版。") % {"number": version}
