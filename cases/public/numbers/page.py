"""The numbers page: every published metric as a table, and the same as a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.content import MetricContent
from cases.models.published import PublishedCase, PublishedMetric
from cases.presenting.change import Change, change_of
from cases.presenting.marking import Piece
from cases.presenting.metrics import ShownMetric, show_metric
from cases.presenting.quoting import mark_number
from cases.presenting.scales import Bars, Measure, bars, measure_of, scales
from cases.public.addresses import ListFiles
from cases.public.data.feeds import feed
from cases.public.data.lists import entity_tag, unless_known
from cases.public.data.page import dataset_data
from cases.public.numbers.file import cut_sentence, evidence_path, metrics_to_show, number_records, number_rows
from cases.public.numbers.filters import filters
from cases.public.numbers.query import BY_NUMBER, MOST_CASES, MOST_ROWS, NumberQuery, read_number_query
from cases.public.numbers.summary import Summary, summaries, units_in_use
from cases.public.paging import ListPage, page_or_404
from cases.public.views import public_page
from cases.search.selection import BadParameter

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class NumberRow:
    """One metric of the table; `opens` is True where sorting by number comes to another unit or kind."""

    metric: PublishedMetric
    shown: ShownMetric
    change: Change | None
    quote: list[Piece]
    bars: Bars | None
    url: str  # of its words in the case
    opens: bool


@dataclass(frozen=True, slots=True)
class ShownSummary:
    """A summary in readable numbers."""

    summary: Summary
    kind: str
    median: ShownMetric
    smallest: ShownMetric
    smallest_url: str
    largest: ShownMetric
    largest_url: str


@dataclass(frozen=True, slots=True)
class Header:
    """The head of a sortable column: its link and what screen readers say of the order."""

    name: str
    url: str
    aria_sort: str  # ascending, descending or none


View = Callable[..., HttpResponseBase]


def _answering_bad_parameters(view: View) -> View:
    """A parameter that cannot be read is answered with its sentence and an empty form (400)."""

    @wraps(view)
    def answer(request: HttpRequest, **values: str) -> HttpResponseBase:
        try:
            return view(request, **values)
        except BadParameter as mistake:
            context = {"section": "numbers", "mistake": str(mistake), "query": NumberQuery()}
            return render(request, "cases/numbers.html", context, status=400)

    return answer


@public_page
@_answering_bad_parameters
def numbers(request: HttpRequest) -> HttpResponse:
    """Published metrics, filtered and sorted as the address says, 50 a page."""
    query = read_number_query(request.GET)
    path = reverse("numbers")
    count = query.count
    page = page_or_404(
        query.ordered().values_list("pk", flat=True),
        _page_number(request),
        lambda number: query.address(path) if number == 1 else query.address(path, page=number),
        count=min(count, MOST_ROWS),
        per_page=PER_PAGE,
    )
    summed = summaries(query) if page.count else []
    context = {
        "section": "numbers",
        "query": query,
        "page": page,
        "count": count,
        "rows": _rows(page, query, summed),
        "filters": filters(query, path),
        "headers": _headers(query, path),
        "units": [(unit, query.with_(unit=unit).address(path)) for unit in units_in_use(query)],
        "summaries": [_shown(summary, query.unit) for summary in summed],
        "files": _files(query),
        "linked_data": dataset_data(request, [query.address(reverse("numbers_file"))]),
        "is_cut": cut_sentence() if count > MOST_ROWS else "",
        "most_cases": MOST_CASES if query.found and query.found.is_cut else 0,
        "is_by_number": query.order in BY_NUMBER,
        "includes_demo": PublishedCase.objects.includes_demo(),
    }
    return render(request, "cases/numbers.html", context)


@public_page
@_answering_bad_parameters
def numbers_file(request: HttpRequest, media: str) -> HttpResponseBase:
    """What the page of the same parameters shows, all of its pages, as CSV or JSON ("text/csv", …)."""
    query = read_number_query(request.GET)
    return unless_known(request, entity_tag(query.cases, named=True), lambda: _streamed(request, query, media))


def _streamed(request: HttpRequest, query: NumberQuery, media: str) -> HttpResponseBase:
    if media == "text/csv":
        pieces = number_rows(query, request.build_absolute_uri)
    else:
        pieces = number_records(query, request.build_absolute_uri("/").rstrip("/"))
    file = "numbers.csv" if media == "text/csv" else "numbers.json"
    headers = {"X-Total-Count": str(query.count), "Content-Disposition": f'attachment; filename="{file}"'}
    return StreamingHttpResponse(pieces, content_type=f"{media}; charset=utf-8", headers=headers)


@public_page
@_answering_bad_parameters
def numbers_feed(request: HttpRequest) -> HttpResponseBase:
    """The cases last released that have one of the metrics: a metric has no moment of its own."""
    query = read_number_query(request.GET)
    cases = query if query.needs_metrics or query.selection.text or query.order in BY_NUMBER else query.cases
    tag = entity_tag(query.cases, named=True)
    return unless_known(request, tag, lambda: feed(request, cases, _title(query), _files(query)))


def _title(query: NumberQuery) -> str:
    chips = filters(query, reverse("numbers")).chips
    return " · ".join([gettext("数字"), *(chip.text for chip in chips)])


def _files(query: NumberQuery) -> ListFiles:
    return ListFiles(*(query.address(reverse(name)) for name in ("numbers_feed", "numbers_file", "numbers_json")))


def _page_number(request: HttpRequest) -> int:
    number = request.GET.get("page", "1")
    if not (number.isascii() and number.isdecimal() and len(number) < 7):
        raise Http404
    return int(number)


def content_of(metric: PublishedMetric) -> MetricContent:
    """A row as the shape that is presented."""
    return MetricContent(**{field.name: getattr(metric, field.name) for field in fields(MetricContent)})


def _rows(page: ListPage, query: NumberQuery, summed: list[Summary]) -> list[NumberRow]:
    """The rows of a page. Bars share the scale of the whole selection if one unit is chosen, else that of the page."""
    found = metrics_to_show().in_bulk(page.items)
    metrics = [found[pk] for pk in page.items if pk in found]
    contents = [content_of(metric) for metric in metrics]
    scale = _scale_of(query, summed) or scales(contents)
    rows, before = [], None
    for metric, content in zip(metrics, contents, strict=True):
        opens = query.order in BY_NUMBER and measure_of(content) != before
        before = measure_of(content)
        parts = (show_metric(content), change_of(content), mark_number(content), bars(content, scale))
        rows.append(NumberRow(metric, *parts, evidence_path(metric), opens))
    return rows


def _scale_of(query: NumberQuery, summed: list[Summary]) -> dict[Measure, Any]:
    return {(query.unit, item.kind): item.scale for item in summed if item.scale > 0}


def _shown(summary: Summary, unit: str) -> ShownSummary:
    smallest, largest = content_of(summary.smallest), content_of(summary.largest)
    return ShownSummary(
        summary=summary,
        kind=summary.smallest.get_kind_display() if summary.kind else "",
        median=show_metric(MetricContent(value=summary.median, unit=unit)),
        smallest=show_metric(smallest),
        smallest_url=evidence_path(summary.smallest),
        largest=show_metric(largest),
        largest_url=evidence_path(summary.largest),
    )


# (order, name, direction of the first click)
_COLUMNS = (
    ("value", _("数值"), "-"),
    ("change", _("变化"), ""),
    ("ratio", _("变化率"), ""),
    ("city", _("城市"), ""),
    ("date", _("日期"), "-"),
)


def _headers(query: NumberQuery, path: str) -> dict[str, Header]:
    """The heads of the sortable columns. A second click turns the order round."""
    headers = {}
    for order, name, first in _COLUMNS:
        is_current = query.order == order
        turned = order if query.sort.startswith("-") else f"-{order}"
        said = "descending" if query.sort.startswith("-") else "ascending"
        url = query.with_(sort=turned if is_current else first + order).address(path)
        headers[order] = Header(str(name), url, said if is_current else "none")
    return headers
