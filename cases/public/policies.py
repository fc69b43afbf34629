"""The documents that cases rest on: an index, and a page for each with its cases."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Min
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.models.published import CitedPolicy, PublishedCase
from cases.presenting.marking import Piece, best_passage
from cases.public.addresses import MOST, ListFiles, policy_files
from cases.public.data.tables import csv_answer, json_answer
from cases.public.paging import page_or_404, path_of_page
from cases.public.views import public_page
from cases.search.entry import searchable

MOST_AKIN = 12
NAMED = 500  # documents whose names are asked for at once


@dataclass(frozen=True, slots=True)
class PolicyEntry:
    """A document with how many cases and cities rest on it."""

    key: str
    name: str
    cases: int
    cities: int

    def get_absolute_url(self) -> str:
        return reverse("policy", args=[self.key])


@dataclass(frozen=True, slots=True)
class CitingCase:
    case: PublishedCase
    passage: list[Piece]  # the sentence that names the document; empty if the text does not


class CitingCases:
    """The cases that rest on a document, by their keys, newest first."""

    def __init__(self, key: str) -> None:
        self.rows = CitedPolicy.objects.filter(key=key).order_by("-listed_on", "-case_id")

    def count(self) -> int:
        return self.rows.count()

    def keys(self, start: int, stop: int) -> list[int]:
        return list(self.rows.values_list("case_id", flat=True)[start:stop])

    def matching(self) -> Any:
        return self.rows.order_by().values("case_id")


def policy_name(key: str) -> str | None:
    """The name of a document as the oldest of its cases writes it; None if no case rests on it."""
    if "\0" in key:
        return None  # PostgreSQL cannot even be asked
    return CitedPolicy.objects.filter(key=key).order_by("case").values_list("name", flat=True).first()


@public_page
def policy_index(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """Every document named by a case, those of most cases first, then of most cities."""
    if number == 1:
        return redirect("policies", permanent=True)
    count = CitedPolicy.objects.order_by().values("key").distinct().count()
    page = page_or_404(_most_cited(), number, path_of_page(reverse("policies")), count=count)
    context = {"section": "policies", "page": page, "entries": _entries(page)}
    context["includes_demo"] = PublishedCase.objects.includes_demo()
    context["files"] = ListFiles(csv=reverse("policies-csv"), json=reverse("policies-json"))
    return render(request, "cases/policy_index.html", context)


@public_page
def policies_file(request: HttpRequest, is_csv: bool) -> HttpResponse:
    """The first MOST documents of the index as CSV or JSON, each with its address."""
    site = request.build_absolute_uri("/").rstrip("/")
    rows = list(_most_cited()[:MOST])
    entries = [entry for start in range(0, len(rows), NAMED) for entry in _entries(rows[start : start + NAMED])]
    addresses = [site + entry.get_absolute_url() for entry in entries]
    if not is_csv:
        both = zip(entries, addresses, strict=True)
        return json_answer({**dataclasses.asdict(entry), "address": address} for entry, address in both)
    titles = (_("文件"), _("案例数"), _("城市数"), _("地址"))
    cells = ((one.name, one.cases, one.cities, address) for one, address in zip(entries, addresses, strict=True))
    return csv_answer("policies.csv", titles, cells)


def _most_cited() -> Any:
    """The documents by their keys, those of most cases first, then of most cities."""
    keys = CitedPolicy.objects.order_by().values("key").annotate(cases=Count("pk"), cities=Count("city", distinct=True))
    return keys.order_by("-cases", "-cities", "key")


def _entries(rows: Iterable[dict[str, Any]]) -> list[PolicyEntry]:
    counted = list(rows)
    names = _names([row["key"] for row in counted])
    return [PolicyEntry(row["key"], names[row["key"]], row["cases"], row["cities"]) for row in counted]


def _names(keys: list[str]) -> dict[str, str]:
    """Key of a document → its name as the oldest of its cases (smallest key) writes it; two queries."""
    rows = CitedPolicy.objects.filter(key__in=keys).order_by().values("key").annotate(oldest=Min("case"))
    oldest = {row["oldest"] for row in rows}
    found = CitedPolicy.objects.filter(case__in=oldest, key__in=keys).order_by("-case")
    return dict(found.values_list("key", "name"))  # the oldest comes last and stays


@public_page
def policy(request: HttpRequest, key: str, number: int | None = None) -> HttpResponse:
    """The cases that rest on a document, newest first, each with the sentence that names it."""
    if "\0" in key:
        raise Http404  # PostgreSQL cannot even be asked
    cited = CitedPolicy.objects.filter(key=key)
    counts = cited.order_by().aggregate(cases=Count("pk"), cities=Count("city", distinct=True))
    oldest = cited.order_by("case").first()
    if oldest is None:
        raise Http404
    if number == 1:
        return redirect("policy", key, permanent=True)
    entry = PolicyEntry(key, oldest.name, counts["cases"], counts["cities"])
    newest = cited.order_by("-listed_on", "-case_id").select_related("case__region", "case__department")
    page = page_or_404(newest, number, path_of_page(entry.get_absolute_url()), count=entry.cases)
    context = {
        "section": "policies",
        "subject": entry.name,
        "policy": entry,
        "page": page,
        "citing": [CitingCase(row.case, best_passage(row.case.content, [searchable(row.name)])) for row in page],
        "akin": _akin(key, oldest.stem),
        "files": policy_files(key),
    }
    return render(request, "cases/policy.html", context)


def _akin(key: str, stem: str) -> list[PolicyEntry]:
    """The documents whose names differ in 试行, year or number only: they may be versions of this one."""
    if not stem:
        return []
    rows = CitedPolicy.objects.filter(stem=stem).exclude(key=key).order_by().values("key")
    found = list(rows.annotate(cases=Count("pk"), cities=Count("city", distinct=True)).order_by("key")[:MOST_AKIN])
    names = _names([row["key"] for row in found]) if found else {}
    return [PolicyEntry(row["key"], names[row["key"]], row["cases"], row["cities"]) for row in found]
