"""Columns of items side by side: what is alike in several columns stands on one line.

Alike is decided by the words of an item: the characters and the pairs of neighbouring characters that two texts
share (Dice). 办理时限 and 办结时限 share three characters of four, 办理时限 and 办理环节 two. Metrics are alike by
their labels, and only if their kinds do not contradict: a share of 60 % is no growth of 60 %.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, pairwise
from typing import Generic, TypeVar

from cases.content import MetricContent
from cases.folding import fold

Item = TypeVar("Item")
Likeness = Callable[[Item, Item], float]

MOST_LINED_UP = 60  # items of one column that are looked at; pairs grow with its square
LIKE_LABELS = 0.5  # from here on two labels name one thing
LIKE_HEADINGS = 0.3  # headings are longer, and no two cities write the same
SAME_UNIT = 0.001  # of two labels equally like, that with the same unit


@dataclass(frozen=True, slots=True)
class Line(Generic[Item]):
    """One line of the table: an item for each column, None where a column has nothing like it."""

    cells: tuple[Item | None, ...]

    @property
    def present(self) -> tuple[Item, ...]:
        return tuple(cell for cell in self.cells if cell is not None)

    @property
    def is_shared(self) -> bool:
        return len(self.present) > 1


class Words:
    """The characters and pairs of characters of a text, folded, signs left out."""

    __slots__ = ("characters", "pairs")

    def __init__(self, text: str) -> None:
        letters = [character for character in fold(text) if character.isalnum()]
        counts = Counter(letters)
        self.characters = {(letter, time) for letter, count in counts.items() for time in range(count)}
        self.pairs = {first + second for first, second in pairwise(letters)}

    def likeness(self, other: Words) -> float:
        """0 (nothing in common) to 1 (the same characters in the same order)."""
        shared = len(self.characters & other.characters)
        if not shared:
            return 0.0
        characters = 2 * shared / (len(self.characters) + len(other.characters))
        pairs = len(self.pairs) + len(other.pairs)
        return (characters + 2 * len(self.pairs & other.pairs) / pairs) / 2 if pairs else characters


def likeness(one: str, other: str) -> float:
    """How alike two texts are by their words, 0 to 1."""
    return Words(one).likeness(Words(other))


def line_up_texts(columns: Sequence[Sequence[Item]], text: Callable[[Item], str]) -> list[Line[Item]]:
    """Items (initiatives, measures …) lined up by what `text` says of them."""
    words = {id(item): Words(text(item)) for column in columns for item in column[:MOST_LINED_UP]}
    return line_up(columns, lambda one, other: words[id(one)].likeness(words[id(other)]), LIKE_HEADINGS)


def line_up_metrics(columns: Sequence[Sequence[Item]], metric: Callable[[Item], MetricContent]) -> list[Line[Item]]:
    """Items with a metric each, lined up by label and kind; the unit only decides between labels equally like."""
    words = {id(item): Words(metric(item).label) for column in columns for item in column[:MOST_LINED_UP]}

    def alike(one: Item, other: Item) -> float:
        kinds = {metric(one).kind, metric(other).kind} - {""}
        if len(kinds) > 1:
            return 0.0
        return words[id(one)].likeness(words[id(other)]) + SAME_UNIT * (metric(one).unit == metric(other).unit)

    return line_up(columns, alike, LIKE_LABELS)


def line_up(columns: Sequence[Sequence[Item]], alike: Likeness, least: float) -> list[Line[Item]]:
    """Every item of every column (its first MOST_LINED_UP) once; lines with most items first, else as they are read.

    The likest pairs are joined first. No line holds two items of one column.
    """
    columns = [column[:MOST_LINED_UP] for column in columns]
    places = [(number, index) for number, column in enumerate(columns) for index in range(len(column))]
    lines = {place: {place[0]: place[1]} for place in places}
    for one, other in _likest_pairs(columns, alike, least):
        first, second = lines[one], lines[other]
        if first is not second and not first.keys() & second.keys():
            first |= second
            lines |= dict.fromkeys(second.items(), first)
    unique = list({id(line): line for line in (lines[place] for place in places)}.values())
    unique.sort(key=lambda line: -len(line))  # stable
    return [
        Line(tuple(column[line[number]] if number in line else None for number, column in enumerate(columns)))
        for line in unique
    ]


Place = tuple[int, int]  # number of the column, index in it


def _likest_pairs(columns: Sequence[Sequence[Item]], alike: Likeness, least: float) -> Iterator[tuple[Place, Place]]:
    found = [
        (-score, (first, i), (second, k))
        for first, second in combinations(range(len(columns)), 2)
        for i, one in enumerate(columns[first])
        for k, other in enumerate(columns[second])
        if (score := alike(one, other)) >= least
    ]
    return ((one, other) for _score, one, other in sorted(found))


def without_likes(items: Sequence[Item], metric: Callable[[Item], MetricContent]) -> list[Item]:
    """The items in their order, those left out whose metric is like one before."""
    kept: list[tuple[Item, Words]] = []
    for item in items:
        words, kind = Words(metric(item).label), metric(item).kind
        if not any(words.likeness(other) >= LIKE_LABELS and metric(one).kind == kind for one, other in kept):
            kept.append((item, words))
        if len(kept) == MOST_LINED_UP:
            break
    return [item for item, _words in kept]


def documentation(metric: MetricContent) -> int:
    """How well a metric is documented: its sentence first, then value, old value, period and kind."""
    given = (bool(metric.quote), metric.value is not None, metric.from_value is not None, bool(metric.period))
    weights = (8, 4, 2, 1)
    return sum(weight for weight, is_given in zip(weights, given, strict=True) if is_given)


def common_scale(metrics: Sequence[MetricContent]) -> Decimal | None:
    """The largest value of a line whose numbers may stand as bars beside one another; None if they may not.

    They may if there are two or more, all of one unit and one kind, and none is negative.
    """
    values = [value for metric in metrics for value in (metric.value, metric.from_value) if value is not None]
    measures = {(metric.unit, metric.kind) for metric in metrics if metric.value is not None}
    numbers = sum(metric.value is not None for metric in metrics)
    if numbers < 2 or len(measures) != 1 or min(values) < 0 or not max(values):
        return None
    return max(values)
