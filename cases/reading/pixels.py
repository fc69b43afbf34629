"""How large pictures are when they are unpacked: a few kilobytes can hold forty million pixels.

Whoever keeps the pictures of an article unpacks and encodes each of them anew. What that may take is
bounded here for all of them together, by what their headers say, before anything is unpacked.
"""

from __future__ import annotations

import struct
from dataclasses import replace

from cases.content import gettext_noop
from cases.reading.files import Note, Reading

MOST_PIXELS = 150_000_000  # of all pictures of an article, as JPEG: about three seconds to encode anew
PNG, WEBP = 2, 4  # times the work of a JPEG


def within_pixels(reading: Reading) -> Reading:
    """The reading with the pictures that fit, in their order, and a note about those that do not."""
    kept, room = [], MOST_PIXELS
    for picture in reading.pictures:
        if (count := work(picture.data)) <= room:
            kept.append(picture)
            room -= count
    left_out = len(reading.pictures) - len(kept)
    if not left_out:
        return reading
    note = Note(gettext_noop("有 %(count)d 张图片太大或太多，没有读入，请压缩后上传"), {"count": left_out})
    return replace(reading, pictures=tuple(kept), notes=(*reading.notes, note))


def work(data: bytes) -> int:
    """How many pixels of a JPEG take as long as this picture."""
    return pixels(data) * (PNG if data.startswith(b"\x89PNG") else WEBP if data[8:12] == b"WEBP" else 1)


def pixels(data: bytes) -> int:
    """Width times height of a PNG, JPEG or WebP; 0 for what does not say, and cannot be unpacked either."""
    try:
        if data.startswith(b"\x89PNG"):
            width, height = struct.unpack_from(">II", data, 16)
        elif data.startswith(b"\xff\xd8"):
            return _jpeg_pixels(data)
        elif data[8:12] == b"WEBP":
            width, height = _webp_size(data)
        else:
            return 0
    except (struct.error, IndexError):
        return 0
    return width * height


def _jpeg_pixels(data: bytes) -> int:
    """The largest of the frames that are declared before the picture begins."""
    place, largest = 2, 0
    while data[place : place + 1] == b"\xff" and data[place + 1] != 0xDA:
        marker, length = struct.unpack_from(">xBH", data, place)
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack_from(">HH", data, place + 5)
            largest = max(largest, width * height)
        place += 2 + length
    return largest


def _webp_size(data: bytes) -> tuple[int, int]:
    if data[12:16] == b"VP8X":
        return int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
    if data[12:16] == b"VP8L":
        (bits,) = struct.unpack_from("<I", data, 21)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    width, height = struct.unpack_from("<HH", data, 26)
    return width & 0x3FFF, height & 0x3FFF
