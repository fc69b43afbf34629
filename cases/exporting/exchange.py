"""Published cases in the exchange format."""

from __future__ import annotations

from typing import Any

from cases.content import CaseContent, to_json
from cases.models import PublishedCase


def exchange_record(identity: str, content: CaseContent) -> dict[str, Any]:
    """One line of an exchange file as a JSON object, in the order of the format."""
    body = to_json(content)
    return {"format": body.pop("format"), "id": identity, **body}


def published_record(case: PublishedCase) -> dict[str, Any]:
    """What readers see of a case, as a line of an exchange file."""
    return exchange_record(case.external_id, case.content)
