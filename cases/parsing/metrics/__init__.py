"""Metrics: numbers that state an output, volume, coverage, time, cost, rate or change.

A small grammar rather than a pattern per sentence: `quantities` reads every number with its
unit, `changes` pairs old values with new ones, `contexts` strikes out what is no metric, and
`wording` finds the words that go with the rest.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from cases.parsing.metrics import wording
from cases.parsing.metrics.changes import Change, changes
from cases.parsing.metrics.contexts import Surroundings, counts_nothing, why_not
from cases.parsing.metrics.quantities import Quantity, quantities
from cases.parsing.metrics.tables import Columns, row_change
from cases.parsing.numerals import fits


class FoundMetric(NamedTuple):
    """A metric and its words `text[start:end]`, in the plain text of one paragraph; a tuple, as a page holds many."""

    start: int
    end: int
    number: int  # where the number begins
    value: Decimal
    unit: str
    from_value: Decimal | None
    qualifier: str
    direction: str
    kind: str
    label: str
    period: str
    certainty: float = 1.0


def find_metrics(text: str, year: int | None = None, columns: Columns | None = None) -> list[FoundMetric]:
    """Every metric of a paragraph in text order; `year` is that of publication, if known.

    `columns` are those of the table that the paragraph is a row of.
    """
    found = quantities(text)
    if not any(quantity.unit for quantity in found) or all(map(counts_nothing, found)):
        return []
    around = Surroundings(text, year)
    found = [quantity for quantity in found if quantity.spelled != "一" or not _is_part_of_name(around, quantity)]
    pairs = {pair.new: pair for pair in changes(text, found)}
    if columns and (told := row_change(text, found, columns)):
        pairs = {told.new: told}
    old = {pair.old for pair in pairs.values()}
    metrics = []
    for index, quantity in enumerate(found):
        if not quantity.unit or index in old or not fits(quantity.value):
            continue
        pair = pairs.get(index)
        if not why_not(around, quantity, pair is not None):
            metrics.append(_metric(around, quantity, pair, found))
    return metrics


def holds_metric(text: str) -> bool:
    """True when the words, a heading for example, tell a metric."""
    return any(character.isdigit() or character in "一二三四五六七八九十百千" for character in text) and bool(
        find_metrics(text)
    )


def _is_part_of_name(around: Surroundings, quantity: Quantity) -> bool:
    """True for the 一 of “一次申报、一次勘验”, which stands between an old and a new value like a number."""
    return around.text[quantity.start - 1 : quantity.start] in tuple("哪每") or len(around.quoted(quantity.start)) > 6


def _metric(around: Surroundings, quantity: Quantity, pair: Change | None, found: list[Quantity]) -> FoundMetric:
    text = around.text
    before = around.before(quantity.start, 30)
    from_value = found[pair.old].value if pair and pair.same_unit and fits(found[pair.old].value) else None
    start, end = quantity.start, quantity.end
    between = ""
    if pair:
        between = text[min(found[pair.old].end, quantity.end) : max(found[pair.old].start, quantity.start)]
        start, end = min(start, found[pair.old].start, pair.start), max(end, found[pair.old].end)
    if from_value is not None and from_value != quantity.value:
        way = "up" if quantity.value > from_value else "down"
    else:
        way = "level" if pair else wording.direction(before, quantity.unit)
    first, last = wording.quote_range(text, start, end)
    return FoundMetric(
        start=first,
        end=last,
        number=quantity.start,
        value=quantity.value.normalize(),
        unit=quantity.unit,
        from_value=None if from_value is None else from_value.normalize(),
        qualifier=quantity.qualifier,
        direction=way,
        kind=wording.kind(before, quantity.unit, way, pair is not None),
        label=wording.label(text, first, start, end, between),
        period=wording.period(text, quantity.start),
        certainty=0.6 if quantity.small and not pair else 0.9,
    )
