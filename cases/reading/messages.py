"""How the two processes of reading talk: a JSON object and some bytes at a time, never code.

A message is the length of its JSON in eight bytes, the JSON, and the parts whose lengths the JSON lists
under `sizes`.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Iterator, Sequence
from typing import Any

LONGEST_HEAD = 32 * 1024**2  # bytes of JSON: a text of four million characters with room
LARGEST_REQUEST = 128 * 1024**2  # bytes of all parts together: an archive
LARGEST_ANSWER = 64 * 1024**2  # what is read of one file
_LENGTH = struct.Struct(">Q")


class Nonsense(ValueError):
    """Bytes that are no message."""


def packed(head: dict[str, Any], parts: Sequence[bytes] = ()) -> Iterator[bytes]:
    """The pieces of a message, to be written one after another."""
    body = json.dumps({**head, "sizes": [len(part) for part in parts]}).encode()
    yield _LENGTH.pack(len(body))
    yield body
    yield from parts


def unpacked(read: Callable[[int], bytes], *, most: int) -> tuple[dict[str, Any], list[bytes]]:
    """The next message; `read(n)` gives exactly n bytes. Raises Nonsense before more than `most` of parts is read."""
    (length,) = _LENGTH.unpack(read(_LENGTH.size))
    if length > LONGEST_HEAD:
        raise Nonsense(f"a head of {length} bytes")
    try:
        head = json.loads(read(length))
    except (ValueError, RecursionError) as error:
        raise Nonsense(str(error)) from None
    sizes = head.get("sizes") if isinstance(head, dict) else None
    if not isinstance(sizes, list) or not all(type(size) is int and size >= 0 for size in sizes):
        raise Nonsense("no sizes")
    if sum(sizes) > most:
        raise Nonsense(f"parts of {sum(sizes)} bytes")
    return head, [read(size) for size in sizes]
