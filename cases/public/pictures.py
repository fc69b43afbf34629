"""The pictures of cases, served by the site itself so that they work with any server."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.utils.cache import patch_cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from cases.renditions import Unreadable, original_path, rendition

TYPES = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp"}


@csrf_exempt
@require_safe
def picture(request: HttpRequest, file: str) -> FileResponse:
    """A picture by its name, which is the digest of its bytes: what an address shows never changes."""
    try:
        stored = default_storage.open(f"pictures/{file}")
    except FileNotFoundError:
        raise Http404 from None
    return _for_ever(FileResponse(stored, content_type=TYPES[file.rpartition(".")[2]]))


@csrf_exempt
@require_safe
def smaller_picture(request: HttpRequest, digest: str, width: str) -> FileResponse:
    """A picture as WebP, at most `width` pixels wide; made when it is first asked for."""
    original = next((file for ending in TYPES if original_path(file := f"{digest}.{ending}").is_file()), "")
    try:
        made = rendition(original, int(width)) if original else None
    except Unreadable:
        made = None
    if made is None:
        raise Http404
    return _for_ever(FileResponse(made.open("rb"), content_type=TYPES["webp"]))


def _for_ever(response: FileResponse) -> FileResponse:
    patch_cache_control(response, public=True, max_age=31_536_000, immutable=True)
    return response
