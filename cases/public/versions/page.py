"""What a public case said before: its versions, and each with what it changed in the one before it.

Only where the site is set up to show them (PUBLIC_VERSIONS), and only of a case that is public now.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from cases.content import CaseContent, from_json
from cases.models.published import PublishedCase, PublishedVersion
from cases.models.vocabulary import names_of_codes
from cases.presenting.versions import compare_versions, count_changes, spelled_out
from cases.public.views import of_public_case, public_page

LARGEST_NUMBER = 2**31 - 1  # of the column


def _where_shown(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def answered(request: HttpRequest, **kwargs: object) -> HttpResponse:
        if not settings.PUBLIC_VERSIONS:
            raise Http404
        return view(request, **kwargs)

    return answered


@public_page
@_where_shown
@of_public_case
def versions_page(request: HttpRequest, case: PublishedCase) -> HttpResponse:
    """All versions of a case since it was last taken down, newest first."""
    context = {
        "section": "cases",
        "is_unlisted": True,
        "case": case,
        "versions": case.versions.defer("body").order_by("-number"),
    }
    return render(request, "cases/versions/list.html", context)


@public_page
@_where_shown
@of_public_case
def version_page(request: HttpRequest, case: PublishedCase, number: int) -> HttpResponse:
    """One version, whole, with what it changed in the one before it."""
    wanted = [near for near in (number - 1, number, number + 1) if 0 < near <= LARGEST_NUMBER]
    rows = {row.number: row for row in case.versions.filter(number__in=wanted)}
    if number not in rows:
        raise Http404
    version, before, after = rows[number], rows.get(number - 1), rows.get(number + 1)
    content = _content(case, version)
    earlier = _content(case, before) if before else content
    names = names_of_codes([content, earlier])
    change = compare_versions(spelled_out(earlier, names, gettext), spelled_out(content, names, gettext))
    context = {
        "section": "cases",
        "is_unlisted": True,
        "case": case,
        "version": version,
        "before": before,
        "after": after,
        "title": content.title,
        "change": change,
        "counts": count_changes(change),
    }
    return render(request, "cases/versions/version.html", context)


def _content(case: PublishedCase, version: PublishedVersion) -> CaseContent:
    return case.content if version.body is None else from_json(version.body)
