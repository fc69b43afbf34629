"""The form over the table of metrics, and a chip for every condition that can be taken away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from cases.models.published import PublishedMetric, Tag
from cases.models.vocabulary import Department, Region, RegionLevel, Theme
from cases.public.numbers.query import NumberQuery
from cases.search.selection import FACETS


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    text: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """A condition in words and the address without it."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Filters:
    """Selects of the form (the first value of a facet), what they cannot show as hidden pairs, and the chips."""

    regions: list[Option]
    departments: list[Option]
    themes: list[Option]
    kinds: list[Option]
    hidden: list[tuple[str, str]]
    chips: list[Chip]


def filters(query: NumberQuery, path: str) -> Filters:
    """Three queries, one more if there is a tag."""
    selection = query.selection
    in_form = Q(level=RegionLevel.PROVINCE) | Q(pk__in=selection.region)
    regions = {region.pk: str(region) for region in Region.objects.filter(in_form).order_by("pk")}
    departments = _names(Department, "order", "slug")
    themes = {theme.pk: theme for theme in Theme.objects.order_by("order", "slug")}
    tags = dict(Tag.objects.filter(slug__in=selection.tag).values_list("slug", "name")) if selection.tag else {}
    kinds = {value: str(name) for value, name in PublishedMetric.kind.field.flatchoices}
    of_themes = {slug: theme.full_name for slug, theme in themes.items()}
    names = {"region": regions, "department": departments, "theme": of_themes, "tag": tags, "kind": kinds}
    return Filters(
        regions=_options(regions, selection.region[:1]),
        departments=_options(departments, selection.department[:1]),
        themes=_options(of_themes, selection.theme[:1]),
        kinds=_options(kinds, selection.kind[:1]),
        hidden=_hidden(query),
        chips=_chips(query, names, path),
    )


def _names(model: Any, *order: str) -> dict[str, str]:
    return {row.pk: str(row) for row in model.objects.order_by(*order)}


def _options(names: dict[str, str], chosen: Iterable[str]) -> list[Option]:
    return [Option(value, text, value in chosen) for value, text in names.items()]


def _hidden(query: NumberQuery) -> list[tuple[str, str]]:
    """Second and further values of the selects, tags, and the order."""
    pairs = [(facet, value) for facet in FACETS if facet != "tag" for value in getattr(query.selection, facet)[1:]]
    pairs += [("tag", value) for value in query.selection.tag]
    return pairs + [pair for pair in query.parameters if pair[0] == "sort"]


def _chips(query: NumberQuery, names: dict[str, dict[str, str]], path: str) -> list[Chip]:
    chips = []
    for name, value in query.parameters:
        if name in ("sort", "metrics"):
            continue
        chips.append(Chip(_text_of(name, value, names), query.without(name, value).address(path)))
    return chips


def _text_of(name: str, value: str, names: dict[str, dict[str, str]]) -> str:
    if name == "q":
        return _("“%(word)s”") % {"word": value}
    if name == "unit":
        return _("单位：%(unit)s") % {"unit": value}
    if name == "period":
        return _("时段含 %(year)s") % {"year": value}
    if name == "year":
        return _("%(year)s 年的案例") % {"year": value}
    if name == "changed":
        return _("有原值")
    return names.get(name, {}).get(value, value)
