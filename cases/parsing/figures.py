"""The metrics of an article: those found, without what an editor dropped, with what an editor marked."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from cases.parsing import reasons
from cases.parsing.characters import Line, Source
from cases.parsing.metrics import FoundMetric, find_metrics, wording
from cases.parsing.metrics.quantities import quantities
from cases.parsing.metrics.tables import Columns, columns, is_row
from cases.parsing.numerals import fits
from cases.parsing.reasons import Why
from cases.parsing.result import Corrections

_CLASSIFIERS = set("类级批期档位版张步轮届章块层段道")  # units of what rules take for no metric, and an editor may


class Figure(NamedTuple):
    """A metric with its place in the article; `metric` is None for marked words that hold no number."""

    start: int
    end: int
    metric: FoundMetric | None
    label: str  # in the characters of the article
    why: Why


class Figures:
    """Reads the metrics of paragraph after paragraph; a figure told before is not repeated."""

    def __init__(self, source: Source, year: int | None, corrections: Corrections) -> None:
        self.source = source
        self.year = year
        self.dropped = corrections.dropped
        self.marked = sorted(corrections.marked)
        self.marks: dict[int, list[tuple[int, int]]] = {}  # by the start of a line: stretches of it that are metrics
        self.columns: Columns | None = None  # of the table under way
        self.told: dict[tuple[object, ...], list[str]] = {}  # figures met, with their labels

    def place(self, lines: Iterable[Line]) -> None:
        """Give each stretch an editor marked to the one of the lines that holds it, or its number."""
        if not self.marked:
            return
        lines = sorted(lines, key=lambda line: line.start)
        starts = [line.start for line in lines]
        for start, end in self.marked:
            first = max(0, bisect_right(starts, start) - 1)
            over = [_overlap(line, start, end) for line in lines[first : bisect_left(starts, end)]]
            here = [(line, *stretch) for line, stretch in zip(lines[first:], over, strict=False) if stretch]
            if here:
                line, low, high = next((one for one in here if quantities(one[0].text[one[1] : one[2]])), here[0])
                self.marks.setdefault(line.start, []).append((low, high))

    def of(self, line: Line) -> list[Figure]:
        """The metrics of a paragraph in text order."""
        marks = self.marks.get(line.start, [])
        found = []
        for metric in self.metrics(line.text):
            is_marked = bool(marks) and any(low <= metric.number < high for low, high in marks)
            told = self.is_told(metric)
            if is_marked or not (told or (self.dropped and line.stretch(metric.start, metric.end) in self.dropped)):
                found.append(self.figure(line, metric, reasons.MARKED if is_marked else None))
        for low, high in marks:
            if not any(low <= line.index_at(one.start) + self.offset(one) < high for one in found):
                found += self.read(line, low, high)
        return sorted(found, key=lambda figure: (figure.start, figure.end))

    def metrics(self, text: str) -> list[FoundMetric]:
        """The metrics of a paragraph, or of a row of a table by the columns of its header."""
        if not is_row(text):
            self.columns = None
            return find_metrics(text, self.year)
        found = find_metrics(text, self.year, self.columns)
        if not found:
            self.columns = columns(text, self.columns)
        return [metric for metric in found if not self.is_reached(metric)]

    def is_reached(self, metric: FoundMetric) -> bool:
        """True when the new value of a row was told of the same thing without the old one."""
        labels = self.told.get((metric.value, metric.unit, None), [])
        return metric.from_value is not None and any(_alike(metric.label, label) for label in labels)

    @staticmethod
    def offset(figure: Figure) -> int:
        """How far into its words the number of a figure stands."""
        return figure.metric.number - figure.metric.start if figure.metric else 0

    def is_told(self, metric: FoundMetric) -> bool:
        """True when the same figure was told of the same thing before."""
        labels = self.told.setdefault((metric.value, metric.unit, metric.from_value), [])
        told = any(_alike(metric.label, label) for label in labels)
        if len(labels) < 20:
            labels.append(metric.label)
        return told

    def read(self, line: Line, low: int, high: int) -> list[Figure]:
        """What marked words say: the metrics rules read in them, else their first number, else words only."""
        words = line.text[low:high]
        found = [_shifted(metric, low) for metric in find_metrics(words, self.year)]
        if not found:
            numbers = [one for one in quantities(words) if fits(one.value)]
            number = next((one for one in numbers if one.unit), numbers[0] if numbers else None)
            if number is None:
                start, end = line.stretch(low, high)
                return [Figure(start, end, None, self.source.one_line(start, end), reasons.MARKED)]
            before = words[max(0, number.start - 30) : number.start]
            way = wording.direction(before, number.unit)
            found = [
                FoundMetric(
                    start=low,
                    end=high,
                    number=low + number.start,
                    value=number.value.normalize(),
                    unit=number.unit or "".join(_CLASSIFIERS & {words[number.end : number.end + 1]}),
                    from_value=None,
                    qualifier=number.qualifier,
                    direction=way,
                    kind=wording.kind(before, number.unit, way, False),
                    label=wording.label(words, 0, number.start, number.end, ""),
                    period=wording.period(words, number.start),
                )
            ]
        if len(found) == 1:
            found = [found[0]._replace(start=low, end=high)]
        return [self.figure(line, metric, reasons.MARKED) for metric in found]

    def figure(self, line: Line, metric: FoundMetric, why: Why | None) -> Figure:
        start, end = line.stretch(metric.start, metric.end)
        if why is None:
            old = "" if metric.from_value is None else f"{metric.from_value:f}{metric.unit}"
            why = reasons.metric(metric, old, f"{metric.value:f}{metric.unit}")
        return Figure(start, end, metric, self.label(line, metric), why)

    def label(self, line: Line, metric: FoundMetric) -> str:
        """The label in the characters the article writes it in."""
        at = line.text.find(metric.label, metric.start, metric.end + len(metric.label)) if metric.label else -1
        if at < 0:
            return metric.label
        return self.source.one_line(*line.stretch(at, at + len(metric.label)))


def _overlap(line: Line, start: int, end: int) -> tuple[int, int] | None:
    """The part of a line inside a stretch of the article, without blanks and closing signs around it."""
    low, high = line.index_at(start), line.index_at(end)
    while low < high and line.text[low] in " 。，；：、！？":
        low += 1
    while low < high and line.text[high - 1] in " 。，；：、！？":
        high -= 1
    return (low, high) if low < high else None


def _shifted(metric: FoundMetric, by: int) -> FoundMetric:
    return metric._replace(start=metric.start + by, end=metric.end + by, number=metric.number + by)


def _alike(one: str, other: str) -> bool:
    """True when two labels tell of the same thing: one holds the other, or most of its characters."""
    if not one or not other:
        return False
    short, long_ = sorted((one, other), key=len)
    return short in long_ or len(set(short) & set(long_)) >= max(2, 0.75 * len(set(short)))
