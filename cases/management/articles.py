"""Article files that a command was given."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from django.utils.translation import gettext as _


def article_files(paths: Iterable[str], *, refuse: Callable[[str], object]) -> Iterator[Path]:
    """Every file named, and of folders the .txt files in them, by name; what is not there is told to `refuse`."""
    for name in paths:
        path = Path(name)
        files = sorted(path.glob("*.txt")) if path.is_dir() else [path]
        if not files:
            refuse(_("%(path)s：文件夹里没有 .txt 文件") % {"path": path})
        yield from files


def file_bytes(file: Path, *, refuse: Callable[[str], object]) -> bytes | None:
    """The bytes of a file, or None when it cannot be read and `refuse` was told why."""
    try:
        return file.read_bytes()
    except FileNotFoundError:
        refuse(_("%(path)s：找不到这个文件") % {"path": file})
    except OSError as error:
        refuse(_("%(path)s：无法读取（%(reason)s）") % {"path": file, "reason": error.strerror})
    return None
