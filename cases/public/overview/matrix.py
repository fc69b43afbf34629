"""The 18 indicators across the provinces, or across the cities of one: what is there, and where there is nothing."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.models.published import CountedCase, PublishedCase
from cases.models.vocabulary import Region, RegionLevel, Theme, ThemeScheme
from cases.presenting.tiles import shade
from cases.public.addresses import ListFiles
from cases.public.data.tables import csv_answer
from cases.public.overview.counts import by_theme_and, places_of, read_choice, within
from cases.public.overview.maps import refused
from cases.public.views import public_page
from cases.search.selection import BadParameter, Selection, read_selection


@dataclass(frozen=True, slots=True)
class Cell:
    """The cases of one division under one theme; `url` leads to them. Both texts are "" where there are none."""

    count: int
    shade: int
    url: str
    label: str  # of the link


@dataclass(frozen=True, slots=True)
class Row:
    region: Region
    cells: list[Cell]
    gaps: int  # themes without a case
    url: str  # of a province: its own matrix


@public_page
def matrix_page(request: HttpRequest, as_csv: bool = False) -> HttpResponse:
    """Rows are divisions, columns the indicators; a cell leads to the search narrowed by both."""
    try:
        selection = read_selection(request.GET)
        province = read_choice(Selection(region=selection.region)).province
    except BadParameter as error:
        return refused(request, error)
    provinces = list(Region.objects.filter(level=RegionLevel.PROVINCE))
    themes = list(Theme.objects.current().filter(scheme=ThemeScheme.NDRC18))
    rows = _rows(places_of(province) if province else provinces, themes, province)
    if as_csv:
        cells = ((row.region.pk, row.region, *(cell.count for cell in row.cells)) for row in rows)
        return csv_answer("matrix.csv", (_("区划代码"), _("地区"), *map(str, themes)), cells)
    here = Selection(region=(province.pk,) if province else ())
    context = {
        "section": "matrix",
        "files": ListFiles(csv=here.address(reverse("matrix-csv"))),
        "province": province,
        "provinces": provinces,
        "themes": themes,
        "rows": rows,
        "gaps": sum(row.gaps for row in rows),
        "cell_count": len(rows) * len(themes),
        "includes_demo": PublishedCase.objects.includes_demo(),
    }
    return render(request, "cases/matrix.html", context)


def _rows(divisions: list[Region], themes: list[Theme], province: Region | None) -> list[Row]:
    """A row for every division, those without a case, too; one query."""
    found = by_theme_and(within(CountedCase.objects.all(), province), themes, "place" if province else "province")
    shown = {region.pk for region in divisions}
    most = max((count for counts in found.values() for key, count in counts.items() if key in shown), default=0)
    rows = []
    for region in divisions:
        cells = [_cell(region, theme, found[theme.pk].get(region.pk, 0), most) for theme in themes]
        url = "" if province else Selection(region=(region.pk,)).address(reverse("matrix"))
        rows.append(Row(region, cells, sum(not cell.count for cell in cells), url))
    return rows


def _cell(region: Region, theme: Theme, count: int, most: int) -> Cell:
    both = Selection(region=(region.pk,), theme=(theme.pk,))
    if not count:
        return Cell(0, 0, "", "")
    label = ngettext("%(region)s，%(theme)s：%(count)d 个案例", "%(region)s，%(theme)s：%(count)d 个案例", count)
    names = {"region": region, "theme": theme, "count": count}
    return Cell(count, shade(count, most), both.address(reverse("search")), label % names)
