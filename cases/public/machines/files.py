"""Small files at fixed addresses, for robots, browsers and those who found a hole: written from the settings."""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import patch_cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from cases.public.card.drawing import COLOURS
from cases.public.marks import TYPES, mark_file
from cases.public.site import root_of

KEPT_SECONDS = 86_400
SECURITY_DAYS = 180  # RFC 9116, 2.5.5: less than a year
ICONS = (192, 512)  # pixels

# Beside the admin and previews: what is without end, or a file of which the page is there.
_NOT_FOR_ROBOTS = ("/admin/", "/preview/", "/search/?*&", "/search/suggest/", "/search/cases.", "/compare/?*choose=")


@csrf_exempt
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    prefixes = []
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            prefixes.append(reverse("home").rstrip("/"))
    lines = ["User-agent: *", *(f"Disallow: {prefix}{path}" for prefix in prefixes for path in _NOT_FOR_ROBOTS)]
    return _text([*lines, "", f"Sitemap: {root_of(request)}{reverse('sitemap')}"])


@csrf_exempt
@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """RFC 9116: to whom to tell what is unsafe. Its end is half a year ahead, the same the whole day."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    today = timezone.now().astimezone(datetime.UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [f"Contact: {contact}" for contact in settings.SECURITY_CONTACT]
    lines += [f"Expires: {today + datetime.timedelta(days=SECURITY_DAYS):%Y-%m-%dT%H:%M:%SZ}"]
    return _text([*lines, "Preferred-Languages: zh, en", f"Canonical: {root_of(request)}{reverse('security')}"])


@csrf_exempt
@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """What a phone needs to keep the site among its programs."""
    said: dict[str, Any] = {
        "name": settings.SITE_NAME,
        "short_name": settings.SITE_NAME[:12],
        "description": settings.SITE_DESCRIPTION,
        "lang": "zh-CN",
        "start_url": reverse("home"),
        "scope": "/",
        "display": "minimal-ui",
        "background_color": COLOURS["paper"],
        "theme_color": COLOURS["main"],
        "icons": [
            {"src": static(f"icons/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"} for size in ICONS
        ],
    }
    shown = {"ensure_ascii": False}
    response = JsonResponse(said, json_dumps_params=shown, content_type="application/manifest+json; charset=utf-8")
    patch_cache_control(response, public=True, max_age=KEPT_SECONDS)
    return response


@csrf_exempt
@require_safe
def mark(request: HttpRequest, name: str) -> HttpResponseBase:
    """A picture of the foot, from the operator's file."""
    file = mark_file(name)
    if file is None:
        raise Http404
    response = FileResponse(file.open("rb"), content_type=TYPES[file.suffix.lower()])
    patch_cache_control(response, public=True, max_age=KEPT_SECONDS)
    return response


def _text(lines: list[str]) -> HttpResponse:
    response = HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
    patch_cache_control(response, public=True, max_age=KEPT_SECONDS)
    return response
