"""The published tables made anew from the history."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.db import transaction

from cases.models import Publication, PublishedCase, PublishedMetric, Tag, TaggedCase, WithdrawnCase
from cases.models.draft import PublicState
from cases.publishing.relations import RELATIONS
from cases.publishing.release import write_published_cases, write_withdrawn
from cases.search.index import BATCH, clear_index


@transaction.atomic
def rebuild_published(progress: Callable[[Iterable], Iterable] = iter) -> int:
    """Drop every published row, tag and index entry and write them again; returns how many cases are public.

    Readers see the old rows until the transaction ends. `progress` wraps the list of batches.
    """
    clear_index()
    beside = (TaggedCase, PublishedMetric, *RELATIONS, PublishedCase.themes.through)
    for model in (*beside, PublishedCase, Tag, WithdrawnCase):
        model.objects.all().delete()  # type: ignore[misc]  # of nine models
    last = {
        publication.case_id: publication for publication in Publication.objects.select_related("case").order_by("pk")
    }
    in_order = sorted(last.values(), key=lambda publication: publication.pk)
    public = [publication.case for publication in in_order if publication.kind == PublicState.PUBLISHED]
    for start in progress(range(0, len(public), BATCH)):
        write_published_cases(public[start : start + BATCH])
    for publication in in_order:
        if publication.kind == PublicState.WITHDRAWN:
            write_withdrawn(publication)
    return len(public)
