"""The comparison page, and the page on which to choose what to compare."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cases.models.published import PublishedCase
from cases.models.vocabulary import Region, Theme
from cases.public.compare.cases import compare_cases
from cases.public.compare.choice import FEWEST, MOST, Choice, Chosen, read_choice
from cases.public.compare.regions import CASES_FOR_INITIATIVES, CASES_FOR_METRICS, compare_regions
from cases.public.places import region_groups
from cases.public.terms import Group
from cases.public.views import public_page
from cases.search.hits import Hits
from cases.search.selection import BadParameter, Selection

OFFERED = 10  # cases


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that can be added to the comparison; `url` is "" for what is chosen already."""

    row: Any
    url: str
    count: int = 0


@dataclass(frozen=True, slots=True)
class OfferGroup:
    heading: Offer
    offers: tuple[Offer, ...]


@public_page
def compare(request: HttpRequest) -> HttpResponse:
    """Two to four cases or places side by side; with fewer, a page to choose from."""
    try:
        chosen = read_choice(request.GET)
    except BadParameter as mistake:
        refused = {"section": "compare", "mistake": str(mistake), "notes": ()}
        return render(request, "cases/compare_choose.html", refused, status=400)
    context: dict[str, Any] = {"section": "compare", "chosen": chosen, "choice": chosen.choice, "notes": chosen.notes}
    columns_chosen = max(len(chosen.cases), len(chosen.regions))
    if columns_chosen < FEWEST or (columns_chosen < MOST and request.GET.get("choose") == "1"):
        return render(request, "cases/compare_choose.html", context | _offers(chosen))
    columns, sections = compare_cases(chosen) if chosen.cases else compare_regions(chosen)
    context |= {"columns": columns, "sections": sections, "width": len(columns) + 1}
    context["add_url"] = f"{chosen.choice.address()}&choose=1" if len(columns) < MOST else ""
    if chosen.regions:
        context |= {"themes": _themes(), "metric_cases": CASES_FOR_METRICS, "initiative_cases": CASES_FOR_INITIATIVES}
    return render(request, "cases/compare.html", context)


def _offers(chosen: Chosen) -> dict[str, Any]:
    """What can be chosen: cases unless a place was, places unless a case was."""
    choice = chosen.choice
    offers: dict[str, Any] = {"removable": _removable(chosen)}
    offers["ready_url"] = choice.address() if len(offers["removable"]) >= FEWEST else ""
    if not chosen.regions:
        offers["cases"] = [Offer(case, _address(case, choice)) for case in _cases_to_offer(choice)]
    if not chosen.cases:
        offers |= {"groups": [_offered(group, choice) for group in region_groups()], "themes": _themes()}
    return offers


def _removable(chosen: Chosen) -> list[Offer]:
    choice = chosen.choice
    cases = [Offer(case, choice.without_case(case.pk).address()) for case in chosen.cases]
    return cases + [Offer(region, choice.without_region(region.pk).address()) for region in chosen.regions]


def _cases_to_offer(choice: Choice) -> list[PublishedCase]:
    """What the words find; without words the newest cases."""
    found = Hits(Selection(text=choice.text))[: OFFERED + MOST]
    return [case for case in found if case.pk not in choice.cases][:OFFERED]


def _address(case: PublishedCase, choice: Choice) -> str:
    return choice.with_case(case.pk).address()


def _offered(group: Group, choice: Choice) -> OfferGroup:
    def offer(region: Region, count: int) -> Offer:
        return Offer(region, "" if region.pk in choice.regions else choice.with_region(region.pk).address(), count)

    assert group.heading is not None  # regions stand under their province
    heading = offer(group.heading.term, group.heading.count)
    return OfferGroup(heading, tuple(offer(entry.term, entry.count) for entry in group.entries))


def _themes() -> list[Theme]:
    return list(Theme.objects.current().order_by("order", "slug"))
