"""Files that a command was given."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from cases.reading import ArchivedFile, ReadingError, check_size, ending_of, is_document, largest, read_archive
from cases.reading.files import shown_name
from cases.reading.formats import PICTURE_ENDINGS
from cases.reading.pieces import FOLDER_ENDINGS, PAGES, within_bounds

Tell = Callable[[str], object]  # takes one line for people


def reason(error: OSError) -> str:
    """Why a file could not be used, for people."""
    known = {
        errno.ENOENT: _("找不到这个文件"),
        errno.EACCES: _("没有权限"),
        errno.EPERM: _("没有权限"),
        errno.EISDIR: _("这是文件夹，不是文件"),
        errno.ENOTDIR: _("路径中有一段不是文件夹"),
        errno.EEXIST: _("已有同名的文件"),
        errno.ENOSPC: _("磁盘已满"),
    }
    return known.get(error.errno or 0, _("系统错误 %(number)s") % {"number": error.errno})


def article_files(paths: Iterable[str], *, refuse: Tell) -> Iterator[Path]:
    """Every file named, and of folders the documents and archives in them and below, by name.

    Of a folder also the documents are given that reading refuses, so that nobody takes them for read;
    pictures and whatever else is no document are passed over, and so are the pieces of saved pages. A folder
    that holds nothing to read, or cannot be looked into, is told to `refuse`.
    """
    for name in paths:
        path = Path(name)
        if not path.is_dir():
            yield path
            continue
        files: list[Path] = []

        def unreadable(error: OSError) -> None:
            refuse(_("%(path)s：%(reason)s") % {"path": error.filename, "reason": reason(error)})

        for folder, folders, names in os.walk(path, onerror=unreadable):
            folders[:] = [one for one in folders if not one.endswith(FOLDER_ENDINGS)]
            files += [Path(folder, one) for one in names if is_document(one) and not one.startswith(("~$", "."))]
        if not files:
            refuse(_("%(path)s：文件夹里没有可读的文稿（.docx、.html、.txt、.md、.pdf、.mht、.zip）") % {"path": path})
        yield from sorted(files)


def articles_in(file: Path, *, refuse: Tell) -> Iterator[ArchivedFile]:
    """The article a file is, or those an archive holds, with their bytes; what cannot be had is told to `refuse`."""
    data = _bytes_of(file, refuse=refuse)
    if data is None:
        return
    if ending_of(file.name) != ".zip":
        yield ArchivedFile(shown_name(file.name), data, _beside(file))
        return
    try:
        for article in read_archive(file.name, data):
            if article.error:
                refuse(_(article.error.message) % article.error.params)
            else:
                yield article
    except ReadingError as error:
        refuse(_(error.message) % error.params)


def _bytes_of(file: Path, *, refuse: Tell) -> bytes | None:
    """The bytes of a file, or None when `refuse` was told why not; of one too large nothing is read."""
    try:
        if file.exists() and not file.is_file():
            refuse(_("%(path)s：不是普通文件") % {"path": file})
            return None
        with file.open("rb") as opened:
            check_size(file.name, os.fstat(opened.fileno()).st_size)
            return opened.read(largest(file.name) + 1)
    except ReadingError as error:
        refuse(_(error.message) % error.params)
    except OSError as error:
        refuse(_("%(path)s：%(reason)s") % {"path": file, "reason": reason(error)})
    return None


def _beside(file: Path) -> dict[str, bytes]:
    """The pictures a browser saved beside a page, by their path from the page."""
    if ending_of(file.name) not in PAGES:
        return {}
    folders = [file.with_name(file.stem + ending) for ending in FOLDER_ENDINGS]
    there = [path for folder in folders for path in sorted(folder.glob("*")) if path.is_file()]
    pictures = [path for path in there if ending_of(path.name) in PICTURE_ENDINGS]
    kept = within_bounds(pictures, lambda path: path.stat().st_size)
    return {f"{path.parent.name}/{path.name}": path.read_bytes() for path in kept}
