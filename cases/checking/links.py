"""Sources, links and pictures: what is missing, and what leads nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from cases.checking.findings import HINT, Finding, sentences_of
from cases.content import CaseContent, gettext_noop

ADDRESS = re.compile(r"(?:https?|ftp):[\x21-\x7e]*|www\.[\x21-\x7e]+", re.IGNORECASE)
_ENDS = ".,;:!?)]}>'\""  # marks that end a sentence rather than an address


def check_sources(content: CaseContent) -> Iterator[Finding]:
    """A reprint says where it comes from: who printed it, and where it can be read."""
    if content.origin == "reprint" and not content.source_name.strip():
        yield Finding("source_name", HINT, gettext_noop("没有来源"))
    if content.origin == "reprint" and not content.source_url:
        yield Finding("source_url", HINT, gettext_noop("没有原文链接"))


def check_links(content: CaseContent, dead: frozenset[str]) -> Iterator[Finding]:
    """Addresses that are none, and those that did not answer the last times."""
    if content.source_url:
        yield from _check_address("source_url", content.source_url, 0, dead)
    for path, text in sentences_of(content):
        for start, address in addresses_in(text):
            yield from _check_address(path, address, start, dead)


def check_pictures(content: CaseContent) -> Iterator[Finding]:
    """Pictures that say nothing to whoever cannot see them."""
    for number, picture in enumerate(content.pictures):
        if not picture.alt.strip():
            message = gettext_noop("图片没有描述，看不见图片的读者无从知道上面是什么")
            yield Finding(f"pictures[{number}].alt", HINT, message)


def addresses_in(text: str) -> Iterator[tuple[int, str]]:
    """Where addresses stand in a text, and what they are, without the marks of the sentence."""
    for found in ADDRESS.finditer(text):
        yield found.start(), found[0].rstrip(_ENDS)


def addresses_of(content: CaseContent) -> set[str]:
    """The addresses of a case that can be tried."""
    written = {address for _path, text in sentences_of(content) for _start, address in addresses_in(text)}
    return {address for address in written | {content.source_url} if is_address(address)}


def is_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme in ("http", "https") and "." in (parts.hostname or "") and (parts.port or 80) > 0
    except ValueError:
        return False


def _check_address(path: str, address: str, start: int, dead: frozenset[str]) -> Iterator[Finding]:
    params: dict[str, object] = {"address": address}
    if not is_address(address):
        message = gettext_noop("“%(address)s”不是完整的网址")
    elif address in dead:
        message = gettext_noop("“%(address)s”最近几次都打不开，请核对")
    else:
        return
    yield Finding(path, HINT, message, params, start, start + len(address))
