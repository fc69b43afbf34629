"""The admin as a whole, and the pages of the site itself."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import path, reverse_lazy
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from taggit.admin import Tag as UnusedTag

from cases.admin.audit import records_view
from cases.admin.audited import Audited
from cases.admin.fields import PlainText
from cases.identity import site_name
from cases.models import SitePage

admin.site.site_header = admin.site.site_title = lazy(site_name, str)()
admin.site.site_url = reverse_lazy("home")
admin.site.index_title = _("编辑后台")
admin.site.enable_nav_sidebar = False  # the case form needs the width, and there are few tables

admin.site.unregister(UnusedTag)  # taggit brings a table of its own; ours is cases.Tag, filled by publishing


READ_ELSEWHERE = ("Publication", "Revision")  # in 发布记录, and in 历次版本 of each case

_by_name = admin.site.get_app_list


def get_app_list(request: HttpRequest, app_label: str | None = None) -> list[Any]:
    """Django's list of tables with the cases first: what editors come for."""
    apps = sorted(_by_name(request, app_label), key=lambda app: app["app_label"] != "cases")
    for app in apps:
        app["models"] = [model for model in app["models"] if model["object_name"] not in READ_ELSEWHERE]
        app["models"].sort(key=lambda model: model["object_name"] != "Case")
    return apps


admin.site.get_app_list = get_app_list  # type: ignore[method-assign]


_of_tables = admin.site.get_urls


def get_urls() -> list[Any]:
    """Django's addresses, and those of pages that belong to no one table."""
    records = path("records/", admin.site.admin_view(records_view), name="records")
    return [records, *_of_tables()]


admin.site.get_urls = get_urls  # type: ignore[method-assign]


@admin.register(SitePage)
class SitePageAdmin(PlainText, Audited):
    list_display = ("title", "slug", "updated_at")
    fields = ("slug", "title", "body", "title_en", "body_en")

    def get_readonly_fields(self, request, obj=None):
        return ("slug",) if obj else ()  # the address never changes
