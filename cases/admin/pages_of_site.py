"""关于、隐私 and the other pages that the site says of itself."""

from __future__ import annotations

from django.contrib import admin

from cases.admin.audited import Audited
from cases.admin.fields import PlainText
from cases.models import SitePage


@admin.register(SitePage)
class SitePageAdmin(PlainText, Audited):
    list_display = ("title", "slug", "updated_at")
    fields = ("slug", "title", "body", "title_en", "body_en")

    def get_readonly_fields(self, request, obj=None):
        return ("slug",) if obj else ()  # the address never changes
