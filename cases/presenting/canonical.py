"""The one address by which machines shall know a page, however it was reached."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

_SELECTION = ("q", "region", "department", "theme", "tag", "year", "kind", "metrics")

# Parameters that make another page of it, by column; the others are orders, steps of a choice, or of somebody else.
_KNOWN = {
    "search": (*_SELECTION, "page"),
    "numbers": (*_SELECTION, "unit", "period", "changed", "page"),
    "compare": ("case", "region", "theme"),
    "map": ("theme",),
    "trends": ("theme", "region"),
    "matrix": ("region",),
}


def site_root(scheme: str, host: str, domain: str = "") -> str:
    """https://www.example.gov.cn, without a path. `domain` is the one the site is set up for, `host` that asked for."""
    return f"{scheme}://{domain or host}"


def canonical_query(column: str, parameters: Iterable[tuple[str, str]]) -> str:
    """What stays of the query of a page, in one order: "?q=…", or "" if nothing does."""
    known = _KNOWN.get(column, ())
    kept = {(name, value) for name, value in parameters if name in known and value and (name, value) != ("page", "1")}
    return f"?{urlencode(sorted(kept))}" if kept else ""


def is_worth_finding(column: str, parameters: Iterable[tuple[str, str]]) -> bool:
    """Whether search engines shall list a page: of searches those for words alone, as others are without end."""
    asked = {name for name, value in parameters if value}
    return column != "search" or not asked & {*_KNOWN["search"], "sort"} - {"q"}
