"""What tests that look at many pages say, in full: pytest cuts a long dictionary short."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def told(found: Mapping[str, Any]) -> str:
    """A line for each page where something was found, "" if there is none."""
    return "\n".join(f"{page}: {trouble}" for page, trouble in found.items() if trouble)
