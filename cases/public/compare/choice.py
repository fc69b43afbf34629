"""What an address asks to compare: two to four cases, or two to four places under a theme."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.models.published import PublishedCase, WithdrawnCase
from cases.models.vocabulary import Region, Theme
from cases.search.selection import read_selection

FEWEST, MOST = 2, 4  # columns
LARGEST_KEY = 2**63 - 1
MOST_READ = 20  # values of `case` that are looked at
LONGEST_NAME = 40  # characters of an unknown value that a sentence repeats


@dataclass(frozen=True, slots=True)
class Choice:
    """Keys of cases, or codes of places, each once and in the order given; `theme` narrows places only."""

    cases: tuple[int, ...] = ()
    regions: tuple[str, ...] = ()
    theme: str = ""
    text: str = ""  # words to look for more cases by

    def address(self) -> str:
        pairs: list[tuple[str, Any]] = [("case", key) for key in self.cases]
        pairs += [("region", code) for code in self.regions]
        pairs += [("theme", self.theme)] if self.theme else []
        return f"{reverse('compare')}?{urlencode(pairs)}" if pairs else reverse("compare")

    def with_case(self, key: int) -> Choice:
        return dataclasses.replace(self, cases=(*self.cases, key), regions=(), text="")

    def without_case(self, key: int) -> Choice:
        return dataclasses.replace(self, cases=tuple(one for one in self.cases if one != key))

    def with_region(self, code: str) -> Choice:
        return dataclasses.replace(self, cases=(), regions=(*self.regions, code), text="")

    def without_region(self, code: str) -> Choice:
        return dataclasses.replace(self, regions=tuple(one for one in self.regions if one != code))


@dataclass(frozen=True, slots=True)
class Chosen:
    """A choice that holds nothing unknown, its rows in order, and sentences about what was left out."""

    choice: Choice
    cases: tuple[PublishedCase, ...]
    regions: tuple[Region, ...]
    theme: Theme | None
    notes: tuple[str, ...]


def read_choice(parameters: QueryDict) -> Chosen:
    """What an address asks to compare. Raises BadParameter for what is no code, slug or search.

    Three queries at most: cases or places, those withdrawn among the missing, the theme.
    """
    selection = read_selection(parameters)
    listed = ",".join(parameters.getlist("cases")).split(",")  # as the address of a reading list has them
    given = list(dict.fromkeys(value for value in (*parameters.getlist("case"), *listed) if value))[:MOST_READ]
    notes: list[str] = []
    cases = _cases(given, notes)
    regions = _regions(selection.region, notes) if not cases else []
    if cases and selection.region:
        notes.append(_("案例和城市不能放在一张表里，这里只对比案例。"))
    theme = _theme(selection.theme[:1], notes) if not cases else None
    for rows in (cases, regions):
        if len(rows) > MOST:
            notes.append(_("一次最多对比 %(most)d 个，这里是前 %(most)d 个。") % {"most": MOST})
            del rows[MOST:]
    choice = Choice(
        cases=tuple(case.pk for case in cases),
        regions=tuple(region.pk for region in regions),
        theme=theme.pk if theme else "",
        text=selection.text,
    )
    return Chosen(choice, tuple(cases), tuple(regions), theme, tuple(notes))


def _cases(given: list[str], notes: list[str]) -> list[PublishedCase]:
    keys = {value: int(value) for value in given if _is_key(value)}
    rows = PublishedCase.objects.select_related("region", "department").prefetch_related("themes", "tags")  # type: ignore[misc]  # the stubs do not know taggit
    found: dict[int, PublishedCase] = rows.in_bulk(list(keys.values())) if keys else {}
    missing = [key for key in keys.values() if key not in found]
    withdrawn = set(WithdrawnCase.objects.filter(pk__in=missing).values_list("pk", flat=True)) if missing else set()
    if withdrawn:
        notes.append(_("已撤下，不再对比：案例 %(keys)s。") % {"keys": _listed(map(str, sorted(withdrawn)))})
    unknown = [value for value in given if value not in keys or keys[value] not in {*found, *withdrawn}]
    if unknown:
        notes.append(_("没有这样的案例：%(keys)s。") % {"keys": _listed(unknown)})
    return [found[key] for key in dict.fromkeys(keys.values()) if key in found]


def _is_key(value: str) -> bool:
    return value.isascii() and value.isdecimal() and len(value) < 20 and 0 < int(value) <= LARGEST_KEY


def _regions(codes: tuple[str, ...], notes: list[str]) -> list[Region]:
    found = Region.objects.in_bulk(codes) if codes else {}
    if unknown := [code for code in codes if code not in found]:
        notes.append(_("没有这样的城市：%(codes)s。") % {"codes": _listed(unknown)})
    return [found[code] for code in codes if code in found]


def _theme(slugs: tuple[str, ...], notes: list[str]) -> Theme | None:
    theme = Theme.objects.filter(pk__in=slugs).first() if slugs else None
    if slugs and theme is None:
        notes.append(_("没有这样的主题：%(slug)s。") % {"slug": _listed(slugs)})
    return theme


def _listed(values: Any) -> str:
    return _("、").join(value if len(value) <= LONGEST_NAME else f"{value[:LONGEST_NAME]}…" for value in values)
