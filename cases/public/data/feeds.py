"""A list or search as an Atom feed (RFC 4287): the cases last released, whatever day their articles are of."""

from __future__ import annotations

import datetime
import re
from typing import Any

from django.conf import settings
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.feedgenerator import Atom1Feed, get_tag_uri
from django.utils.html import escape
from django.utils.translation import get_language, gettext

from cases.identity import site_description, site_name
from cases.models.published import PublishedCase, PublishedMetric, Tag
from cases.models.vocabulary import Department, Region, Theme
from cases.public.addresses import ListFiles
from cases.public.data.lists import SomeCases, within
from cases.search.selection import Selection

NEWEST = 50
_NOTHING_YET = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)  # `updated` of a feed without entries
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Feed(Atom1Feed):
    def latest_post_date(self) -> datetime.datetime:
        return super().latest_post_date() if self.items else _NOTHING_YET


def feed(request: HttpRequest, cases: SomeCases, title: str, files: ListFiles) -> HttpResponse:
    """The newest of the cases of a list, last released first."""
    made = Feed(
        title=_plain(f"{title} · {site_name()}"),
        link=request.build_absolute_uri(files.page),
        description=_plain(site_description()),
        language=get_language(),
        author_name=_plain(settings.SITE_OWNER or site_name()),
        feed_url=request.build_absolute_uri(files.feed),
    )
    keys = _last_released(cases)
    found = PublishedCase.objects.prefetch_related("themes").in_bulk(keys)
    for case in (found[key] for key in keys if key in found):
        made.add_item(**_entry(request, case))
    return HttpResponse(made.writeString("utf-8"), content_type=made.content_type)


def _last_released(cases: SomeCases) -> list[int]:
    """The index is walked from the last release on until there are enough: reading the moment of every case that
    holds a common word took ten times as long. SQLite must not see that it could look the cases up one by one."""
    among = within(PublishedCase.objects.alias(key=Coalesce("pk", "pk")), "key", cases)
    return list(among.order_by("-released_at", "-pk").values_list("pk", flat=True)[:NEWEST])


def _entry(request: HttpRequest, case: PublishedCase) -> dict[str, Any]:
    """One entry. Its id is the same in every language and after a change of the text."""
    content = case.content
    with translation.override(settings.LANGUAGE_CODE):
        lasting = request.build_absolute_uri(case.get_absolute_url())
    return {
        "title": _plain(case.title),
        "link": request.build_absolute_uri(case.get_absolute_url()),
        "description": escape(_plain(case.lead)),  # Django declares it to be HTML
        "author_name": _plain(content.author or content.organization or content.source_name or site_name()),
        "pubdate": case.first_released_at,
        "updateddate": case.released_at,
        "unique_id": get_tag_uri(lasting.rstrip("/"), case.first_released_at),
        "categories": [_plain(str(theme)) for theme in case.themes.all()] + [_plain(tag) for tag in content.tags],
    }


def _plain(text: str) -> str:
    """Without the characters that XML cannot hold at all."""
    return _NOT_IN_XML.sub("\ufffd", text)


def selection_title(selection: Selection) -> str:
    """What is asked for in words: 搜索“便民” · 漯河市 · 2024; a query for each kind of term in it."""
    if not selection:
        return gettext("全部案例")
    parts = [gettext("搜索“%(text)s”") % {"text": selection.text}] if selection.text else []
    for facet, rows in _named(selection).items():
        names = {key: str(row) for key, row in rows.items()}
        parts += [names.get(value, value) for value in getattr(selection, facet)]
    kinds = dict(PublishedMetric._meta.get_field("kind").flatchoices)
    parts += [*selection.year, *(str(kinds.get(kind, kind)) for kind in selection.kind)]
    return " · ".join([*parts, gettext("有指标数据")] if selection.with_metrics else parts)


def _named(selection: Selection) -> dict[str, dict[str, Any]]:
    models = {"region": Region, "department": Department, "theme": Theme}
    rows = {
        facet: model.objects.in_bulk(values) for facet, model in models.items() if (values := getattr(selection, facet))
    }
    return rows | ({"tag": Tag.objects.in_bulk(selection.tag, field_name="slug")} if selection.tag else {})
