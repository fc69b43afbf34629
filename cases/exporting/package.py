"""What the dataset says of itself: its tables and fields in Chinese and English, and the licence.

`datapackage.json` follows Data Package 1 (Frictionless), so that common tools read the tables with their types.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from cases.content import gettext_noop
from cases.exporting.dictionary import data_dictionary
from cases.exporting.tables import CASE_COLUMNS, METRIC_COLUMNS, Column
from cases.exporting.vocabulary import VOCABULARY


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV of the dataset."""

    name: str
    title: str  # Chinese, translatable
    title_en: str
    columns: tuple[Column, ...]

    @property
    def file(self) -> str:
        return f"{self.name}.csv"


@dataclass(frozen=True, slots=True)
class Licence:
    name: str
    url: str  # "" if the licence has no page


TABLES = (
    Table("cases", gettext_noop("案例，一行一个"), "cases, one a row", CASE_COLUMNS),
    Table("metrics", gettext_noop("指标数据，一行一个"), "metrics, one a row", METRIC_COLUMNS),
    Table("regions", gettext_noop("地区"), "regions", VOCABULARY["regions"]),
    Table("departments", gettext_noop("部门"), "kinds of office", VOCABULARY["departments"]),
    Table("themes", gettext_noop("主题"), "themes", VOCABULARY["themes"]),
    Table("tags", gettext_noop("标签"), "tags", VOCABULARY["tags"]),
)


def licence() -> Licence | None:
    """Under what the data may be used, by the settings; None if they say nothing."""
    return Licence(settings.DATA_LICENCE_NAME, settings.DATA_LICENCE_URL) if settings.DATA_LICENCE_NAME else None


def data_package(counts: dict[str, Any]) -> dict[str, Any]:
    """The descriptor of the dataset; `counts` as the files hold."""
    package: dict[str, Any] = {
        "profile": "data-package",
        "name": "casebook",
        "title": settings.SITE_NAME,
        "description": settings.SITE_DESCRIPTION,
        "version": counts["as_of"],
        "counts": {name: counts[name] for name in ("cases", "metrics", "demo_cases")},
    }
    if granted := licence():
        package["licenses"] = [{"name": granted.name, "title": granted.name, "path": granted.url}]
    package["resources"] = [_records(), *map(_resource, TABLES)]
    return package


def _records() -> dict[str, Any]:
    fields = [
        {"name": field.place, "type": field.type, "title": _(field.title), "title_en": field.title_en}
        for field in data_dictionary()
    ]
    return {"name": "records", "path": "cases.jsonl", "format": "jsonl", "encoding": "utf-8", "fields": fields}


def _resource(table: Table) -> dict[str, Any]:
    fields = [
        {"name": column.name, "type": column.type, "title": _(column.title), "title_en": column.title_en}
        for column in table.columns
    ]
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": table.file,
        "title": _(table.title),
        "title_en": table.title_en,
        "encoding": "utf-8",
        "schema": {"fields": fields},
    }
