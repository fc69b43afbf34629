"""The metrics of a query as files, all pages, sent as they are read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cases.content import decimal_text
from cases.exporting.exchange import metric_record, with_case
from cases.exporting.tables import MARK, cell_text, csv_line
from cases.models.published import PublishedCase, PublishedMetric
from cases.models.vocabulary import Department, Region, Theme
from cases.public.numbers.query import MOST_ROWS, NumberQuery

BATCH = 500
_COLUMNS = (
    *("case_id", "order", "label", "qualifier", "from_value", "value", "unit", "kind", "direction", "period", "quote"),
    *("case__title", "case__region_id", "case__department_id", "case__listed_on"),
)


def number_rows(query: NumberQuery, address: Callable[[str], str]) -> Iterator[bytes]:
    """The file, piece by piece; `address` makes an absolute address of a path. After MOST_ROWS rows it says so.

    The order is read once and the rows batch by batch, so that what is published meanwhile moves no row.
    """
    keys = list(query.ordered().values_list("pk", flat=True)[: MOST_ROWS + 1])
    writer = _Writer(address)
    yield (MARK + csv_line(_names())).encode()
    for start in range(0, len(keys[:MOST_ROWS]), BATCH):
        yield "".join(writer.lines(keys[start : min(start + BATCH, MOST_ROWS)])).encode()
    if len(keys) > MOST_ROWS:
        yield csv_line([cut_sentence()]).encode()


def number_records(query: NumberQuery, site: str) -> Iterator[bytes]:
    """The same as JSON, a list of the records of the API; `site` is https://host."""
    keys = list(query.ordered().values_list("pk", flat=True)[:MOST_ROWS])
    before = "[\n"
    for start in range(0, len(keys), BATCH):
        chunk = keys[start : start + BATCH]
        found = with_case(PublishedMetric.objects.all()).in_bulk(chunk)
        records = [metric_record(found[key], site) for key in chunk if key in found]
        yield (before + ",\n".join(json.dumps(record, ensure_ascii=False) for record in records)).encode()
        before = ",\n"
    yield b"\n]\n" if keys else b"[]\n"


def cut_sentence() -> str:
    return _("只列出前 %(most)s 个指标。请加上条件，分几次看或者下载。") % {"most": f"{MOST_ROWS:,}"}


def metrics_to_show():
    """Metrics with all that a row of the table or the file says; two queries however many."""
    rows = PublishedMetric.objects.select_related("case__region", "case__department")
    return rows.defer("case__body", "case__highlights", "case__lead").prefetch_related("case__themes")


def evidence_path(metric: PublishedMetric) -> str:
    """Where in its case the words of a metric stand; its card, if it has none."""
    return f"{metric.case.get_absolute_url()}#{_anchor(metric.quote, metric.order)}"


def _anchor(quote: str, order: int) -> str:
    return f"{'evidence' if quote else 'metric'}-{order + 1}"


def _names() -> list[str]:
    return [
        *(_("指标"), _("限定词"), _("原值"), _("现值"), _("单位"), _("类型"), _("变化"), _("时段"), _("原文依据")),
        *(_("案例"), _("城市"), _("行政区划代码"), _("部门"), _("主题"), _("日期"), _("地址")),
    ]


class _Writer:
    """Writes rows without a model for each: names are looked up once a file, themes once a batch."""

    def __init__(self, address: Callable[[str], str]) -> None:
        self.address = address
        self.names = {model: {row.pk: str(row) for row in model.objects.all()} for model in (Region, Department, Theme)}
        self.words = {
            field: {word: str(name) for word, name in getattr(PublishedMetric, field).field.flatchoices}
            for field in ("qualifier", "kind", "direction")
        }
        self.case_urls: dict[int, str] = {}

    def lines(self, keys: list[int]) -> Iterator[str]:
        rows = {row[0]: row for row in PublishedMetric.objects.filter(pk__in=keys).values_list("pk", *_COLUMNS)}
        of_cases = PublishedCase.themes.through.objects.filter(publishedcase__in={row[1] for row in rows.values()})
        themes: dict[int, list[str]] = {}
        for case, theme in of_cases.order_by("theme__order", "theme").values_list("publishedcase_id", "theme_id"):
            themes.setdefault(case, []).append(self.names[Theme][theme])
        return (csv_line(self._cells(themes, *rows[key][1:])) for key in keys if key in rows)

    def _cells(self, themes: dict[int, list[str]], case: int, *values: Any) -> list[str]:
        order, label, qualifier, before, value, unit, kind, direction, period, quote, title, region, department, day = (
            values
        )
        first = [label, self.words["qualifier"].get(qualifier, "")]
        rest = [
            unit,
            self.words["kind"].get(kind, ""),
            self.words["direction"].get(direction, ""),
            period,
            quote,
            title,
        ]
        rest += [self.names[Region].get(region, ""), region or "", self.names[Department].get(department, "")]
        rest += ["；".join(themes.get(case, ())), day.isoformat()]
        url = f"{self._case_url(case)}#{_anchor(quote, order)}"
        return [*map(cell_text, first), _number(before), _number(value), *map(cell_text, rest), url]

    def _case_url(self, case: int) -> str:
        if case not in self.case_urls:
            self.case_urls[case] = self.address(reverse("case", args=[case]))
        return self.case_urls[case]


def _number(value: Decimal | None) -> str:
    return "" if value is None else decimal_text(value)
