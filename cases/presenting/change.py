"""By how much a metric changed, in its unit and in percent of the old value."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from cases.content import MetricContent, gettext_noop
from cases.presenting.metrics import ShownMetric, show_metric

_PERCENT = ("%", "％")
_POINTS = gettext_noop("个百分点")


@dataclass(frozen=True, slots=True)
class Change:
    shown: ShownMetric  # the difference without its sign
    unit: str  # translatable; "" where it is that of the metric: the difference of two percentages is no percentage
    sign: str  # "+", "−", or "" for none
    ratio: str  # "−71.4%"; "" when the old value was 0


def change_of(metric: MetricContent) -> Change | None:
    """The change from old to new value; None if either is missing.

    >>> change_of(MetricContent(value=Decimal(2), from_value=Decimal(7))).ratio
    '−71.4%'
    """
    if metric.value is None or metric.from_value is None:
        return None
    difference = metric.value - metric.from_value
    ratio = f"{_sign(difference)}{abs(difference / metric.from_value) * 100:,.1f}%" if metric.from_value else ""
    unit = _POINTS if metric.unit in _PERCENT else ""
    return Change(show_metric(MetricContent(value=abs(difference))), unit, _sign(difference), ratio)


def _sign(number: Decimal) -> str:
    return "" if not number else "+" if number > 0 else "−"
