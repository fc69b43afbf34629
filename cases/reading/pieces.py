"""Where a browser keeps the pieces of a page it saves: beside 文章.html in 文章_files or 文章.files."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TypeVar

PAGES = (".html", ".htm")
FOLDER_ENDINGS = ("_files", ".files")
MOST_PICTURES = 50  # of one page
LARGEST_PICTURE = 10 * 1024**2
LARGEST_PICTURES = 20 * 1024**2  # of one page together
# The path of a piece; `page` is that of its page without the ending.
PIECE = re.compile(rf"(?P<page>(?:^|.*/)[^/]+)(?:{'|'.join(map(re.escape, FOLDER_ENDINGS))})/", re.IGNORECASE)

Picture = TypeVar("Picture")


def within_bounds(pictures: Iterable[Picture], size: Callable[[Picture], int]) -> list[Picture]:
    """The pictures that are read with their page, in order; what is too large or too much is left out."""
    kept: list[Picture] = []
    room = LARGEST_PICTURES
    for picture in pictures:
        if len(kept) < MOST_PICTURES and size(picture) <= min(LARGEST_PICTURE, room):
            kept.append(picture)
            room -= size(picture)
    return kept
