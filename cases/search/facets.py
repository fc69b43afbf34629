"""How many of the cases meant stand under each value of each facet."""

from __future__ import annotations

from collections import Counter

from django.db.models import Count
from django.db.models.functions import ExtractYear

from cases.models import PublishedCase, PublishedMetric
from cases.search.selection import FACETS, Selection


def facet_counts(selection: Selection) -> dict[str, dict[str, int]]:
    """Facet → value → cases, for every value with at least one; "metrics" has the one value "1".

    A facet is counted without its own choice, as its values add to each other: a reader who chose one
    city still sees what a second would bring. Under "region" stand the divisions of all levels.
    """
    return {facet: _count(facet, selection.without(facet)) for facet in (*FACETS, "metrics")}


def _count(facet: str, selection: Selection) -> dict[str, int]:
    cases = selection.cases().order_by()
    if facet == "region":
        levels = [cases.values_list(level).annotate(Count("pk")) for level in ("province", "prefecture", "county")]
        return {code: count for level in levels for code, count in level if code}
    if facet == "year":
        return dict(Counter(str(year) for year in cases.values_list(ExtractYear("listed_on"), flat=True)))
    if facet == "metrics":
        count = cases.filter(metric_count__gt=0).count()
        return {"1": count} if count else {}
    if facet == "kind":
        metrics = PublishedMetric.objects.filter(case__in=cases).exclude(kind="").order_by().values_list("kind")
        return dict(metrics.annotate(Count("case", distinct=True)))
    field = {"department": "department", "theme": "themes", "tag": "tags__slug"}[facet]
    rows = PublishedCase.objects.filter(pk__in=cases).exclude(**{field: None}).order_by().values_list(field)
    return dict(rows.annotate(Count("pk")))
