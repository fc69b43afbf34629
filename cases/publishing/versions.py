"""What a case said before, for readers: one row for each publication since it was last taken down.

What was taken down stays down: a case that is published again begins anew, with its next number, so that no address
ever leads to another text.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection

from cases.models import Publication, PublishedVersion, Revision
from cases.models.draft import PublicState


def write_versions(cases: Collection[int]) -> None:
    """Make the versions of public cases, by their keys, what the history says. The caller opens the transaction."""
    public = _public_since(cases)
    past = {publication.revision_id for shown in public.values() for _number, publication in shown[:-1]}
    bodies = dict(Revision.objects.filter(pk__in=past).values_list("pk", "content")) if past else {}
    PublishedVersion.objects.filter(case__in=cases).delete()
    PublishedVersion.objects.bulk_create(
        PublishedVersion(
            case_id=case,
            number=number,
            released_at=publication.at,
            note=publication.revision.note,
            is_minor=publication.revision.is_minor,
            body=None if publication is shown[-1][1] else bodies[publication.revision_id],
        )
        for case, shown in public.items()
        for number, publication in shown
    )


def _public_since(cases: Collection[int]) -> dict[int, list[tuple[int, Publication]]]:
    """Key of a case → its publications since it was last taken down, in order, with their numbers from the first."""
    history = Publication.objects.filter(case__in=cases).order_by("pk")
    shown: dict[int, list[tuple[int, Publication]]] = defaultdict(list)
    numbers: Counter[int] = Counter()
    for publication in history.select_related("revision").defer("revision__content"):
        if publication.kind == PublicState.WITHDRAWN:
            shown[publication.case_id].clear()
        else:
            numbers[publication.case_id] += 1
            shown[publication.case_id].append((numbers[publication.case_id], publication))
    return shown
