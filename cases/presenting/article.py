"""A case laid out for reading: passages, each with its marked text and the metrics that stand beside it."""

from __future__ import annotations

from dataclasses import dataclass

from cases.content import CaseContent, InitiativeContent
from cases.presenting.evidence import PlacedMetric, placed_metrics
from cases.presenting.marks import Paragraph, Stretch, marked_paragraphs
from cases.presenting.metrics import ShownMetric, show_metric

MANY = 12  # metrics of one passage
IN_SIGHT_BESIDE = 4  # cards that a window of 600 px shows at once
IN_SIGHT_BELOW = 9  # three rows of three


@dataclass(frozen=True, slots=True)
class NumberedMetric:
    """A metric card; its number stands behind its words in the text too."""

    number: int  # from 1, in the order of all_metrics
    shown: ShownMetric
    has_evidence: bool


@dataclass(frozen=True, slots=True)
class MarkedMeasure:
    heading: tuple[Paragraph, ...]  # of one line, so one paragraph or none
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """One part of the article: the intro, an initiative, or the closing."""

    anchor: str  # "intro", "initiative-1", "closing"
    title: str = ""  # the initiative's heading, plain, for the contents list
    heading: tuple[Paragraph, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()
    measures: tuple[MarkedMeasure, ...] = ()
    metrics: tuple[NumberedMetric, ...] = ()

    @property
    def has_many_metrics(self) -> bool:
        """Whether they stand below the text, in columns, and not beside it."""
        return len(self.metrics) > MANY

    @property
    def metrics_in_sight(self) -> tuple[NumberedMetric, ...]:
        return self.metrics[: self._in_sight]

    @property
    def metrics_folded(self) -> tuple[NumberedMetric, ...]:
        """Those that are opened by who wants to see all; never one alone, which would take as much room as its fold."""
        return self.metrics[self._in_sight :]

    @property
    def _in_sight(self) -> int:
        most = IN_SIGHT_BELOW if self.has_many_metrics else IN_SIGHT_BESIDE
        return most if len(self.metrics) > most + 1 else len(self.metrics)


@dataclass(frozen=True, slots=True)
class Article:
    """The whole case; intro and closing are None when there is nothing to read in them."""

    intro: Passage | None
    initiatives: tuple[Passage, ...]
    closing: Passage | None

    @property
    def metrics(self) -> list[NumberedMetric]:
        """All of them, in the order of their numbers."""
        passages = (self.intro, *self.initiatives, self.closing)
        found = (metric for passage in passages if passage for metric in passage.metrics)
        return sorted(found, key=lambda metric: metric.number)


def lay_out(content: CaseContent) -> Article:
    """The case as passages. A metric of the whole case stands where its words are, or else at the intro."""
    placed = list(placed_metrics(content))
    marks = _marks(placed)
    of_case = [item for item in placed if item.initiative is None]
    in_closing = [item for item in of_case if item.evidence and item.evidence.path == "closing"]
    in_intro = [item for item in of_case if item not in in_closing]
    return Article(
        intro=_end_passage("intro", content.intro, marks, in_intro),
        initiatives=tuple(
            _initiative(part, index, marks, [item for item in placed if item.initiative == index])
            for index, part in enumerate(content.initiatives)
        ),
        closing=_end_passage("closing", content.closing, marks, in_closing),
    )


def _marks(placed: list[PlacedMetric]) -> dict[str, list[Stretch]]:
    """The stretches of each text field, by its path."""
    marks: dict[str, list[Stretch]] = {}
    for item in placed:
        if item.evidence:
            stretch = Stretch(item.order + 1, item.evidence.start, item.evidence.end)
            marks.setdefault(item.evidence.path, []).append(stretch)
    return marks


def _numbered(placed: list[PlacedMetric]) -> tuple[NumberedMetric, ...]:
    return tuple(NumberedMetric(item.order + 1, show_metric(item.metric), item.evidence is not None) for item in placed)


def _end_passage(path: str, text: str, marks: dict[str, list[Stretch]], placed: list[PlacedMetric]) -> Passage | None:
    paragraphs = marked_paragraphs(text, marks.get(path, ()))
    if not paragraphs and not placed:
        return None
    return Passage(path, paragraphs=paragraphs, metrics=_numbered(placed))


def _initiative(
    part: InitiativeContent, index: int, marks: dict[str, list[Stretch]], placed: list[PlacedMetric]
) -> Passage:
    def marked(path: str, text: str) -> tuple[Paragraph, ...]:
        path = f"initiatives[{index}].{path}"
        return marked_paragraphs(text, marks.get(path, ()))

    return Passage(
        anchor=f"initiative-{index + 1}",
        title=part.heading,
        heading=marked("heading", part.heading),
        paragraphs=marked("text", part.text),
        measures=tuple(
            MarkedMeasure(
                marked(f"measures[{number}].heading", measure.heading),
                marked(f"measures[{number}].text", measure.text),
            )
            for number, measure in enumerate(part.measures)
        ),
        metrics=_numbered(placed),
    )
