"""Cases, metrics and vocabulary as tables: the columns once, for the files of a list and for the dataset."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone

from cases.content import decimal_text, gettext_noop, moment_text
from cases.models.published import PublishedCase, PublishedMetric
from cases.models.vocabulary import Theme

MARK = "\ufeff"  # by which Excel knows UTF-8
_CONTROLS = ("\t", "\r", "\n")  # some spreadsheets drop them, and read what follows
_FORMULA = tuple("=+-@＝＋－＠")  # spreadsheets of East Asia know full-width signs too


@dataclass(frozen=True, slots=True)
class Column:
    """One column and how its value is read from a row."""

    name: str  # for machines
    title: str  # Chinese, translatable
    title_en: str
    value: Callable[[Any], object]
    type: str = "string"  # of Table Schema: string, integer, boolean, date, datetime, number


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A published case with what its row shows; `site` is put before its address: https://host, or ""."""

    case: PublishedCase
    site: str = ""

    @property
    def body(self) -> dict[str, Any]:
        """The content as `to_json` wrote it: checking it anew took a third of the time of a file."""
        return self.case.body

    @property
    def address(self) -> str:
        return self.site + self.case.get_absolute_url()


def with_row_parts(cases: Any) -> Any:
    """A queryset of cases with all that their rows read and no more; two queries however many."""
    places = ("province", "prefecture", "county")
    unread = (*(f"{place}__shipped" for place in places), "department__shipped", "department__aliases", "highlights")
    themes = Prefetch("themes", Theme.objects.only("name", "name_en"))
    return cases.select_related(*places, "department").defer(*unread).prefetch_related(themes)


CASE_COLUMNS: tuple[Column, ...] = (
    Column("id", gettext_noop("编号"), "identifier", lambda row: row.case.external_id),
    Column("title", gettext_noop("标题"), "title", lambda row: row.case.title),
    Column("subtitle", gettext_noop("副标题"), "subtitle", lambda row: row.body["subtitle"]),
    Column("region", gettext_noop("区划代码"), "code of the region", lambda row: row.case.region_id),
    Column("province", gettext_noop("省份"), "province", lambda row: row.case.province),
    Column("prefecture", gettext_noop("城市"), "prefecture", lambda row: row.case.prefecture),
    Column("county", gettext_noop("区县"), "county", lambda row: row.case.county),
    Column("department", gettext_noop("部门"), "kind of office", lambda row: row.case.department),
    Column("organization", gettext_noop("实施单位"), "the body that did it", lambda row: row.body["organization"]),
    Column("themes", gettext_noop("主题"), "themes, parted by ;", lambda row: [*map(str, row.case.themes.all())]),
    Column("tags", gettext_noop("标签"), "tags, parted by ;", lambda row: row.body["tags"]),
    Column("lead", gettext_noop("导读"), "summary, or how the text begins", lambda row: row.case.lead),
    Column("initiatives", gettext_noop("举措数"), "initiatives", lambda row: len(row.body["initiatives"]), "integer"),
    Column("metrics", gettext_noop("指标数"), "metrics", lambda row: row.case.metric_count, "integer"),
    Column("source_name", gettext_noop("来源"), "where it first appeared", lambda row: row.body["source_name"]),
    Column("source_url", gettext_noop("原文链接"), "address of the original", lambda row: row.body["source_url"]),
    Column("origin", gettext_noop("性质"), "original or reprint", lambda row: row.case.get_origin_display()),
    Column(
        "published_at",
        gettext_noop("原文发布时间"),
        "when the article first appeared",
        lambda row: row.case.published_at,
    ),
    Column(
        "first_released_at",
        gettext_noop("本站发布时间"),
        "when this site first published it",
        lambda row: row.case.first_released_at,
        "datetime",
    ),
    Column(
        "released_at",
        gettext_noop("更新时间"),
        "when what is shown was published",
        lambda row: row.case.released_at,
        "datetime",
    ),
    Column("is_demo", gettext_noop("示例"), "whether it is a demo case", lambda row: row.case.is_demo, "boolean"),
    Column("address", gettext_noop("地址"), "address on this site", lambda row: row.address),
)


def metric_place(metric: PublishedMetric) -> int | None:
    """The initiative a metric stands under, counted from 1; None for the case as a whole."""
    return None if metric.initiative is None else metric.initiative + 1


METRIC_COLUMNS: tuple[Column, ...] = (
    Column("case", gettext_noop("案例编号"), "identifier of the case", lambda metric: metric.case.external_id),
    Column("title", gettext_noop("案例标题"), "title of the case", lambda metric: metric.case.title),
    Column("region", gettext_noop("区划代码"), "code of the region", lambda metric: metric.case.region_id),
    Column("department", gettext_noop("部门"), "slug of the kind of office", lambda metric: metric.case.department_id),
    Column("listed_on", gettext_noop("日期"), "day of the case", lambda metric: metric.case.listed_on, "date"),
    Column("order", gettext_noop("序号"), "place among its metrics", lambda metric: metric.order + 1, "integer"),
    Column("initiative", gettext_noop("所在举措"), "number of its initiative", metric_place, "integer"),
    Column("label", gettext_noop("指标名称"), "what is measured", lambda metric: metric.label),
    Column("value", gettext_noop("现值"), "value", lambda metric: metric.value, "number"),
    Column("unit", gettext_noop("单位"), "unit, as written", lambda metric: metric.unit),
    Column("from_value", gettext_noop("原值"), "the value before", lambda metric: metric.from_value, "number"),
    Column("qualifier", gettext_noop("限定词"), "exact, over, under, about", lambda metric: metric.qualifier),
    Column("direction", gettext_noop("方向"), "level, up, down", lambda metric: metric.direction),
    Column("kind", gettext_noop("种类"), "kind of number", lambda metric: metric.kind),
    Column("period", gettext_noop("时段"), "period, as written", lambda metric: metric.period),
    Column("quote", gettext_noop("原文依据"), "the words it was taken from", lambda metric: metric.quote),
    Column("is_demo", gettext_noop("示例"), "of a demo case", lambda metric: metric.case.is_demo, "boolean"),
)


def csv_lines(columns: Iterable[Column], rows: Iterable[Any], titles: Iterable[str]) -> Iterator[str]:
    """A CSV line by line, the titles first; no cell is a formula to a spreadsheet."""
    columns = tuple(columns)
    yield csv_line(titles)
    for row in rows:
        yield row_line(columns, row)


def row_line(columns: Iterable[Column], row: Any) -> str:
    return csv_line(cell_text(column.value(row), column.type) for column in columns)


def csv_line(cells: Iterable[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue()


def cell_text(value: Any, type: str = "string") -> str:
    """A value as a cell holds it; a moment of this site is Beijing time with its offset."""
    if value is None:
        return ""
    if isinstance(value, list):
        value = "；".join(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if type == "number":
        return decimal_text(value)
    if type == "datetime":
        return timezone.localtime(value).isoformat(timespec="seconds")
    if hasattr(value, "isoformat"):
        return moment_text(value)
    text = str(value)
    is_formula = text.startswith(_CONTROLS) or text.lstrip().startswith(_FORMULA)
    return f"'{text}" if type == "string" and is_formula else text
