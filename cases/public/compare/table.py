"""The table of a comparison: one column for each case or place, sections of rows that line up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.content import MetricContent
from cases.presenting.comparing import Line, common_scale, line_up_metrics, line_up_texts
from cases.presenting.marking import Piece
from cases.presenting.metrics import ShownMetric, show_metric
from cases.presenting.quoting import mark_number
from cases.presenting.scales import Bars, bars, measure_of

MOST_LINES = 40  # of one section; lines with most in common come first
SHORT_NAME = 14  # characters of a column's name, repeated in each cell on a phone
MEASURE_WORDS = 60  # characters of a measure without a name that are shown


@dataclass(frozen=True, slots=True)
class Column:
    """The head of a column."""

    name: str
    url: str
    without_url: str  # the same comparison without it

    @property
    def short_name(self) -> str:
        return self.name if len(self.name) <= SHORT_NAME else f"{self.name[: SHORT_NAME - 1]}…"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table; a cell is None where a column has nothing. `template` shows a cell."""

    head: str
    cells: tuple[Any, ...]
    template: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    rows: tuple[Row, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Word:
    """One entry of a fact; `is_shared` if another column has it too."""

    text: str
    url: str = ""
    is_shared: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """An initiative or a measure of a case, and where it stands; `case` is named where columns are places."""

    heading: str
    url: str
    details: tuple[str, ...] = ()
    case: str = ""

    @property
    def words(self) -> str:
        return self.heading or " ".join(self.details)


@dataclass(frozen=True, slots=True)
class Number:
    """A metric of a case, and where its words stand; `case` is named where columns are places."""

    metric: MetricContent
    url: str
    case: str = ""


@dataclass(frozen=True, slots=True)
class ShownNumber:
    number: Number
    shown: ShownMetric
    quote: list[Piece]
    bars: Bars | None


# Facts


def fact_row(head: str, cells: Iterable[Sequence[Word]]) -> Row:
    """A row of words; an empty cell becomes None."""
    return Row(head, tuple(tuple(cell) or None for cell in cells), "cases/_compare_fact.html")


def sharing(cells: Sequence[Sequence[Word]]) -> list[list[Word]]:
    """The same words, those marked that stand in more than one column."""
    columns = Counter(text for cell in cells for text in {word.text for word in cell})
    return [[Word(word.text, word.url, columns[word.text] > 1) for word in cell] for cell in cells]


def facts_section(rows: Iterable[Row]) -> Section:
    """The rows that say something of at least one column."""
    return Section(_("概况"), tuple(row for row in rows if any(cell is not None for cell in row.cells)))


# Initiatives and measures


def initiatives_section(columns: Sequence[Sequence[Step]]) -> Section:
    """Every initiative; those with like headings on one line."""
    return _steps(_("举措"), line_up_texts(columns, _words_of), "cases/_compare_initiative.html")


def measures_section(columns: Sequence[Sequence[Step]]) -> Section:
    """Measures that two columns or more have alike; all the others stand under their initiatives."""
    lines = [line for line in line_up_texts(columns, _words_of) if line.is_shared]
    return _steps(_("相近的具体措施"), lines, "cases/_compare_measure.html")


def _words_of(step: Step) -> str:
    return step.words


def _steps(title: str, lines: list[Line[Step]], template: str) -> Section:
    rows = [Row(_("做法相近") if line.is_shared else _("只此一处"), line.cells, template) for line in lines]
    return Section(title, tuple(rows[:MOST_LINES]), _more(len(rows)))


# Metrics


def metrics_section(columns: Sequence[Sequence[Number]]) -> Section:
    """Every metric; like ones on one line, as bars where they are of one unit and one kind."""
    lines = line_up_metrics(columns, _metric_of)
    return Section(_("指标数据"), tuple(map(_metric_row, lines[:MOST_LINES])), _more(len(lines)))


def _metric_of(number: Number) -> MetricContent:
    return number.metric


def _metric_row(line: Line[Number]) -> Row:
    metrics = [number.metric for number in line.present]
    largest = common_scale(metrics)
    scale = {measure_of(metric): largest for metric in metrics} if largest is not None else {}
    note = _("单位不同，不能直接比大小") if len({metric.unit for metric in metrics}) > 1 else ""
    show: Callable[[Number], ShownNumber] = lambda number: ShownNumber(  # noqa: E731
        number, show_metric(number.metric), mark_number(number.metric), bars(number.metric, scale)
    )
    cells = tuple(None if cell is None else show(cell) for cell in line.cells)
    return Row(metrics[0].label, cells, "cases/_compare_metric.html", note)


def _more(count: int) -> str:
    left = count - MOST_LINES
    if left <= 0:
        return ""
    text = ngettext("还有 %(left)d 行没有列出，请看案例原文。", "还有 %(left)d 行没有列出，请看案例原文。", left)
    return text % {"left": left}
