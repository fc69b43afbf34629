"""浏览统计: how often the cases a person sees were read, over a time; as a list and as a file."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Sum
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.admin.person import person
from cases.editing.inspection.reach import public_cases
from cases.exporting.tables import MARK, cell_text, csv_line
from cases.models import CaseViews, DailyViews, User

A_PAGE = 50
PERIODS = {"7": _("最近 7 天"), "30": _("最近 30 天"), "365": _("最近一年"), "all": _("全部")}


@dataclass(frozen=True, slots=True)
class Viewed:
    """A case and how often it was read."""

    pk: int
    title: str
    released: datetime.datetime
    views: int


SORTS: dict[str, Callable[[Viewed], Any]] = {
    "views": lambda case: (case.views, case.pk),
    "title": lambda case: (case.title, case.pk),
    "released": lambda case: (case.released, case.pk),
}


def viewed_view(request: HttpRequest) -> HttpResponseBase:
    """The list; with `?csv` all of it as a file."""
    if not request.user.has_perm("cases.view_case"):
        raise PermissionDenied
    period = request.GET.get("period", "")
    period = period if period in PERIODS else "30"
    sort = request.GET.get("sort", "")
    sort = sort if sort.removeprefix("-") in SORTS else "-views"
    cases = viewed_cases(person(request), period)
    cases.sort(key=SORTS[sort.removeprefix("-")], reverse=sort.startswith("-"))
    if "csv" in request.GET:
        return _file(cases, period)
    context = {
        **admin.site.each_context(request),
        "title": gettext("浏览统计"),
        "page": Paginator(cases, A_PAGE).get_page(request.GET.get("page")),
        "total": sum(case.views for case in cases),
        "periods": [(key, name, key == period) for key, name in PERIODS.items()],
        "period": period,
        "sort": sort,
        "columns": [_column(key, name, sort) for key, name in _names().items()],
        "query": f"period={period}&sort={sort}&",
        "way": settings.VIEWS,
        "until": _counted_until(period),
    }
    return render(request, "admin/cases/viewed/list.html", context)


def viewed_cases(user: User, period: str) -> list[Viewed]:
    """The public cases a person sees with their views over the period, today included; two queries.

    All days together are those of the last night. They are put together here: to sort ten thousand cases by a sum
    of their days, a database adds up the days of each by itself.
    """
    views = (
        _views_since(timezone.localdate() - datetime.timedelta(days=int(period))) if period != "all" else _all_views()
    )
    rows = public_cases(user).order_by().values_list("pk", "title", "first_released_at")
    return [Viewed(pk, title, released, views.get(pk, 0)) for pk, title, released in rows]


def _counted_until(period: str) -> datetime.datetime | None:
    """Up to when views are in the list; None before the first night."""
    return timezone.now() if settings.VIEWS == "counter" and period != "all" else CaseViews.last_counted()


def _views_since(day: datetime.date) -> dict[int, int]:
    rows = DailyViews.objects.filter(day__gt=day).order_by().values_list("case")
    return dict(rows.annotate(total=Sum("views")))


def _all_views() -> dict[int, int]:
    return dict(CaseViews.objects.values_list("case", "views"))


def _names() -> dict[str, str]:
    return {"title": gettext("案例"), "released": gettext("本站发布时间"), "views": gettext("浏览")}


def _column(key: str, name: str, sort: str) -> dict[str, str]:
    """A heading with what a click on it sorts by: the other way round where it is sorted by that now."""
    now = "descending" if sort == f"-{key}" else "ascending" if sort == key else ""
    first = key if key == "title" else f"-{key}"
    return {"name": name, "now": now, "sort": first if sort != first else key if first != key else f"-{key}"}


def _file(cases: list[Viewed], period: str) -> StreamingHttpResponse:
    name = f"{gettext('浏览统计')}-{PERIODS[period]}-{timezone.localdate()}.csv"
    headers = {"Content-Disposition": content_disposition_header(True, name) or ""}

    def lines() -> Any:
        yield MARK + csv_line([gettext("编号"), *_names().values()])
        for case in cases:
            cells = (case.pk, case.title, f"{timezone.localtime(case.released):%Y-%m-%d %H:%M}", case.views)
            yield csv_line(map(cell_text, cells))

    return StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8", headers=headers)
