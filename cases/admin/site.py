"""The admin as a whole: its first page, and the pages that belong to no one table.

Registering a table needs the site, so nothing here registers one, nor does what this module imports: its pages stand
in modules without tables.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import path, reverse_lazy
from django.utils.functional import lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cases.admin.calendar import calendar_view
from cases.admin.inspection.pages import file_view, inspection_view, list_view
from cases.admin.person import person
from cases.admin.records import records_view
from cases.admin.review.queue import at_a_glance, manuscripts_view, queue_view
from cases.admin.viewed import viewed_view
from cases.identity import site_name
from cases.presenting.chinese_parts import mark_page

Page = Callable[..., HttpResponseBase]
Answer = TypeVar("Answer", bound=HttpResponseBase)
READ_ELSEWHERE = ("Publication", "Revision")  # in 发布记录, and in 历次版本 of each case


class CasesAdminSite(AdminSite):
    """Django's admin in our words, with the cases first."""

    site_header = site_title = lazy(site_name, str)()
    site_url = reverse_lazy("home")  # type: ignore[assignment]  # found when it is shown
    index_title = _("编辑后台")
    enable_nav_sidebar = False  # the case form needs the width, and there are few tables

    def admin_view(self, view: Page, cacheable: bool = False) -> Any:
        """Every page of the admin; in English it says of what is Chinese on it that it is, wherever that stands."""

        @functools.wraps(view)
        def in_both_languages(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            return _said_in_its_language(view(request, *args, **kwargs))

        return super().admin_view(in_both_languages, cacheable)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return _said_in_its_language(super().login(request, extra_context))

    def get_urls(self) -> list[Any]:
        view = self.admin_view
        return [
            path("queue/", view(queue_view), name="queue"),
            path("manuscripts/", view(manuscripts_view), name="manuscripts"),
            path("calendar/", view(calendar_view), name="calendar"),
            path("records/", view(records_view), name="records"),
            path("views/", view(viewed_view), name="viewed"),
            path("inspection/", view(inspection_view), name="inspection"),
            path("inspection/all.csv", view(file_view), name="inspection_file"),
            path("inspection/<slug:key>/", view(list_view), name="inspection_list"),
            *super().get_urls(),
        ]

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """The first page, with what waits for whoever opens it."""
        return super().index(request, {**at_a_glance(person(request)), **(extra_context or {})})

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """Django's list of tables with the cases first: what editors come for."""
        apps = sorted(super().get_app_list(request, app_label), key=lambda app: app["app_label"] != "cases")
        for app in apps:
            app["models"] = [model for model in app["models"] if model["object_name"] not in READ_ELSEWHERE]
            app["models"].sort(key=lambda model: model["object_name"] != "Case")
        return apps


def _said_in_its_language(response: Answer) -> Answer:
    """The page with its language by the name it has on the web, and what is Chinese on an English one marked."""
    if response.headers.get("Content-Type", "").startswith("text/html"):
        mark = _mark_chinese if get_language() == "en" else _name_chinese
        if isinstance(response, TemplateResponse):
            response.add_post_render_callback(mark)
        elif isinstance(response, HttpResponse):
            mark(response)
    return response


def _mark_chinese(response: HttpResponse) -> None:
    response.content = mark_page(response.content.decode()).encode()


def _name_chinese(response: HttpResponse) -> None:
    """Django names the language as it does in addresses, in a template that leaves no room for another name."""
    response.content = response.content.replace(b'<html lang="zh-hans"', b'<html lang="zh-CN"', 1)


@functools.cache
def the_site() -> CasesAdminSite:
    """The one there is: Django asks while it looks for this module, and again as the package registers its tables."""
    return CasesAdminSite()
