"""The vocabulary as tables, each row with the number of published cases filed under it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from cases.content import gettext_noop
from cases.exporting.tables import Column
from cases.models.published import PublishedCase, Tag
from cases.models.vocabulary import Department, Region, Theme

_CASES = Column("cases", gettext_noop("案例数"), "published cases", lambda row: row.count, "integer")


_UNREAD = ("shipped", "keywords")


@dataclass(frozen=True, slots=True)
class Counted:
    """A row of the vocabulary with its columns, and the published cases under it; a region's are of all it holds."""

    term: Any
    count: int

    def __getattr__(self, name: str) -> Any:
        return getattr(self.term, name)


VOCABULARY: dict[str, tuple[Column, ...]] = {
    "regions": (
        Column("code", gettext_noop("代码"), "six-digit code (GB/T 2260)", lambda row: row.code),
        Column("name", gettext_noop("名称"), "name", lambda row: row.name),
        Column("name_en", gettext_noop("英文名称"), "name in English", lambda row: row.name_en),
        Column("level", gettext_noop("级别"), "province, prefecture or county", lambda row: row.level),
        Column("parent", gettext_noop("上级代码"), "code of the division above", lambda row: row.parent_id),
        _CASES,
    ),
    "departments": (
        Column("slug", gettext_noop("标识"), "key", lambda row: row.slug),
        Column("name", gettext_noop("名称"), "name", lambda row: row.name),
        Column("name_en", gettext_noop("英文名称"), "name in English", lambda row: row.name_en),
        Column("aliases", gettext_noop("别名"), "other names, parted by ;", lambda row: list(row.aliases)),
        _CASES,
    ),
    "themes": (
        Column("slug", gettext_noop("标识"), "key", lambda row: row.slug),
        Column("scheme", gettext_noop("体系"), "scheme it belongs to", lambda row: row.scheme),
        Column("name", gettext_noop("名称"), "name", lambda row: row.name),
        Column("name_en", gettext_noop("英文名称"), "name in English", lambda row: row.name_en),
        Column("description", gettext_noop("说明"), "what it covers", lambda row: row.description),
        _CASES,
    ),
    "tags": (
        Column("slug", gettext_noop("标识"), "key", lambda row: row.slug),
        Column("name", gettext_noop("名称"), "the word", lambda row: row.name),
        _CASES,
    ),
}


def vocabulary_rows(name: str, cases: QuerySet[PublishedCase]) -> list[Counted]:
    """The rows of one vocabulary, counted over `cases`: divisions by code, tags by use, the others in their order.

    Retired rows are there while cases are filed under them; tags without cases are not.
    """
    if name == "tags":
        return [Counted(tag, tag.count) for tag in tags_by_use(cases)]
    return counted_rows(name, _COUNTS[name](cases.order_by()))


def counted_rows(name: str, counts: Mapping[str, int]) -> list[Counted]:
    """The rows of a vocabulary other than tags, where the cases of each key are counted already.

    They come as tuples with names: three thousand divisions as models took three times as long.
    """
    model, order = _MODELS[name]
    columns = [field.attname for field in model._meta.concrete_fields if field.name not in _UNREAD]
    rows = model.objects.order_by(*order).values_list("pk", *columns, named=True)
    return [Counted(row, counts.get(row.pk, 0)) for row in rows if not row.is_retired or counts.get(row.pk)]


def tags_by_use(cases: QuerySet[PublishedCase] | None = None) -> QuerySet[Tag]:
    """The tags of some cases, or of all, with their `count`, the most used first."""
    among = None if cases is None else Q(published_cases__in=cases.values("pk"))
    return (
        Tag.objects.annotate(count=Count("published_cases", filter=among))
        .filter(count__gt=0)
        .order_by("-count", "slug")
    )


def _of_regions(cases: QuerySet[PublishedCase]) -> Mapping[str, int]:
    counts: Counter[str] = Counter()
    for *codes, count in cases.values_list("province", "prefecture", "county").annotate(Count("pk")):
        counts.update(dict.fromkeys(filter(None, codes), count))
    return counts


def _of(field: str) -> Callable[[QuerySet[PublishedCase]], Mapping[str, int]]:
    return lambda cases: dict(cases.exclude(**{field: None}).values_list(field).annotate(Count("pk")))


_MODELS: dict[str, tuple[Any, tuple[str, ...]]] = {  # and the order of their rows
    "regions": (Region, ("code",)),
    "departments": (Department, ("order", "slug")),
    "themes": (Theme, ("order", "slug")),
}
_COUNTS = {"regions": _of_regions, "departments": _of("department"), "themes": _of("themes")}
