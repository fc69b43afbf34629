"""What of the files that were given is to be read: the documents, saved pages with the pictures beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any

from cases.reading import ending_of, is_document, seen_name
from cases.reading.formats import PICTURE_ENDINGS
from cases.reading.pieces import PAGES, PIECE, within_bounds

# What systems and programs leave in folders: nobody means to import it.
_LITTER = re.compile(r"(?:^|/)(?:__MACOSX/|\.|~\$|thumbs\.db$|desktop\.ini$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class GivenFile:
    """A file of an upload, by its path in the folder it came in."""

    name: str
    upload: Any  # a Django UploadedFile
    beside: tuple[GivenFile, ...] = ()  # the pictures of a saved page

    @property
    def size(self) -> int:
        return self.upload.size


def chosen_files(uploads: Iterable[Any]) -> list[GivenFile]:
    """Files picked one by one: all of them, so that what cannot be read is told."""
    return [GivenFile(seen_name(one.name), one) for one in uploads if not _LITTER.search(one.name)]


def files_of_folder(uploads: Iterable[Any], paths: list[str]) -> list[GivenFile]:
    """The documents of a folder in the order of their paths; pictures and pieces of saved pages go with their page.

    `paths` are those of the uploads, as far as the browser told them; without them each stands by its name.
    """
    uploads = list(uploads)
    named = paths if len(paths) == len(uploads) else [one.name for one in uploads]
    given = sorted((GivenFile(_plain(path), one) for path, one in zip(named, uploads, strict=True)), key=_by_name)
    kept = [one for one in given if not _LITTER.search(one.name)]
    pieces = {one.name: found["page"] for one in kept if (found := PIECE.match(one.name))}
    pictures: dict[str, list[GivenFile]] = {}
    for one in kept:
        if one.name in pieces and ending_of(one.name) in PICTURE_ENDINGS:
            pictures.setdefault(pieces[one.name], []).append(one)
    return list(_documents(kept, pieces, pictures))


def _documents(
    given: list[GivenFile], pieces: dict[str, str], pictures: dict[str, list[GivenFile]]
) -> Iterator[GivenFile]:
    for one in given:
        if one.name not in pieces and is_document(one.name):
            path = PurePosixPath(one.name)
            near = pictures.get(str(path.with_suffix("")), []) if ending_of(one.name) in PAGES else []
            kept = within_bounds(near, lambda picture: picture.size)
            beside = [replace(picture, name=_from(path, picture)) for picture in kept]
            yield replace(one, beside=tuple(beside))


def _from(page: PurePosixPath, picture: GivenFile) -> str:
    """The path of a picture as the page has it."""
    return str(PurePosixPath(picture.name).relative_to(page.parent))


def _plain(path: str) -> str:
    return seen_name(path).strip("/")


def _by_name(file: GivenFile) -> str:
    return file.name
