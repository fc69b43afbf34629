"""The pictures of cases, served by the site itself so that they work with any server."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.utils.cache import patch_cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

TYPES = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp"}


@csrf_exempt
@require_safe
def picture(request: HttpRequest, file: str) -> FileResponse:
    """A picture by its name, which is the digest of its bytes: what an address shows never changes."""
    try:
        stored = default_storage.open(f"pictures/{file}")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(stored, content_type=TYPES[file.rpartition(".")[2]])
    patch_cache_control(response, public=True, max_age=31_536_000, immutable=True)
    return response
