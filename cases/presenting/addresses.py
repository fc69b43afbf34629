"""Addresses that come from articles, and which of them a page may lead to."""

from __future__ import annotations

from urllib.parse import urlsplit


def is_government(url: str) -> bool:
    """Whether it leads to a site of the government: a host below gov.cn."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return False
    return f".{host.rstrip('.')}".endswith(".gov.cn")


def web_address(url: str) -> str:
    """The address if it leads to a web page, else "": an import may bring `javascript:` or worse."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and parts.netloc else ""
