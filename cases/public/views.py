"""The pages that readers see. A view finds, asks and renders; it reads published tables alone."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db.models import Count, Prefetch
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from cases.models.published import PublishedCase, SitePage, Tag, TaggedCase, WithdrawnCase
from cases.models.vocabulary import Region, Theme, ThemeScheme
from cases.presenting.site_text import opening_of, text_blocks
from cases.public import places, terms
from cases.public.addresses import index_files, list_files
from cases.public.case_page import case_context, public_context
from cases.public.counting.counter import count_when_sent
from cases.public.counting.sums import with_views
from cases.public.new_numbers import new_numbers
from cases.public.paging import page_or_404, path_of_page
from cases.search.hits import Hits
from cases.search.remembering import at_one_moment, remembered
from cases.search.selection import Selection

NEWEST = 6  # cases on the home page
NEW_NUMBERS = 6  # beside them
LARGEST_KEY = 2**63 - 1
PRACTICES = 12  # tags on the home page
SHARED_SECONDS = 60

View = Callable[..., HttpResponseBase]


def public_page(view: View) -> View:
    """A page for reading: GET and HEAD only, anything else is 405 whether or not it carries a token.

    A cache shared by many may keep it for a minute. A browser asks again each time (and is told
    "not modified"), or an editor would not see what was just published.
    """
    fresh = cache_control(public=True, max_age=0, s_maxage=SHARED_SECONDS)
    return csrf_exempt(wraps(view)(require_safe(fresh(at_one_moment()(view)))))


@public_page
def home(request: HttpRequest) -> HttpResponse:
    counted = places.spread()
    provinces = places.provinces(counted)
    indicators = Theme.objects.current().filter(scheme=ThemeScheme.NDRC18)
    by_theme = Hits(Selection()).counts()["theme"]
    context = {
        "section": "home",
        "counted": counted,
        "includes_demo": PublishedCase.objects.includes_demo(),
        "provinces": [entry for entry in provinces if entry.count],
        "tiles": places.tile_map(provinces),
        "indicators": [terms.Entry(theme, by_theme.get(theme.pk, 0)) for theme in indicators],
        "newest": PublishedCase.objects.newest_here().for_cards()[:NEWEST],
        "practices": _practices_of_most_cities(),
        "new": new_numbers(NEW_NUMBERS),
    }
    return render(request, "cases/home.html", context)


def _practices_of_most_cities() -> list[terms.Entry]:
    counted = dict(_tags_of_most_cities())
    tags = Tag.objects.in_bulk(counted)
    return [terms.Entry(tags[key], count) for key, count in counted.items() if key in tags]


@remembered()
def _tags_of_most_cities() -> tuple[tuple[int, int], ...]:
    """Keys of the tags found in most cities, if in more than one, and in how many.

    Cities are counted for the tags with most cases only: a tag of few cases is in few cities.
    """
    place = Coalesce("published_cases__prefecture", "published_cases__county", "published_cases__province")
    most_used = TaggedCase.objects.values("tag").annotate(cases=Count("pk")).order_by("-cases", "tag__slug")
    candidates = Tag.objects.filter(pk__in=most_used.values("tag")[: PRACTICES * 5])
    rows = candidates.annotate(count=Count(place, distinct=True)).filter(count__gt=1)
    return tuple(rows.order_by("-count", "name").values_list("pk", "count")[:PRACTICES])


@public_page
def case_list(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """All published cases, newest first. Page 1 has no number in its address."""
    if number == 1:
        return redirect("cases", permanent=True)
    page = page_or_404(PublishedCase.objects.newest_first().for_cards(), number, path_of_page(reverse("cases")))
    context = {"section": "cases", "page": page, "files": list_files(Selection())}
    return render(request, "cases/case_list.html", context)


@public_page
def case(request: HttpRequest, pk: int) -> HttpResponse:
    """One case; for one taken down its notice (410), or the way to the case it leads to."""
    if pk > LARGEST_KEY:
        raise Http404  # SQLite cannot even be asked
    rows = with_views(PublishedCase.objects).select_related("region", "province", "prefecture", "county", "department")
    in_order = Prefetch("taggedcase_set", TaggedCase.objects.select_related("tag").order_by("pk"))
    published = rows.prefetch_related("themes", in_order).filter(pk=pk).first()
    if published is None:
        return withdrawn_page(request, pk)
    content = published.content
    tags = [filed.tag for filed in published.taggedcase_set.all()]
    context = case_context(published, content, themes=published.themes.all(), tags=tags)
    response = render(request, "cases/case.html", context | public_context(request, published, content, tags=tags))
    count_when_sent(request, response, pk)
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What is not understood (400), told without asking the request: the host it names may be what is wrong with it."""
    return HttpResponseBadRequest(render_to_string("400.html"))


def withdrawn_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What a case answers that was taken down: a notice (410), or the way to another; 404 for what never was."""
    withdrawn = get_object_or_404(WithdrawnCase, pk=pk)
    if withdrawn.redirect_to_id:
        return redirect("case", withdrawn.redirect_to_id)
    return render(request, "cases/withdrawn.html", {"section": "cases", "withdrawn": withdrawn}, status=410)


def of_public_case(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view of a public case, which takes it in place of its key. One that was taken down answers here as at its own
    address, one that never was with 404.
    """

    @wraps(view)
    def answered(request: HttpRequest, pk: int, **kwargs: object) -> HttpResponse:
        if pk > LARGEST_KEY:
            raise Http404  # SQLite cannot even be asked
        case = PublishedCase.objects.select_related("region").filter(pk=pk).first()
        return withdrawn_page(request, pk) if case is None else view(request, case, **kwargs)

    return answered


INDEXES: dict[str, tuple[Any, Any, Callable[[], list[terms.Group]]]] = {
    # kind: title, what it is in one line, its groups
    "region": (pgettext_lazy("several", "地区"), gettext_lazy("按省份列出有案例的城市。"), places.region_groups),
    "department": (
        pgettext_lazy("several", "部门"),
        gettext_lazy("同一类部门在各地名称不同，这里按类归在一起。"),
        terms.department_groups,
    ),
    "theme": (
        pgettext_lazy("several", "主题"),
        gettext_lazy("四套体系，同一案例可以归入多个主题。"),
        terms.theme_groups,
    ),
    "tag": (
        gettext_lazy("标签"),
        gettext_lazy("具体的做法，用得多的在前，最多列出 500 个。"),
        terms.tag_groups,
    ),
}


@public_page
def term_index(request: HttpRequest, kind: str) -> HttpResponse:
    """All terms of one kind that have cases, with their counts."""
    title, description, groups = INDEXES[kind]
    context = {"section": f"{kind}s", "kind": kind, "title": title, "description": description}
    context["groups"] = [group for group in groups() if group.heading or group.entries]
    context["includes_demo"] = PublishedCase.objects.includes_demo()
    context["files"] = index_files(f"{kind}s")
    return render(request, "cases/term_index.html", context)


@public_page
def term(request: HttpRequest, kind: str, key: str, number: int | None = None) -> HttpResponse:
    """Cases filed under one region, department, theme or tag, newest first."""
    found = terms.find_term(kind, key)
    counted = Hits(terms.selection_of(found)).counts() if found else {}
    years = terms.by_year(counted)
    total = sum(count for _year, count in years)
    if not total and (renamed := terms.renamed_term(kind, key)):
        return redirect(renamed)  # not for ever: a rename can be taken back
    if found is None:
        raise Http404
    address = found.get_absolute_url()
    if number == 1:
        return redirect(address, permanent=True)
    context = {
        "section": f"{kind}s",
        "kind": kind,
        "kind_title": INDEXES[kind][0],
        "subject": str(found),
        "term": found,
        "above": found.lineage()[:-1] if isinstance(found, Region) else [],
        "years": years if len(years) > 1 else [],
        "most": max((count for _year, count in years), default=0),
        "page": page_or_404(terms.newest_of(found), number, path_of_page(address), count=total),
        "neighbours": terms.neighbours(found, counted),
        "files": list_files(terms.selection_of(found)),
    }
    return render(request, "cases/term.html", context)


@public_page
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """A page of the site itself: 关于本站, 隐私声明 …"""
    found = get_object_or_404(SitePage, pk=slug)
    is_english = request.LANGUAGE_CODE == "en"
    title = (is_english and found.title_en) or found.title
    blocks = text_blocks((is_english and found.body_en) or found.body)
    context = {
        "section": "about",
        "subject": title,
        "subject_description": opening_of(blocks),
        "page": found,
        "title": title,
        "blocks": blocks,
    }
    return render(request, "cases/page.html", context)
