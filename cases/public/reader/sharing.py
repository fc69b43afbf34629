"""Passing a case on: its address, and a QR code of it that the server draws."""

from __future__ import annotations

import io

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe

from cases.models.published import PublishedCase
from cases.public.views import of_public_case, public_page

QUIET_ZONE = 4  # modules of white around a code, without which it cannot be read on a dark page


@public_page
@of_public_case
def share_page(request: HttpRequest, case: PublishedCase) -> HttpResponse:
    context = {
        "section": "cases",
        "is_unlisted": True,
        "case": case,
        "address": request.build_absolute_uri(case.get_absolute_url()),
        "code": reverse("qr", args=[case.pk]),
    }
    return render(request, "cases/reader/share.html", context)


@public_page
@of_public_case
def case_code(request: HttpRequest, case: PublishedCase) -> HttpResponse:
    """A drawing of the address of a case, in the language of this one."""
    return drawn(request.build_absolute_uri(case.get_absolute_url()))


def drawn(address: str) -> HttpResponse:
    """The address as a QR code, a picture of its own."""
    return HttpResponse(drawing(address), content_type="image/svg+xml")


def drawing(address: str) -> str:
    """The address as a QR code: SVG, black on white in every scheme, of whatever size its page gives it."""
    svg = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        svg, kind="svg", border=QUIET_ZONE, light="#fff", omitsize=True, xmldecl=False, svgclass=None, lineclass=None
    )
    return mark_safe(svg.getvalue().decode())  # noqa: S308 - the address is in it as black and white alone
