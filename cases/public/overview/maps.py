"""Where the cases are: a tile for every province, and for every city of a province."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.models.published import PublishedCase
from cases.models.vocabulary import Region, RegionLevel, Theme
from cases.presenting.charts import Tile, columns_of, grid, steps
from cases.presenting.tiles import COLUMNS, ROWS, TILES, shade
from cases.public.addresses import ListFiles
from cases.public.data.tables import csv_answer
from cases.public.overview.counts import Choice, by_division, counted, places_of, read_choice
from cases.public.views import public_page
from cases.search.selection import BadParameter, Selection, read_selection

EMPTY = (0, 0)


@dataclass(frozen=True, slots=True)
class Line:
    """A division in the table beside the map."""

    region: Region
    cases: int
    metrics: int
    url: str  # to its cases under the theme, "" if there are none


@dataclass(frozen=True, slots=True)
class ShownTile:
    tile: Tile
    url: str


@public_page
def province_map(request: HttpRequest, as_csv: bool = False) -> HttpResponse:
    """The provinces, darker the more cases they have, of all or of one theme. A tile leads to its cities."""
    return _map(request, None, as_csv)


@public_page
def city_map(request: HttpRequest, code: str, as_csv: bool = False) -> HttpResponse:
    """The cities of a province in the order of their codes: no map, and it says so."""
    if not (code.isascii() and code.isdigit()):
        raise Http404
    return _map(request, get_object_or_404(Region, pk=code, level=RegionLevel.PROVINCE), as_csv)


def _map(request: HttpRequest, province: Region | None, as_csv: bool) -> HttpResponse:
    try:
        selection = read_selection(request.GET)
        theme = read_choice(Selection(theme=selection.theme)).theme
    except BadParameter as error:
        return refused(request, error)
    counts = by_division(counted(Choice(theme, province)), "place" if province else "province")
    asked = Selection(theme=(theme.pk,) if theme else ())
    here = Selection(region=(province.pk,) if province else ())
    file = reverse("city_map-csv", args=[province.pk]) if province else reverse("map-csv")
    lines = _lines(province, counts, asked)
    if as_csv:
        cells = ((line.region.pk, line.region, line.cases, line.metrics) for line in lines)
        return csv_answer("map.csv", (_("区划代码"), _("地区"), _("案例数"), _("指标数")), cells)
    tiles = _cities(lines) if province else _provinces(lines, asked)
    columns, rows = (columns_of(len(lines)), max((one.tile.y for one in tiles), default=0) + 1)
    context = {
        "section": "map",
        "subject": str(province or ""),
        "province": province,
        "theme": theme,
        "themes": themes_to_choose(),
        "lines": [line for line in lines if line.cases],
        "empty": [line.region for line in lines if not line.cases],
        "tiles": tiles,
        "size": (columns, rows) if province else (COLUMNS, ROWS),
        "steps": steps(max((line.cases for line in lines), default=0)),
        "total": sum(cases for cases, _ in counts.values()),
        "elsewhere": counts.get("", EMPTY)[0],
        "includes_demo": PublishedCase.objects.includes_demo(),
        "matrix_url": here.address(reverse("matrix")),
        "files": ListFiles(csv=asked.address(file)),
        "trends_url": dataclasses.replace(here, theme=asked.theme).address(reverse("trends")),
    }
    return render(request, "cases/map.html", context)


def _lines(province: Region | None, counts: Mapping[str, tuple[int, int]], asked: Selection) -> list[Line]:
    """The provinces, or the places of one, with what is counted there."""
    divisions = places_of(province) if province else Region.objects.filter(level=RegionLevel.PROVINCE)
    return [
        Line(region, *counts.get(region.pk, EMPTY), _cases_of(region, asked) if region.pk in counts else "")
        for region in divisions
    ]


def _cases_of(region: Region, asked: Selection) -> str:
    """Where the cases of a division are listed: its own page, or the search if they are of one theme."""
    return asked.adding("region", region.pk).address(reverse("search")) if asked else region.get_absolute_url()


def _provinces(lines: list[Line], asked: Selection) -> list[ShownTile]:
    most = max((line.cases for line in lines), default=0)
    return [
        ShownTile(
            Tile(line.region.pk, line.region.short, line.cases, shade(line.cases, most), *TILES[line.region.pk]),
            asked.address(reverse("city_map", args=[line.region.pk])) if line.cases else "",
        )
        for line in lines
        if line.region.pk in TILES
    ]


def _cities(lines: list[Line]) -> list[ShownTile]:
    tiles = grid([(line.region.pk, line.region.short, line.cases) for line in lines])
    return [ShownTile(tile, line.url) for tile, line in zip(tiles, lines, strict=True)]


def themes_to_choose() -> list[tuple[str, list[Theme]]]:
    """The themes in use by their scheme, for a list to choose from."""
    schemes: dict[str, list[Theme]] = {}
    for theme in Theme.objects.current():
        schemes.setdefault(theme.get_scheme_display(), []).append(theme)
    return list(schemes.items())


def refused(request: HttpRequest, error: BadParameter) -> HttpResponse:
    """The page that says what is wrong with an address, with status 400."""
    context = {"section": "map", "message": str(error), "back": request.path}
    return render(request, "cases/refused.html", context, status=400)
