"""从文稿新建: paste or upload an article, correct what was found in it, keep it as a draft."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext

from cases.admin import correcting
from cases.admin.articles import ArticleForm
from cases.admin.person import person
from cases.admin.showing import changes_nothing, is_long, parsed_within_bounds, part_named, preview_context
from cases.editing.audit.recording import record
from cases.editing.bounds import fits_one_case
from cases.editing.importing import (
    Parsed,
    Part,
    ReadingError,
    article_parts,
    corrections_of,
    drafts_from_article,
    keep_corrections,
    largest,
    receive_article,
)
from cases.editing.permissions import PUBLISH, NotAllowed, visible_articles
from cases.models import SourceText


class ImportPages(admin.ModelAdmin):
    """The part of the case admin that makes cases from articles."""

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view
        return [
            path("import/", view(self.import_view), name="cases_case_import"),
            path("import/<int:pk>/", view(self.preview_view), name="cases_case_preview"),
            path("import/<int:pk>/correct/", view(self.correct_view), name="cases_case_correct"),
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
                if visible_articles(person(request)).filter(pk=article.pk).exists():
                    return redirect("admin:cases_case_preview", article.pk)
                form.add_error(None, gettext("这篇文稿已经有人收过，由它建的案例不在您负责的范围；请联系管理员。"))
        context = {**self._page(request, gettext("从文稿新建")), "form": form, "largest": largest("a.html")}
        return render(request, "admin/cases/case/import.html", context)

    # The preview

    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what was found in an article, or in one of the cases in it; POST keeps it as a draft."""
        self._only_editors(request)
        article = get_object_or_404(visible_articles(person(request)), pk=pk)
        parts = article_parts(article)
        if request.method == "POST":
            response = self._keep(request, article, parts)
            if response:
                return response
        part = part_named(request.GET.get("part", ""), parts)
        if part is None and request.GET.get("part"):
            return redirect("admin:cases_case_preview", pk)
        parsed = parsed_within_bounds(article, part)
        step = correcting.last_step(request.session, pk, article.corrections_version)
        context = {
            **self._page(request, gettext("预览：%(name)s") % {"name": parsed.content.title or article}),
            **preview_context(article, parts, part, parsed, person(request)),
            "can_undo": step is not None,
        }
        return render(request, "admin/cases/case/preview.html", context)

    def _keep(self, request: HttpRequest, article: SourceText, parts: tuple[Part, ...]) -> HttpResponse | None:
        """Make a draft of each chosen case; None, with the reason told, when the editor should look again."""
        if request.POST.get("version", "0") != str(article.corrections_version):
            messages.warning(request, gettext("有人刚才改过这里的拆解结果，还没有存为草稿。请看过最新的结果再存。"))
            return None
        chosen = [part for part in parts if str(part.start) in request.POST.getlist("part")]
        wanted: list[Part | None] = [*chosen] or [None]
        found = [(parsed, part) for part in wanted if (parsed := self._kept(request, article, part))]
        if not found:
            return None
        known = _number(request.POST.get("known", ""))
        try:
            cases = drafts_from_article(article, found, known=known, by=person(request))
        except NotAllowed as error:
            messages.error(request, gettext("没有存为草稿：%(reason)s") % {"reason": gettext(str(error))})
            return None
        if not cases:  # pressed twice, or kept by a colleague since the page was drawn: then ask again
            messages.warning(request, gettext("这篇文稿刚才已经存为草稿，没有再存一遍。"))
            return None
        if len(cases) == 1:
            messages.success(request, gettext("已存为草稿。") + self._next_step(request))
            return redirect("admin:cases_case_change", cases[0].pk)
        told = gettext("已存为 %(count)d 份草稿，从下面打开。") % {"count": len(cases)}
        messages.success(request, told + self._next_step(request))
        return redirect("admin:cases_case_preview", article.pk)

    @staticmethod
    def _next_step(request: HttpRequest) -> str:
        if settings.REVIEWS:
            return gettext("请核对内容，然后保存并提交审核。")
        if request.user.has_perm(PUBLISH):
            return gettext("请核对内容，然后保存并发布。")
        return gettext("请核对内容并保存；发布由有发布权限的同事来做。")

    def _kept(self, request: HttpRequest, article: SourceText, part: Part | None) -> Parsed | None:
        """What was found in the article or in one case in it; None for what is too large for a draft."""
        parsed = parsed_within_bounds(article, part)
        if not is_long(article, part) and fits_one_case(parsed.content):
            return parsed
        if part:
            messages.error(request, gettext("“%(title)s”太长，没有存为草稿。") % {"title": part.title})
        return None

    # Corrections

    def correct_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Keep one correction and show the preview again; an ordinary post, with scripts and without."""
        self._only_editors(request)
        article = get_object_or_404(visible_articles(person(request)), pk=pk)
        if request.method == "POST":
            self._correct(request, article)
        # A log-in on the way turns the post into a GET: there is nothing to correct then.
        part = part_named(request.POST.get("part", ""), article_parts(article))
        address = reverse("admin:cases_case_preview", args=[pk]) + (f"?part={part.start}" if part else "")
        return redirect(address)

    def _correct(self, request: HttpRequest, article: SourceText) -> None:
        """Keep the posted correction and tell what it was, or why it was not kept."""
        version, before = article.corrections_version, corrections_of(article)
        command = request.POST.get("correction", "")
        conflict = gettext("有人刚才改过这里的拆解结果，您这一处没有改上。下面是最新的结果，需要时请再改一次。")
        if request.POST.get("version") != str(version):
            messages.warning(request, conflict)
            return
        try:
            after, told = self._next(request, article, command)
        except correcting.NotUnderstood as error:
            messages.error(request, str(error))
            return
        if after != before and not keep_corrections(article, after):
            messages.warning(request, conflict)
            return
        if command == "undo":
            correcting.forget_last(request.session, article.pk, version + 1)
        elif after != before:
            correcting.remember(request.session, article.pk, before, version + 1)
        if after != before:
            record("corrected", by=person(request), about=article, note=told)
        messages.success(request, told)

    @staticmethod
    def _next(request: HttpRequest, article: SourceText, command: str) -> tuple[correcting.Corrections, str]:
        if command != "undo":
            after, told = correcting.corrected(corrections_of(article), command, article.text, request.POST)
            if command.startswith(("role", "mark")) and changes_nothing(article, after):
                raise correcting.NotUnderstood(
                    gettext("没有变化：这里已经是这样；改层级要从一行的开头或序号（如“一是”）改起。")
                )
            return after, told
        step = correcting.last_step(request.session, article.pk, article.corrections_version)
        if step is None:
            raise correcting.NotUnderstood(gettext("没有可以撤销的修改。"))
        return step, gettext("撤销了上一处修改。")

    def _only_editors(self, request: HttpRequest) -> None:
        if not self.has_add_permission(request):
            raise PermissionDenied

    def _page(self, request: HttpRequest, title: str) -> dict[str, Any]:
        return {**self.admin_site.each_context(request), "title": title, "opts": self.opts, "media": self.media}


def _number(text: str) -> int:
    """The number a form sent; -1 for what is none."""
    return int(text) if text.isdecimal() and len(text) < 10 else -1
