"""浏览统计: how often the cases a person sees were read, over a time; as a list and as a file."""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import IntegerField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.admin.person import person
from cases.exporting.tables import MARK, cell_text, csv_line
from cases.models import Case, DailyViews, PublishedCase
from cases.models.people import scope_of

A_PAGE = 50
PERIODS = {"7": _("最近 7 天"), "30": _("最近 30 天"), "365": _("最近一年"), "all": _("全部")}
SORTS = {"views": ("views", "case"), "title": ("title", "case"), "released": ("first_released_at", "case")}


def viewed_view(request: HttpRequest) -> HttpResponseBase:
    """The list; with `?csv` all of it as a file."""
    if not request.user.has_perm("cases.view_case"):
        raise PermissionDenied
    period = request.GET.get("period", "")
    period = period if period in PERIODS else "30"
    sort = request.GET.get("sort", "")
    sort = sort if sort.removeprefix("-") in SORTS else "-views"
    cases = viewed_cases(request, period).order_by(*_order(sort))
    if "csv" in request.GET:
        return _file(cases, period)
    context = {
        **admin.site.each_context(request),
        "title": gettext("浏览统计"),
        "page": Paginator(cases, A_PAGE).get_page(request.GET.get("page")),
        "total": cases.aggregate(total=Sum("views"))["total"] or 0,
        "periods": [(key, name, key == period) for key, name in PERIODS.items()],
        "period": period,
        "sort": sort,
        "columns": [_column(key, name, sort) for key, name in _names().items()],
        "query": f"period={period}&sort={sort}&",
        "way": settings.VIEWS,
    }
    return render(request, "admin/cases/viewed/list.html", context)


def viewed_cases(request: HttpRequest, period: str) -> QuerySet[Any]:
    """Public cases a person sees with their `views` over the period, today included."""
    counted = DailyViews.objects.filter(case=OuterRef("pk"))
    if period != "all":
        counted = counted.filter(day__gt=timezone.localdate() - datetime.timedelta(days=int(period)))
    total = counted.order_by().values("case").annotate(total=Sum("views")).values("total")
    views = Coalesce(Subquery(total, output_field=IntegerField()), 0)
    cases = PublishedCase.objects.annotate(views=views).only("title", "first_released_at")
    if scope_of(person(request)) is None:
        return cases
    return cases.filter(case__in=Case.objects.visible_to(person(request)).values("pk"))


def _order(sort: str) -> list[str]:
    first, last = SORTS[sort.removeprefix("-")]
    return [f"-{first}" if sort.startswith("-") else first, last]


def _names() -> dict[str, str]:
    return {"title": gettext("案例"), "released": gettext("本站发布时间"), "views": gettext("浏览")}


def _column(key: str, name: str, sort: str) -> dict[str, str]:
    """A heading with what a click on it sorts by: the other way round where it is sorted by that now."""
    now = "descending" if sort == f"-{key}" else "ascending" if sort == key else ""
    first = key if key == "title" else f"-{key}"
    return {"name": name, "now": now, "sort": first if sort != first else key if first != key else f"-{key}"}


def _file(cases: QuerySet[Any], period: str) -> StreamingHttpResponse:
    name = f"{gettext('浏览统计')}-{PERIODS[period]}-{timezone.localdate()}.csv"
    headers = {"Content-Disposition": content_disposition_header(True, name) or ""}

    def lines() -> Any:
        yield MARK + csv_line([gettext("编号"), *_names().values()])
        for case in cases.iterator(chunk_size=1000):
            cells = (case.pk, case.title, f"{timezone.localtime(case.first_released_at):%Y-%m-%d %H:%M}", case.views)
            yield csv_line(map(cell_text, cells))

    return StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8", headers=headers)
