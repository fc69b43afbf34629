"""The page of a case: what it shows of the case itself, and what it shows of it because it is public."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from cases.content import CaseContent
from cases.identity import site_name
from cases.models.published import PublishedCase, Tag
from cases.models.vocabulary import Theme
from cases.presenting.article import lay_out
from cases.presenting.cards import strongest_metrics
from cases.presenting.linked_data import PublishedFacts, article
from cases.presenting.meta_tags import Tags, article_tags, content_source
from cases.presenting.metrics import ShownMetric, show_metric
from cases.presenting.policies import read_policy
from cases.public.like.cases import like_cases
from cases.public.reader.cases import neighbours_of
from cases.public.site import root_of


def case_context(
    published: PublishedCase, content: CaseContent, *, themes: Iterable[Theme], tags: Iterable[Tag]
) -> dict[str, Any]:
    """What `cases/case.html` shows of a case. Asks no table, so `published` may be one that was never kept."""
    return {
        "section": "cases",
        "case": published,
        "content": content,
        "source": content_source(content, settings.SITE_OWNER),
        "article": lay_out(content),
        "themes": themes,
        "tags": tags,
        "strongest": _strongest(content),
        "places": [place for place in (published.province, published.prefecture, published.county) if place],
        "cover": next((picture for picture in content.pictures if picture.is_cover), None),
        "pictures": [picture for picture in content.pictures if not picture.is_cover],
        "policies": [(policy, read_policy(policy)) for policy in content.policies],
    }


def _strongest(content: CaseContent) -> list[tuple[int, ShownMetric]]:
    """The strongest metrics, each with the number of its card."""
    order = content.all_metrics()
    return [(order.index(metric) + 1, show_metric(metric)) for metric in strongest_metrics(content)]


def public_context(
    request: HttpRequest, published: PublishedCase, content: CaseContent, *, tags: Iterable[Tag]
) -> dict[str, Any]:
    """What the page has besides because the case is public: the cases like it, its history, and what machines read."""
    newer, older = neighbours_of(published)
    versions = list(published.versions.defer("body").order_by("-number"))
    return {
        "article_tags": _article_tags(request, published, content, tags),
        "card": reverse("card", args=[published.pk]),
        "linked_data": article(content, _facts(request, published, content)),
        "today": timezone.localdate(),
        "newer": newer,
        "older": older,
        "like": like_cases(published),
        "like_url": reverse("like", args=[published.pk]),
        "notes": [version for version in versions if version.note],
        "versions_url": reverse("versions", args=[published.pk])
        if settings.PUBLIC_VERSIONS and len(versions) > 1
        else "",
    }


def _facts(request: HttpRequest, published: PublishedCase, content: CaseContent) -> PublishedFacts:
    """The case as search engines are told of it."""
    root, pictures = root_of(request), _picture_addresses(request, content)
    return PublishedFacts(
        address=root + published.get_absolute_url(),
        lead=published.lead,
        released=timezone.localtime(published.first_released_at),
        updated=timezone.localtime(published.released_at),
        publisher=settings.SITE_OWNER or site_name(),
        place=str(published.region or ""),
        themes=tuple(str(theme) for theme in published.themes.all()),
        images=(root + reverse("card", args=[published.pk]), *pictures[:1]),
    )


def _article_tags(request: HttpRequest, published: PublishedCase, content: CaseContent, tags: Iterable[Tag]) -> Tags:
    """The case as those read it who inspect government sites."""
    return article_tags(
        content,
        released=timezone.localtime(published.first_released_at),
        address=root_of(request) + published.get_absolute_url(),
        site_name=settings.SITE_NAME,
        owner=settings.SITE_OWNER,
        keywords=[str(term) for term in (*published.themes.all(), *tags)],
        image=next(iter(_picture_addresses(request, content)), ""),
    )


def _picture_addresses(request: HttpRequest, content: CaseContent) -> list[str]:
    """The cover first, whichever place it has."""
    in_order = sorted(content.pictures, key=lambda picture: not picture.is_cover)
    return [root_of(request) + reverse("picture", args=[picture.file]) for picture in in_order]
