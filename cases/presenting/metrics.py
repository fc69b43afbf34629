"""A metric as a page shows it: readable numbers, bars on one scale, what a percentage means.

Words are marked with gettext_noop; the template translates them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from cases.content import MetricContent, decimal_text, gettext_noop

# (factor, its word, decimals that stay readable). A number is put so only if nothing is rounded away.
_SCALES = (
    (Decimal(100_000_000), gettext_noop("亿"), 4),
    (Decimal(10_000), gettext_noop("万"), 2),
)
_ENGLISH_SCALES = ((Decimal(1_000_000_000), "billion", 4), (Decimal(1_000_000), "million", 2))
_QUALIFIERS = {"over": gettext_noop("超过"), "under": gettext_noop("不超过"), "about": gettext_noop("约")}
_KINDS = {
    "share": gettext_noop("占比"),
    "growth": gettext_noop("增长"),
    "reduction": gettext_noop("压减"),
    "completion": gettext_noop("目标完成度，不是增长"),
    "satisfaction": gettext_noop("满意度"),
}
_CHANGES = {"up": gettext_noop("增加"), "down": gettext_noop("减少")}
_RATIO_UNITS = (
    "%",
    "％",
    "‰",
    gettext_noop("百分点"),
    gettext_noop("个百分点"),
    gettext_noop("倍"),
    gettext_noop("成"),
)


@dataclass(frozen=True, slots=True)
class ShownMetric:
    """The parts of a metric card; translatable: qualifier, scale, meaning."""

    label: str
    value: str  # 18.4, 12,345; "" when the article gives words only
    before: str  # the old value on the same scale; "" when there is none
    scale: str  # 亿, 万 or "", goes before the unit
    unit: str
    qualifier: str  # 超过, 不超过, 约 or ""
    meaning: str  # 目标完成度，不是增长; "" when the unit speaks for itself
    period: str
    bars: tuple[str, str] | None  # widths of old and new value in percent, the larger is 100


def show_metric(metric: MetricContent) -> ShownMetric:
    """The metric ready to be printed. Never raises, whatever its fields hold."""
    values = [value for value in (metric.value, metric.from_value) if value is not None]
    factor, scale = _common_scale(values, _SCALES)
    has_change = metric.value is not None and metric.from_value is not None
    return ShownMetric(
        label=metric.label,
        value=_grouped(metric.value, factor),
        before=_grouped(metric.from_value, factor) if has_change else "",
        scale=scale,
        unit=metric.unit,
        qualifier=_QUALIFIERS.get(metric.qualifier, ""),
        meaning=_meaning(metric),
        period=metric.period,
        bars=_bars(metric.from_value, metric.value),
    )


def in_language(shown: ShownMetric, language: str) -> ShownMetric:
    """The same number as another language writes it: 1.84 亿 is 184 million in English, 3.2 万 is 32,000."""
    factors = {word: factor for factor, word, _ in _SCALES}
    if language != "en" or shown.scale not in factors:
        return shown
    old, new = (_number(text, factors[shown.scale]) for text in (shown.before, shown.value))
    factor, word = _common_scale([number for number in (old, new) if number is not None], _ENGLISH_SCALES)
    before, value = ("" if number is None else f"{_grouped(number, factor)} {word}".strip() for number in (old, new))
    return replace(shown, before=before, value=value, scale="")


def _number(text: str, factor: Decimal) -> Decimal | None:
    """The number behind what `_grouped` made of it."""
    return Decimal(text.replace(",", "").replace("−", "-")) * factor if text else None


def _common_scale(values: list[Decimal], scales: tuple[tuple[Decimal, str, int], ...]) -> tuple[Decimal, str]:
    """The largest scale on which every value (other than 0) is at least 1 and keeps all its digits."""
    for factor, word, decimals in scales:
        scaled = [value / factor for value in values if value]
        if scaled and all(abs(value) >= 1 and value == round(value, decimals) for value in scaled):
            return factor, word
    return Decimal(1), ""


def _grouped(value: Decimal | None, factor: Decimal) -> str:
    """Thousands apart, no trailing zeros: 12,345.6; a minus sign rather than a hyphen."""
    if value is None:
        return ""
    whole, point, part = decimal_text(value / factor).partition(".")
    return f"{int(whole):,}".replace("-", "−") + point + part if whole != "-0" else f"−0{point}{part}"


def _meaning(metric: MetricContent) -> str:
    """In words what a percentage is a percentage of, or that a number without old value is a change."""
    if metric.unit in _RATIO_UNITS and metric.kind in _KINDS:
        if metric.kind == "growth" and metric.direction == "down":
            return _CHANGES["down"]
        return _KINDS[metric.kind]
    if metric.from_value is None:
        return _CHANGES.get(metric.direction, "")
    return ""


def _bars(before: Decimal | None, after: Decimal | None) -> tuple[str, str] | None:
    if before is None or after is None or min(before, after) < 0 or not max(before, after):
        return None
    longest = max(before, after)
    return f"{before / longest * 100:.1f}", f"{after / longest * 100:.1f}"
