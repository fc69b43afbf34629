"""The articles of a .zip, one by one, and a sentence for each file that is none.

Nothing is ever unpacked onto a disk; a name only says what a file is called.
"""

from __future__ import annotations

import re
import stat
import zipfile
from collections.abc import Iterator
from operator import itemgetter
from pathlib import PurePosixPath
from urllib.parse import quote

from cases.content import gettext_noop
from cases.reading.files import ArchivedFile, ReadingError, ending_of, seen_name, shown_name
from cases.reading.formats import PICTURE_ENDINGS, check_content, check_ending, largest
from cases.reading.pieces import LARGEST_PICTURE, PAGES, PIECE, within_bounds
from cases.reading.zips import opened, true_name, unpacked

_LITTER = re.compile(r"(?:^|/)(?:__MACOSX/|\.(?!\./)|~\$|thumbs\.db$|desktop\.ini$)", re.IGNORECASE)
_DRIVE = re.compile(r"[A-Za-z]:")

Entries = dict[str, zipfile.ZipInfo]


def archived_files(name: str, data: bytes) -> Iterator[ArchivedFile]:
    """Every article of the archive in the order of its names, each as bytes or as the reason why it is refused.

    Left out without a word: folders, what systems leave behind (__MACOSX, .DS_Store, Thumbs.db, ~$…) and
    the pieces of saved pages. Raises ReadingError when the archive as a whole is refused or holds nothing.
    """
    check_content(name, "zip", data)
    archive = opened(name, data)
    named = [(true_name(entry), entry) for entry in archive.infolist() if not _is_folder(entry)]
    files = sorted(((path, entry) for path, entry in named if not _LITTER.search(path)), key=itemgetter(0))
    if not files:
        raise ReadingError(gettext_noop("“%(name)s”是空的压缩包，请检查是否保存完整"), name=name)
    pictures = {path: entry for path, entry in files if ending_of(path) in PICTURE_ENDINGS}
    used: set[str] = set()
    rest = []
    for path, entry in files:
        if path in pictures or PIECE.match(path):
            rest.append((path, entry))
        else:
            yield _archived(archive, path, entry, pictures, used)
    for path, entry in rest:
        if path not in used and not PIECE.match(path):
            yield _archived(archive, path, entry, {}, used)


def _is_folder(entry: zipfile.ZipInfo) -> bool:
    return entry.is_dir() or entry.orig_filename.endswith("\\")


def _archived(
    archive: zipfile.ZipFile, path: str, entry: zipfile.ZipInfo, pictures: Entries, used: set[str]
) -> ArchivedFile:
    """One file; the pictures a page shows are added to `used`."""
    try:
        _check_path(path, entry)
        if ending_of(path) == ".zip":
            raise ReadingError(gettext_noop("“%(name)s”是压缩包里的压缩包，请解压后重新打包"), name=shown_name(path))
        check_ending(path)
        data = unpacked(archive, entry, name=path, most=largest(path))
    except ReadingError as error:
        return ArchivedFile(_storable(path), error=error)
    beside = _beside(archive, path, data, pictures) if ending_of(path) in PAGES else {}
    used.update(str(PurePosixPath(path).parent / relative) for relative in beside)
    return ArchivedFile(_storable(path), data, beside)


def _check_path(path: str, entry: zipfile.ZipInfo) -> None:
    """Raise ReadingError for a name that points out of the archive, and for a link."""
    is_outside = path.startswith("/") or _DRIVE.match(path) or ".." in path.split("/") or "\0" in path
    if is_outside or stat.S_ISLNK(entry.external_attr >> 16):
        raise ReadingError(
            gettext_noop("“%(name)s”的路径指向压缩包之外，为安全起见不读；请重新打包"), name=_storable(path)
        )


def _storable(path: str) -> str:
    return seen_name(path.replace("\0", "�"))


def _beside(archive: zipfile.ZipFile, path: str, page: bytes, pictures: Entries) -> dict[str, bytes]:
    """The pictures next to a page or below that it names, by the path from the page, within bounds."""
    folder = PurePosixPath(path).parent
    near = [(PurePosixPath(picture), entry) for picture, entry in pictures.items()]
    shown = [(one, entry) for one, entry in near if one.is_relative_to(folder) and _names(page, one.name)]
    found: dict[str, bytes] = {}
    for picture, entry in within_bounds(shown, lambda one: one[1].file_size):
        try:
            _check_path(str(picture), entry)
            data = unpacked(archive, entry, name=str(picture), most=LARGEST_PICTURE)
        except ReadingError:
            continue  # the page is read without it, as if it had not been saved
        found[str(picture.relative_to(folder))] = data
    return found


def _names(page: bytes, name: str) -> bool:
    """True when the page has this name in it, in one of the ways pages write Chinese names."""
    return any(form in page for form in (name.encode(), name.encode("gb18030"), quote(name).encode()))
