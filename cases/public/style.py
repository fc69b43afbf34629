"""The living style page: every part of a page in its states, with the newest case as sample. With DEBUG alone."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases.content import CaseContent, MetricContent, PictureContent
from cases.models.published import PublishedCase, Tag
from cases.models.vocabulary import Theme
from cases.presenting.article import Passage, lay_out
from cases.presenting.charts import bars, steps
from cases.presenting.metrics import show_metric
from cases.public import places
from cases.public.case_page import case_context
from cases.public.new_numbers import new_numbers
from cases.public.paging import page_or_404
from cases.public.terms import Entry

COLOURS = (
    *("paper", "surface", "ink", "quiet", "rule", "edge", "main", "main-deep", "on-main", "main-soft", "bar-before"),
    *("evidence", "evidence-rule", "warning", "warning-soft", "tile-0", "tile-1", "tile-2", "tile-3", "tile-4"),
)
SIZES = ("display", "heading-1", "heading-2", "heading-3", "text-large", "text", "text-small", "text-tiny")
SPACES = (1, 2, 3, 4, 5, 6, 8, 10, 12, 16)
LONGEST_TITLE = 200


@require_safe
def style_page(request: HttpRequest) -> HttpResponse:
    """Every partial with samples of the newest case that has most to show; 404 without DEBUG."""
    if not settings.DEBUG:
        raise Http404
    context: dict[str, Any] = {"section": "about", "colours": COLOURS, "sizes": SIZES, "spaces": SPACES}
    rows = PublishedCase.objects.select_related("region", "province", "prefecture", "county", "department")
    case = rows.prefetch_related("themes").newest_first().first()
    return render(request, "cases/style.html", context | (_samples(case) if case else {}))


def _samples(case: PublishedCase) -> dict[str, Any]:
    content = case.content
    tags = list(Tag.objects.filter(published_cases=case))
    counted = places.provinces(places.spread())
    return {
        **case_context(case, content, themes=case.themes.all(), tags=tags),
        "section": "about",
        "cases": PublishedCase.objects.newest_first().for_cards()[:3],
        "odd_cases": _odd_cases(case),
        "metrics": [show_metric(metric) for metric in _metrics(content)],
        "passages": _passages(content, 9, 60),
        "lost": PictureContent(file="0" * 64 + ".png", alt=content.title, caption=content.title),
        "gallery": list(content.pictures[:1]) * 12,
        "new": new_numbers(3),
        "entries": [Entry(theme, count) for count, theme in enumerate(Theme.objects.all()[:8])],
        "years": [(2021, 3), (2022, 0), (2023, 12), (2024, 7)],
        "bars": bars([("2021", 3), ("2022", 0), ("2023", 12), ("2024", 7)]),
        "steps": steps(40),
        "tiles": places.tile_map(counted),
        "page": page_or_404(range(400), 9, lambda number: f"?page={number}"),
    }


def _odd_cases(case: PublishedCase) -> list[PublishedCase]:
    """The case with a title of 200 characters, with one of one, and without number and cover."""
    changes: tuple[dict[str, Any], ...] = (
        {"title": (case.title * LONGEST_TITLE)[:LONGEST_TITLE]},
        {"title": case.title[:1], "highlights": []},
    )
    odd = [PublishedCase.objects.for_cards().get(pk=case.pk) for _ in changes]
    for one, change in zip(odd, changes, strict=True):
        for name, value in {**change, "cover": ""}.items():
            setattr(one, name, value)
    return odd


def _metrics(content: CaseContent) -> list[MetricContent]:
    """One metric in every form: words alone, amounts, changes up and down, kinds of percentages."""
    label = content.title[:8]
    plain = MetricContent(label=label, unit="km", value=Decimal(44))
    changed = dataclasses.replace(plain, from_value=Decimal(7), value=Decimal(2))
    share = dataclasses.replace(plain, unit="%", value=Decimal("98.3"))
    kinds = ("share", "growth", "reduction", "completion", "satisfaction")
    return [
        dataclasses.replace(plain, value=None),
        *(plain, dataclasses.replace(plain, value=Decimal(1_234_567_890))),
        *(changed, dataclasses.replace(changed, from_value=Decimal(2), value=Decimal(7))),
        *(dataclasses.replace(share, kind=kind) for kind in kinds),
        dataclasses.replace(changed, label=content.title * 2, period=content.title[:4], qualifier="over"),
    ]


def _passages(content: CaseContent, *counts: int) -> tuple[Passage, ...]:
    """The first initiative once for each count, with so many metrics."""
    metrics = content.all_metrics()
    if not content.initiatives or not metrics:
        return ()
    parts = (dataclasses.replace(content.initiatives[0], metrics=(metrics * count)[:count]) for count in counts)
    return lay_out(dataclasses.replace(content, metrics=(), initiatives=tuple(parts))).initiatives
