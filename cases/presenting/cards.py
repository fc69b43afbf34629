"""What a list shows of a case: how it begins and its strongest numbers."""

from __future__ import annotations

from cases.content import CaseContent, MetricContent

LEAD_LENGTH = 110  # characters


def lead_text(content: CaseContent, length: int = LEAD_LENGTH) -> str:
    """The editor's summary, else how the text begins, cut at `length` with an ellipsis; one line."""
    texts = [content.summary, content.intro]
    texts += [part for item in content.initiatives for part in (item.heading, item.text)]
    text = " ".join(next((text for text in texts if text.strip()), "").split())
    return text if len(text) <= length else text[: length - 1].rstrip("，、；：,;:") + "…"


def strongest_metrics(content: CaseContent, count: int = 3) -> tuple[MetricContent, ...]:
    """The metrics that say most at a glance: a change from an old value first, then shares, then amounts.

    Those without a value or a quote are left out; among equals the order of the text holds.
    """
    candidates = [metric for metric in content.all_metrics() if metric.value is not None and metric.quote]
    return tuple(sorted(candidates, key=_weakness)[:count])


def _weakness(metric: MetricContent) -> int:
    if metric.from_value is not None:
        return 0
    if metric.kind in ("reduction", "growth", "completion", "satisfaction"):
        return 1
    return 2 if metric.kind in ("share", "duration") else 3
