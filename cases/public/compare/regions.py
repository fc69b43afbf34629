"""Two to four places side by side, under a theme or under all of them.

A large place has thousands of cases. Its numbers come from its newest CASES_FOR_METRICS cases, its initiatives
from the newest CASES_FOR_INITIATIVES: enough for a table, and the same work however many there are.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Max, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cases.models.published import PublishedCase, PublishedMetric, Tag, TaggedCase
from cases.models.vocabulary import Region
from cases.presenting.comparing import documentation, without_likes
from cases.public.compare.cases import initiatives_of
from cases.public.compare.choice import Chosen
from cases.public.compare.table import (
    Column,
    Number,
    Section,
    Step,
    Word,
    fact_row,
    facts_section,
    initiatives_section,
    metrics_section,
    sharing,
)
from cases.public.numbers.page import content_of, evidence_path
from cases.search.hits import Hits
from cases.search.selection import Selection

CASES_FOR_METRICS = 50
CASES_FOR_INITIATIVES = 12
MOST_TAGS = 10


def compare_regions(chosen: Chosen) -> tuple[list[Column], list[Section]]:
    """Heads and sections; eight queries a place."""
    places = [Place(region, chosen.choice.theme) for region in chosen.regions]
    columns = [
        Column(str(region), region.get_absolute_url(), chosen.choice.without_region(region.pk).address())
        for region in chosen.regions
    ]
    sections = [
        _facts(places),
        metrics_section([place.numbers() for place in places]),
        initiatives_section([place.initiatives() for place in places]),
    ]
    return columns, [section for section in sections if section.rows]


class Place:
    """A division with its cases under a theme."""

    def __init__(self, region: Region, theme: str) -> None:
        self.selection = Selection(region=(region.pk,), theme=(theme,) if theme else ())
        hits = Hits(self.selection)
        self.keys = hits.in_hand
        self.cases = PublishedCase.objects.filter(pk__in=self.keys)
        self.newest = self.keys[:CASES_FOR_METRICS] if isinstance(self.keys, list) else hits.keys(0, CASES_FOR_METRICS)

    def figures(self) -> dict[str, Any]:
        return self.cases.aggregate(cases=Count("pk"), metrics=Sum("metric_count"), newest=Max("listed_on"))

    def tags(self) -> list[tuple[Tag, int]]:
        """The tags of most of its cases."""
        filed = TaggedCase.objects.filter(content_object__in=self.keys)
        counts = dict(filed.values_list("tag").annotate(count=Count("pk")).order_by("-count", "tag__slug")[:MOST_TAGS])
        tags = Tag.objects.in_bulk(counts)
        return [(tags[key], count) for key, count in counts.items()]

    def numbers(self) -> list[Number]:
        """One number for each thing measured: the best documented, of equals the newest."""
        rows = PublishedMetric.objects.filter(case__in=self.newest, value__isnull=False).order_by(
            "-case__listed_on", "-case_id", "order"
        )
        rows = rows.select_related("case").defer("case__body")
        numbers = [Number(content_of(row), evidence_path(row), row.case.title) for row in rows]
        numbers.sort(key=lambda number: -documentation(number.metric))  # stable
        return without_likes(numbers, lambda number: number.metric)

    def initiatives(self) -> list[Step]:
        newest = PublishedCase.objects.filter(pk__in=self.newest[:CASES_FOR_INITIATIVES]).newest_first()
        return [step for case in newest for step in initiatives_of(case, case.content, case.title)]


def _facts(places: list[Place]) -> Section:
    figures = [place.figures() for place in places]
    tags = [[Word(tag.name, tag.get_absolute_url()) for tag, _count in place.tags()] for place in places]
    cases = [_number(figure["cases"], place) for figure, place in zip(figures, places, strict=True)]
    metrics = [[Word(f"{figure['metrics']:,}")] if figure["metrics"] else [] for figure in figures]
    newest = [[Word(figure["newest"].isoformat())] if figure["newest"] else [] for figure in figures]
    rows = [fact_row(pgettext("several", "案例"), cases), fact_row(_("指标"), metrics), fact_row(_("最近一例"), newest)]
    return facts_section([*rows, fact_row(_("用得最多的标签"), sharing(tags))])


def _number(count: int, place: Place) -> list[Word]:
    return [Word(f"{count:,}", place.selection.address(reverse("search")) if count else "")]
