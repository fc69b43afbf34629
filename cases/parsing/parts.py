"""Several cases on one page: where each begins and ends."""

from __future__ import annotations

from cases.parsing.result import Part


def find_parts(text: str) -> tuple[Part, ...]:
    """The cases on a page in text order, each with its headline; () when the page is one article."""
    return ()
