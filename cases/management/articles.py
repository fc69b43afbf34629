"""Files that a command was given."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from cases.reading import LARGEST

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
    """Every file named, and of folders the .txt files in them and below, by name.

    A folder that holds none, or cannot be looked into, is told to `refuse`.
    """
    for name in paths:
        path = Path(name)
        if not path.is_dir():
            yield path
            continue
        files: list[Path] = []

        def unreadable(error: OSError) -> None:
            refuse(_("%(path)s：%(reason)s") % {"path": error.filename, "reason": reason(error)})

        for folder, _folders, names in os.walk(path, onerror=unreadable):
            files += [Path(folder, name) for name in names if name.lower().endswith(".txt")]
        if not files:
            refuse(_("%(path)s：文件夹里没有可读的 .txt 文件") % {"path": path})
        yield from sorted(files)


def file_bytes(file: Path, *, refuse: Tell) -> bytes | None:
    """The bytes of a file, or None when it cannot be read and `refuse` was told why.

    Of a file beyond the limit of reading only so much is read that the limit shows.
    """
    try:
        if file.exists() and not file.is_file():
            refuse(_("%(path)s：不是普通文件") % {"path": file})
            return None
        with file.open("rb") as opened:
            return opened.read(LARGEST + 1)
    except OSError as error:
        refuse(_("%(path)s：%(reason)s") % {"path": file, "reason": reason(error)})
        return None
