"""The page of the data: the dataset, the files of every list, the API, and what each field holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import condition

from cases.exporting.citation import Cited, gbt_2025, responsible_of
from cases.exporting.dataset import Dataset, current_dataset
from cases.exporting.dictionary import data_dictionary
from cases.exporting.package import TABLES, licence
from cases.identity import site_name
from cases.presenting.linked_data import Download, dataset
from cases.public.addresses import FEED, MOST, list_files
from cases.public.data.api_docs import documented_operations
from cases.public.data.feeds import NEWEST
from cases.public.views import public_page
from cases.search.selection import Selection

# Which lists there are, by how their addresses begin.
LISTS = (
    (gettext_lazy("全部案例"), "/cases/"),
    (gettext_lazy("一个地区（区划代码）"), "/regions/411100/"),
    (gettext_lazy("一个部门（标识）"), "/departments/transport/"),
    (gettext_lazy("一个主题（标识）"), "/themes/paying-taxes/"),
    (gettext_lazy("一个标签"), gettext_lazy("/tags/容缺/")),
    (gettext_lazy("一个政策文件"), gettext_lazy("/policies/优化营商环境条例/")),
    (gettext_lazy("搜索和筛选，条件可以组合"), gettext_lazy("/search/?q=审批&region=410000&year=2024")),
)


@public_page
def data_page(request: HttpRequest) -> HttpResponse:
    made = current_dataset()
    context = {
        "section": "data",
        "dataset": made,
        "licence": licence(),
        "files": list_files(Selection()),
        "lists": [(title, _beside(str(address), FEED)) for title, address in LISTS],
        "most": MOST,
        "newest": NEWEST,
        "api_root": request.build_absolute_uri("/api/v1/"),
        "operations": documented_operations(),
        "fields": data_dictionary(),
        "tables": TABLES,
        "linked_data": dataset_data(request),
        "citation": _citation(request, made),
        "today": timezone.localdate(),
    }
    return render(request, "cases/data.html", context)


def _citation(request: HttpRequest, made: Dataset | None) -> tuple[str, str] | None:
    """How the file of the dataset is cited: what stands before and after the day of access."""
    if made is None:
        return None
    cited = Cited(
        key="dataset",
        responsible=responsible_of("", settings.SITE_OWNER, site_name()),
        title=gettext("%(site)s：案例与指标数据") % {"site": site_name()},
        site=site_name(),
        published=made.as_of_day or made.made_on.date(),
        address=request.build_absolute_uri(reverse("data")),
        carrier="DS/OL",
    )
    return gbt_2025(cited, others="")


def _beside(address: str, file: str) -> str:
    """/search/?q=审批 and feed.atom give /search/feed.atom?q=审批."""
    path, mark, query = address.partition("?")
    return f"{path}{file}{mark}{query}"


def dataset_data(request: HttpRequest, tables: Sequence[str] = ()) -> dict[str, Any]:
    """The published cases and metrics as a Dataset, for the pages that show them as data.

    `tables` are paths of CSV beside those of the whole: what the page itself shows.
    """
    made, granted = current_dataset(), licence()
    downloads = [
        Download(request.build_absolute_uri(address), media)
        for address, media in zip(
            (list_files(Selection()).csv, reverse("api:cases"), reverse("api:metrics")),
            ("text/csv", "application/json", "application/json"),
            strict=True,
        )
    ]
    downloads += [Download(request.build_absolute_uri(path), "text/csv") for path in tables]
    if made:
        address = request.build_absolute_uri(reverse("dataset"))
        downloads.insert(0, Download(address, "application/zip", made.size, made.sha256))
    return dataset(
        gettext("%(site)s：案例与指标数据") % {"site": site_name()},
        gettext(
            "各地优化营商环境的经验做法，逐个案例拆成举措、具体措施和指标数据，每个指标都附有原文依据，可按地区、部门、主题、标签和年份筛选。"
        ),
        address=request.build_absolute_uri(reverse("data")),
        publisher=settings.SITE_OWNER or site_name(),
        downloads=downloads,
        licence=granted.url if granted else "",
        as_of=made.as_of_day if made else None,
        keywords=(gettext("营商环境"), gettext("政务服务"), gettext("典型案例")),
    )


@public_page
def api_page(request: HttpRequest) -> HttpResponse:
    """What the API answers, written from its own description."""
    context = {
        "section": "data",
        "operations": documented_operations(),
        "api_root": request.build_absolute_uri("/api/v1/"),
        "most": MOST,
    }
    return render(request, "cases/api.html", context)


def _digest(request: HttpRequest) -> str | None:
    made = current_dataset()
    return f'"{made.sha256}"' if made else None


@public_page
@condition(etag_func=_digest)
def dataset_file(request: HttpRequest) -> FileResponse:
    made = current_dataset()
    if made is None:
        raise Http404
    name = f"casebook-{made.as_of}.zip" if made.as_of else "casebook.zip"
    return FileResponse(made.path.open("rb"), as_attachment=True, filename=name, content_type="application/zip")
