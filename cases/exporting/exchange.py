"""Published cases in the exchange format, and their metrics one by one."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from cases.content import CaseContent, MetricContent, decimal_text, to_json
from cases.exporting.tables import metric_place
from cases.models.published import PublishedCase, PublishedMetric


def exchange_record(identity: str, content: CaseContent) -> dict[str, Any]:
    """One line of an exchange file as a JSON object, in the order of the format."""
    body = to_json(content)
    return {"format": body.pop("format"), "id": identity, **body}


def published_record(case: PublishedCase) -> dict[str, Any]:
    """What readers see of a case, as a line of an exchange file."""
    return exchange_record(case.external_id, case.content)


def metric_record(metric: PublishedMetric, site: str) -> dict[str, Any]:
    """A metric with the case it is of, its own fields as in the exchange format. `site` is https://host, or ""."""
    of_case = {
        "case": metric.case.external_id,
        "title": metric.case.title,
        "address": f"{site}{metric.case.get_absolute_url()}#metric-{metric.order + 1}",
        "region": metric.case.region_id,
        "place": str(metric.case.region or ""),
        "department": metric.case.department_id,
        "listed_on": metric.case.listed_on.isoformat(),
        "initiative": metric_place(metric),
    }
    own = {name: getattr(metric, name) for name in MetricContent.__dataclass_fields__}
    numbers = {name: None if own[name] is None else decimal_text(own[name]) for name in ("value", "from_value")}
    return of_case | own | numbers


def with_case(metrics: QuerySet[PublishedMetric]) -> QuerySet[PublishedMetric]:
    """Metrics with all that their records read; one query however many."""
    return metrics.select_related("case__region").defer("case__body", "case__lead", "case__highlights")
