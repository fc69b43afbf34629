"""The published tables made anew from the history."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.db import transaction
from django.db.models import QuerySet

from cases.models import Publication, PublishedCase, PublishedMetric, PublishedVersion, Tag, TaggedCase, WithdrawnCase
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
    beside = (TaggedCase, PublishedMetric, PublishedVersion, *RELATIONS, PublishedCase.themes.through)
    for model in (*beside, PublishedCase, Tag, WithdrawnCase):
        model.objects.all().delete()  # type: ignore[misc]  # of ten models
    last = {case: (key, kind) for key, case, kind in _publications().values_list("pk", "case", "kind")}
    in_order = sorted(last.values())
    public = [key for key, kind in in_order if kind == PublicState.PUBLISHED]
    for start in progress(range(0, len(public), BATCH)):
        batch = _publications().filter(pk__in=public[start : start + BATCH])
        write_published_cases([publication.case for publication in batch])
    for key, kind in in_order:
        if kind == PublicState.WITHDRAWN:
            write_withdrawn(_publications().get(pk=key))
    return len(public)


def _publications() -> QuerySet[Publication]:
    return Publication.objects.select_related("case").order_by("pk")
