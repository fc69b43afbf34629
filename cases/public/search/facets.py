"""The facets of the search page: what may be chosen, with how many cases it brings, and what is chosen."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models.published import PublishedMetric, Tag
from cases.models.vocabulary import Department, Region, RegionLevel, Theme, ThemeScheme
from cases.public.search.asking import Asked
from cases.search.hits import Counts
from cases.search.selection import FACET_TITLES, FACETS, Selection

SHOWN = 8  # options before the others are folded away
MOST_TAGS = 30
TITLES = {**FACET_TITLES, "metrics": gettext_lazy("指标")}

NAMES = ("name", "name_en")  # of what a row of the vocabulary holds, all that is shown


@dataclass(frozen=True, slots=True)
class Option:
    """A value of a facet. `wider` is an address with this value in place of its parts: then it is a link, no box."""

    facet: str
    value: str
    label: str
    count: int
    is_chosen: bool
    wider: str = ""
    parts: Options | None = None  # below it, if it is opened


@dataclass(frozen=True, slots=True)
class Options:
    """Options under a title of their own, or none; `more` are folded away."""

    shown: tuple[Option, ...]
    more: tuple[Option, ...] = ()
    title: str = ""
    is_open: bool = True

    def __bool__(self) -> bool:
        return bool(self.shown)


@dataclass(frozen=True, slots=True)
class Facet:
    name: str
    title: str
    groups: tuple[Options, ...]


@dataclass(frozen=True, slots=True)
class Chip:
    """A choice that stands, and the address without it."""

    title: str  # of its facet
    label: str
    url: str


def narrowest(selection: Selection) -> Selection:
    """Without the divisions of which a part is chosen, too: who opens a province and marks a city means the city."""
    above = {region.pk for chosen in _chosen_regions(selection) for region in chosen.lineage()[:-1]}
    for code in above & set(selection.region):
        selection = selection.without("region", code)
    return selection


def facets(asked: Asked, counts: Counts) -> tuple[list[Facet], list[Chip]]:
    """The facets with something to choose, and a chip for each choice; at most five queries."""
    return Facets(asked, counts).all()


class Facets:
    """Builds the facets of one page."""

    def __init__(self, asked: Asked, counts: Counts) -> None:
        self.asked = asked
        self.selection = asked.selection
        self.counts = counts
        self.names: dict[tuple[str, str], str] = {}  # what the values of facets are called
        self.above: set[str] = set()  # divisions of which a part is chosen

    def all(self) -> tuple[list[Facet], list[Chip]]:
        groups: dict[str, list[Options]] = {
            "region": [self._regions()],
            "department": [self._departments()],
            "theme": self._themes(),
            "tag": [self._tags()],
            "year": [self._years()],
            "metrics": [self._metrics()],
            "kind": [self._kinds()],
        }
        found = [Facet(name, str(TITLES[name]), tuple(filter(None, parts))) for name, parts in groups.items()]
        return [facet for facet in found if facet.groups], self._chips()

    def _chips(self) -> list[Chip]:
        chips = [
            self._chip(facet, self.names.get((facet, value), value), self.selection.without(facet, value))
            for facet in FACETS
            for value in getattr(self.selection, facet)
        ]
        if self.selection.with_metrics:
            chips.append(self._chip("metrics", _("有指标"), self.selection.without("metrics")))
        return chips

    def _chip(self, facet: str, label: str, without: Selection) -> Chip:
        return Chip(str(TITLES[facet]), label, self.asked.address(without))

    def _option(self, facet: str, value: str, label: Any, **more: Any) -> Option:
        self.names[facet, value] = str(label)
        is_chosen = value in getattr(self.selection, facet)
        return Option(facet, value, str(label), self.counts[facet].get(value, 0), is_chosen, **more)

    def _values(self, facet: str) -> list[str]:
        """Those with cases and those chosen."""
        return list(dict.fromkeys([*self.counts[facet], *getattr(self.selection, facet)]))

    def _rest(self, facet: str, options: Iterable[Option]) -> list[Option]:
        """The options, and those chosen that the vocabulary does not know."""
        known = list(options)
        named = {value for name, value in self.names if name == facet}
        unknown = [value for value in getattr(self.selection, facet) if value not in named]
        return known + [self._option(facet, value, value) for value in unknown]

    # Each facet

    def _regions(self) -> Options:
        """The provinces; below those chosen, and those of which a part is chosen, what they hold."""
        lineages = [region.lineage() for region in _chosen_regions(self.selection)]
        opened = {region.pk for lineage in lineages for region in lineage}
        self.above = {region.pk for lineage in lineages for region in lineage[:-1]}
        rows = Region.objects.filter(Q(level=RegionLevel.PROVINCE) | Q(parent__in=opened))
        below: dict[str | None, list[Region]] = {}
        for row in rows:
            if row.pk in self.counts["region"] or row.pk in opened:
                below.setdefault(row.parent_id, []).append(row)
        options = [self._region(row, below, ()) for row in below.get(None, [])]
        return folded(by_count(self._rest("region", options)))

    def _region(self, row: Region, below: dict[str | None, list[Region]], path: tuple[str, ...]) -> Option:
        parts = [self._region(part, below, (*path, row.pk)) for part in below.get(row.pk, [])]
        wider = self.asked.address(self._widened(row, below)) if row.pk in self.above else ""
        return self._option("region", row.pk, row, wider=wider, parts=folded(by_count(parts)) if parts else None)

    def _widened(self, row: Region, below: dict[str | None, list[Region]]) -> Selection:
        selection = self.selection
        beneath = [part.pk for part in below.get(row.pk, [])]
        while beneath:
            code = beneath.pop()
            selection = selection.without("region", code)
            beneath += [part.pk for part in below.get(code, [])]
        return selection.adding("region", row.pk)

    def _departments(self) -> Options:
        rows = Department.objects.filter(pk__in=self._values("department")).only(*NAMES)
        options = [self._option("department", row.pk, row) for row in rows]
        return folded(by_count(self._rest("department", options)))

    def _themes(self) -> list[Options]:
        """By their schemes, as names repeat between them; the first scheme stands open, and those with a choice."""
        rows = list(Theme.objects.filter(pk__in=self._values("theme")).only("scheme", *NAMES))
        groups: list[Options] = []
        for scheme in ThemeScheme:
            options = by_count([self._option("theme", row.pk, row) for row in rows if row.scheme == scheme])
            self.names |= {("theme", row.pk): row.full_name for row in rows if row.scheme == scheme}
            is_open = not groups or any(option.is_chosen for option in options)
            groups += [folded(options, title=str(scheme.label), is_open=is_open)] if options else []
        unknown = self._rest("theme", [])
        return [*groups, folded(unknown)] if unknown else groups

    def _tags(self) -> Options:
        """The most used of the result, and those chosen."""
        most_used = sorted(self.counts["tag"], key=lambda slug: (-self.counts["tag"][slug], slug))[:MOST_TAGS]
        rows = Tag.objects.filter(slug__in={*most_used, *self.selection.tag})
        return folded(by_count(self._rest("tag", [self._option("tag", row.slug, row.name) for row in rows])))

    def _years(self) -> Options:
        years = sorted(self._values("year"), reverse=True)
        return folded([self._option("year", year, _("%(year)s 年") % {"year": year}) for year in years])

    def _metrics(self) -> Options:
        count, is_chosen = self.counts["metrics"].get("1", 0), self.selection.with_metrics
        return Options((Option("metrics", "1", _("有指标"), count, is_chosen),) if count or is_chosen else ())

    def _kinds(self) -> Options:
        titles = dict(PublishedMetric._meta.get_field("kind").flatchoices)
        options = [self._option("kind", kind, titles[kind]) for kind in self._values("kind")]
        return folded(by_count(options))


def by_count(options: Iterable[Option]) -> list[Option]:
    """Those with most cases first; equal ones by their value, so that pages look the same each time."""
    return sorted(options, key=lambda option: (-option.count, option.value))


def folded(options: list[Option], *, title: str = "", is_open: bool = True) -> Options:
    """The first ones, the chosen and the opened; one alone is not worth folding away."""
    cut = SHOWN if len(options) > SHOWN + 1 else len(options)
    stays = [place < cut or option.is_chosen or bool(option.parts) for place, option in enumerate(options)]
    shown, more = (tuple(itertools.compress(options, chosen)) for chosen in (stays, [not stay for stay in stays]))
    return Options(shown, more, title, is_open)


def _chosen_regions(selection: Selection) -> list[Region]:
    rows = Region.objects.select_related("parent__parent").filter(pk__in=selection.region)
    return list(rows) if selection.region else []
