"""Cases and metrics by year: of all, of a theme, of a province or city, and theme by theme."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.models.published import CountedCase, PublishedCase
from cases.models.vocabulary import Region, RegionLevel, Theme, ThemeScheme
from cases.presenting.charts import Bar, bars
from cases.public.addresses import ListFiles
from cases.public.data.tables import csv_answer
from cases.public.overview.counts import by_theme_and, by_year, counted, places_of, read_choice, within
from cases.public.overview.maps import refused, themes_to_choose
from cases.public.views import public_page
from cases.search.selection import BadParameter, Selection, read_selection


@dataclass(frozen=True, slots=True)
class ThemeYears:
    """The cases of one theme, year by year, on the scale of all themes beside it."""

    theme: Theme
    total: int
    bars: list[Bar]
    url: str


@dataclass(frozen=True, slots=True)
class Year:
    year: int
    cases: int
    metrics: int
    url: str  # to the cases of that year, "" if there are none


@public_page
def trends_page(request: HttpRequest, as_csv: bool = False) -> HttpResponse:
    """The years of what is asked for as two charts and a table, and those of the 18 indicators beside each other."""
    try:
        selection = read_selection(request.GET)
        choice = read_choice(selection)
    except BadParameter as error:
        return refused(request, error)
    asked = Selection(region=selection.region, theme=selection.theme)
    counts = by_year(counted(choice))
    if as_csv:
        return csv_answer("trends.csv", (_("年份"), _("案例数"), _("指标数")), counts)
    years = [Year(year, cases, metrics, _search(asked, year) if cases else "") for year, cases, metrics in counts]
    context = {
        "section": "trends",
        "files": ListFiles(csv=asked.address(reverse("trends-csv"))),
        "choice": choice,
        "themes": themes_to_choose(),
        "provinces": Region.objects.filter(level=RegionLevel.PROVINCE),
        "cities": places_of(choice.province) if choice.province else [],
        "years": years,
        "cases": bars([(str(year.year), year.cases) for year in years]),
        "metrics": bars([(str(year.year), year.metrics) for year in years]),
        "totals": (sum(year.cases for year in years), sum(year.metrics for year in years)),
        "indicators": [] if choice.theme else _indicators(choice.region, [year.year for year in years], asked),
        "includes_demo": PublishedCase.objects.includes_demo(),
    }
    return render(request, "cases/trends.html", context)


def _search(asked: Selection, year: int) -> str:
    return asked.adding("year", str(year)).address(reverse("search"))


def _indicators(region: Region | None, years: list[int], asked: Selection) -> list[ThemeYears]:
    """The 18 indicators in their order; those without cases, too."""
    themes = list(Theme.objects.current().filter(scheme=ThemeScheme.NDRC18))
    found = by_theme_and(within(CountedCase.objects.all(), region), themes, "year")
    most = max((count for counts in found.values() for count in counts.values()), default=0)
    return [
        ThemeYears(
            theme,
            sum(found[theme.pk].values()),
            bars([(str(year), found[theme.pk].get(year, 0)) for year in years], most),
            asked.adding("theme", theme.pk).address(reverse("trends")),
        )
        for theme in themes
    ]
