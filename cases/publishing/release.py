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
from django.db.models import OuterRef, Subquery
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
    Theme,
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
    with _refreshing_tags(publication.case_id):
        PublishedCase.objects.filter(pk=publication.case_id).delete()
    WithdrawnCase.objects.update_or_create(
        case_id=publication.case_id,
        defaults={
            "withdrawn_at": publication.at,
            "reason": publication.reason,
            "redirect_to_id": publication.redirect_to_id,
            "is_demo": publication.case.is_demo,
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
    published.themes.set(_themes_of_today(content))  # type: ignore[arg-type]  # their keys
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


def _themes_of_today(content: CaseContent) -> set[str]:
    """The slugs the themes go by now; a rename to what is no theme is left alone."""
    renamed = Alias.objects.renames("theme")
    known = set(Theme.objects.filter(pk__in=renamed.values()).values_list("pk", flat=True))
    return {renamed[slug] if renamed.get(slug) in known else slug for slug in content.themes}


def _write_tags(published: PublishedCase, content: CaseContent) -> tuple[str, ...]:
    """File the case under its tags, by the names they go by now; returns those names."""
    renamed = Alias.objects.renames("tag")
    words: dict[str, str] = {}
    for word in content.tags:
        word = renamed.get(word.lower(), word)
        if word.strip():
            words.setdefault(tag_slug(word), word)  # of two spellings the first
    Tag.objects.bulk_create((Tag(name=word, slug=slug) for slug, word in words.items()), ignore_conflicts=True)
    tags = {tag.slug: tag for tag in Tag.objects.filter(slug__in=words)}
    with _refreshing_tags(published.pk):
        TaggedCase.objects.filter(content_object=published).delete()
        TaggedCase.objects.bulk_create(
            TaggedCase(content_object=published, tag=tags[slug], word=word) for slug, word in words.items()
        )
    return tuple(Tag.objects.filter(slug__in=words).values_list("name", flat=True))


@contextlib.contextmanager
def _refreshing_tags(case_pk: int) -> Iterator[None]:
    """Of the tags the case had before or has after: drop those no published case has, name the others anew.

    The name follows from who has the tag now, not from who had it first, so that a rebuild gives the same.
    """
    mine = TaggedCase.objects.filter(content_object_id=case_pk).values_list("tag_id", flat=True)
    before = list(mine)
    yield
    touched = Tag.objects.filter(pk__in={*before, *mine.all()})
    touched.filter(taggedcase_items=None).delete()
    oldest = TaggedCase.objects.filter(tag=OuterRef("pk")).order_by("content_object")
    touched.update(name=Subquery(oldest.values("word")[:1]))
