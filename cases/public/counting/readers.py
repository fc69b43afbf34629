"""Who is no reader: the one place where it is written down.

A simple rule by words of the User-Agent. Robots that pretend to be a browser are counted.
"""

from __future__ import annotations

import re

from django.http import HttpRequest

# Search engines, archives, checks, previews of messengers, and programs rather than browsers.
ROBOTS = (
    *("bot", "crawl", "spider", "slurp", "archive", "monitor", "preview", "scan", "check", "fetch", "feed"),
    *("curl", "wget", "python", "java/", "okhttp", "go-http", "headless", "lighthouse", "facebookexternalhit"),
)
_ROBOTS = re.compile("|".join(map(re.escape, ROBOTS)), re.IGNORECASE)
_AHEAD = ("Sec-Purpose", "Purpose", "X-Moz")  # headers of a browser that fetches a page before somebody asks for it


def is_browser(agent: str) -> bool:
    """Whether a User-Agent is that of a reader; none at all is not."""
    return bool(agent) and not _ROBOTS.search(agent)


def is_of_a_reader(request: HttpRequest) -> bool:
    """Whether a browser asks, for somebody who wants to see the page now."""
    return is_browser(request.headers.get("User-Agent", "")) and not any(
        is_ahead(request.headers.get(name, "")) for name in _AHEAD
    )


def is_ahead(purpose: str) -> bool:
    return "prefetch" in purpose.lower() or "prerender" in purpose.lower()
