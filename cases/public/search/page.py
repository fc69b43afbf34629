"""The search page: words and facets, what they find, and where to go on if they find nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.models.published import PublishedCase
from cases.presenting.marking import Piece, best_passage, mark
from cases.presenting.metrics import ShownMetric, show_metric
from cases.public.addresses import list_files
from cases.public.paging import ListPage, page_or_404
from cases.public.search.asking import Asked, read_asked
from cases.public.search.counting import count_when_sent
from cases.public.search.facets import TITLES, facets, narrowest
from cases.public.search.naming import meant_by, named_in
from cases.public.views import public_page
from cases.search import near
from cases.search.hits import Hits
from cases.search.query import read_words
from cases.search.selection import BadParameter, Selection

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
    """The cases an address asks for, and the ways to fewer and to more of them; what cannot be read is 400."""
    try:
        asked = read_asked(request.GET)
    except BadParameter as refused:
        return render(request, "cases/search_refused.html", {"section": "search", "reason": str(refused)}, status=400)
    selection = asked.selection
    if (meant := narrowest(selection)) != selection:
        return redirect(asked.address(meant))
    words = read_words(selection.text)
    context: dict[str, Any] = {"section": "search", "asked": asked, "text": selection.text, "words": words}
    context["meant"] = meant_by(words)
    number, hits = _page_number(request), asked.hits
    context["facets"], context["chips"] = facets(asked, hits.facet_counts())
    if selection:
        context |= _found(asked, hits, words, number) | {"files": list_files(selection)}
    context["names"] = named_in(asked) if number == 1 else []
    context["all_removed"] = asked.address(Selection(text=selection.text))
    response = render(request, "cases/search.html", context)
    if words and selection == Selection(text=selection.text) and number == 1 and not asked.is_newest_first:
        count_when_sent(response, request, selection.text, found=context["page"].count)
    return response


def _page_number(request: HttpRequest) -> int:
    number = request.GET.get("page", "1")
    if not (number.isascii() and number.isdecimal() and len(number) < 7):
        raise Http404
    return int(number)


def _found(asked: Asked, hits: Hits, words: tuple[str, ...], number: int) -> dict[str, Any]:
    """The page of results: with marks if there are words, else as cards."""
    page = page_or_404(hits, number, asked.page_address)
    context = {"page": page, "results": _results(page, words) if words else None}
    return context if page.count else context | _ways_on(asked, words)


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


@dataclass(frozen=True, slots=True)
class Way:
    """A link to something that is found, and how many cases are."""

    text: str
    url: str
    cases: int = 0
    detail: str = ""


def _ways_on(asked: Asked, words: tuple[str, ...]) -> dict[str, Any]:
    """Where to go on from nothing: filters to drop, shorter texts, and tags and headings that come near."""
    selection = asked.selection
    ways: dict[str, Any] = {
        "dropping": [
            Way(_way_without(offer), asked.address(offer.selection), offer.cases)
            for offer in near.fewer_filters(selection)
        ]
    }
    if words:
        shorter = near.shorter_texts(selection)
        ways["without_filters"] = bool(shorter and shorter[0].selection.parameters[1:] != selection.parameters[1:])
        ways["shorter"] = [Way(offer.selection.text, asked.address(offer.selection), offer.cases) for offer in shorter]
        ways["like_tags"] = near.like_tags(selection.text)
        nearest = read_words(shorter[0].selection.text) if shorter else ()
        found = near.like_headings(nearest[0]) if nearest else []
        ways["headings"] = [Way(text, reverse("case", args=[pk]), detail=title) for pk, title, text in found]
    return ways


def _way_without(offer: near.Offer) -> str:
    if offer.dropped:
        return _("不限%(facet)s") % {"facet": TITLES[offer.dropped]}
    return _("只按%(facet)s") % {"facet": TITLES[offer.kept]} if offer.kept else _("去掉全部条件")
