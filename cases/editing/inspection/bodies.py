"""Looking at the texts that readers see: what is wrong with each, and which addresses stand in it.

All of them at night, those released since whenever the timer comes round: so the panel never reads a text itself.
"""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from cases.checking.findings import sentences_of
from cases.checking.links import addresses_in, check_pictures, check_sources, is_address
from cases.content import LIMITS, CaseContent, gettext_noop
from cases.models import CaseFinding, CaseLink, FindingKind, Inspection, PublishedCase
from cases.presenting.meta_tags import content_source

AT_ONCE = 200  # cases whose rows are written together
MOST_BETWEEN = 1_000  # cases that are looked at between two nights in one go
CLAIMED = datetime.timedelta(hours=1)  # after which a look at all that never ended is given up

# Tag of a page of a case that must not be empty → field in which it is mended.
_MENDED_IN = {"ArticleTitle": "title", "ContentSource": "source_name"}


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look at the texts came to."""

    cases: int
    findings: int


def inspect_due(now: datetime.datetime | None = None) -> Looked | None:
    """Look at all texts once a day and when asked to, else at those released since; None if somebody else does."""
    now = now or timezone.now()
    row, _made = Inspection.objects.get_or_create(pk=1)
    done = row.finished_at and timezone.localdate(row.finished_at) >= timezone.localdate(now)
    return inspect_changed(row) if done and not is_wanted(row) else inspect_all(now)


def want_all() -> None:
    """Have all texts looked at when the timer comes round: it takes longer than anybody waits for a page."""
    Inspection.objects.update_or_create(pk=1, defaults={"wanted_at": timezone.now()})


def is_wanted(row: Inspection) -> bool:
    """Whether a look at all was asked for since the last one that ended began."""
    return row.wanted_at is not None and (row.finished_at is None or row.wanted_at > row.finished_at)


def inspect_all(now: datetime.datetime | None = None) -> Looked | None:
    """Look at the text of every public case; None if somebody else is at it."""
    now = now or timezone.now()
    Inspection.objects.get_or_create(pk=1)
    free = Q(started_at=None) | Q(started_at__lt=now - CLAIMED)
    if not Inspection.objects.filter(free, pk=1).update(started_at=now):
        return None
    looked = _look_at(PublishedCase.objects.order_by("pk"))
    _forget_others()
    last = PublishedCase.objects.order_by("-released_at").values_list("released_at", flat=True).first()
    Inspection.objects.filter(pk=1).update(
        started_at=None, finished_at=now, cases=looked.cases, released_until=min(last or now, now)
    )
    return looked


def inspect_changed(row: Inspection) -> Looked:
    """Look at the texts released since the last look; what was taken down is left out of every list anyway."""
    cases = PublishedCase.objects.order_by("released_at", "pk")
    if row.released_until:
        cases = cases.filter(released_at__gt=row.released_until)
    chosen = list(cases.values_list("pk", "released_at")[:MOST_BETWEEN])
    if not chosen:
        return Looked(0, 0)
    looked = _look_at(PublishedCase.objects.filter(pk__in=[pk for pk, _at in chosen]).order_by("pk"))
    Inspection.objects.filter(pk=row.pk).update(released_until=chosen[-1][1])
    return looked


def _look_at(cases: Iterable[PublishedCase]) -> Looked:
    rows = cases.only("body").iterator(chunk_size=AT_ONCE)  # type: ignore[attr-defined]  # a queryset
    looked = found = 0
    while chunk := list(itertools.islice(rows, AT_ONCE)):
        contents = [(case.pk, case.content) for case in chunk]
        findings = [finding for pk, content in contents for finding in findings_of(pk, content)]
        links = [link for pk, content in contents for link in links_of(pk, content)]
        with transaction.atomic():
            keys = [pk for pk, _content in contents]
            CaseFinding.objects.filter(case__in=keys).delete()
            CaseLink.objects.filter(case__in=keys).delete()
            CaseFinding.objects.bulk_create(findings, batch_size=500)
            CaseLink.objects.bulk_create(links, batch_size=500)
        looked, found = looked + len(chunk), found + len(findings)
    return Looked(looked, found)


def _forget_others() -> None:
    """Of cases that are not public any more."""
    public = PublishedCase.objects.order_by().values("pk")
    for table in (CaseFinding, CaseLink):
        table.objects.exclude(case__in=public).delete()


def findings_of(pk: int, content: CaseContent) -> Iterator[CaseFinding]:
    """What is wrong with a case, in the order of its page."""
    for tag in empty_tags(content):
        message = gettext_noop("必填的元标签没有内容，请补上这一栏")
        yield CaseFinding(case=pk, kind=FindingKind.META, place=_MENDED_IN[tag], message=message)
    for kind, check in ((FindingKind.SOURCE, check_sources), (FindingKind.PICTURE, check_pictures)):
        for finding in check(content):
            yield CaseFinding(case=pk, kind=kind, place=finding.path, message=finding.message)


def empty_tags(content: CaseContent) -> list[str]:
    """Names of the tags every page of a case must have for which this one has nothing to say of its own."""
    told = {"ArticleTitle": content.title, "ContentSource": content_source(content, settings.SITE_OWNER)}
    return [name for name, value in told.items() if not value.strip()]


def links_of(pk: int, content: CaseContent) -> Iterator[CaseLink]:
    """The addresses of a case that can be tried, each once at each place."""
    places = {(content.source_url, "source_url"): None}
    places |= {(address, path): None for path, text in sentences_of(content) for _start, address in addresses_in(text)}
    for address, path in places:
        if is_address(address) and len(address) <= LIMITS["source_url"]:
            yield CaseLink(case=pk, address=address, place=path)
