"""Pictures as pages ask for them: smaller, as WebP, made at the first request and kept beside the originals.

An original is `pictures/<digest>.<ext>` and never changes, so nor does a rendition, `renditions/<digest>-<width>.webp`.
Only few widths can be asked for, so that nobody fills a disk by asking. Everything here can be thrown away: it is made
again; `clean_media` removes the renditions of an original together with it.
"""

from __future__ import annotations

import functools
import os
import tempfile
import threading
import warnings
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from PIL import Image

WIDTHS = (480, 960, 1600)  # pixels at most; a picture is never enlarged
QUALITY = 78
ENDS = {".jpg": b"\xff\xd9", ".png": b"IEND\xaeB`\x82"}  # the last bytes of a file that is whole
KNOWN_SIZES = 4096  # files whose size is kept in the process

_one_at_a_time = threading.Lock()  # 40 million pixels are 160 MB while they are made smaller


class Unreadable(ValueError):
    """The original is not there, or is broken."""


@dataclass(frozen=True, slots=True)
class Rendition:
    """A picture in one of the widths that can be asked for."""

    limit: int  # one of WIDTHS: in the address
    width: int  # pixels it really has


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height of an original in pixels."""

    width: int
    height: int

    @property
    def renditions(self) -> tuple[Rendition, ...]:
        """The widths that are offered, small to large: below its own and the one that holds it."""
        below = [limit for limit in WIDTHS if limit < self.width]
        offered = WIDTHS[: len(below) + 1]
        return tuple(Rendition(limit, min(limit, self.width)) for limit in offered)


def original_path(file: str) -> Path:
    return Path(settings.MEDIA_ROOT) / "pictures" / file


def renditions_folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "renditions"


def size_of(file: str) -> Size:
    """Width and height, read from the file once in a process as long as the file stays. Raises Unreadable."""
    path = original_path(file)
    try:
        return _size_at(path, path.stat().st_mtime_ns)
    except OSError as error:
        raise Unreadable(file) from error


@functools.lru_cache(maxsize=KNOWN_SIZES)
def _size_at(path: Path, _changed: int) -> Size:
    try:
        with path.open("rb") as file, warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # uploads have a bound of their own
            size = Image.open(file).size
            ending = ENDS.get(path.suffix, b"")
            file.seek(-len(ending) or -1, os.SEEK_END)
            is_whole = file.read().endswith(ending)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise Unreadable(path.name) from error
    if not is_whole:
        raise Unreadable(path.name)
    return Size(*size)


def rendition(file: str, limit: int) -> Path:
    """Where the picture lies in that width, made if it was not there. Raises Unreadable."""
    path = renditions_folder() / f"{Path(file).stem}-{limit}.webp"
    if not path.exists():
        with _one_at_a_time:
            if not path.exists():
                _write(path, original_path(file), limit)
    return path


def _write(path: Path, original: Path, limit: int) -> None:
    """Write beside and rename: no reader ever sees half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
    try:
        with os.fdopen(handle, "wb") as file, Image.open(original) as picture:
            picture.thumbnail((limit, picture.height), Image.Resampling.LANCZOS, reducing_gap=2.0)
            plain = picture if picture.mode in ("RGB", "RGBA") else picture.convert(_mode(picture))
            plain.save(file, "WEBP", quality=QUALITY, method=4)
        os.chmod(beside, 0o644)
        os.replace(beside, path)
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        raise Unreadable(original.name) from error
    finally:
        Path(beside).unlink(missing_ok=True)


def _mode(picture: Image.Image) -> str:
    return "RGBA" if "A" in picture.getbands() or "transparency" in picture.info else "RGB"


def remove_renditions(file: str) -> None:
    """Throw away what was made of an original."""
    for limit in WIDTHS:
        (renditions_folder() / f"{Path(file).stem}-{limit}.webp").unlink(missing_ok=True)
