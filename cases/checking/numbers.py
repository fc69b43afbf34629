"""Numbers of the text that are no metric yet, and metrics that the text no longer bears out."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice

from cases.checking.findings import BLOCKS, HINT, Field, Finding, metrics_of, texts_of_initiative
from cases.content import CaseContent, MetricContent, decimal_text, gettext_noop
from cases.folding import fold
from cases.parsing.metrics import FoundMetric, find_metrics
from cases.parsing.metrics.quantities import quantities
from cases.parsing.result import DOUBTFUL

_MOST = 300  # numbers told of in one case: nobody reads more, and a pasted table has thousands
_LONGEST = 20_000  # characters of a paragraph that is looked into; no prose has one longer
_BLANKS = re.compile(r"\s+")


def check_numbers(content: CaseContent) -> Iterator[Finding]:
    """Findings about the metrics, then about the numbers left over, in reading order."""
    places = list(_places(content))
    for fields, metrics in places:
        for path, metric in metrics:
            yield from _check_metric(path, metric, fields)
    yield from islice(_all_left_over(places), _MOST)


def _places(content: CaseContent) -> Iterator[tuple[list[Field], list[tuple[str, MetricContent]]]]:
    """For the case and each initiative: the fields its metrics may be taken from, and these metrics."""
    metrics = list(metrics_of(content))
    first = len(content.metrics)
    yield [("intro", content.intro), ("closing", content.closing)], metrics[:first]
    for number, initiative in enumerate(content.initiatives):
        last = first + len(initiative.metrics)
        yield list(texts_of_initiative(initiative, f"initiatives[{number}]")), metrics[first:last]
        first = last


# A metric whose sentence is gone


def _check_metric(path: str, metric: MetricContent, fields: list[Field]) -> Iterator[Finding]:
    if not metric.quote:
        return  # told by what a case needs to be published
    if not any(metric.quote in text for _path, text in fields):
        words = _same_but_for_blanks(metric.quote, fields)
        message = gettext_noop("原文里没有这句话了，指标“%(label)s”失去了依据")
        fix, end = words, len(metric.quote) if words else None
        yield Finding(f"{path}.quote", BLOCKS, message, {"label": metric.label}, 0 if words else None, end, fix)
    elif metric.value is not None and not _told(metric.quote, metric.value):
        message = gettext_noop("依据里没有“%(value)s”这个数，请核对数值和原文")
        yield Finding(f"{path}.value", HINT, message, {"value": decimal_text(metric.value)})


def _same_but_for_blanks(quote: str, fields: list[Field]) -> str | None:
    """The words of the text that differ from the quote in blanks and line breaks only."""
    parts = [re.escape(part) for part in _BLANKS.sub("", quote)[:500]]
    pattern = re.compile(r"\s*".join(parts)) if parts else re.compile("(?!)")
    return next((found[0] for _path, text in fields if (found := pattern.search(text))), None)


def _told(quote: str, value: Decimal) -> bool:
    """True when a number of the quote is the value; also without numbers in it, where words gave the value (免费)."""
    values = [quantity.value for quantity in quantities(_BLANKS.sub("", fold(quote)))]
    return not values or value in values


# Numbers that are no metric


@functools.lru_cache(maxsize=4096)
def _metrics_in(paragraph: str) -> tuple[FoundMetric, ...]:
    """The metrics of a paragraph; kept, as between two savings most paragraphs stay as they are."""
    return tuple(find_metrics(paragraph))


def _all_left_over(places: list[tuple[list[Field], list[tuple[str, MetricContent]]]]) -> Iterator[Finding]:
    for fields, metrics in places:
        for path, text in fields:
            yield from _left_over(path, text, [metric for _path, metric in metrics])


def _left_over(path: str, text: str, metrics: list[MetricContent]) -> Iterator[Finding]:
    covered = [stretch for metric in metrics for stretch in _stretches(metric.quote, text)]
    start = 0
    for paragraph in text.split("\n"):
        for found in _metrics_in(paragraph) if len(paragraph) <= _LONGEST else ():
            number = start + found.number
            is_taken = any(first <= number < last for first, last in covered) or _is_told(found, metrics)
            if found.certainty >= DOUBTFUL and not is_taken:
                words = paragraph[found.start : found.end]
                message = gettext_noop("“%(words)s”还没有列为指标")
                yield Finding(path, HINT, message, {"words": words}, start + found.start, start + found.end)
        start += len(paragraph) + 1


def _stretches(quote: str, text: str) -> Iterator[tuple[int, int]]:
    place = text.find(quote) if quote else -1
    while place >= 0:
        yield place, place + len(quote)
        place = text.find(quote, place + 1)


def _is_told(found: FoundMetric, metrics: list[MetricContent]) -> bool:
    """True when a metric of the place says the same number: texts repeat in the heading what the sentence says."""
    return any(metric.value == found.value and metric.unit == found.unit for metric in metrics)
