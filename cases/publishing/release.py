"""The one writer of the published tables.

`publish` and `withdraw` add a fact to the history and then make the published rows what the
history says; `rebuild_published` does the second half alone. Nothing of what readers see
comes from anywhere but the vocabulary, the Revision and the Publications of a case.
"""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
from collections.abc import Iterator

from django.db import transaction
from django.utils import timezone

from cases.content import CaseContent, Moment, from_json, to_json
from cases.models import (
    Alias,
    Case,
    Publication,
    PublishedCase,
    PublishedMetric,
    Region,
    Revision,
    Tag,
    TaggedCase,
    User,
    WithdrawnCase,
)
from cases.models.draft import PublicState
from cases.models.published import tag_slug
from cases.presenting.cards import lead_text, strongest_metrics
from cases.presenting.evidence import placed_metrics
from cases.search.index import index_case, remove_case


@transaction.atomic
def publish(revision: Revision, *, by: User) -> PublishedCase:
    """Show this revision to readers; rows, tags, index and history in one transaction."""
    Publication.objects.create(
        case=revision.case, revision=revision, kind=PublicState.PUBLISHED, at=timezone.now(), by=by
    )
    return write_published(revision.case)


@transaction.atomic
def withdraw(case: Case, *, by: User, reason: str, redirect_to: Case | None = None) -> Publication:
    """Take a published case down; its address then answers with the reason, or leads to `redirect_to`."""
    publication = Publication.objects.create(
        case=case,
        revision=case.publications.latest("pk").revision,
        kind=PublicState.WITHDRAWN,
        at=timezone.now(),
        by=by,
        reason=reason,
        redirect_to=redirect_to,
    )
    write_withdrawn(publication)
    return publication


def last_publication(case: Case) -> Publication | None:
    """What last happened to what readers see of the case; None if it was never public."""
    return case.publications.select_related("revision").last()


def write_published(case: Case) -> PublishedCase:
    """Make the published rows of a case those of its last publication. The caller opens the transaction."""
    releases = list(case.publications.filter(kind=PublicState.PUBLISHED).select_related("revision"))
    first, live = releases[0], releases[-1]
    content = from_json(live.revision.content)
    published = PublishedCase(
        case=case,
        external_id=str(case.external_id),
        first_released_at=first.at,
        released_at=live.at,
        is_demo=case.is_demo,
        **_columns(content),
    )
    published.listed_on = _day(content.published_at) or timezone.localdate(first.at)
    remove_case(case.pk)
    WithdrawnCase.objects.filter(pk=case.pk).delete()
    published.save()
    _write_rows_beside(published, content)
    names = _write_tags(published, content)
    index_case(published, dataclasses.replace(content, tags=names))
    return published


def write_withdrawn(publication: Publication) -> None:
    """Make the published rows of a case those of its withdrawal. The caller opens the transaction."""
    remove_case(publication.case_id)
    with _dropping_unused_tags(publication.case_id):
        PublishedCase.objects.filter(pk=publication.case_id).delete()
    WithdrawnCase.objects.update_or_create(
        case_id=publication.case_id,
        defaults={
            "withdrawn_at": publication.at,
            "reason": publication.reason,
            "redirect_to_id": publication.redirect_to_id,
        },
    )


def _columns(content: CaseContent) -> dict[str, object]:
    """What lists filter by and show, beside the whole content."""
    body = to_json(content)
    cover = next((picture for picture in content.pictures if picture.is_cover), None)
    return {
        "body": body,
        "title": content.title,
        "lead": lead_text(content),
        "highlights": [to_json(CaseContent(metrics=(m,)))["metrics"][0] for m in strongest_metrics(content)],
        "cover": cover.file if cover else "",
        "region_id": content.region or None,
        **_divisions(content.region),
        "department_id": content.department or None,
        "origin": content.origin,
        "source_name": content.source_name,
        "published_at": content.published_at,
        "metric_count": len(content.all_metrics()),
    }


def _divisions(code: str) -> dict[str, str]:
    """The province, prefecture and county of a division, as far as it has them."""
    lineage = Region.objects.select_related("parent__parent").get(pk=code).lineage() if code else []
    return {f"{division.level}_id": division.code for division in lineage}


def _day(moment: Moment | None) -> datetime.date | None:
    return moment.date() if isinstance(moment, datetime.datetime) else moment


def _write_rows_beside(published: PublishedCase, content: CaseContent) -> None:
    renamed = _renames("theme")
    published.themes.set({renamed.get(slug, slug) for slug in content.themes})  # type: ignore[misc]  # their keys
    published.metrics.all().delete()
    PublishedMetric.objects.bulk_create(
        PublishedMetric(
            case=published,
            order=placed.order,
            initiative=placed.initiative,
            **{name: getattr(placed.metric, name) for name in placed.metric.__dataclass_fields__},
        )
        for placed in placed_metrics(content)
    )


def _write_tags(published: PublishedCase, content: CaseContent) -> tuple[str, ...]:
    """File the case under its tags, by the names they go by now; returns those names."""
    renamed = _renames("tag")
    words = [renamed.get(word.lower(), word) for word in content.tags]
    wanted = {tag_slug(word): word for word in reversed(words) if word.strip()}  # of two spellings the first
    Tag.objects.bulk_create((Tag(name=word, slug=slug) for slug, word in wanted.items()), ignore_conflicts=True)
    tags = list(Tag.objects.filter(slug__in=wanted).order_by("name"))
    with _dropping_unused_tags(published.pk):
        TaggedCase.objects.filter(content_object=published).delete()
        TaggedCase.objects.bulk_create(TaggedCase(content_object=published, tag=tag) for tag in tags)
    return tuple(tag.name for tag in tags)


@contextlib.contextmanager
def _dropping_unused_tags(case_pk: int) -> Iterator[None]:
    """Drop the tags that the case had before and that no published case has after."""
    before = list(TaggedCase.objects.filter(content_object_id=case_pk).values_list("tag_id", flat=True))
    yield
    if before:
        Tag.objects.filter(pk__in=before, taggedcase_items=None).delete()


def _renames(kind: str) -> dict[str, str]:
    """An old word in lower case to the word it goes by now; a chain of renames is followed to its end."""
    direct = {alias.old.lower(): alias.new for alias in Alias.objects.filter(kind=kind)}
    followed = {}
    for old, new in direct.items():
        seen = {old}
        while new.lower() not in seen and new.lower() in direct:
            seen.add(new.lower())
            new = direct[new.lower()]
        followed[old] = new
    return followed
