"""从文稿新建: paste or upload an article, look at what was found in it, keep it as a draft."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.admin import preview
from cases.admin.people import person
from cases.content import CaseContent
from cases.editing import bounds
from cases.editing.bounds import fits_one_case
from cases.editing.importing import Parsed, ReadingError, cleaned, draft_from_article, parse_article, receive_article
from cases.models import SourceText


class PastedField(forms.CharField):
    """A text as it was pasted, without the characters that reading a file drops too."""

    def to_python(self, value: Any) -> str:
        return cleaned(super().to_python(value) or "")


class ArticleForm(forms.Form):
    """An article, pasted or as a file; cleans to `name` and `data`, bytes as received."""

    text = PastedField(
        label=_("粘贴文稿"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 18, "class": "vLargeTextField"}),
    )
    file = forms.FileField(
        label=_("或上传文件"),
        required=False,
        allow_empty_file=True,  # the reader says what is wrong with it
        widget=forms.FileInput(attrs={"accept": ".txt,text/plain"}),
        help_text=_(".txt 文件，UTF-8 或 GB18030（GBK）编码，最大 4 MB。"),
    )

    def clean(self) -> dict[str, Any]:
        article = super().clean() or {}
        file, text = article.get("file"), article.get("text") or ""
        if file and text.strip():
            raise forms.ValidationError(_("请只用一种方式：粘贴文稿，或者上传文件。"))
        if not file and not text.strip():
            raise forms.ValidationError(_("请粘贴文稿，或者选择一个文件。"))
        if file:
            return {**article, "name": file.name, "data": file.read()}
        return {**article, "name": "", "data": text.encode()}


class ImportPages(admin.ModelAdmin):
    """The part of the case admin that makes cases from articles."""

    def get_urls(self) -> list[Any]:
        return [
            path("import/", self.admin_site.admin_view(self.import_view), name="cases_case_import"),
            path("import/<int:pk>/", self.admin_site.admin_view(self.preview_view), name="cases_case_preview"),
            *super().get_urls(),
        ]

    def import_view(self, request: HttpRequest) -> HttpResponse:
        """Take an article and keep it; the preview has an address of its own."""
        self._only_editors(request)
        form = ArticleForm(request.POST, request.FILES) if request.method == "POST" else ArticleForm()
        if form.is_valid():
            try:
                article = receive_article(form.cleaned_data["name"], form.cleaned_data["data"], by=person(request))
            except ReadingError as error:
                form.add_error("file" if form.cleaned_data["file"] else "text", gettext(error.message) % error.params)
            else:
                return redirect("admin:cases_case_preview", article.pk)
        context = {**self._page(request, gettext("从文稿新建")), "form": form}
        return render(request, "admin/cases/case/import.html", context)

    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what was found in an article; POST keeps it as a draft."""
        self._only_editors(request)
        article = get_object_or_404(SourceText, pk=pk)
        known = list(article.case_set.order_by("pk"))
        is_long = len(article.text) > bounds.CHARACTERS
        parsed = Parsed(CaseContent()) if is_long else parse_article(article)
        is_too_large = is_long or not fits_one_case(parsed.content)
        if request.method == "POST" and not is_too_large:
            # Pressed twice, or kept by a colleague since the page was drawn: then ask again.
            if request.POST.get("known") == str(len(known)):
                case = draft_from_article(article, parsed, by=person(request))
                self.log_addition(request, case, gettext("从文稿新建"))
                messages.success(request, gettext("已存为草稿。请核对内容，然后保存并发布。"))
                return redirect("admin:cases_case_change", case.pk)
            messages.warning(request, gettext("这篇文稿刚才已经存为草稿，没有再存一遍。"))
        context = {
            **self._page(request, gettext("预览：%(name)s") % {"name": parsed.content.title or article}),
            "article": article,
            "known": known,
            "is_too_large": is_too_large,
            "pieces": preview.article_pieces(article.text, parsed, most=preview.SHOWN if is_too_large else None),
            "shown": preview.SHOWN,
            "doubts": [] if is_too_large else preview.doubts(article.text, parsed),
            "unplaced": [] if is_too_large else preview.unplaced(article.text, parsed),
            "facts": preview.facts(parsed.content),
            "outline": None if is_too_large else preview.outline(parsed),
            "bounds": bounds,
        }
        return render(request, "admin/cases/case/preview.html", context)

    def _only_editors(self, request: HttpRequest) -> None:
        if not self.has_add_permission(request):
            raise PermissionDenied

    def _page(self, request: HttpRequest, title: str) -> dict[str, Any]:
        return {**self.admin_site.each_context(request), "title": title, "opts": self.opts, "media": self.media}
