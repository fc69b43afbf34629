"""The one writer of the published tables.

`publish` and `withdraw` add a fact to the history and then make the published rows what the
history says; `rebuild_published` does the second half alone. Nothing of what readers see
comes from anywhere but the vocabulary, the Revision and the Publications of a case.
"""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Collection, Iterator, Mapping, Sequence

from django.db import transaction
from django.db.models import OuterRef, Subquery, prefetch_related_objects
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
from cases.publishing.relations import write_relations
from cases.publishing.versions import write_versions
from cases.search.index import index_cases, remove_case


@transaction.atomic
def publish(revision: Revision, *, by: User, forced_reason: str = "") -> PublishedCase:
    """Show this revision to readers; rows, tags, index and history in one transaction.

    `forced_reason`: why without the reviews, if it is.
    """
    Publication.objects.create(
        case=revision.case,
        revision=revision,
        kind=PublicState.PUBLISHED,
        at=timezone.now(),
        by=by,
        is_forced=bool(forced_reason),
        forced_reason=forced_reason,
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
    """`write_published_cases` of one case."""
    return write_published_cases([case])[0]


def write_published_cases(cases: Sequence[Case]) -> list[PublishedCase]:
    """Make the published rows of cases those of their last publication. The caller opens the transaction."""
    releases = _releases(cases)
    contents = {pk: from_json(live.revision.content) for pk, (_, live) in releases.items()}
    divisions = _lineages({content.region for content in contents.values()})
    rows = [_row(case, *releases[case.pk], contents[case.pk], divisions) for case in cases]
    WithdrawnCase.objects.filter(pk__in=contents).delete()
    PublishedCase.objects.bulk_create(rows, update_conflicts=True, unique_fields=["case"], update_fields=_COLUMNS)
    _write_themes(contents)
    _write_metrics(contents)
    _write_tags(contents)
    write_relations([(row, contents[row.pk]) for row in rows])
    write_versions(contents)
    index_cases(list(contents))
    return rows


def write_withdrawn(publication: Publication) -> None:
    """Make the published rows of a case those of its withdrawal. The caller opens the transaction."""
    remove_case(publication.case_id)
    with _refreshing_tags([publication.case_id]):
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


# the rows of cases


_COLUMNS = [field.name for field in PublishedCase._meta.concrete_fields if not field.primary_key]


def _releases(cases: Sequence[Case]) -> dict[int, tuple[Publication, Publication]]:
    """Key of a case → its first publication and its last, which comes with its revision."""
    published = Publication.objects.filter(case__in=cases, kind=PublicState.PUBLISHED).order_by("pk")
    first: dict[int, Publication] = {}
    live: dict[int, Publication] = {}
    for publication in published:
        first.setdefault(publication.case_id, publication)
        live[publication.case_id] = publication
    prefetch_related_objects(list(live.values()), "revision")
    return {pk: (first[pk], live[pk]) for pk in live}


def _row(
    case: Case, first: Publication, live: Publication, content: CaseContent, divisions: dict[str, list[Region]]
) -> PublishedCase:
    cover = next((picture for picture in content.pictures if picture.is_cover), None)
    return PublishedCase(
        case=case,
        external_id=str(case.external_id),
        first_released_at=first.at,
        released_at=live.at,
        is_demo=case.is_demo,
        body=to_json(content),
        title=content.title,
        lead=lead_text(content),
        highlights=[to_json(CaseContent(metrics=(m,)))["metrics"][0] for m in strongest_metrics(content)],
        cover=cover.file if cover else "",
        region_id=content.region or None,
        **{f"{division.level}_id": division.code for division in divisions.get(content.region, ())},
        department_id=content.department or None,
        origin=content.origin,
        source_name=content.source_name,
        published_at=content.published_at,
        listed_on=_day(content.published_at) or timezone.localdate(first.at),
        metric_count=len(content.all_metrics()),
    )


def _lineages(codes: set[str]) -> dict[str, list[Region]]:
    """For each division those that hold it and itself: province, prefecture and county, as far as it has them."""
    rows = Region.objects.select_related("parent__parent").filter(pk__in=codes - {""})
    return {region.code: region.lineage() for region in rows}


def _day(moment: Moment | None) -> datetime.date | None:
    return moment.date() if isinstance(moment, datetime.datetime) else moment


# the rows beside them; each takes the contents by the key of their case


def _write_metrics(contents: Mapping[int, CaseContent]) -> None:
    PublishedMetric.objects.filter(case__in=contents).delete()
    PublishedMetric.objects.bulk_create(
        PublishedMetric(
            case_id=pk,
            order=placed.order,
            initiative=placed.initiative,
            **{name: getattr(placed.metric, name) for name in placed.metric.__dataclass_fields__},
        )
        for pk, content in contents.items()
        for placed in placed_metrics(content)
    )


def _write_themes(contents: Mapping[int, CaseContent]) -> None:
    """File the cases under the themes by the slugs they go by now; a rename to what is no theme is left alone."""
    renamed = Alias.objects.renames("theme")
    known = set(Theme.objects.filter(pk__in=renamed.values()).values_list("pk", flat=True))
    filed = PublishedCase.themes.through
    filed.objects.filter(publishedcase__in=contents).delete()
    filed.objects.bulk_create(
        filed(publishedcase_id=pk, theme_id=slug)
        for pk, content in contents.items()
        for slug in sorted({renamed[one] if renamed.get(one) in known else one for one in content.themes})
    )


def _write_tags(contents: Mapping[int, CaseContent]) -> None:
    """File the cases under their tags, by the names they go by now."""
    renamed = Alias.objects.renames("tag")
    words = {pk: _words_by_slug(content.tags, renamed) for pk, content in contents.items()}
    spelled = {slug: word for of_case in reversed(words.values()) for slug, word in of_case.items()}
    Tag.objects.bulk_create((Tag(name=word, slug=slug) for slug, word in spelled.items()), ignore_conflicts=True)
    with _refreshing_tags(contents):
        TaggedCase.objects.filter(content_object__in=contents).delete()
        keys = dict(Tag.objects.filter(slug__in=spelled).values_list("slug", "pk"))
        TaggedCase.objects.bulk_create(
            TaggedCase(content_object_id=pk, tag_id=keys[slug], word=word)
            for pk, of_case in words.items()
            for slug, word in of_case.items()
        )


def _words_by_slug(tags: Sequence[str], renamed: Mapping[str, str]) -> dict[str, str]:
    """The words of a case's tags as they are called now; of two spellings the first."""
    words: dict[str, str] = {}
    for tag in tags:
        word = renamed.get(tag.lower(), tag)
        if word.strip():
            words.setdefault(tag_slug(word), word)
    return words


@contextlib.contextmanager
def _refreshing_tags(cases: Collection[int]) -> Iterator[None]:
    """Of the tags the cases had before or have after: drop those no published case has, name the others anew.

    The name follows from who has the tag now, not from who had it first, so that a rebuild gives the same.
    """
    theirs = TaggedCase.objects.filter(content_object__in=cases).values_list("tag_id", flat=True)
    before = list(theirs)
    yield
    touched = Tag.objects.filter(pk__in={*before, *theirs.all()})
    touched.filter(taggedcase_items=None).delete()
    oldest = TaggedCase.objects.filter(tag=OuterRef("pk")).order_by("content_object")
    touched.update(name=Subquery(oldest.values("word")[:1]))
