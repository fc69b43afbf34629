"""The pictures of a page of a PDF, as JPEG or PNG."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import Any

from pypdf import PageObject
from pypdf.errors import PyPdfError

LARGEST = 10 * 1024**2  # bytes of a picture as JPEG or PNG
LARGEST_UNPACKED = 40 * 1024**2  # bytes of its pixels
SMALLEST = 48  # pixels of the shorter side; below it is a line, a bullet or a shadow
_CHANNELS = {"/DeviceGray": 1, "/CalGray": 1, "/DeviceRGB": 3, "/CalRGB": 3}


def page_pictures(page: PageObject, *, most: int) -> Iterator[bytes | None]:
    """Each picture of a page as the bytes of a file, None for one that cannot be had; at most `most`."""
    try:
        resources: Any = page["/Resources"]
        objects = resources["/XObject"].get_object().values()
    except (KeyError, TypeError, AttributeError, PyPdfError):
        return
    for number, reference in enumerate(objects):
        if number == most:
            return
        try:
            item = reference.get_object()
            if item.get("/Subtype") == "/Image" and min(item["/Width"], item["/Height"]) >= SMALLEST:
                yield _file(item)
        except (PyPdfError, KeyError, TypeError, ValueError, AttributeError, IndexError, RecursionError, zlib.error):
            yield None


def _file(item: Any) -> bytes | None:
    """A JPEG as it stands, plain pixels as PNG, None for the rarer forms."""
    filters = item.get("/Filter")
    filters = filters if isinstance(filters, list) else [filters]
    width, height, channels = item["/Width"], item["/Height"], _channels(item.get("/ColorSpace"))
    if filters == ["/DCTDecode"]:
        return item._data if channels and len(item._data) <= LARGEST else None
    if filters not in (["/FlateDecode"], [None]) or not channels or item.get("/BitsPerComponent") != 8:
        return None
    if width * height * channels > LARGEST_UNPACKED:
        return None
    pixels = item.get_data()
    if len(pixels) < width * height * channels:
        return None
    png = _png(pixels, width, height, channels)
    return png if len(png) <= LARGEST else None


def _channels(space: Any) -> int | None:
    """1 for grey, 3 for colours, None for the spaces that need a table or a printer."""
    space = space.get_object() if hasattr(space, "get_object") else space
    if isinstance(space, list) and space[0] == "/ICCBased":
        count = space[1].get_object().get("/N")
        return count if count in (1, 3) else None
    return _CHANNELS.get(space[0] if isinstance(space, list) else space)


def _png(pixels: bytes, width: int, height: int, channels: int) -> bytes:
    row = width * channels
    lines = b"".join(b"\0" + pixels[start : start + row] for start in range(0, row * height, row))
    header = struct.pack(">IIBBBBB", width, height, 8, 2 if channels == 3 else 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(lines, 1)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
