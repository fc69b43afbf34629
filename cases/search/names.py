"""The divisions, departments and themes that a text names, however it is typed: 漯河, luohe, lh, 工信局."""

from __future__ import annotations

import csv
import functools
import pathlib
import re
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, Value, When

from cases.models import Department, PublishedCase, Region, Theme
from cases.search.entry import searchable

LONGEST_NAME = 60  # characters; nothing longer is a name

_PINYIN = pathlib.Path(__file__).parent.parent / "data" / "pinyin.csv"
_HOLDERS = ("province", "prefecture", "county")


@dataclass(frozen=True, slots=True)
class Name:
    """A term that was named."""

    kind: str  # region, department or theme: the facet it is a value of, and the name of its address
    key: str  # its code or slug
    name: str  # 漯河市
    detail: str  # what tells it from its namesakes: 河南省, the alias that was met, the scheme of a theme
    cases: int  # published ones


def find_names(text: str, limit: int, *, whole: bool = False) -> list[Name]:
    """At most `limit` terms that the text names, in full or short, by an alias, in pinyin, by initials or in English.

    With `whole` the text is the name; else names that begin with it are there too, behind. Divisions come
    first, then departments, then themes; those with cases before those without.
    """
    typed = searchable(text)
    if not typed or len(typed) > LONGEST_NAME:
        return []
    found = [*_regions(typed, limit, whole), *_departments(typed, limit, whole), *_themes(typed, limit, whole)]
    found.sort(key=lambda named: (not named[0], not named[1].cases))
    return [name for _is_exact, name in found[:limit]]


Found = tuple[bool, Name]  # whether the text is the name, and the name


def _regions(typed: str, limit: int, whole: bool) -> list[Found]:
    exact = Q(name=typed) | Q(short_name=typed) | Q(name_en__iexact=typed)
    begins = Q(name__startswith=typed)
    if together := re.sub("[^a-z]", "", typed) if typed.isascii() else "":
        exact |= Q(pinyin=together) | Q(initials=together)
        begins = Q(pinyin__startswith=together) | Q(name_en__istartswith=typed)
    holding = (PublishedCase.objects.filter(**{holder: OuterRef("pk")}) for holder in _HOLDERS)
    has_cases = functools.reduce(lambda one, other: one | other, (Q(Exists(cases)) for cases in holding))
    nearness = Case(When(exact, then=Value(0)), default=Value(1), output_field=IntegerField())
    height = Case(*(When(level=level, then=place) for place, level in enumerate(_HOLDERS)), default=3)
    rows = Region.objects.filter(exact if whole else exact | begins).select_related("parent__parent")
    rows = rows.annotate(nearness=nearness, height=height, is_empty=Case(When(has_cases, then=0), default=1))
    return [
        (region.nearness == 0, Name("region", region.pk, str(region), _above(region), _cases_in(region)))
        for region in rows.order_by("nearness", "is_empty", "height", "code")[:limit]
    ]


def _above(region: Region) -> str:
    return " ".join(str(above) for above in region.lineage()[:-1])


def _cases_in(region: Region) -> int:
    return PublishedCase.objects.in_region(region).count()


def _departments(typed: str, limit: int, whole: bool) -> list[Found]:
    met = [
        (is_exact, row, "" if word == row.name else word)
        for row in Department.objects.current()
        if (found := _met((row.name, *row.aliases), row, typed, whole))
        for is_exact, word in [found]
    ]
    cases = _counted("department", [row.pk for _is_exact, row, _word in met])
    return _best([(x, Name("department", row.pk, str(row), word, cases.get(row.pk, 0))) for x, row, word in met], limit)


def _themes(typed: str, limit: int, whole: bool) -> list[Found]:
    met = [(found[0], row) for row in Theme.objects.current() if (found := _met((row.name,), row, typed, whole))]
    cases = _counted("themes", [row.pk for _is_exact, row in met])
    names = [
        (x, Name("theme", row.pk, str(row), str(row.get_scheme_display()), cases.get(row.pk, 0))) for x, row in met
    ]
    return _best(names, limit)


def _met(names: tuple[str, ...], row: Any, typed: str, whole: bool) -> tuple[bool, str] | None:
    """Whether the text is one of the names, and which; None if it is not even the beginning of one."""
    forms = [(form, name) for name in names for form in _forms(name)] + [(row.name_en.lower(), row.name)]
    exact = next((name for form, name in forms if form == typed), None)
    if exact is not None:
        return True, exact
    begun = None if whole else next((name for form, name in forms if form.startswith(typed)), None)
    return None if begun is None else (False, begun)


@functools.lru_cache(maxsize=4096)
def _forms(name: str) -> tuple[str, ...]:
    """The ways a name is typed: as it stands, in pinyin, by initials."""
    return (searchable(name), *_pinyin().get(name, ()))


@functools.cache
def _pinyin() -> dict[str, tuple[str, str]]:
    """Name of a department or theme → its pinyin and initials."""
    with _PINYIN.open(encoding="utf-8", newline="") as file:
        return {row["name"]: (row["pinyin"], row["initials"]) for row in csv.DictReader(file)}


def _counted(field: str, keys: list[str]) -> dict[str, int]:
    if not keys:
        return {}
    rows = PublishedCase.objects.order_by().filter(**{f"{field}__in": keys}).values_list(field)
    return dict(rows.annotate(Count("pk")))


def _best(found: list[Found], limit: int) -> list[Found]:
    return sorted(found, key=lambda named: (not named[0], -named[1].cases))[:limit]
