"""How many cases and metrics stand where, when and under which theme; read from rows made for counting."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, QuerySet, Sum
from django.utils.translation import gettext as _

from cases.models.published import CountedCase
from cases.models.vocabulary import Region, RegionLevel, Theme
from cases.search.selection import BadParameter, Selection


@dataclass(frozen=True, slots=True)
class Choice:
    """What the pages of maps, trends and the matrix are asked for: at most one theme and one division."""

    theme: Theme | None = None
    region: Region | None = None

    @property
    def province(self) -> Region | None:
        """The province of the division, which may be itself."""
        return self.region.lineage()[0] if self.region else None


def read_choice(selection: Selection) -> Choice:
    """The theme and the division of a selection; two queries at most.

    Raises BadParameter if there are several, if they are not in the vocabulary, and for a division that is
    counted with the one that holds it.
    """
    return Choice(_theme(selection.theme), _region(selection.region))


def _theme(slugs: Collection[str]) -> Theme | None:
    if not slugs:
        return None
    theme = Theme.objects.filter(pk__in=slugs).first() if len(slugs) == 1 else None
    if theme is None:
        raise BadParameter("theme", _("请从列表中选择一个主题。"))
    return theme


def _region(codes: Collection[str]) -> Region | None:
    if not codes:
        return None
    rows = Region.objects.select_related("parent").filter(pk__in=codes)
    region = rows.first() if len(codes) == 1 else None
    if region is None:
        raise BadParameter("region", _("请从列表中选择一个省份或城市。"))
    if region.parent and region.parent.level != RegionLevel.PROVINCE:
        raise BadParameter("region", _("这里统计到城市，请选择它所在的城市。"))
    return region


def counted(choice: Choice) -> QuerySet[CountedCase]:
    """The rows of the theme, or those of all cases, in the division."""
    return within(CountedCase.objects.filter(theme=choice.theme), choice.region)


def within(rows: QuerySet[CountedCase], region: Region | None) -> QuerySet[CountedCase]:
    if region is None:
        return rows
    if region.level == RegionLevel.PROVINCE:
        return rows.filter(province=region)
    return rows.filter(province=region.parent_id, place=region)


def by_division(rows: QuerySet[CountedCase], level: str) -> dict[str, tuple[int, int]]:
    """Code of a "province" or "place" → (cases, metrics); those filed nowhere stand under ""."""
    counts = rows.order_by().values_list(level).annotate(Count("pk"), Sum("metrics"))
    return {code or "": (cases, metrics) for code, cases, metrics in counts}


def by_year(rows: QuerySet[CountedCase]) -> list[tuple[int, int, int]]:
    """(year, cases, metrics) for every year from the earliest to the latest."""
    counts = rows.order_by().values_list("year").annotate(Count("pk"), Sum("metrics"))
    found = {year: (cases, metrics) for year, cases, metrics in counts}
    return [(year, *found.get(year, (0, 0))) for year in range(min(found), max(found) + 1)] if found else []


def by_theme_and(rows: QuerySet[CountedCase], themes: Collection[Theme], field: str) -> dict[str, dict[object, int]]:
    """Slug of each theme → year, province or place → cases."""
    counts = rows.filter(theme__in=themes).order_by().values_list("theme", field).annotate(Count("pk"))
    found: dict[str, dict[object, int]] = defaultdict(dict)
    for theme, key, cases in counts:
        found[theme][key] = cases
    return found


def places_of(province: Region) -> list[Region]:
    """What a province is shown in, in the order of codes: its cities, and counties that no city holds."""
    return list(Region.objects.filter(parent=province).order_by("code"))
