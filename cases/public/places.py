"""How the published cases spread over the country: counted once, rolled up in Python."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Sum

from cases.models.published import MUNICIPALITIES, PublishedCase
from cases.models.vocabulary import Region, RegionLevel
from cases.presenting.tiles import TILES, shade
from cases.public.terms import Entry, Group
from cases.search.remembering import remembered


@dataclass(frozen=True, slots=True)
class Spread:
    """Published cases by division; a division counts those of all it holds."""

    cases: int
    metrics: int
    by_region: Counter[str]  # code -> cases
    cities: frozenset[str]  # codes of the cities with cases


@dataclass(frozen=True, slots=True)
class Tile:
    """A province on the tile map; x and y in units of one tile."""

    region: Region
    count: int
    shade: int  # 0 (no case) to 4
    x: int
    y: int


@remembered()
def spread() -> Spread:
    """One query, however many cases."""
    rows = PublishedCase.objects.order_by().values_list("province", "prefecture", "county")
    by_region: Counter[str] = Counter()
    cities = set()
    cases = metrics = 0
    for *codes, count, numbers in rows.annotate(Count("pk"), Sum("metric_count")):
        cases += count
        metrics += numbers
        province, prefecture, county = codes
        city = prefecture or (province if province in MUNICIPALITIES else county)
        if city:
            cities.add(city)
        for code in filter(None, codes):
            by_region[code] += count
    return Spread(cases, metrics, by_region, frozenset(cities))


def provinces(counted: Spread) -> list[Entry]:
    """All provinces in the order of their codes, with their cases."""
    rows = Region.objects.filter(level=RegionLevel.PROVINCE)
    return [Entry(region, counted.by_region[region.pk]) for region in rows]


def tile_map(entries: list[Entry]) -> list[Tile]:
    """The provinces as tiles, darker the more cases they have."""
    most = max((entry.count for entry in entries), default=0)
    return [
        Tile(entry.term, entry.count, shade(entry.count, most), *TILES[entry.term.pk])
        for entry in entries
        if entry.term.pk in TILES
    ]


def region_groups() -> list[Group]:
    """The cities with cases under their provinces, in the order of their codes; two queries."""
    counted = spread().by_region
    regions = Region.objects.in_bulk(counted)
    entries = [Entry(regions[code], counted[code]) for code in sorted(counted)]
    return [
        Group("", tuple(city for city in entries if city.term.parent_id == entry.term.pk), heading=entry)
        for entry in entries
        if entry.term.level == RegionLevel.PROVINCE
    ]
