"""Who else did this: the cases most like a case, and the measures most like each of its measures."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cases.content import MeasureContent
from cases.models.published import PublishedCase
from cases.presenting.likeness import all_measures
from cases.presenting.marking import Piece, mark
from cases.public.like.cases import like_cases, place
from cases.public.views import of_public_case, public_page
from cases.search.alike import Alike, measures_alike, without_parts

MOST_MEASURES = 3  # of one measure
LONGEST_TEXT = 400  # characters of a measure shown


@dataclass(frozen=True, slots=True)
class ShownMeasure:
    """A measure with the shared words marked."""

    anchor: str  # in the page of its case
    heading: list[Piece]
    text: list[Piece]
    is_cut: bool


Show = Callable[[Iterable[str]], ShownMeasure]  # a measure with these words marked


@dataclass(frozen=True, slots=True)
class LikeMeasure:
    case: PublishedCase
    words: tuple[str, ...]
    shown: ShownMeasure


@dataclass(frozen=True, slots=True)
class Comparison:
    """A measure of the case with those like it elsewhere."""

    here: ShownMeasure
    like: tuple[LikeMeasure, ...]


@public_page
@of_public_case
def like_page(request: HttpRequest, published: PublishedCase) -> HttpResponse:
    """Every measure of a case beside the measures most like it elsewhere."""
    context = {
        "section": "cases",
        "case": published,
        "comparisons": _comparisons(published),
        "like": like_cases(published),
    }
    return render(request, "cases/like.html", context)


def _comparisons(published: PublishedCase) -> list[Comparison]:
    found = measures_alike(published.pk)
    keys = {alike.case for alikes in found.values() for alike in alikes}
    places = {case.pk: case for case in PublishedCase.objects.filter(pk__in=keys).defer("body")}
    chosen = {
        number: sorted(
            (alike for alike in alikes if alike.case in places),  # one may have been taken down a moment ago
            key=lambda alike: place(published, places[alike.case], alike),
        )[:MOST_MEASURES]
        for number, alikes in found.items()
    }
    shown = {alike.case for alikes in chosen.values() for alike in alikes}
    cases = PublishedCase.objects.select_related("region").in_bulk(shown)
    texts = {pk: _measures(case) for pk, case in cases.items()}
    comparisons = []
    for number, show in enumerate(_measures(published)):
        like = tuple(
            _like_measure(cases[alike.case], texts[alike.case], alike)
            for alike in chosen.get(number, ())
            if alike.case in cases
        )
        words = {word for one in like for word in one.words}
        comparisons.append(Comparison(show(sorted(words)), like))
    return comparisons


def _like_measure(case: PublishedCase, texts: list[Show], alike: Alike) -> LikeMeasure:
    return LikeMeasure(case, tuple(without_parts(alike.words)), texts[alike.measure or 0](alike.words))


def _measures(case: PublishedCase) -> list[Show]:
    """For every measure of a case, by its number, what shows it with some words marked."""
    content = case.content
    anchors = [
        f"initiative-{first}-measure-{second}"
        for first, initiative in enumerate(content.initiatives, start=1)
        for second in range(1, len(initiative.measures) + 1)
    ]
    return [partial(_shown, *pair) for pair in zip(anchors, all_measures(content), strict=True)]


def _shown(anchor: str, measure: MeasureContent, words: Iterable[str]) -> ShownMeasure:
    marked = list(words)
    text = mark(measure.text[:LONGEST_TEXT], marked)
    return ShownMeasure(anchor, mark(measure.heading, marked), text, len(measure.text) > LONGEST_TEXT)
