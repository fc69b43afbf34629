"""关于、隐私 and the other pages that the site says of itself."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import resolve, reverse
from django.utils.translation import get_language_from_path, override
from django.utils.translation import gettext_lazy as _

from cases.admin.audited import Audited
from cases.admin.fields import PlainText
from cases.editing.inspection.site import PAGES
from cases.models import SitePage

_BODY = _("空一行分段；以“## ”（两个井号和一个空格）开头的一行是小标题。其他符号照样显示。")


class SitePageForm(forms.ModelForm):
    class Meta:
        help_texts = {
            "slug": _("网址里的一段，例如 guide 就是 /guide/：字母、数字、连字符；不能是本站已有的，保存后不能改。"),
            "body": _BODY,
            "body_en": _BODY,
            "title_en": _("英文页面用；不填就用中文的标题。正文也一样。"),
        }

    def clean_slug(self) -> str:
        """The address of a page that can be reached: those of columns and of languages come first."""
        slug = self.cleaned_data["slug"]
        with override(settings.LANGUAGE_CODE):
            is_free = resolve(reverse("page", args=[slug])).url_name == "page"
        if not is_free or get_language_from_path(f"/{slug}/"):
            raise ValidationError(_("本站已经有这个地址，请换一个。"))
        return slug


@admin.register(SitePage)
class SitePageAdmin(PlainText, Audited):
    form = SitePageForm
    list_display = ("title", "slug", "updated_at")
    fields = ("slug", "title", "body", "title_en", "body_en")

    def get_readonly_fields(self, request: HttpRequest, obj: SitePage | None = None) -> tuple[str, ...]:
        return ("slug",) if obj else ()  # the address never changes

    def has_delete_permission(self, request: HttpRequest, obj: SitePage | None = None) -> bool:
        """Those the footer leads to stay: they may be rewritten, not deleted."""
        return super().has_delete_permission(request, obj) and (obj is None or obj.slug not in PAGES)
