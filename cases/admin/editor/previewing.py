"""What is typed in the form, as readers would see it: kept as unsaved text, and shown in a window beside the form."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from csp.constants import SELF
from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext
from django.views.decorators.clickjacking import xframe_options_sameorigin

from cases.admin.editor.autosave import AutosavePages
from cases.admin.editor.fields_of_case import blank_case
from cases.admin.editor.reading import TooManyRows, content_from_typed, keep_uploads, typed_from_stored
from cases.admin.person import person
from cases.admin.previewing import WIDTHS
from cases.models import Case, UnsavedText
from cases.previewing.page import page_context


class TypedPreviewPages(AutosavePages):
    """The part of the form that shows a text before it is saved. Nobody sees it but who typed it."""

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view
        same_origin: Any = csp_replace({"frame-ancestors": [SELF]})  # only this page may stand in a frame, of ours
        framed = same_origin(xframe_options_sameorigin(self.typed_page_view))
        return [
            path("preview/<slug:token>/", view(self.typed_view), name="cases_case_preview_typed"),
            path("preview/<slug:token>/page/", view(framed), name="cases_case_preview_typed_page"),
            *super().get_urls(),
        ]

    def _posted(self, request: HttpRequest, case: Any) -> HttpResponse:
        if "_preview" not in request.POST or not self.may_edit(request, case):
            return super()._posted(request, case)
        try:
            typed = self.typed_of(request)
        except TooManyRows:
            return super()._posted(request, case)  # says so
        keep_uploads(typed, request.POST, request.FILES)
        held = self.hold_typed(request, case, typed)
        return redirect("admin:cases_case_preview_typed", held.token) if held else redirect(request.path)

    def typed_view(self, request: HttpRequest, token: str) -> HttpResponse:
        """Two frames, as wide as a phone and a desktop, with the page readers would see."""
        text = _text(request, token)
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("预览"),
            "opts": self.opts,
            "media": self.media,
            "original": text.case,
            "page": reverse("admin:cases_case_preview_typed_page", args=[token]),
            "widths": WIDTHS,
            "what": gettext("这是您正在写的文字，还没有保存。"),
        }
        return render(request, "admin/cases/versions/preview.html", context)

    def typed_page_view(self, request: HttpRequest, token: str) -> HttpResponse:
        """The page in the frames."""
        text = _text(request, token)
        what = gettext("这是您正在写的文字，还没有保存。")
        content, _problems = content_from_typed(blank_case() | typed_from_stored(text.typed))
        shown = replace(content, pictures=tuple(picture for picture in content.pictures if picture.file))
        context = page_context(text.case or Case(), shown, what=what)
        return render(request, "cases/case.html", context)


def _text(request: HttpRequest, token: str) -> UnsavedText:
    """What this person typed in a tab; 404 for what is not there any more, or not of a case they see."""
    text = get_object_or_404(UnsavedText.objects.filter(by=person(request), typed__isnull=False), token=token)
    if text.case_id is not None:
        text.case = get_object_or_404(Case.objects.visible_to(person(request)), pk=text.case_id)
    return text
