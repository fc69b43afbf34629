"""The process that reads one file: started by `cases.reading.apart`, without Django, for nothing else.

It takes one request on its standard input, gives up what `guard` takes away, and answers on its standard
output. What goes wrong inside is answered too; what kills it is seen by the other side.
"""

from __future__ import annotations

import codecs
import heapq  # noqa: F401  collections imports it when it first counts, which is after files can be opened no more
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from itertools import chain
from typing import Any

from cases.reading import guard
from cases.reading.files import ArchivedFile, Reading, ReadingError
from cases.reading.formats import reader_of
from cases.reading.messages import LARGEST_REQUEST, packed, unpacked
from cases.reading.pictures import may_need_converting
from cases.reading.pixels import within_pixels

Answer = tuple[dict[str, Any], list[bytes]]
# Looked up by name only when a text needs them, which is too late as well.
_ENCODINGS = (
    "ascii",
    "latin-1",
    "cp1252",
    "cp437",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
    "charmap",
)
_CHINESE_ENCODINGS = ("gb2312", "gbk", "gb18030", "big5", "quopri_codec", "base64_codec")


def main() -> None:
    """Answer the request on standard input."""
    guard.limit()
    head, parts = unpacked(sys.stdin.buffer.read, most=LARGEST_REQUEST)
    try:
        for answer, pieces in answers(head["job"], head["name"], parts, head["beside"]):
            _say(answer, pieces)
    except MemoryError:  # in making the answer ready to travel
        _say({"failed": "memory"}, [])


def _say(answer: dict[str, Any], parts: list[bytes]) -> None:
    for piece in packed(answer, parts):
        sys.stdout.buffer.write(piece)
    sys.stdout.buffer.flush()


def answers(job: str, name: str, parts: list[bytes], beside: list[str]) -> Iterator[Answer]:
    """What there is to say: one answer for a file, one for each of an archive and an `end`."""
    try:
        read = prepared(job, name, parts, beside)
        guard.lock()
        yield from read()
    except ReadingError as error:
        yield refusal(error), []
    except MemoryError:
        yield {"failed": "memory"}, []
    except Exception as error:  # whatever a damaged file makes of a library is an answer, not a crash
        yield {"failed": f"{type(error).__name__}: {error}"[:500]}, []


def prepared(job: str, name: str, parts: list[bytes], beside: list[str]) -> Callable[[], Iterator[Answer]]:
    """What does the work, with all its modules imported. Raises ReadingError for what no work is done for."""
    for encoding in (*_ENCODINGS, *_CHINESE_ENCODINGS):
        codecs.lookup(encoding)
    data, *pictures = parts
    if job == "archive":
        archived_files = import_module("cases.reading.archive").archived_files
        return lambda: chain(map(archived, archived_files(name, data)), [({"end": True}, [])])
    reader = reader_of(name, data)
    if may_need_converting(data, pictures):
        import_module("cases.reading.converting")
    if pictures:
        return lambda: iter([reading(reader(name, data, pictures=dict(zip(beside, pictures, strict=True))))])
    return lambda: iter([reading(reader(name, data))])


def refusal(error: ReadingError) -> dict[str, Any]:
    return {"refused": error.message, "params": error.params}


def reading(found: Reading) -> Answer:
    """What was read, as it travels."""
    found = within_pixels(found)
    head = {
        "text": found.text,
        "levels": found.levels,
        "address": found.address,
        "notes": [[note.message, note.params] for note in found.notes],
        "pictures": [[picture.name, picture.alt, picture.place] for picture in found.pictures],
    }
    return head, [picture.data for picture in found.pictures]


def archived(file: ArchivedFile) -> Answer:
    """A file of an archive, as it travels."""
    if file.error:
        return {"name": file.name, **refusal(file.error)}, []
    return {"name": file.name, "beside": list(file.beside)}, [file.data, *file.beside.values()]
