"""Where the files of a list are: one scheme for every list and every search.

Beside a list stand `feed.atom`, `cases.csv` and `cases.json`: /cases/feed.atom, /regions/411100/cases.csv,
/search/cases.json?q=…. The page of a term is the selection of that term, so its files have its path. A list of
something else has files of its own name beside it, and not every kind of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.urls import reverse

from cases.search.selection import Selection

FEED, CSV, JSON = "feed.atom", "cases.csv", "cases.json"
FILES = (FEED, CSV, JSON)
MOST = 10_000  # cases of one file, and of one search of the API; the dataset holds them all

_TERMS = ("region", "department", "theme", "tag")


@dataclass(frozen=True, slots=True)
class ListFiles:
    """The addresses at which a list can be followed and taken along; "" where there is none."""

    feed: str = ""
    csv: str = ""
    json: str = ""

    @property
    def page(self) -> str:
        """The path of the list that has a feed."""
        return self.feed.replace(FEED, "", 1)


def list_files(selection: Selection) -> ListFiles:
    """For `files` in the context of every page that lists cases."""
    return ListFiles(*(file_address(selection, file) for file in FILES))


def policy_files(key: str) -> ListFiles:
    """The files of the cases that rest on a document."""
    return ListFiles(*(reverse(f"policy-{file}", args=[key]) for file in FILES))


def index_files(name: str) -> ListFiles:
    """Those of an index ("regions"): terms have no moment, so there is no feed, and their JSON is that of the API."""
    return ListFiles(csv=reverse(f"{name}-csv"), json=reverse(f"api:{name}"))


def file_address(selection: Selection, file: str) -> str:
    """The address of one of FILES for the cases meant."""
    if not selection:
        return reverse(f"cases-{file}")
    pairs = selection.parameters
    kind, key = pairs[0]
    if len(pairs) == 1 and kind in _TERMS and re.fullmatch(r"[\w-]+", key):  # other characters are no path
        return reverse(f"{kind}-{file}", args=[key])
    return selection.address(reverse(f"search-{file}"))
