"""The site map for people: the columns, and what cases are filed under, on one page."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cases.models.published import SitePage
from cases.public.places import provinces, spread
from cases.public.terms import department_groups, theme_groups
from cases.public.views import public_page

# Columns by the name of their page; the texts of the site are listed by themselves.
COLUMNS = (
    *("home", "cases", "regions", "departments", "themes", "tags", "numbers", "search", "compare", "policies"),
    *("map", "trends", "matrix", "data", "reading-list", "accessibility"),
)


@public_page
def sitemap_page(request: HttpRequest) -> HttpResponse:
    """Everything that can be reached without searching; each place leads on to what is below it."""
    columns: list[tuple[Any, str]] = [(settings.SITE_COLUMNS[name], reverse(name)) for name in COLUMNS]
    is_english = request.LANGUAGE_CODE == "en"
    pages = [((is_english and page.title_en) or page.title, page) for page in SitePage.objects.defer("body", "body_en")]
    context = {
        "section": "sitemap",
        "columns": columns,
        "provinces": [entry for entry in provinces(spread()) if entry.count],
        "themes": theme_groups(),
        "departments": department_groups(),
        "pages": pages,
    }
    return render(request, "cases/sitemap.html", context)
