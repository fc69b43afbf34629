"""Passing a case on: its address, and a QR code of it that the server draws."""

from __future__ import annotations

import io
from typing import Any

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe

from cases.models.published import PublishedCase
from cases.public.views import of_public_case, public_page

QUIET_ZONE = 4  # modules of white around a code, without which it cannot be read on a dark page

_LOOK: dict[str, Any] = {"border": QUIET_ZONE, "light": "#fff", "omitsize": True, "svgclass": None, "lineclass": None}


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
    """The address as a QR code: SVG, black on white in every scheme, of whatever size its page gives it."""
    svg = io.BytesIO()
    segno.make(address, error="m", micro=False).save(svg, kind="svg", **_LOOK, xmldecl=False)
    return HttpResponse(svg.getvalue(), content_type="image/svg+xml")


def drawing(address: str) -> str:
    """The same code as an element of a page, for an address that is for nobody else: no file of it is to be had."""
    return mark_safe(segno.make(address, error="m", micro=False).svg_inline(**_LOOK))  # noqa: S308  # drawn by us
