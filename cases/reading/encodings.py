"""The text of bytes: UTF-8, UTF-16 and UTF-32 by their byte order mark, then strict UTF-8, then GB18030."""

from __future__ import annotations

import codecs
import re

from cases.content import gettext_noop
from cases.reading.files import Reading, ReadingError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f\ufffe\uffff]|[\ud800-\udfff]")
_BREAK = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


def read_text(name: str, data: bytes) -> Reading:
    """The reading of a plain text. Raises ReadingError for bytes that are no text and for a text without words."""
    text = cleaned(decoded(name, data))
    check_words(name, text)
    return Reading(text)


def cleaned(text: str) -> str:
    """The text with plain newlines and without characters nobody sees or can store."""
    return _CONTROL.sub("", _BREAK.sub("\n", text.removeprefix("\ufeff")))


def decoded(name: str, data: bytes) -> str:
    """The text by its byte order mark, else strict UTF-8, else GB18030. Raises ReadingError."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode(name, data, encoding)
    if is_binary(data):
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


def check_words(name: str, text: str) -> None:
    """Raise ReadingError for a text without a letter or digit: blanks, rules and bullets are no words."""
    if not any(map(str.isalnum, text)):
        raise ReadingError(gettext_noop("“%(name)s”里没有文字，请检查是否保存完整"), name=name)


def is_binary(data: bytes) -> bool:
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
