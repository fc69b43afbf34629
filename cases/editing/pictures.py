"""Pictures as they are kept: checked, turned upright, encoded anew, named by the digest of their bytes.

Encoding anew drops whatever else a file carries (place and owner of the camera, hidden data). A file is
written before any row names it and is never overwritten, so drafts, revisions and published pages may
all name it; `clean_media` removes what none of them names.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import tempfile
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from PIL import Image, ImageOps

from cases.content import gettext_noop
from cases.models import DraftSave, Picture, PublishedCase, Revision, SourcePicture, UnsavedText
from cases.renditions import remove_renditions

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 40_000_000
MAX_PIXELS_OF = {"WEBP": 12_000_000}  # which takes five times the memory and time of the others
LARGE = 4_000_000  # pixels of a picture that is encoded in little memory and time rather than into few bytes
YOUNG = 3600  # seconds in which a file may still be waiting for its row
FORMATS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}
FILE_NAME = re.compile(r"[0-9a-f]{64}\.(?:jpg|png|webp)")


class PictureError(ValueError):
    """A file that cannot be taken. A person reads `gettext(error.message) % error.params`."""

    def __init__(self, message: str, **params: object) -> None:
        self.message, self.params = message, params
        super().__init__(message % params)


def pictures_folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "pictures"


def picture_address(file: str) -> str:
    return f"{settings.MEDIA_URL}pictures/{file}"


def store_picture(name: str, data: bytes) -> str:
    """Keep a picture and return its file name, `<sha256>.<jpg|png|webp>` of the bytes kept.

    The same picture again gives the same name and writes nothing. Raises PictureError for a file that
    is too large, damaged, or none of JPEG, PNG and WebP by its content, whatever it is called.
    """
    if len(data) > MAX_BYTES:
        raise PictureError(
            gettext_noop("图片“%(name)s”有 %(size).1f MB，最大 10 MB；请压缩后再上传。"),
            name=name,
            size=len(data) / 1024 / 1024,
        )
    kept, extension = _encoded_anew(name, data)
    file = f"{hashlib.sha256(kept).hexdigest()}.{extension}"
    _write_once(pictures_folder() / file, kept)
    return file


def _encoded_anew(name: str, data: bytes) -> tuple[bytes, str]:
    unreadable = PictureError(
        gettext_noop("图片“%(name)s”读不出来；请用看图软件另存为 JPEG、PNG 或 WebP 后再上传。"), name=name
    )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own bound is below
            picture: Image.Image = Image.open(io.BytesIO(data), formats=list(FORMATS))
    except Image.DecompressionBombError:
        raise _too_many_pixels(name, MAX_PIXELS) from None
    except (OSError, ValueError, SyntaxError):
        raise unreadable from None
    kind = str(picture.format)
    most = MAX_PIXELS_OF.get(kind, MAX_PIXELS)
    if picture.width * picture.height > most:
        raise _too_many_pixels(name, most)
    try:
        ImageOps.exif_transpose(picture, in_place=True)
        return _encode(picture, kind), FORMATS[kind]
    except (OSError, ValueError, SyntaxError, EOFError, IndexError):
        raise unreadable from None


def _too_many_pixels(name: str, most: int) -> PictureError:
    told = gettext_noop("图片“%(name)s”超过 %(most)d 万像素；请缩小尺寸后再上传。")
    return PictureError(told, name=name, most=most // 10_000)


def _encode(picture: Image.Image, kind: str) -> bytes:
    """The pixels alone, in the same format; a moving picture keeps its first frame."""
    transparent = "A" in picture.getbands() or "transparency" in picture.info
    is_large = picture.width * picture.height > LARGE
    if kind == "JPEG":
        mode = "L" if picture.mode == "L" else "RGB"
        options: dict[str, Any] = {"quality": 88, "optimize": not is_large, "progressive": not is_large}
    elif kind == "PNG":
        mode = "RGBA" if transparent else "L" if picture.mode in ("1", "L") else "RGB"
        options = {"compress_level": 3} if is_large else {}
    else:
        mode = "RGBA" if transparent else "RGB"
        options = {"quality": 88, "method": 0 if is_large else 4}
    picture.load()
    pixels = picture if picture.mode == mode else picture.convert(mode)  # a copy of 40 million pixels is 160 MB
    pixels.info.clear()  # comments, profiles and the rest of what the savers would copy
    kept = io.BytesIO()
    pixels.save(kept, kind, **options)
    return kept.getvalue()


def _write_once(path: Path, data: bytes) -> None:
    """Write beside and rename, so that no reader ever sees half a file. A file that is there is renewed in age."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        os.utime(path)  # wanted again: clean_media leaves it until its row is saved
        return
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(beside, 0o644)
        os.replace(beside, path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def is_stored(file: str) -> bool:
    """Whether `file` is the name of a picture that is kept."""
    return bool(FILE_NAME.fullmatch(file)) and (pictures_folder() / file).is_file()


def named_files() -> set[str]:
    """Every file that an article received, a draft, a revision, a published case or text yet unsaved names."""
    named = set(Picture.objects.values_list("file", flat=True))
    named.update(SourcePicture.objects.values_list("file", flat=True))
    for content in (
        *Revision.objects.values_list("content__pictures", flat=True),
        *PublishedCase.objects.values_list("body__pictures", flat=True),
        *DraftSave.objects.values_list("content__pictures", flat=True),
        *UnsavedText.objects.values_list("typed__pictures", flat=True),
    ):
        named.update(picture["file"] for picture in content or [])
    return named


def unnamed_files(*, now: float | None = None) -> Iterator[Path]:
    """Files of the pictures folder that nothing names and that are older than an hour."""
    if not pictures_folder().is_dir():
        return
    old = (time.time() if now is None else now) - YOUNG
    candidates = [path for path in sorted(pictures_folder().iterdir()) if path.is_file()]
    named = named_files()  # read after the listing: a row saved meanwhile is seen
    for path in candidates:
        if path.name not in named and path.stat().st_mtime < old:
            yield path


def clean_media(*, dry_run: bool = False) -> list[str]:
    """Remove the files that nothing names; returns their names. With `dry_run` nothing is removed."""
    removed = []
    for path in unnamed_files():
        if not dry_run:
            path.unlink(missing_ok=True)
            remove_renditions(path.name)
        removed.append(path.name)
    return removed
