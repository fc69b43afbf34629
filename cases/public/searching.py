"""The search page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cases.models.published import PublishedCase
from cases.presenting.marking import Piece, best_passage, mark
from cases.presenting.metrics import ShownMetric, show_metric
from cases.public.addresses import list_files
from cases.public.paging import ListPage, page_or_404
from cases.public.views import public_page
from cases.search.query import MAX_LENGTH, MAX_WORDS, is_too_long, read_words, search
from cases.search.selection import Selection

HIT_METRICS = 3


@dataclass(frozen=True, slots=True)
class HitMetric:
    shown: ShownMetric
    label: list[Piece]


@dataclass(frozen=True, slots=True)
class Result:
    """A case that was found, with every hit marked."""

    case: PublishedCase
    title: list[Piece]
    passage: list[Piece]
    metrics: list[HitMetric]


@public_page
def search_page(request: HttpRequest) -> HttpResponse:
    """What was found for `q`; without words a sentence that says what to type."""
    text = " ".join(request.GET.get("q", "").replace("\0", " ").split())
    words = read_words(text)
    context: dict[str, object] = {"section": "search", "text": text[:MAX_LENGTH], "words": words}
    if is_too_long(text):
        context |= {"longest": MAX_LENGTH, "most_words": MAX_WORDS}
    if words:
        cases = search(text).select_related("region", "department").prefetch_related("themes")
        page = page_or_404(cases, _page_number(request), _addresses(text))
        context |= {"page": page, "results": _results(page, words), "files": list_files(Selection(text=text))}
    return render(request, "cases/search.html", context)


def _page_number(request: HttpRequest) -> int:
    number = request.GET.get("page", "1")
    if not (number.isascii() and number.isdecimal() and len(number) < 7):
        raise Http404
    return int(number)


def _addresses(text: str) -> Callable[[int], str]:
    def address(number: int) -> str:
        query = {"q": text} if number == 1 else {"q": text, "page": number}
        return f"{reverse('search')}?{urlencode(query)}"

    return address


def _results(page: ListPage, words: tuple[str, ...]) -> list[Result]:
    results = []
    for case in page:
        content = case.content
        hits = [
            HitMetric(show_metric(metric), mark(metric.label, words))
            for metric in content.all_metrics()
            if any(piece.is_hit for text in (metric.label, metric.quote) for piece in mark(text, words))
        ]
        results.append(Result(case, mark(case.title, words), best_passage(content, words), hits[:HIT_METRICS]))
    return results
