"""A page saved in one file (.mht, .mhtml): the page and the pictures it shows, by the names it calls them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from email.message import Message
from email.parser import BytesParser

from cases.content import gettext_noop
from cases.reading.encodings import decoded
from cases.reading.files import Reading, ReadingError, shown_name
from cases.reading.html import html_reading

PARTS = 1_000
LARGEST_PICTURES = 20 * 1024**2  # bytes of all together
_PAGES = ("text/html", "application/xhtml+xml")


def read_mht(name: str, data: bytes) -> Reading:
    """The reading of the page, with the address it was saved from. Raises ReadingError for a file that holds none."""
    message = BytesParser().parsebytes(data)
    parts = [part for _number, part in zip(range(PARTS), message.walk(), strict=False) if not part.is_multipart()]
    page = next((part for part in parts if part.get_content_type() in _PAGES), None)
    content = _bytes_of(page) if page else b""
    if page is None or not content.strip():
        raise ReadingError(
            gettext_noop("“%(name)s”里没有网页，请用浏览器打开原网页，另存为 .html 后再导入"), name=shown_name(name)
        )
    reading = html_reading(name, _text_of(page, content, name), pictures=_pictures(parts))
    if reading.address:
        return reading
    return replace(reading, address=_web_address(message["Snapshot-Content-Location"], page["Content-Location"]))


def _bytes_of(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _text_of(page: Message, content: bytes, name: str) -> str:
    """The page by the encoding its part declares, else as any text; a byte order mark wins in `decoded`."""
    try:
        return content.decode(page.get_content_charset("")) if page.get_content_charset() else decoded(name, content)
    except (UnicodeDecodeError, LookupError):
        return decoded(name, content)


def _pictures(parts: Iterable[Message]) -> dict[str, bytes]:
    """The pictures by their address and by `cid:` and their number, as the page may call them, within bounds."""
    pictures: dict[str, bytes] = {}
    room = LARGEST_PICTURES
    for part in parts:
        if part.get_content_maintype() != "image":
            continue
        data = _bytes_of(part)
        if not data or len(data) > room:
            continue
        room -= len(data)
        if part["Content-Location"]:
            pictures[str(part["Content-Location"]).strip()] = data
        if part["Content-ID"]:
            pictures["cid:" + str(part["Content-ID"]).strip(" <>\r\n\t")] = data
    return pictures


def _web_address(*addresses: object) -> str:
    """The first of these that is the address of a page on the web; "" when none is."""
    for address in addresses:
        told = str(address or "").strip()
        if re.fullmatch(r"https?://[^\s/]+\S*", told):
            return told
    return ""
