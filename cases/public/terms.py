"""The four kinds of term under which cases are filed: region, department, theme and tag.

They differ in their model, in which cases are theirs, and in which terms stand beside them;
all of that is here, so that one view serves them all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Func, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext as _

from cases.models.published import Alias, PublishedCase, PublishedCaseQuerySet, Tag, tag_slug
from cases.models.vocabulary import Department, Region, RegionLevel, Theme

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


def cases_by_year(cases: QuerySet[PublishedCase]) -> list[tuple[int, int]]:
    """(year, cases) for every year from the earliest to the latest."""
    years = cases.order_by().annotate(year=ExtractYear("listed_on")).values("year").annotate(count=Count("pk"))
    counts = {row["year"]: row["count"] for row in years}
    return [(year, counts.get(year, 0)) for year in range(min(counts), max(counts) + 1)] if counts else []


def neighbours(term: Term) -> Group | None:
    """The terms a reader of this one goes to next, at most NEIGHBOURS; None if there are none. One query."""
    rows: QuerySet[Any]
    if isinstance(term, Region):
        title, rows = _regions_beside(term)
    elif isinstance(term, Department):
        title = _("这个部门的主题")
        rows = Theme.objects.filter(published_cases__department=term).annotate(count=Count("published_cases"))
    elif isinstance(term, Theme):
        title = _("做得最多的部门")
        rows = Department.objects.filter(published_cases__themes=term).annotate(count=Count("published_cases"))
    else:
        title = _("常一起出现的标签")
        beside = Tag.objects.filter(published_cases__in=PublishedCase.objects.filter(tags=term)).exclude(pk=term.pk)
        rows = beside.annotate(count=Count("published_cases"))
    lasting = "slug" if isinstance(term, Tag) else "pk"  # keys of tags are dealt out anew by a rebuild
    entries = _entries(rows.order_by("-count", lasting)[:NEIGHBOURS])
    return Group(title, entries) if entries else None


def _regions_beside(region: Region) -> tuple[str, QuerySet[Any]]:
    """A province leads down to its cities, any other place to its sisters."""
    if region.level == RegionLevel.PROVINCE:
        title, rows = _("所辖城市"), Region.objects.filter(parent=region)
    else:
        title = _("同省城市") if region.level == RegionLevel.PREFECTURE else _("邻近区县")
        rows = Region.objects.filter(parent_id=region.parent_id).exclude(pk=region.pk)
    here = PublishedCase.objects.filter(Q(prefecture=OuterRef("pk")) | Q(county=OuterRef("pk"))).order_by()
    count = here.annotate(count=Func(F("pk"), function="COUNT")).values("count")
    return title, rows.annotate(count=Subquery(count)).filter(count__gt=0)


def _entries(rows: Iterable[Any]) -> tuple[Entry, ...]:
    return tuple(Entry(row, row.count) for row in rows)


# Indexes


def department_groups() -> list[Group]:
    """Every department with cases, those with most first."""
    rows = Department.objects.annotate(count=Count("published_cases")).filter(count__gt=0)
    return [Group("", _entries(rows.order_by("-count", "order", "slug")))]


def theme_groups() -> list[Group]:
    """The themes in use by their scheme; those without cases are there too, a scheme is shown whole."""
    rows = Theme.objects.annotate(count=Count("published_cases")).filter(Q(is_retired=False) | Q(count__gt=0))
    entries = _entries(rows.order_by("order", "slug"))
    schemes = dict.fromkeys(entry.term.get_scheme_display() for entry in entries)
    return [
        Group(scheme, tuple(entry for entry in entries if entry.term.get_scheme_display() == scheme))
        for scheme in schemes
    ]


def tag_groups(limit: int = 500) -> list[Group]:
    """The tags in use, the most used first."""
    rows = Tag.objects.annotate(count=Count("published_cases")).filter(count__gt=0)
    return [Group("", _entries(rows.order_by("-count", "name")[:limit]))]
