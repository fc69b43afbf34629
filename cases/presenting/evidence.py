"""Where in a case the words behind each number stand.

A quote counts as evidence only if it stands verbatim in one text field of its metric's place:
intro or closing for a metric of the whole case; heading, text or a measure for one of an initiative.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cases.content import CaseContent, InitiativeContent, MetricContent


@dataclass(frozen=True, slots=True)
class Evidence:
    """The stretch `field[start:end]` that a metric was taken from."""

    path: str  # of the text field: "intro", "initiatives[0].measures[1].text"
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PlacedMetric:
    """A metric with its number in the case (from 0), its initiative and its evidence, if it has any."""

    metric: MetricContent
    order: int
    initiative: int | None  # index; None: of the case as a whole
    evidence: Evidence | None


def case_fields(content: CaseContent) -> list[tuple[str, str]]:
    """(path, text) of the fields in which metrics of the whole case may stand."""
    return [("intro", content.intro), ("closing", content.closing)]


def initiative_fields(initiative: InitiativeContent, index: int) -> list[tuple[str, str]]:
    """(path, text) of the fields in which metrics of this initiative may stand, in reading order."""
    here = f"initiatives[{index}]"
    fields = [(f"{here}.heading", initiative.heading), (f"{here}.text", initiative.text)]
    for number, measure in enumerate(initiative.measures):
        fields.append((f"{here}.measures[{number}].heading", measure.heading))
        fields.append((f"{here}.measures[{number}].text", measure.text))
    return fields


def find_evidence(quote: str, fields: list[tuple[str, str]]) -> Evidence | None:
    """The first place where the quote stands verbatim in one of the fields."""
    if quote:
        for path, text in fields:
            start = text.find(quote)
            if start >= 0:
                return Evidence(path, start, start + len(quote))
    return None


def placed_metrics(content: CaseContent) -> Iterator[PlacedMetric]:
    """Every metric of the case in the order of `all_metrics`, with its evidence."""
    order = 0
    places: list[tuple[int | None, tuple[MetricContent, ...], list[tuple[str, str]]]]
    places = [(None, content.metrics, case_fields(content))]
    places += [(i, part.metrics, initiative_fields(part, i)) for i, part in enumerate(content.initiatives)]
    for initiative, metrics, fields in places:
        for metric in metrics:
            yield PlacedMetric(metric, order, initiative, find_evidence(metric.quote, fields))
            order += 1
