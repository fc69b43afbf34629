"""/sitemap.xml: an index of parts, each of at most 10,000 addresses, a page in Chinese and in English being two.

A part of cases, tags or documents holds the keys of one range, so that it is read without counting what stands
before it and a new case changes the last part alone. What is never many (places, departments, themes, pages) is one.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from django.db.models import Exists, F, Max, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import patch_cache_control
from django.utils.encoding import iri_to_uri
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from cases.models.published import CitedPolicy, PublishedCase, SitePage, Tag, TaggedCase
from cases.public.places import spread
from cases.public.site import root_of
from cases.search.remembering import remembered

PAGES = 5_000  # of a part: 10,000 addresses
KEPT_SECONDS = 3_600
LANGUAGES = (("zh-CN", "zh-hans"), ("en", "en"))

_INDEX = '<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
_PART = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    ' xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
)

Moment = datetime.datetime | None


@dataclass(frozen=True, slots=True)
class Page:
    """A page by the name of its address and what stands in it, and when it last changed; None: not known."""

    name: str
    keys: tuple[Any, ...] = ()
    changed: Moment = None


@csrf_exempt
@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """The parts that hold something; three queries."""
    root = root_of(request)
    parts: list[tuple[str, int, Moment]] = [("pages", 1, None)]
    parts += [("cases", number, changed) for number, changed in _ranges(PublishedCase.objects, Max("released_at"))]
    newest = max((changed for _kind, _number, changed in parts if changed), default=None)
    parts += [("terms", 1, newest)] if newest else []
    for kind, rows in (("tags", Tag.objects), ("policies", _first_named())):
        parts += [(kind, number, newest) for number, _largest in _ranges(rows, Max("pk"))]
    lines = (
        f"<sitemap><loc>{root}{reverse('sitemap_part', args=[kind, number])}</loc>{_lastmod(changed)}</sitemap>\n"
        for kind, number, changed in parts
    )
    return _xml(_INDEX, lines, "</sitemapindex>\n")


def _ranges(rows: Any, newest: Any) -> list[tuple[int, Any]]:
    """Numbers, from 1, of the ranges of keys that hold rows, with what is newest in each. One query."""
    numbered = rows.order_by().annotate(part=(F("pk") - 1) / PAGES + 1).values_list("part")
    return list(numbered.annotate(newest=newest).order_by("part"))


@csrf_exempt
@require_safe
def sitemap_part(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """One part: every page of it in each language, with its other language beside it; a few queries."""
    pages = list(PARTS[kind](number)) if kind in PARTS and 0 < number < 2**31 else []
    if not pages:
        raise Http404
    return _xml(_PART, _addresses(root_of(request), pages), "</urlset>\n")


def _cases(number: int) -> Iterator[Page]:
    rows = _in_range(PublishedCase.objects.all(), number).values_list("pk", "released_at")
    return (Page("case", (pk,), changed) for pk, changed in rows)


def _tags(number: int) -> Iterator[Page]:
    slugs = dict(_in_range(Tag.objects.all(), number).values_list("pk", "slug"))
    changes = _tag_changes(number) if slugs else {}
    return (Page("tag", (slug,), changes.get(pk)) for pk, slug in slugs.items())


@remembered()
def _tag_changes(number: int) -> dict[int, datetime.datetime]:
    filed = TaggedCase.objects.filter(tag__gt=(number - 1) * PAGES, tag__lte=number * PAGES).order_by()
    return _changes(filed.values_list("tag_id", "content_object_id"))


def _policies(number: int) -> Iterator[Page]:
    keys = list(_in_range(_first_named(), number).values_list("key", flat=True))
    cited = CitedPolicy.objects.filter(key__in=_in_range(_first_named(), number).values("key")).order_by()
    changes = _changes(cited.values_list("key", "case")) if keys else {}
    return (Page("policy", (key,), changes.get(key)) for key in keys)


def _first_named() -> QuerySet[CitedPolicy]:
    """One row of each document."""
    before = CitedPolicy.objects.filter(key=OuterRef("key"), pk__lt=OuterRef("pk"))
    return CitedPolicy.objects.filter(~Exists(before))


def _in_range(rows: QuerySet[Any], number: int) -> QuerySet[Any]:
    return rows.filter(pk__gt=(number - 1) * PAGES, pk__lte=number * PAGES).order_by("pk")


def _terms(number: int) -> Iterator[Page]:
    """Places, departments and themes with cases."""
    changes = _term_changes() if number == 1 else {}
    return (Page(name, (key,), changed) for (name, key), changed in changes.items())


@remembered()
def _term_changes() -> dict[tuple[str, str], datetime.datetime]:
    """Kind and key of a term → when it changed."""
    return dict(sorted(_changes(_filed()).items()))


def _filed() -> Iterator[tuple[tuple[str, str], int]]:
    """Pairs of a term and a case, each kind in the order of an index that holds it."""
    for kind, column in (("region", "province"), ("region", "prefecture"), ("region", "county"), ("department",) * 2):
        rows = PublishedCase.objects.exclude(**{column: None}).order_by(column, "-listed_on", "-case_id")
        yield from (((kind, key), pk) for key, pk in rows.values_list(column, "case_id"))
    themes = PublishedCase.themes.through.objects.order_by().values_list("theme_id", "publishedcase_id")
    yield from ((("theme", key), pk) for key, pk in themes)


def _changes(filed: Iterable[tuple[Any, int]]) -> dict[Any, datetime.datetime]:
    """Each term → when one of its cases was last released, from pairs of a term and a case.

    Joined here, from what indexes hold: a database would read the rows of all cases, with their texts.
    """
    released = dict(PublishedCase.objects.order_by("-released_at", "-case_id").values_list("case_id", "released_at"))
    changes: dict[Any, datetime.datetime] = {}
    for term, pk in filed:
        if pk in released and (term not in changes or changes[term] < released[pk]):
            changes[term] = released[pk]
    return changes


def _site_pages(number: int) -> Iterator[Page]:
    """The columns, the maps of provinces with cases, and the texts of the site."""
    if number != 1:
        return
    yield from (Page(name) for name in FIXED)
    yield from (Page("city_map", (code,)) for code in sorted(spread().by_region) if code.endswith("0000"))
    yield from (Page("page", row[:1], row[1]) for row in SitePage.objects.values_list("slug", "updated_at"))


FIXED = (
    *("home", "cases", "regions", "departments", "themes", "tags", "numbers", "policies", "search", "compare"),
    *("map", "trends", "matrix", "data", "api-docs", "sitemap_page", "reading-list", "accessibility"),
)
PARTS: dict[str, Callable[[int], Iterable[Page]]] = {
    "pages": _site_pages,
    "terms": _terms,
    "cases": _cases,
    "tags": _tags,
    "policies": _policies,
}


def _addresses(root: str, pages: Iterable[Page]) -> Iterator[str]:
    for page, addresses in _in_languages(root, list(pages)):
        links = "".join(
            f'<xhtml:link rel="alternate" hreflang="{hreflang}" href="{address}"/>'
            for hreflang, address in (*addresses.items(), ("x-default", addresses[LANGUAGES[0][0]]))
        )
        for address in addresses.values():
            yield f"<url><loc>{address}</loc>{_lastmod(page.changed)}{links}</url>\n"


def _in_languages(root: str, pages: list[Page]) -> Iterator[tuple[Page, dict[str, str]]]:
    """Each page with its addresses by language."""
    written = {}
    for hreflang, language in LANGUAGES:
        with translation.override(language):
            written[hreflang] = [escape(root + iri_to_uri(reverse(page.name, args=page.keys))) for page in pages]
    for page, *addresses in zip(pages, *written.values(), strict=True):
        yield page, dict(zip(written, addresses, strict=True))


def _lastmod(changed: Moment) -> str:
    return f"<lastmod>{timezone.localtime(changed).isoformat(timespec='seconds')}</lastmod>" if changed else ""


def _xml(head: str, lines: Iterable[str], foot: str) -> HttpResponse:
    response = HttpResponse("".join((head, *lines, foot)), content_type="application/xml; charset=utf-8")
    patch_cache_control(response, public=True, max_age=KEPT_SECONDS)
    return response
