"""The text of an uploaded file, with every reason why there is none.

For now .txt: UTF-8 and UTF-16 by their byte order mark, UTF-8, GB18030. Whatever else is given is
refused by a `ReadingError` that names the file and says what to do instead.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from pathlib import PurePath

from cases.content import gettext_noop

LARGEST = 4 * 1024 * 1024  # bytes: more than a million characters, far more than an article has
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f\ufffe\uffff]|[\ud800-\udfff]")
_BREAK = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_SIGNATURES = (
    b"%PDF",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"Rar!",
    b"\x1f\x8b",
    b"7z\xbc\xaf",
)
_REFUSED = {
    ".doc": gettext_noop("“%(name)s”是旧版 Word 文件，请用 Word 或 WPS 另存为 .txt（UTF-8）后再导入"),
    ".docx": gettext_noop("“%(name)s”是 Word 文件，目前只能读 .txt，请另存为纯文本，或复制正文粘贴"),
    ".wps": gettext_noop("“%(name)s”是 WPS 文件，请另存为 .txt 后再导入"),
    ".pdf": gettext_noop("“%(name)s”是 PDF 文件，目前只能读 .txt，请复制正文粘贴"),
    ".zip": gettext_noop("“%(name)s”是压缩包，请解压后逐个导入"),
}


class ReadingError(ValueError):
    """A file that cannot be read. A person reads `gettext(error.message) % error.params`."""

    def __init__(self, message: str, **params: object) -> None:
        self.message = message
        self.params = params
        super().__init__(message % params)


@dataclass(frozen=True, slots=True)
class ReadPicture:
    """A picture of an article, as its file held it."""

    data: bytes
    name: str
    alt: str = ""
    place: int = 0  # where in the text it stands: before the character of this index


@dataclass(frozen=True, slots=True)
class Note:
    """What an editor should know of a file that was read. A person reads `gettext(message) % params`."""

    message: str
    params: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """The text of a file with line breaks as newlines, and what else the file held."""

    text: str
    pictures: tuple[ReadPicture, ...] = ()
    notes: tuple[Note, ...] = ()
    levels: tuple[tuple[int, int], ...] = ()  # (start of a line, 1 to 6 for a heading, 7 for a short bold paragraph)
    address: str = ""  # where a saved page was saved from; "" when the file does not say


def read_file(name: str, data: bytes) -> Reading:
    """The text of a file; `name` tells the format by its ending. Raises ReadingError and nothing else."""
    shown = PurePath(name.replace("\\", "/")).name or name
    ending = PurePath(shown.lower()).suffix
    if not data:
        raise ReadingError(gettext_noop("“%(name)s”是空文件，请检查是否保存完整"), name=shown)
    if len(data) > LARGEST:
        raise ReadingError(
            gettext_noop("“%(name)s”超过 %(limit)d MB，请拆分成单篇文章后再导入"), name=shown, limit=LARGEST // 1024**2
        )
    if ending in _REFUSED:
        raise ReadingError(_REFUSED[ending], name=shown)
    if ending not in (".txt", ".text"):
        raise ReadingError(gettext_noop("“%(name)s”不是支持的格式，请另存为 .txt 后再导入"), name=shown)
    if data.startswith(_SIGNATURES):
        raise ReadingError(gettext_noop("“%(name)s”不是文本文件，请另存为 .txt（UTF-8）后再导入"), name=shown)
    text = cleaned(_decoded(shown, data))
    if not text.strip():
        raise ReadingError(gettext_noop("“%(name)s”里没有文字，请检查是否保存完整"), name=shown)
    return Reading(text)


def _decoded(name: str, data: bytes) -> str:
    """The text by its byte order mark, else strict UTF-8, else GB18030."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode(name, data, encoding)
    if _is_binary(data):
        raise ReadingError(gettext_noop("“%(name)s”不是文本文件，请另存为 .txt（UTF-8）后再导入"), name=name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode(name, data, "gb18030")


def _decode(name: str, data: bytes, encoding: str) -> str:
    message = gettext_noop("“%(name)s”的编码无法识别，请另存为 UTF-8 编码的 .txt 后再导入")
    try:
        text = data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        raise ReadingError(message, name=name) from None
    if encoding == "gb18030" and not _reads_as_chinese(text):
        raise ReadingError(message, name=name)
    return text


def _is_binary(data: bytes) -> bool:
    """True when control bytes that no text holds are more than a trace."""
    sample = data[:65536]
    odd = sum(sample.count(byte) for byte in (*range(8), *range(14, 27), *range(28, 32)))
    return odd > max(4, len(sample) // 100)


def _reads_as_chinese(text: str) -> bool:
    """False for bytes of another encoding, which GB18030 turns into rare characters and private ones."""
    odd = sum(
        "\ue000" <= character <= "\uf8ff" or character > "\uffff" or "\x80" <= character <= "\x9f" for character in text
    )
    letters = sum(not character.isascii() for character in text)
    common = sum(
        "\u4e00" <= character <= "\u9fa5" or character in "，。、：；“”（）《》！？　—…·" for character in text
    )
    return odd * 50 <= len(text) and common * 5 >= letters * 3


def cleaned(text: str) -> str:
    """The text with plain newlines and without characters nobody sees or can store."""
    return _CONTROL.sub("", _BREAK.sub("\n", text.removeprefix("\ufeff")))
