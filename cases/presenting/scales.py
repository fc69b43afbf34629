"""Bars of many metrics: lengths on the scale of those of one unit and one kind, never across."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from cases.content import MetricContent

Measure = tuple[str, str]  # unit and kind: only numbers of one measure are compared


@dataclass(frozen=True, slots=True)
class Bars:
    """Lengths in percent of the scale, as numbers of an SVG attribute; `before` is "" without an old value."""

    before: str
    after: str


def measure_of(metric: MetricContent) -> Measure:
    return metric.unit, metric.kind


def scales(metrics: Sequence[MetricContent]) -> dict[Measure, Decimal]:
    """The largest number of each measure that two or more of the metrics share."""
    shared = Counter(measure_of(metric) for metric in metrics if metric.value is not None)
    largest: dict[Measure, Decimal] = {}
    for metric in metrics:
        measure = measure_of(metric)
        if shared[measure] > 1:
            numbers = [largest.get(measure, Decimal(0)), metric.value or Decimal(0), metric.from_value or Decimal(0)]
            largest[measure] = max(numbers)
    return {measure: number for measure, number in largest.items() if number > 0}


def bars(metric: MetricContent, scale: Mapping[Measure, Decimal]) -> Bars | None:
    """The bars of a metric; None where its measure has no scale or a number is negative or missing."""
    largest = scale.get(measure_of(metric))
    if largest is None or metric.value is None or min(metric.value, metric.from_value or Decimal(0)) < 0:
        return None
    before = "" if metric.from_value is None else _share(metric.from_value, largest)
    return Bars(before, _share(metric.value, largest))


def _share(value: Decimal, largest: Decimal) -> str:
    return f"{min(value / largest, Decimal(1)) * 100:.1f}"
