"""A parsed article in the form of annotated samples: what a person would write down when reading it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from cases.content import InitiativeContent, MeasureContent, MetricContent, moment_text
from cases.parsing.result import Parsed, Span, Words

START_LENGTH = 12
_CLOSING = "。；：，、！？;:,.!? \t\u3000\xa0"
_LEADING = "。；：，、！？.:;,!?—-–· \t\u3000\xa0*"


def sample_form(parsed: Parsed, *, name: str, text: str, words: Words) -> dict[str, Any]:
    """The article as a JSON object: facts of the page, initiatives with measures, metrics in text order."""
    content = parsed.content
    region = words.region_by_code.get(content.region)
    return {
        "id": name,
        "origin": "parsed",
        "complete": True,
        "title": " ".join(filter(None, (content.title, content.subtitle))) or None,
        "published": moment_text(content.published_at) if content.published_at else None,
        "source": content.source_name or None,
        "region": region.name if region else None,
        "region_code": content.region or None,
        "department": content.organization or None,
        "summary_start": _summary_start(parsed, text),
        "initiatives": [_initiative(parsed, text, number, one) for number, one in enumerate(content.initiatives)],
        "metrics": _metrics(parsed, text),
    }


def _initiative(parsed: Parsed, text: str, number: int, initiative: InitiativeContent) -> dict[str, Any]:
    return {
        "heading": initiative.heading,
        "measures": [
            _measure(parsed, text, f"initiatives[{number}].measures[{place}]", measure)
            for place, measure in enumerate(initiative.measures)
        ],
    }


def _measure(parsed: Parsed, text: str, path: str, measure: MeasureContent) -> dict[str, Any]:
    span = next((span for span in parsed.spans if span.path == f"{path}.text"), None)
    return {
        "heading": measure.heading or None,
        "text_start": _start(text, span) if span else measure.heading[:START_LENGTH],
    }


def _start(text: str, span: Span) -> str:
    """The first characters of a stretch, cut at the line end."""
    return text[span.start : span.end].lstrip(_LEADING).split("\n")[0][:START_LENGTH].rstrip(_CLOSING)


def _summary_start(parsed: Parsed, text: str) -> str | None:
    spans = [span for span in parsed.spans if span.kind == "intro"]
    prose = next((span for span in spans if span.end - span.start > 16 or text[span.end - 1] in "。！？"), None)
    return _start(text, prose) if prose else None


def _metrics(parsed: Parsed, text: str) -> list[dict[str, Any]]:
    content = parsed.content
    by_path: dict[str, tuple[int | None, MetricContent]] = {
        f"metrics[{place}]": (None, metric) for place, metric in enumerate(content.metrics)
    }
    for number, initiative in enumerate(content.initiatives):
        for place, one in enumerate(initiative.metrics):
            by_path[f"initiatives[{number}].metrics[{place}]"] = (number, one)
    spans = [span for span in parsed.spans if span.kind == "metric"]
    return [_metric(*by_path[span.path], quote=text[span.start : span.end]) for span in spans]


def _metric(initiative: int | None, metric: MetricContent, *, quote: str) -> dict[str, Any]:
    return {
        "label": metric.label,
        "value": _number(metric.value),
        "unit": metric.unit,
        "from_value": _number(metric.from_value),
        "qualifier": metric.qualifier,
        "direction": metric.direction,
        "initiative": initiative,
        "quote": quote,
    }


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
