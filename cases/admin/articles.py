"""The form that takes an article: a text, pasted with or without its looks, or a file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.content import gettext_noop
from cases.editing.importing import ARTICLE_ENDINGS, cleaned, largest

RICH = gettext_noop("粘贴的内容.html")  # what the reader calls a pasted text that brought its looks


class PastedField(forms.CharField):
    """A text as it was pasted, without the characters that reading a file drops too."""

    def to_python(self, value: Any) -> str:
        return cleaned(super().to_python(value) or "")


def about_files() -> str:
    """Which files can be read, and how large they may be, in words."""
    told = gettext(
        "可以是 Word 文档（.docx）、有文字的 PDF、网页（.html、.mht）或纯文本（.txt、.md）。"
        "Word、PDF 和 .mht 不超过 %(document)d MB，网页不超过 %(page)d MB，纯文本不超过 %(text)d MB。"
        "旧版 .doc 和 .wps 请先另存为 .docx。"
    )
    sizes = {"document": largest("a.docx"), "page": largest("a.html"), "text": largest("a.txt")}
    return told % {kind: size // 1024**2 for kind, size in sizes.items()}


class ArticleForm(forms.Form):
    """An article, pasted or as a file; cleans to `name` and `data`, bytes as received."""

    text = PastedField(
        label=_("粘贴文稿"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 16, "class": "vLargeTextField", "aria-describedby": "paste-state"}),
    )
    rich = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)  # filled by paste.js
    file = forms.FileField(
        label=_("或上传文件"),
        required=False,
        allow_empty_file=True,  # the reader says what is wrong with it
        widget=forms.FileInput(attrs={"accept": ",".join(ARTICLE_ENDINGS)}),
        help_text=lazy(about_files, str)(),
    )

    def clean(self) -> dict[str, Any]:
        article = super().clean() or {}
        file, text, rich = article.get("file"), article.get("text") or "", article.get("rich") or ""
        if file and text.strip():
            raise forms.ValidationError(_("请只用一种方式：粘贴文稿，或者上传文件。"))
        if not file and not text.strip():
            raise forms.ValidationError(_("请粘贴文稿，或者选择一个文件。"))
        if file:
            return {**article, "name": file.name, "data": file.read()}
        if rich.strip():
            return {**article, "name": gettext(RICH), "data": rich.encode("utf-8", "ignore")}
        return {**article, "name": "", "data": text.encode()}
