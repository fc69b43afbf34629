"""The four kinds of term under which cases are filed: region, department, theme and tag.

They differ in their model, in which cases are theirs, and in which terms stand beside them;
all of that is here, so that one view serves them all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from cases.models.published import Alias, PublishedCase, PublishedCaseQuerySet, Tag, TaggedCase, tag_slug
from cases.models.vocabulary import Department, Region, RegionLevel, Theme
from cases.search.hits import Counts, Hits
from cases.search.remembering import remembered
from cases.search.selection import Selection

Term = Region | Department | Theme | Tag
NEIGHBOURS = 24


@dataclass(frozen=True, slots=True)
class Entry:
    """A term and how many published cases are filed under it."""

    term: Any
    count: int


@dataclass(frozen=True, slots=True)
class Group:
    """Terms under one heading; the heading may be a term itself, with a count."""

    title: str
    entries: tuple[Entry, ...]
    heading: Entry | None = None


def find_term(kind: str, key: str) -> Term | None:
    """The term of an address; None for a key that is not in the vocabulary."""
    if "\0" in key:
        return None  # PostgreSQL cannot even be asked
    rows: QuerySet[Any]
    if kind == "region":
        rows = Region.objects.select_related("parent__parent").filter(pk=key)
    elif kind == "department":
        rows = Department.objects.filter(pk=key)
    elif kind == "theme":
        rows = Theme.objects.filter(pk=key)
    else:
        rows = Tag.objects.filter(slug=key)
    return rows.first()


def renamed_term(kind: str, key: str) -> Term | None:
    """The tag or theme that a term without cases goes by now; None unless there are cases to be found there.

    A rename is known before the cases are published anew under it: till then there is nothing to lead to.
    """
    renames = Alias.objects.renames(kind) if kind in ("tag", "theme") else {}
    if kind == "tag":
        renames = {tag_slug(old): tag_slug(new) for old, new in renames.items()}
    term = find_term(kind, renames[key]) if key in renames else None
    return term if term and cases_of(term).exists() else None


def cases_of(term: Term) -> PublishedCaseQuerySet:
    """The published cases filed under a term; a region's are those of all it holds."""
    if isinstance(term, Region):
        return PublishedCase.objects.in_region(term)
    if isinstance(term, Tag):
        return PublishedCase.objects.filter(tags=term)
    return PublishedCase.objects.filter(**{"department" if isinstance(term, Department) else "themes": term})


def newest_of(term: Term) -> Any:
    """The cases of a term for its list, newest first: rows, or hits that are cut alike.

    A place and a department have an index in this order; those of a theme or tag would all be read and sorted.
    """
    if isinstance(term, Region | Department):
        return cases_of(term).newest_first().for_cards()
    return Hits(selection_of(term))


def selection_of(term: Term) -> Selection:
    """The cases of the page of a term."""
    return Selection().adding(term.KIND, _key(term))


def _key(term: Any) -> str:
    """By which it is a value of its facet; those of tags are dealt out anew by a rebuild, their slugs stay."""
    return term.slug if isinstance(term, Tag) else term.pk


# Counts


@remembered()
def _tags_most_used(limit: int) -> dict[str, int]:
    rows = TaggedCase.objects.order_by().values_list("tag__slug").annotate(cases=Count("pk"))
    return dict(rows.order_by("-cases", "tag__slug")[:limit])


def by_year(counted: Counts) -> list[tuple[int, int]]:
    """(year, cases) for every year from the earliest to the latest."""
    years = {int(year): cases for year, cases in counted.get("year", {}).items()}
    return [(year, years.get(year, 0)) for year in range(min(years), max(years) + 1)] if years else []


def neighbours(term: Term, counted: Counts) -> Group | None:
    """The terms a reader of this one goes to next, at most NEIGHBOURS; None if there are none. One query."""
    rows: QuerySet[Any]
    if isinstance(term, Region):
        title, rows, found = _regions_beside(term, counted)
    elif isinstance(term, Department):
        title, rows, found = _("这个部门的主题"), Theme.objects.all(), counted["theme"]
    elif isinstance(term, Theme):
        title, rows, found = _("做得最多的部门"), Department.objects.all(), counted["department"]
    else:
        title, rows, found = _("常一起出现的标签"), Tag.objects.exclude(pk=term.pk).order_by("name"), counted["tag"]
    entries = _entries(rows, found)[:NEIGHBOURS]
    return Group(title, entries) if entries else None


def _regions_beside(region: Region, counted: Counts) -> tuple[str, QuerySet[Any], dict[str, int]]:
    """A province leads down to its cities, any other place to its sisters."""
    if region.level == RegionLevel.PROVINCE:
        return _("所辖城市"), Region.objects.filter(parent=region), counted["region"]
    title = _("同省城市") if region.level == RegionLevel.PREFECTURE else _("邻近区县")
    sisters = Region.objects.filter(parent_id=region.parent_id).exclude(pk=region.pk)
    return title, sisters, Hits(Selection().adding("region", str(region.parent_id))).counts()["region"]


def _entries(rows: QuerySet[Any], found: dict[str, int]) -> tuple[Entry, ...]:
    """The terms with cases, those with most first, equal ones in the order of the vocabulary. One query."""
    by = "slug" if rows.model is Tag else "pk"
    terms = rows.filter(**{f"{by}__in": list(found)})
    return tuple(sorted((Entry(term, found[_key(term)]) for term in terms), key=lambda entry: -entry.count))


# Indexes


def department_groups() -> list[Group]:
    """Every department with cases, those with most first."""
    return [Group("", _entries(Department.objects.all(), Hits(Selection()).counts()["department"]))]


def theme_groups() -> list[Group]:
    """The themes in use by their scheme; those without cases are there too, a scheme is shown whole."""
    found = Hits(Selection()).counts()["theme"]
    rows = Theme.objects.filter(Q(is_retired=False) | Q(pk__in=list(found)))
    entries = [Entry(theme, found.get(theme.pk, 0)) for theme in rows]
    schemes = dict.fromkeys(entry.term.get_scheme_display() for entry in entries)
    return [
        Group(scheme, tuple(entry for entry in entries if entry.term.get_scheme_display() == scheme))
        for scheme in schemes
    ]


def tag_groups(limit: int = 500) -> list[Group]:
    """The tags in use, the most used first."""
    return [Group("", _entries(Tag.objects.order_by("name"), _tags_most_used(limit)))]
