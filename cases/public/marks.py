"""The pictures in the foot of every page: 党政机关标识 and 我为政府网站找错.

They are files of the operator's that the site serves itself: pages ask no other host for anything.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from PIL import Image, UnidentifiedImageError

TYPES = {".png": "image/png", ".gif": "image/gif", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".webp": "image/webp"}
LARGEST = 200_000  # bytes


@dataclass(frozen=True, slots=True)
class Mark:
    """A link with a picture; without a picture (`width` 0) a link in words."""

    url: str
    picture: str = ""
    width: int = 0
    height: int = 0


def site_mark(name: str) -> Mark | None:
    """The mark "party" or "fault"; None if the settings name none."""
    url, file = _settings(name)
    if not url:
        return None
    size = size_of(file) if file else None
    return Mark(url, reverse("mark", args=[name]), *size) if size else Mark(url)


def mark_file(name: str) -> Path | None:
    """The file of its picture, if it is one."""
    _url, file = _settings(name)
    return Path(file) if file and size_of(file) else None


def _settings(name: str) -> tuple[str, str]:
    return {
        "party": (settings.PARTY_MARK_URL, settings.PARTY_MARK_PICTURE),
        "fault": (settings.FAULT_REPORT_URL, settings.FAULT_REPORT_PICTURE),
    }[name]


@functools.lru_cache(maxsize=8)
def size_of(file: str) -> tuple[int, int] | None:
    """Width and height in pixels; None for what is no small picture of a kind that browsers show."""
    path = Path(file)
    try:
        if path.suffix.lower() not in TYPES or path.stat().st_size > LARGEST:
            return None
        with Image.open(path) as image:
            return image.size
    except (OSError, UnidentifiedImageError):
        return None
