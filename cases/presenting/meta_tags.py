"""The meta tags by which inspectors of government sites read a page: (name, content) pairs, in their order.

Groups, exact names, and what is required are those of the tag rules for government sites. A required tag is never
empty: what would be falls back on the name of the site. An optional one is left out when there is nothing to say.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterable, Mapping

from cases.content import CaseContent

Tags = tuple[tuple[str, str], ...]


def site_tags(*, name: str, domain: str, code: str = "") -> Tags:
    """For every page. `domain` is a host without port; `code` the 标识码, "" for what is no government site."""
    return _tags({"SiteName": name, "SiteDomain": domain}, {"SiteIDCode": code})


def column_tags(*, name: str, description: str, keywords: str, type: str) -> Tags:
    """For lists, the home page and every other page that is no article."""
    return _tags(
        {
            "ColumnName": name,
            "ColumnDescription": description or name,
            "ColumnKeywords": _separated(keywords) or name,
            "ColumnType": type,
        }
    )


def column_of_article(*, name: str, type: str) -> Tags:
    """What a case says of its column."""
    return _tags({"ColumnName": name, "ColumnType": type})


def article_tags(
    content: CaseContent,
    *,
    released: datetime.datetime,
    address: str,
    site_name: str,
    owner: str = "",
    keywords: Iterable[str] = (),
    image: str = "",
) -> Tags:
    """For the page of a case. `released`: first, on this site, in its time zone; `address` and `image` are absolute.

    `keywords` are the names of its themes and tags.
    """
    return _tags(
        {
            "ArticleTitle": plain(content.title) or site_name,
            "PubDate": f"{released:%Y-%m-%d %H:%M}",
            "ContentSource": content_source(content, owner) or site_name,
        },
        {
            "Keywords": ",".join(dict.fromkeys(filter(None, map(_keyword, keywords)))),
            "Author": content.author if plain(content.author) else content.responsible_editor,
            "Description": content.summary,
            "Image": image,
            "Url": address,
        },
    )


def content_source(content: CaseContent, owner: str) -> str:
    """Where a text comes from: its source, else who did what it tells; the owner of the site for texts of its own."""
    own = owner if content.origin == "original" else ""
    return next((said for said in map(plain, (content.source_name, content.organization, own)) if said), "")


def plain(text: str) -> str:
    """One line without control characters: what a browser, and any program that reads pages, takes as it is."""
    return " ".join("".join(" " if _is_control(character) else character for character in text).split())


def _is_control(character: str) -> bool:
    """Controls, halves of characters, and the code points that Unicode gives to no character ever."""
    code = ord(character)
    is_none_ever = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
    return is_none_ever or unicodedata.category(character) in ("Cc", "Cs")


def _separated(words: str) -> str:
    """Keywords as somebody typed them, each once, with the half-width comma between them whatever comma was typed."""
    return ",".join(dict.fromkeys(filter(None, map(plain, re.split("[,;\uff0c\uff1b\u3001]", words)))))


def _keyword(name: str) -> str:
    """One keyword: a comma in it would make it two."""
    return plain(name).replace(",", "\uff0c")


def _tags(required: Mapping[str, str], optional: Mapping[str, str] | None = None) -> Tags:
    said = [(name, plain(content)) for name, content in required.items()]
    said += [(name, words) for name, content in (optional or {}).items() if (words := plain(content))]
    return tuple(said)
