"""What is wrong with the site as a whole: columns that rest too long or hold nothing, settings nobody filled in."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from cases.content import gettext_noop
from cases.editing.site_pages import is_shipped
from cases.models import CaseViews, CitedPolicy, PublishedCase, SitePage, TaggedCase, Theme
from cases.models.vocabulary import ThemeScheme

PAGES = ("about", "privacy", "copyright", "contact")  # the footer leads to them
COUNTED_WITHIN = datetime.timedelta(days=2)  # views are added up every night
_HELD = {  # column → what a case has that stands in it
    "home": Q(),
    "cases": Q(),
    "regions": Q(region__isnull=False),
    "departments": Q(department__isnull=False),
    "numbers": Q(metric_count__gt=0),
}


@dataclass(frozen=True, slots=True)
class ColumnState:
    """A column that cases stand in: how many, and when the last of them came."""

    column: Any  # a row of SITE_COLUMNS
    cases: int
    newest: datetime.datetime | None

    @property
    def days(self) -> int | None:
        """How many days ago the last one came; None if none ever did."""
        return None if self.newest is None else (timezone.localdate() - timezone.localdate(self.newest)).days

    @property
    def is_silent(self) -> bool:
        limit = self.column.silent_after
        return limit is not None and self.days is not None and self.days > limit


def columns() -> list[ColumnState]:
    """The columns that cases stand in, in the order of the table; four queries, of which none reads a text."""
    asked: dict[str, Any] = {}
    for key, held in _HELD.items():
        asked |= {
            f"{key}_cases": Count("pk", filter=held) if held else Count("pk"),
            f"{key}_newest": Max("first_released_at", filter=held) if held else Max("first_released_at"),
        }
    answers = PublishedCase.objects.aggregate(**asked)
    known = {key: (answers[f"{key}_cases"], answers[f"{key}_newest"]) for key in _HELD}
    known |= {key: _counted(rows) for key, rows in _filed().items()}
    return [ColumnState(column, *known[key]) for key, column in settings.SITE_COLUMNS.items() if key in known]


def _filed() -> dict[str, QuerySet]:
    """Columns of cases that have rows beside them."""
    themes = PublishedCase.themes.through.objects.filter(publishedcase=OuterRef("pk"))
    tags = TaggedCase.objects.filter(content_object=OuterRef("pk"))
    policies = CitedPolicy.objects.filter(case=OuterRef("pk"))
    return {"themes": themes, "tags": tags, "policies": policies}


def _counted(rows: QuerySet) -> tuple[int, datetime.datetime | None]:
    found = PublishedCase.objects.filter(Exists(rows)).aggregate(cases=Count("pk"), newest=Max("first_released_at"))
    return found["cases"], found["newest"]


def empty_themes(*, own: bool) -> QuerySet[Theme]:
    """Themes in use under which no case stands: those of the site itself, or of the schemes it took over as a whole."""
    scheme = Q(scheme=ThemeScheme.SITE)
    empty = Theme.objects.current().filter(scheme if own else ~scheme, published_cases=None)
    return empty.order_by("scheme", "order", "slug")


def empty_pages() -> list[str]:
    """Addresses of pages the footer leads to that are not there or say nothing."""
    said = set(SitePage.objects.exclude(body="").values_list("slug", flat=True))
    return [slug for slug in PAGES if slug not in said]


def default_pages() -> list[str]:
    """Addresses of pages that still are the text they came with."""
    return [page.slug for page in SitePage.objects.only("slug", "title", "body") if is_shipped(page.title, page.body)]


@dataclass(frozen=True, slots=True)
class LateViews:
    """That views have not been added up for too long, so that pages show old numbers."""

    last: datetime.datetime | None  # time they were; None: never


def late_views() -> list[LateViews]:
    """One if the views are late; none if they are not, or if nothing is counted."""
    if settings.VIEWS == "off":
        return []
    last, limit = CaseViews.last_counted(), timezone.now() - COUNTED_WITHIN
    is_late = last < limit if last else PublishedCase.objects.filter(first_released_at__lt=limit).exists()
    return [LateViews(last)] if is_late else []


@dataclass(frozen=True, slots=True)
class SettingGap:
    """A setting of the site by which a tag or an item of the footer is missing."""

    name: str  # of the environment: SITE_CODE
    message: str  # a translatable sentence
    must: bool  # inspectors ask for it


def setting_gaps() -> Iterator[SettingGap]:
    """What the settings leave out, what must not be missing first."""
    for name, must, message in (*_SETTINGS, *_marks(), *_OPTIONAL):
        if not _is_set(getattr(settings, name)):
            yield SettingGap(name, message, must)
    for key, column in settings.SITE_COLUMNS.items():
        if not all(str(words).strip() for words in (column.name, column.description, column.keywords, column.type)):
            yield SettingGap(f"SITE_COLUMNS: {key}", gettext_noop("栏目缺少名称、描述、关键词或类型"), True)


def _is_set(value: Any) -> bool:
    return bool(value.strip() if isinstance(value, str) else value)


def _marks() -> Iterator[tuple[str, bool, str]]:
    """What the footer of a government site must have; a site is one when it has its code."""
    is_government = _is_set(settings.SITE_CODE)
    yield "PARTY_MARK_URL", is_government, gettext_noop("没有党政机关网站标识：政府网站的页脚应当有")
    yield "FAULT_REPORT_URL", is_government, gettext_noop("没有“我为政府网站找错”：政府网站的页脚应当有")


_SETTINGS = (
    ("SITE_CODE", True, gettext_noop("没有网站标识码：按非政府网站处理，页面不写 SiteIDCode；政府网站必须填")),
    ("SITE_NAME", True, gettext_noop("没有网站名称：SiteName 是必填的元标签")),
    ("SITE_DOMAIN", True, gettext_noop("没有网站域名：SiteDomain 只好用读者访问的地址")),
    ("SITE_OWNER", True, gettext_noop("没有主办单位：页脚应当标明，原创案例的 ContentSource 也用它")),
    ("SITE_CONTACT", True, gettext_noop("没有联系方式：页脚应当标明")),
    ("ICP_NUMBER", True, gettext_noop("没有 ICP 备案号：页脚应当标明")),
    ("POLICE_NUMBER", True, gettext_noop("没有公安备案号：页脚应当标明")),
)
_OPTIONAL = (
    ("SITE_OPERATOR", False, gettext_noop("没有承办单位：页脚不显示")),
    ("HAS_IPV6", False, gettext_noop("没有标明支持 IPv6：支持的话，页脚应当写明")),
    ("SECURITY_CONTACT", False, gettext_noop("没有安全联系方式：没有 /.well-known/security.txt 这一页")),
)
