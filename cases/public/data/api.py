"""`/api/v1/`: what is published, for programs. Reading only, no key, no cookie; anyone's page may ask (`OpenData`).

Which cases are meant is read from the address as everywhere (`read_selection`); ninja reads what is left and
describes it all. Pages are cut by position and end at the first MOST cases, so that the last page costs no
more than MOST keys: who wants everything takes the dataset. Keys are counted and cut first, bodies read by key.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import URLPattern, path, re_path, reverse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Path, Query
from ninja.errors import ValidationError

from cases.exporting.exchange import metric_record, published_record, with_case
from cases.exporting.vocabulary import VOCABULARY, Counted, counted_rows, tags_by_use
from cases.models.published import PublishedCase, PublishedMetric, WithdrawnCase
from cases.public.addresses import MOST
from cases.public.data import api_schema as described
from cases.public.data.files import in_order
from cases.public.views import LARGEST_KEY, public_page
from cases.search import filed
from cases.search.hits import Hits
from cases.search.selection import BadParameter, Selection, read_selection

LARGEST_PAGE = 100
Page = Query(1, ge=1, le=MOST)
PageSize = Query(20, ge=1, le=LARGEST_PAGE)


class CasesAPI(NinjaAPI):
    def get_openapi_schema(self, **kwargs: Any) -> Any:
        return described.complete(super().get_openapi_schema(**kwargs))


api = CasesAPI(version="1", urls_namespace="api", docs_url=None, openapi_url="/openapi.json")


# Operations


@api.get("/cases", url_name="cases", openapi_extra=described.list_of("Case", 400, filtered=True))
def cases(request: HttpRequest, page: int = Page, page_size: int = PageSize) -> HttpResponse:
    selection = read_selection(request.GET)
    return _page(request, Hits(selection), _records, selection, page=page, page_size=page_size)


@api.get("/cases/{int:pk}", url_name="case", openapi_extra=described.one_case())
def case(request: HttpRequest, pk: int = Path(ge=1, le=LARGEST_KEY)) -> HttpResponse:
    found = PublishedCase.objects.only("external_id", "body").filter(pk=pk).first()
    return _withdrawn(request, pk) if found is None else _json(published_record(found))


@api.get("/metrics", url_name="metrics", openapi_extra=described.list_of("MetricOfCase", 400, filtered=True))
def metrics(
    request: HttpRequest,
    page: int = Page,
    page_size: int = PageSize,
    unit: str = Query("", max_length=40, pattern=r"^[^\x00]*$"),
    changed: bool = False,
) -> HttpResponse:
    selection = read_selection(request.GET)
    rows = PublishedMetric.objects.order_by("-case", "order")
    if among := selection.without("kind").without("metrics"):
        rows = rows.filter(case__in=Hits(among).matching())
    if selection.kind:
        rows = rows.filter(kind__in=selection.kind)
    if unit:
        rows = rows.filter(unit=unit)
    if changed:
        rows = rows.filter(from_value__isnull=False, value__isnull=False)
    own = {name: value for name, value in (("unit", unit), ("changed", "1" if changed else "")) if value}
    load = functools.partial(_metrics, request)
    return _page(request, Rows(rows), load, selection, page=page, page_size=page_size, own=own)


@api.get("/regions", url_name="regions", openapi_extra=described.list_of("Region"))
def regions(request: HttpRequest) -> HttpResponse:
    return _vocabulary(request, "regions")


@api.get("/departments", url_name="departments", openapi_extra=described.list_of("Department"))
def departments(request: HttpRequest) -> HttpResponse:
    return _vocabulary(request, "departments")


@api.get("/themes", url_name="themes", openapi_extra=described.list_of("Theme"))
def themes(request: HttpRequest) -> HttpResponse:
    return _vocabulary(request, "themes")


@api.get("/tags", url_name="tags", openapi_extra=described.list_of("Tag", paged=True))
def tags(request: HttpRequest, page: int = Page, page_size: int = PageSize) -> HttpResponse:
    def load(keys: list[int]) -> list[dict[str, Any]]:
        found = {tag.pk: tag for tag in tags_by_use().filter(pk__in=keys)}
        rows = [Counted(found[key], found[key].count) for key in keys if key in found]
        return [_word("tags", row, _site(request) + row.term.get_absolute_url()) for row in rows]

    return _page(request, Rows(tags_by_use()), load, Selection(), page=page, page_size=page_size)


# What they answer


def _json(data: Any, status: int = 200) -> JsonResponse:
    return JsonResponse(data, status=status, safe=False, json_dumps_params={"ensure_ascii": False})


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a queryset by their keys, cut as `Hits` are."""

    rows: QuerySet[Any]

    def count(self) -> int:
        return self.rows.count()

    def keys(self, start: int, stop: int) -> list[int]:
        return list(self.rows.values_list("pk", flat=True)[start:stop])


def _page(
    request: HttpRequest,
    rows: Hits | Rows,
    load: Callable[[list[int]], list[dict[str, Any]]],
    selection: Selection,
    *,
    page: int,
    page_size: int,
    own: Mapping[str, object] | None = None,
) -> JsonResponse:
    """One page of the rows, and where the next one is; `own` are parameters beside those of the selection.

    Raises Http404 beyond the end and beyond the first MOST rows.
    """
    start, end = (page - 1) * page_size, page * page_size
    if end > MOST:
        raise Http404(_("没有这一页：最多翻到第 %(most)d 条，要全部数据请下载数据集。") % {"most": MOST})
    count = rows.count()
    keys = rows.keys(start, end)
    if page > 1 and not keys:
        raise Http404(_("没有这一页。"))
    following = None
    if end < count and end + page_size <= MOST:
        more = {**(own or {}), "page": page + 1, "page_size": page_size}
        following = request.build_absolute_uri(selection.address(request.path, **more))
    return _json({"count": count, "next": following, "items": load(keys)})


def _records(keys: list[int]) -> list[dict[str, Any]]:
    return [published_record(case) for case in in_order(PublishedCase.objects.only("external_id", "body"), keys)]


def _metrics(request: HttpRequest, keys: list[int]) -> list[dict[str, Any]]:
    site = _site(request)
    return [metric_record(metric, site) for metric in in_order(with_case(PublishedMetric.objects.all()), keys)]


def _site(request: HttpRequest) -> str:
    """https://host, to be put before paths."""
    return request.build_absolute_uri("/").rstrip("/")


def _vocabulary(request: HttpRequest, name: str) -> JsonResponse:
    """All rows of a vocabulary; the page of a term stands under that of the index, by its key."""
    rows = counted_rows(name, filed.count_all().get(name.removesuffix("s"), {}))
    index = request.build_absolute_uri(reverse(name))
    items = [_word(name, row, f"{index}{row.term.pk}/") for row in rows]
    return _json({"count": len(items), "next": None, "items": items})


def _word(name: str, row: Counted, address: str) -> dict[str, Any]:
    return {column.name: column.value(row) for column in VOCABULARY[name]} | {"address": address}


def _withdrawn(request: HttpRequest, pk: int) -> JsonResponse:
    """410 and the public reason of a case taken down; 302 if it leads to another."""
    notice = WithdrawnCase.objects.filter(pk=pk).first()
    if notice is None:
        raise Http404(_("没有这个案例。"))
    moved_to = notice.redirect_to_id and request.build_absolute_uri(reverse("api:case", args=[notice.redirect_to_id]))
    said = {
        "detail": _("这个案例已经撤下：%(reason)s") % {"reason": notice.reason},
        "reason": notice.reason,
        "withdrawn_at": notice.withdrawn_at.isoformat(),
        "moved_to": moved_to,
    }
    answer = _json(said, status=302 if moved_to else 410)
    if moved_to:
        answer.headers["Location"] = moved_to
    return answer


# What went wrong, in one sentence


@api.exception_handler(BadParameter)
def bad_parameter(request: HttpRequest, error: BadParameter) -> JsonResponse:
    return _json({"detail": str(error)}, status=400)


@api.exception_handler(Http404)
def not_found(request: HttpRequest, error: Http404 | None = None) -> JsonResponse:
    return _json({"detail": str(error or "") or _("没有这个接口，可用的接口见 /data/api/。")}, status=404)


@api.exception_handler(ValidationError)
def refused(request: HttpRequest, error: ValidationError) -> JsonResponse:
    return _json({"detail": "".join(map(_complaint, error.errors))}, status=422)


def _complaint(error: dict[str, Any]) -> str:
    """One finding of ninja as a sentence in Chinese."""
    bounds = error.get("ctx", {})
    sentences = {
        "int_parsing": _("参数 %(name)s 应是整数。"),
        "int_parsing_size": _("参数 %(name)s 的数太大。"),
        "int_from_float": _("参数 %(name)s 应是整数。"),
        "bool_parsing": _("参数 %(name)s 应是 1 或 0。"),
        "greater_than_equal": _("参数 %(name)s 最小是 %(ge)s。"),
        "less_than_equal": _("参数 %(name)s 最大是 %(le)s。"),
        "string_too_long": _("参数 %(name)s 最多 %(max_length)s 个字符。"),
    }
    return sentences.get(error["type"], _("参数 %(name)s 无法识别。")) % {"name": error["loc"][-1], **bounds}


# Addresses


def _open(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A view as a public page: reading only, cached as one; refusals are JSON."""

    @functools.wraps(view, assigned=())
    def reading(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        method, request.method = request.method, "GET"  # ninja does not know that HEAD is GET without a body
        try:
            return view(request, *args, **kwargs)
        finally:
            request.method = method

    page = public_page(reading)

    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = page(request, *args, **kwargs)
        if response.status_code == 405:
            allow = response.headers["Allow"]
            response = _json({"detail": _("这个接口只能读取（GET）。")}, status=405)
            response.headers["Allow"] = allow
        return response

    answer.csrf_exempt = True  # type: ignore[attr-defined]  # read by the middleware
    return answer


def _opened(patterns: Iterable[Any]) -> list[URLPattern]:
    """The patterns of ninja with open views. Its root, by which it finds its own place, has nothing to say."""
    views = {one.name: not_found if one.name == "api-root" else one.callback for one in patterns}
    return [URLPattern(one.pattern, _open(views[one.name]), {}, one.name) for one in patterns]


_patterns, _app, _namespace = api.urls
urlpatterns = [
    path("api/v1/", (_opened(_patterns), _app, _namespace)),
    re_path(r"^api/", _open(not_found)),
]
