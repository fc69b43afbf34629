"""A zip that was given by a stranger: opened only when its own directory is sane, unpacked only within bounds."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from cases.content import gettext_noop
from cases.reading.files import ReadingError, ending_of, shown_name

ENTRIES = 3_000
TOTAL = 300 * 1024**2  # bytes of all entries together
RATIO = 300  # bytes out of one byte; text packs to a twentieth, empty table cells to a hundredth
FREE = 1024**2  # bytes below which an entry may pack as well as it likes
_LOCAL_HEADER = 30  # bytes before the name of an entry
_BOMB = gettext_noop("“%(name)s”解压后异常庞大，可能是压缩炸弹，没有读；请检查文件来源")
_MANY_FILES = gettext_noop("“%(name)s”里有 %(count)d 个文件，最多 %(most)d 个；请分成几个压缩包")
_MANY_PARTS = gettext_noop(
    "“%(name)s”由 %(count)d 个部分组成，最多 %(most)d 个；请用 Word 打开，拆分成单篇文章或删去多余的图片，另存后再导入"
)
_DAMAGED = gettext_noop("“%(name)s”已损坏，打不开；请重新保存或重新下载后再导入")


def opened(name: str, data: bytes) -> zipfile.ZipFile:
    """The zip, its directory checked: number, sizes and places of its entries. Raises ReadingError."""
    shown = shown_name(name)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError, struct.error, EOFError):
        raise ReadingError(_DAMAGED, name=shown) from None
    entries = archive.infolist()
    if len(entries) > ENTRIES:
        many = _MANY_PARTS if ending_of(name) == ".docx" else _MANY_FILES
        raise ReadingError(many, name=shown, count=len(entries), most=ENTRIES)
    if sum(entry.file_size for entry in entries) > TOTAL or _overlap(entries, archive.start_dir):
        raise ReadingError(_BOMB, name=shown)
    return archive


def _overlap(entries: list[zipfile.ZipInfo], end: int) -> bool:
    """True when entries share bytes, as those of a bomb do, or lie outside the file."""
    for entry in sorted(entries, key=lambda entry: entry.header_offset, reverse=True):
        if entry.header_offset < 0 or entry.header_offset + _LOCAL_HEADER + entry.compress_size > end:
            return True
        end = entry.header_offset
    return False


def unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, *, name: str, most: int) -> bytes:
    """The bytes of an entry, `most` at the most; what it declares is not believed. Raises ReadingError about `name`."""
    shown = shown_name(name)
    if entry.file_size > max(FREE, entry.compress_size * RATIO):
        raise ReadingError(_BOMB, name=shown)
    if entry.file_size > most:
        raise ReadingError(
            gettext_noop("“%(name)s”超过 %(limit)d MB，请拆分成单篇文章或压缩图片后再导入"),
            name=shown,
            limit=most // 1024**2,
        )
    data = beginning(archive, entry, name=name, size=most + 1)
    if len(data) > most:
        raise ReadingError(_BOMB, name=shown)
    return data


def beginning(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, *, name: str, size: int = 64) -> bytes:
    """The first bytes of an entry. Raises ReadingError about `name` for one that is locked or damaged."""
    shown = shown_name(name)
    if entry.flag_bits & 1:
        raise ReadingError(gettext_noop("“%(name)s”加了密码，请去掉密码后再导入"), name=shown)
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise ReadingError(gettext_noop("“%(name)s”的压缩方式不支持，请用普通方式重新打包"), name=shown)
    try:
        with archive.open(entry) as opened_entry:
            return opened_entry.read(size)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, zlib.error, struct.error, EOFError):
        raise ReadingError(_DAMAGED, name=shown) from None


def true_name(entry: zipfile.ZipInfo) -> str:
    """The name of an entry, folders separated by "/": UTF-8 if it says so or reads as such, else GB18030."""
    name = entry.orig_filename
    if not entry.flag_bits & 0x800:
        raw = name.encode("cp437", "replace")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return name.replace("\\", "/")
