"""The pictures of a document: which can be taken, which are named in a note instead."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import PurePosixPath

from cases.content import gettext_noop
from cases.reading.files import Note, ReadPicture, shown_name
from cases.reading.pixels import pixels
from cases.reading.writing import Writer

LARGEST = 10 * 1024 * 1024  # bytes of one picture, as for those that are uploaded
LARGEST_TOGETHER = 40 * 1024 * 1024
MOST = 200
MOST_CONVERTED = 12_000_000  # pixels of all together: a second of work, and 100 MB for a single one
_CONVERTIBLE = (b"BM", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*")
_CALLED = re.compile(rb"\.(?:gif|bmp|tiff?)\b|image/(?:gif|bmp|x-ms-bmp|tiff)", re.IGNORECASE)
_MOST_NAMED = 3  # pictures a note calls by their names
_SIGNATURES = ((b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpg"))
_NOTES = {
    "elsewhere": gettext_noop("有 %(count)d 张图片在网上，没有取回，请自行上传"),
    "missing": gettext_noop("有 %(count)d 张图片不在文件里，没有读入，请自行上传"),
    "other": gettext_noop("有 %(count)d 张图片的格式读不出来（%(names)s），没有读入，请另存为 JPEG 或 PNG 后上传"),
    "large": gettext_noop("有 %(count)d 张图片太大或太多，没有读入，请压缩后上传"),
}


def kind_of(data: bytes) -> str:
    """The ending of a picture by its content: png, jpg or webp; "" for anything else."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    return next((kind for mark, kind in _SIGNATURES if data.startswith(mark)), "")


class Pictures:
    """Puts pictures where the writer stands, and counts those that cannot be taken."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._left_out: Counter[str] = Counter()
        self._unread: list[str] = []  # names of those in other forms
        self._room = LARGEST_TOGETHER
        self._convertible = MOST_CONVERTED
        self._taken = 0

    def take(self, data: bytes, name: str, alt: str = "") -> None:
        """Put a picture here, a GIF, BMP or TIFF as PNG; the same one a second time leaves no trace."""
        kind = kind_of(data)
        if kind:
            self._put(data, kind, name, alt)
        elif self._taken >= MOST:
            self.leave("large")
        else:
            self._convert(data, name, alt)

    def leave(self, why: str) -> None:
        """Count a picture that is `elsewhere`, `missing`, `other` or `large`."""
        self._left_out[why] += 1

    def notes(self) -> list[Note]:
        names = "、".join(dict.fromkeys(self._unread[:_MOST_NAMED]))
        told = {"other": {"names": names}}
        return [
            Note(message, {"count": self._left_out[why], **told.get(why, {})})
            for why, message in _NOTES.items()
            if self._left_out[why]
        ]

    def _put(self, data: bytes, kind: str, name: str, alt: str) -> None:
        if len(data) > min(LARGEST, self._room) or self._taken >= MOST:
            self.leave("large")
        elif self._writer.picture(ReadPicture(data, _named(name, kind), alt)):
            self._room -= len(data)
            self._taken += 1

    def _convert(self, data: bytes, name: str, alt: str) -> None:
        try:
            png = _as_png(data, self._convertible)
        except OverflowError:
            self.leave("large")
        except ValueError:
            self.leave("other")
            self._unread.append(_own_name(name))
        else:
            if png:
                self._convertible -= pixels(png)
                self._put(png, "png", name, alt)


def may_need_converting(file: bytes, beside: Iterable[bytes]) -> bool:
    """True for a document or page with a picture that is called a GIF, BMP or TIFF, or has one beside it."""
    return bool(_CALLED.search(file)) or any(picture.startswith(_CONVERTIBLE) for picture in beside)


def _as_png(data: bytes, most: int) -> bytes | None:
    """As `converting.as_png`, ValueError also for any other form."""
    if not data.startswith(_CONVERTIBLE):
        raise ValueError("no GIF, BMP or TIFF")
    try:
        # Here, because importing Pillow takes a third of the time of reading a file, and few need it.
        from cases.reading.converting import as_png
    except (ImportError, OSError):  # one that is called otherwise, where nothing can be imported any more
        raise ValueError("not imported") from None
    return as_png(data, most=most)


def _own_name(name: str) -> str:
    """The name of the file without its folders."""
    return shown_name(name)[:60] or "picture"


def _named(name: str, kind: str) -> str:
    """The name of the file with the ending of its content."""
    own = PurePosixPath(name.replace("\\", "/")).name
    stem, _, ending = own.rpartition(".")
    same = ending.lower() in ({"jpg", "jpeg"} if kind == "jpg" else {kind})
    return own if same and stem else f"{stem or own or 'picture'}.{kind}"
