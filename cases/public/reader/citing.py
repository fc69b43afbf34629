"""How to cite a case: a page of its own, which the case page shows in a dialog, and files for reference managers."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.exporting.citation import BIBTEX_TYPE, RIS_TYPE, Cited, bibtex, gbt_2015, gbt_2025, responsible_of, ris
from cases.models.published import PublishedCase
from cases.public.views import of_public_case, public_page

FILES = {"bib": (bibtex, BIBTEX_TYPE), "ris": (ris, RIS_TYPE)}


@public_page
@of_public_case
def cite_page(request: HttpRequest, case: PublishedCase) -> HttpResponse:
    """The references, with the day of the answer as that of access; a script puts the reader's own day there."""
    cited = cited_case(request, case)
    forms = [
        (_("GB/T 7714—2025"), gbt_2025(cited, others=_("等"))),
        (_("GB/T 7714—2015"), gbt_2015(cited, others=_("等"))),
    ]
    context = {"section": "cases", "is_unlisted": True, "case": case, "forms": forms, "today": timezone.localdate()}
    return render(request, "cases/reader/cite.html", context)


@public_page
@of_public_case
def cite_file(request: HttpRequest, case: PublishedCase, kind: str) -> HttpResponse:
    """The case as a .bib or .ris file."""
    write, media_type = FILES[kind]
    cited = cited_case(request, case)
    response = HttpResponse(write(cited, timezone.localdate()), content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{cited.key}.{kind}"'
    return response


def cited_case(request: HttpRequest, case: PublishedCase) -> Cited:
    """The page of a case on this site: dated by when it came here, written by whoever the case names."""
    content = case.content
    return Cited(
        key=f"case-{case.pk}",
        responsible=responsible_of(
            content.author, content.organization, content.source_name, settings.SITE_OWNER, settings.SITE_NAME
        ),
        title=case.title,
        site=settings.SITE_NAME,
        published=timezone.localdate(case.first_released_at),
        address=request.build_absolute_uri(case.get_absolute_url()),
        note=_("示例：内容为演示而写") if case.is_demo else "",
    )
