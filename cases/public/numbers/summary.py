"""What a selection of metrics of one unit says as a whole: per kind how many, the middle and the ends."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, F, Max, QuerySet

from cases.models.published import PublishedMetric
from cases.public.numbers.query import NumberQuery

SAMPLE_CASES = 500  # first cases whose units are offered
MOST_UNITS = 12


@dataclass(frozen=True, slots=True)
class Summary:
    """The metrics of one unit and one kind that have a value."""

    kind: str
    count: int
    median: Decimal
    smallest: PublishedMetric  # with its case
    largest: PublishedMetric
    scale: Decimal  # the largest of its values and old values


def summaries(query: NumberQuery) -> list[Summary]:
    """A summary for each kind of the chosen unit, the most frequent first; none without a unit.

    One query to count, one for old values, three for each kind, one for the cases at the ends.
    """
    if not query.unit:
        return []
    metrics = query.metrics().filter(value__isnull=False)
    counts = metrics.values_list("kind").annotate(count=Count("pk")).order_by("-count", "kind")
    parts = [(kind, count, *_middle_and_ends(metrics.filter(kind=kind), count)) for kind, count in counts]
    ends = (
        PublishedMetric.objects.select_related("case")
        .defer("case__body")
        .in_bulk([pk for *_rest, first, last in parts for pk in (first, last)])
    )
    changed = metrics.filter(from_value__isnull=False).values_list("kind")
    before = dict(changed.annotate(most=Max("from_value")).order_by())
    summed = []
    for kind, count, median, first, last in parts:
        numbers = (ends[last].value, before.get(kind))
        scale = max(number for number in numbers if number is not None)
        summed.append(Summary(kind, count, median, ends[first], ends[last], scale))
    return summed


def _middle_and_ends(metrics: QuerySet[PublishedMetric], count: int) -> tuple[Decimal, int, int]:
    """Median, key of the smallest, key of the largest. The index on unit, kind and value answers all three."""
    rising = metrics.order_by("unit", "kind", "value", "case_id", "order")
    middle = list(rising.values_list("value", flat=True)[(count - 1) // 2 : count // 2 + 1])
    first, last = (rows.values_list("pk", flat=True)[0] for rows in (rising, rising.reverse()))
    return sum((value for value in middle if value is not None), Decimal(0)) / len(middle), first, last


def units_in_use(query: NumberQuery) -> list[str]:
    """The units most used in the first cases meant, the most used first: offered to choose from, not counted.

    None if one is chosen already.

    Counting the units of all metrics would read a million index rows to show a dozen words.
    """
    if query.unit:
        return []
    if query.found is not None:
        metrics = PublishedMetric.objects.filter(pk__in=query.found.metrics)
    else:
        metrics = PublishedMetric.objects.filter(case__in=query.first_cases(SAMPLE_CASES))
    if query.selection.kind:
        metrics = metrics.filter(kind__in=query.selection.kind)
    counted = metrics.exclude(unit="").order_by().values("unit").annotate(count=Count("pk"))
    return [row["unit"] for row in counted.order_by(F("count").desc(), "unit")[:MOST_UNITS]]
