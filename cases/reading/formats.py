"""What a file is, by its ending and by its first bytes, and which function reads it.

Both must agree: a file whose ending says something else than its content is refused with the right
ending named, so that nothing is read by a guess.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module
from typing import Any

from cases.content import gettext_noop
from cases.reading.files import Reading, ReadingError, ending_of, shown_name
from cases.reading.zips import opened

_MB = 1024**2
# Ending → what it is, and where the function is that reads it.
_KINDS = {
    **dict.fromkeys((".txt", ".text"), "text"),
    **dict.fromkeys((".md", ".markdown"), "markdown"),
    **dict.fromkeys((".html", ".htm"), "html"),
    **dict.fromkeys((".mht", ".mhtml"), "mht"),
    ".docx": "docx",
    ".pdf": "pdf",
    ".zip": "zip",
}
_READERS = {
    "text": ("cases.reading.encodings", "read_text"),
    "markdown": ("cases.reading.markdown", "read_markdown"),
    "html": ("cases.reading.html", "read_html"),
    "mht": ("cases.reading.mht", "read_mht"),
    "docx": ("cases.reading.docx", "read_docx"),
    "pdf": ("cases.reading.pdf", "read_pdf"),
}
_LARGEST = {"text": 4 * _MB, "markdown": 4 * _MB, "html": 8 * _MB, "zip": 100 * _MB}
_LARGEST_OTHER = 20 * _MB
ARTICLE_ENDINGS = tuple(ending for ending, kind in _KINDS.items() if kind != "zip")
PICTURE_ENDINGS = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".bmp", ".tif", ".tiff")
_OFFICE = gettext_noop("“%(name)s”是表格或演示文稿，请把正文复制到 Word 里，另存为 .docx 后再导入")
_PACKED = gettext_noop("“%(name)s”是不支持的压缩格式，请解压后重新打包成 .zip 再导入")
_PICTURE = gettext_noop("“%(name)s”是图片，里面的文字读不出来；请导入文字稿，图片可以在案例里添加")
_REFUSED = {
    **dict.fromkeys(
        (".doc", ".dot"), gettext_noop("“%(name)s”是旧版 Word 文件，请用 Word 或 WPS 打开，另存为 .docx 后再导入")
    ),
    **dict.fromkeys((".wps", ".wpt"), gettext_noop("“%(name)s”是 WPS 文件，请用 WPS 打开，另存为 .docx 后再导入")),
    **dict.fromkeys((".xls", ".xlsx", ".xlsm", ".et", ".ppt", ".pptx", ".pptm", ".dps", ".ods", ".odp"), _OFFICE),
    ".rtf": gettext_noop("“%(name)s”是 RTF 文件，请用 Word 或 WPS 打开，另存为 .docx 后再导入"),
    ".odt": gettext_noop("“%(name)s”是 ODT 文件，请打开后另存为 .docx 再导入"),
    **dict.fromkeys(
        (".docm", ".dotm"), gettext_noop("“%(name)s”带有宏，为安全起见不读；请用 Word 打开，另存为 .docx 后再导入")
    ),
    **dict.fromkeys((".rar", ".7z", ".gz", ".tar", ".tgz", ".bz2", ".xz"), _PACKED),
    **dict.fromkeys(PICTURE_ENDINGS, _PICTURE),
}
_LARGE = gettext_noop("“%(name)s”超过 %(limit)d MB，请拆分成单篇文章后再导入")
_LARGE_WITH_PICTURES = gettext_noop("“%(name)s”超过 %(limit)d MB，请拆分成单篇文章或压缩图片后再导入")
_ENCRYPTED = gettext_noop("“%(name)s”设了打开密码，请用 Word 打开，去掉密码后另存为 .docx 再导入")
_REALLY = {
    "docx": gettext_noop("“%(name)s”其实是 Word 文档，请把扩展名改成 .docx 后再导入"),
    "html": gettext_noop("“%(name)s”其实是网页，请把扩展名改成 .html 后再导入"),
    "mht": gettext_noop("“%(name)s”其实是单个文件的网页，请把扩展名改成 .mht 后再导入"),
    "pdf": gettext_noop("“%(name)s”其实是 PDF 文件，请把扩展名改成 .pdf 后再导入"),
    "zip": gettext_noop("“%(name)s”其实是压缩包，请把扩展名改成 .zip 后再导入"),
    "text": gettext_noop("“%(name)s”的内容不是这种格式，请检查是否保存完整，或用原来的软件打开后另存"),
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SIGNATURES = (
    (b"{\\rtf", ".rtf"),
    *((mark, ".png") for mark in (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*")),
    *((mark, ".rar") for mark in (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh9", b"\xfd7zXZ")),
)
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S
)
_MAIL = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:[A-Za-z-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?(?:MIME-Version|Content-Type):", re.I
)


def is_document(name: str) -> bool:
    """True for what is read and for what is refused with a hint; False for pictures and for what is no document."""
    ending = ending_of(name)
    return ending in _KINDS or (ending in _REFUSED and ending not in PICTURE_ENDINGS)


def largest(name: str) -> int:
    """The most bytes a file of this name may have."""
    return _LARGEST.get(_KINDS.get(ending_of(name), ""), _LARGEST_OTHER)


def check_size(name: str, size: int) -> None:
    """Raise ReadingError for a file that is empty or too large, or that no content could make readable."""
    shown = shown_name(name)
    if not size:
        raise ReadingError(gettext_noop("“%(name)s”是空文件，请检查是否保存完整"), name=shown)
    check_ending(name)
    if size > largest(name):
        has_pictures = _KINDS[ending_of(name)] not in ("text", "markdown", "html")
        raise ReadingError(_LARGE_WITH_PICTURES if has_pictures else _LARGE, name=shown, limit=largest(name) // _MB)


def check_ending(name: str) -> None:
    """Raise ReadingError for a name whose ending is not read."""
    ending = ending_of(name)
    if ending not in _KINDS:
        other = gettext_noop("“%(name)s”不是支持的格式，请另存为 .docx 或 .txt 后再导入")
        raise ReadingError(_REFUSED.get(ending, other), name=shown_name(name))


def reader_of(name: str, data: bytes) -> Callable[..., Reading]:
    """The function that reads these bytes; its module is imported. Raises ReadingError, also for an archive."""
    check_size(name, len(data))
    kind = _KINDS[ending_of(name)]
    check_content(name, kind, data)
    if kind == "zip":
        raise ReadingError(gettext_noop("“%(name)s”是压缩包，请用批量导入，或解压后逐个导入"), name=shown_name(name))
    read = _function(*_READERS[kind])
    if kind != "docx":
        return read
    check = _function("cases.reading.docx_safety", "check_package")

    def read_checked(name: str, data: bytes) -> Reading:
        check(name, data)
        return read(name, data)

    return read_checked


def _function(module: str, name: str) -> Callable[..., Any]:
    return getattr(import_module(module), name)


def check_content(name: str, kind: str, data: bytes) -> None:
    """Raise ReadingError when the bytes are something else than the ending of the name says."""
    content = _content_of(name, data)
    if content.startswith("."):
        raise ReadingError(_REFUSED[content], name=shown_name(name))
    if content == "encrypted":
        raise ReadingError(_ENCRYPTED, name=shown_name(name))
    # A text has no mark of its own: it may be Markdown, a piece of a page or a bare page in a mail.
    if content != kind and not (content == "text" and kind in ("markdown", "html")):
        raise ReadingError(_REALLY[content], name=shown_name(name))


def _content_of(name: str, data: bytes) -> str:
    """A kind, the ending of a refused format, "encrypted", or "text" for all that has no mark.

    Raises ReadingError for a zip that is damaged or a bomb.
    """
    for mark, ending in _SIGNATURES:
        if data.startswith(mark):
            return ending
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return ".webp"
    if data.startswith(_OLE):
        return _ole_content(data)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _zip_content(name, data)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if _PAGE.match(data[:4096]):
        return "html"
    return "mht" if _MAIL.match(data[:4096]) and b"multipart/" in data[:8192].lower() else "text"


def _ole_content(data: bytes) -> str:
    """Old Office files and encrypted new ones tell what they are by the names of their streams."""
    streams = {"EncryptedPackage": "encrypted", "Workbook": ".xls", "Book": ".xls", "PowerPoint Document": ".ppt"}
    for name, content in streams.items():
        if name.encode("utf-16-le") + b"\0\0" in data:
            return content
    return ".doc"


def _zip_content(name: str, data: bytes) -> str:
    """An Office file is a zip with known names in it; those of a document packed into an archive say nothing."""
    if b"mimetypeapplication/vnd.oasis.opendocument" in data[:200]:
        return ".odt"
    with opened(name, data) as package:
        names = package.namelist()
    if "[Content_Types].xml" not in names:
        return "zip"
    folders = {entry.partition("/")[0] for entry in names}
    return next((kind for folder, kind in (("xl", ".xlsx"), ("ppt", ".pptx")) if folder in folders), "docx")
