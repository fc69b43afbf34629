"""What a page tells search engines of itself, as JSON-LD of schema.org: WebSite, Article, Dataset, BreadcrumbList."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cases.content import CaseContent, moment_text
from cases.presenting.addresses import web_address

_CONTEXT = "https://schema.org"
_LONGEST_HEADLINE = 110  # characters; more are cut by those who show it


@dataclass(frozen=True, slots=True)
class PublishedFacts:
    """What a page knows of a case beside its content; addresses are absolute."""

    address: str
    lead: str
    released: datetime.datetime  # first, on this site
    updated: datetime.datetime
    publisher: str
    place: str = ""  # name of the region
    themes: tuple[str, ...] = ()
    images: tuple[str, ...] = ()


def breadcrumbs(trail: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """The way to a page as (name, absolute address); the address of the last, the page itself, may be ""."""
    items = [
        {"@type": "ListItem", "position": number, "name": name} | ({"item": address} if address else {})
        for number, (name, address) in enumerate(trail, start=1)
    ]
    return {"@context": _CONTEXT, "@type": "BreadcrumbList", "itemListElement": items}


def website(name: str, description: str, address: str, search: str) -> dict[str, Any]:
    """The site itself, with how it is searched; `search` is the address of the search page."""
    action = {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": f"{search}?q={{search_term_string}}"},
        "query-input": "required name=search_term_string",
    }
    said = {"@context": _CONTEXT, "@type": "WebSite", "name": name, "description": description, "url": address}
    return said | {"potentialAction": action}


def article(content: CaseContent, facts: PublishedFacts) -> dict[str, Any]:
    """A case; what is not known is left out."""
    said = {
        "@context": _CONTEXT,
        "@type": "Article",
        "headline": content.title[:_LONGEST_HEADLINE],
        "alternativeHeadline": content.subtitle,
        "description": facts.lead,
        "url": facts.address,
        "mainEntityOfPage": facts.address,
        "image": list(facts.images),
        "inLanguage": "zh-CN",
        "datePublished": facts.released.isoformat(timespec="seconds"),
        "dateModified": facts.updated.isoformat(timespec="seconds"),
        "author": _author(content, facts),
        "publisher": {"@type": "Organization", "name": facts.publisher},
        "articleSection": list(facts.themes),
        "keywords": list(content.tags),
        "contentLocation": facts.place and {"@type": "Place", "name": facts.place},
        "isBasedOn": _original(content),
    }
    return {name: value for name, value in said.items() if value}


def _author(content: CaseContent, facts: PublishedFacts) -> dict[str, str]:
    if content.author:
        return {"@type": "Person", "name": content.author}
    return {"@type": "Organization", "name": content.organization or content.source_name or facts.publisher}


def _original(content: CaseContent) -> dict[str, Any]:
    """The article where it first appeared; {} if nothing tells where."""
    url = web_address(content.source_url)
    if not url and not content.source_name:
        return {}
    said: dict[str, Any] = {"@type": "CreativeWork", "url": url}
    said["publisher"] = content.source_name and {"@type": "Organization", "name": content.source_name}
    said["datePublished"] = moment_text(content.published_at) if content.published_at else ""
    return {name: value for name, value in said.items() if value}


@dataclass(frozen=True, slots=True)
class Download:
    """A file of a data set."""

    address: str
    media_type: str
    size: int | None = None  # bytes
    sha256: str = ""


def dataset(
    name: str,
    description: str,
    *,
    address: str,
    publisher: str,
    downloads: Iterable[Download],
    licence: str = "",
    as_of: datetime.date | None = None,
    keywords: Iterable[str] = (),
) -> dict[str, Any]:
    """A set of data one can take along. `licence` is its address."""
    said = {
        "@context": _CONTEXT,
        "@type": "Dataset",
        "name": name,
        "description": description,
        "url": address,
        "inLanguage": "zh-CN",
        "isAccessibleForFree": True,
        "creator": {"@type": "Organization", "name": publisher},
        "license": licence,
        "dateModified": as_of and as_of.isoformat(),
        "keywords": list(keywords),
        "distribution": [_download(one) for one in downloads],
    }
    return {name: value for name, value in said.items() if value}


def _download(one: Download) -> dict[str, Any]:
    said = {"@type": "DataDownload", "contentUrl": one.address, "encodingFormat": one.media_type}
    size = {"contentSize": f"{one.size} B"} if one.size else {}
    return said | size | ({"sha256": one.sha256} if one.sha256 else {})
