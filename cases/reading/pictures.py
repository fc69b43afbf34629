"""The pictures of a document: which can be taken, which are named in a note instead."""

from __future__ import annotations

from collections import Counter
from pathlib import PurePosixPath

from cases.content import gettext_noop
from cases.reading.files import Note, ReadPicture
from cases.reading.writing import Writer

LARGEST = 10 * 1024 * 1024  # bytes of one picture, as for those that are uploaded
LARGEST_TOGETHER = 40 * 1024 * 1024
MOST = 200
_SIGNATURES = ((b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpg"))
_NOTES = {
    "elsewhere": gettext_noop("有 %(count)d 张图片在网上，没有取回，请自行上传"),
    "missing": gettext_noop("有 %(count)d 张图片不在文件里，没有读入，请自行上传"),
    "other": gettext_noop("有 %(count)d 张图片不是 JPEG、PNG 或 WebP 格式，没有读入，请另存后上传"),
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
        self._room = LARGEST_TOGETHER
        self._taken = 0

    def take(self, data: bytes, name: str, alt: str = "") -> None:
        """Put a picture here; the same one a second time leaves no trace."""
        kind = kind_of(data)
        if not kind:
            self._left_out["other"] += 1
        elif len(data) > min(LARGEST, self._room) or self._taken >= MOST:
            self._left_out["large"] += 1
        elif self._writer.picture(ReadPicture(data, _named(name, kind), alt)):
            self._room -= len(data)
            self._taken += 1

    def leave(self, why: str) -> None:
        """Count a picture that is `elsewhere`, `missing`, `other` or `large`."""
        self._left_out[why] += 1

    def notes(self) -> list[Note]:
        return [Note(message, {"count": self._left_out[why]}) for why, message in _NOTES.items() if self._left_out[why]]


def _named(name: str, kind: str) -> str:
    """The name of the file with the ending of its content."""
    own = PurePosixPath(name.replace("\\", "/")).name
    stem, _, ending = own.rpartition(".")
    same = ending.lower() in ({"jpg", "jpeg"} if kind == "jpg" else {kind})
    return own if same and stem else f"{stem or own or 'picture'}.{kind}"
