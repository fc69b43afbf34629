"""Draft rows from a CaseContent, and a CaseContent from draft rows.

`read_draft(write_draft(content)) == content` for every content whose codes are in the vocabulary.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields
from decimal import Decimal
from typing import Any

from django.db import models, transaction
from django.db.models import F
from django.utils import timezone

from cases.content import (
    CaseContent,
    ContentError,
    InitiativeContent,
    MeasureContent,
    MetricContent,
    PictureContent,
    decimal_text,
    from_json,
    gettext_noop,
    to_json,
)
from cases.editing.audit.recording import changed_paths, record
from cases.editing.duplicates import set_fingerprint
from cases.editing.permissions import EDITABLE, NotAllowed, require_scope
from cases.models import (
    Case,
    Department,
    DraftSave,
    Initiative,
    Measure,
    Metric,
    Picture,
    Region,
    Revision,
    Theme,
    User,
)

_PLAIN_FIELDS = [
    field.name
    for field in fields(CaseContent)
    if field.name not in ("region", "department", "themes", "initiatives", "metrics", "pictures")
]


KEPT_SAVES = 10  # of a case: how many saves behind a form may be, and still be merged field by field


class Conflict(Exception):
    """Somebody else saved the case since it was read."""


def content_digest(content: CaseContent) -> str:
    """SHA-256 of the JSON form; equal contents have equal digests."""
    return hashlib.sha256(json.dumps(to_json(content), ensure_ascii=False).encode()).hexdigest()


# Reading


def read_draft(case: Case) -> CaseContent:
    """The working copy as a CaseContent; at most seven queries, fewer if the rows are prefetched."""
    return CaseContent(
        **{name: _frozen(getattr(case, name)) for name in _PLAIN_FIELDS},
        region=case.region_id or "",
        department=case.department_id or "",
        themes=tuple(sorted(theme.pk for theme in case.themes.all())),
        initiatives=tuple(
            InitiativeContent(
                heading=initiative.heading,
                text=initiative.text,
                measures=tuple(_plain(MeasureContent, measure) for measure in _in_order(initiative.measures.all())),
                metrics=_read_metrics(initiative.metrics.all()),
            )
            for initiative in _in_order(_initiatives(case))
        ),
        metrics=_read_metrics(case.metrics.all()),
        pictures=tuple(_plain(PictureContent, picture) for picture in _in_order(case.pictures.all())),
    )


def load_drafts(cases: Sequence[Case]) -> None:
    """Load what `read_draft` reads of many cases at once, in seven queries; for reading them, not for writing."""
    below = ("initiatives__measures", "initiatives__metrics")
    models.prefetch_related_objects(cases, "themes", "metrics", "pictures", *below)


def _initiatives(case: Case) -> Iterable[Initiative]:
    is_loaded = "initiatives" in getattr(case, "_prefetched_objects_cache", {})
    return case.initiatives.all() if is_loaded else case.initiatives.prefetch_related("measures", "metrics")


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _in_order(rows: Iterable[Any]) -> list[Any]:
    return sorted(rows, key=lambda row: (row.order, row.pk))


def _plain(kind: Any, row: models.Model) -> Any:
    return kind(**{field.name: getattr(row, field.name) for field in fields(kind)})


def _read_metrics(rows: Iterable[Metric]) -> tuple[MetricContent, ...]:
    return tuple(
        MetricContent(
            **{field.name: _number(getattr(row, field.name)) for field in fields(MetricContent)},
        )
        for row in _in_order(rows)
    )


def _number(value: Any) -> Any:
    """Decimals lose the zeros their column adds: 44.0000000000 is 44."""
    return Decimal(decimal_text(value)) if isinstance(value, Decimal) else value


# Writing


@transaction.atomic
def write_draft(content: CaseContent, *, by: User, case: Case | None = None, **columns: Any) -> Case:
    """A new case with this content, or `case` with its content replaced.

    `columns` are fields of Case that are no content (external_id, source_text, is_demo).
    Raises ContentError for a region, department or theme that the vocabulary does not have,
    Conflict if `case` was saved by somebody else since it was read, and NotAllowed while it is under
    review or archived, or if it would be out of the sight of `by` then. Nothing is half written.
    """
    check_words(content)
    require_scope(by, content, case)
    old = None
    if case is None:
        case = Case(created_by=by, updated_by=by, updated_at=timezone.now())
    else:
        claim_text(case, version=case.version)
        old = _keep_replaced(case, by=by)
    for name in _PLAIN_FIELDS:
        value = getattr(content, name)
        setattr(case, name, list(value) if isinstance(value, tuple) else value)
    case.region_id, case.department_id = content.region or None, content.department or None
    for name, value in columns.items():
        setattr(case, name, value)
    case.save()
    case.themes.set(content.themes)  # type: ignore[arg-type]  # their keys
    _write_parts(case, content)
    settle(case, by=by, content=content)
    before, after = changed_paths(old or CaseContent(), content)
    record("saved" if old else "created", by=by, about=case, before=before, after=after)
    return case


def check_words(content: CaseContent) -> None:
    """Raise ContentError at the first code that the vocabulary does not have."""
    for place, model, codes in (
        ("region", Region, [content.region]),
        ("department", Department, [content.department]),
        ("themes", Theme, content.themes),
    ):
        wanted = {code for code in codes if code}
        known = set(model.objects.filter(pk__in=wanted).values_list("pk", flat=True)) if wanted else set()
        for code in sorted(wanted - known):
            raise ContentError(gettext_noop("%(place)s：词表里没有“%(value)s”"), place=place, value=code)


def _keep_replaced(case: Case, *, by: User) -> CaseContent:
    """Keep what a save is about to replace, as the content of the version before: others may have started from it."""
    content = read_draft(Case.objects.get(pk=case.pk))  # `case` may hold changes already
    DraftSave.objects.create(case=case, version=case.version - 1, content=to_json(content), by=by, at=timezone.now())
    case.saves.filter(pk__in=case.saves.order_by("-version").values("pk")[KEPT_SAVES:]).delete()
    return content


def content_at(case: Case, version: int) -> CaseContent | None:
    """What the draft said at a version, or None if that is no longer known.

    Steps of review raise the version and write nothing: between two kept contents the later one stood. The oldest
    go first, so one older than `version` shows that none behind it is missing.
    """
    kept = case.saves.filter(version__gte=version).order_by("version").first()
    stored = Case.objects.get(pk=case.pk)
    is_exact = version in (stored.version, kept.version if kept else None)
    if not is_exact and not case.saves.filter(version__lt=version).exists():
        return None
    return from_json(kept.content) if kept else read_draft(stored)


def _write_parts(case: Case, content: CaseContent) -> None:
    for stale in (case.initiatives, case.metrics, case.pictures):
        stale.all().delete()
    Picture.objects.bulk_create(_rows(Picture, content.pictures, case=case))
    Metric.objects.bulk_create(_rows(Metric, content.metrics, case=case))
    initiatives = Initiative.objects.bulk_create(
        Initiative(case=case, order=order, heading=part.heading, text=part.text)
        for order, part in enumerate(content.initiatives)
    )
    parts = list(zip(initiatives, content.initiatives, strict=True))
    Measure.objects.bulk_create(row for owner, part in parts for row in _rows(Measure, part.measures, initiative=owner))
    Metric.objects.bulk_create(row for owner, part in parts for row in _rows(Metric, part.metrics, initiative=owner))


def _rows(model: Any, items: Iterable[Any], **owner: models.Model) -> list[Any]:
    return [
        model(order=order, **owner, **{field.name: getattr(item, field.name) for field in fields(item)})
        for order, item in enumerate(items)
    ]


# Saving safely


def claim(case: Case, *, version: int) -> None:
    """Raise the version of a case, or raise Conflict if it is no longer `version`.

    Compare and set in one statement: of two savers one wins on every database, without locks.
    Call it first in the transaction that saves.
    """
    if not Case.objects.filter(pk=case.pk, version=version).update(version=F("version") + 1):
        raise Conflict(case.pk)
    case.version = version + 1


def hold(case: Case) -> None:
    """Keep a case from being deleted till the transaction ends, for who adds to it. Raises NotAllowed if it was."""
    if not Case.objects.select_for_update(no_key=True).filter(pk=case.pk).values_list("pk").first():
        raise NotAllowed(gettext_noop("这个案例已经不在了。"))


def claim_text(case: Case, *, version: int) -> None:
    """`claim`, by who changes the text. Raises NotAllowed while it stands still: under review, or archived."""
    claim(case, version=version)
    case.stage = Case.objects.values_list("stage", flat=True).get(pk=case.pk)
    if case.stage not in EDITABLE:
        raise NotAllowed(gettext_noop("案例在审核中或者已归档，文字不能修改。"))


def settle(case: Case, *, by: User, content: CaseContent | None = None) -> Case:
    """Finish a save: renumber siblings from 0, keep digest and fingerprint of what is there now, note who and when.

    Who changed the text is one of its writers, who do not review it.

    `content` spares the reading when the caller has just written it in order.
    """
    if content is None:
        renumber(case)
        content = read_draft(Case.objects.get(pk=case.pk))
    case.external_id = case.external_id or _own_id(case)
    digest = content_digest(content)
    if digest != case.digest:
        set_fingerprint(case, content)
        case.writers.add(by)
    case.digest, case.updated_by, case.updated_at = digest, by, timezone.now()
    case.save(update_fields=["external_id", "digest", "sketch", "page", "updated_by", "updated_at"])
    return case


def _own_id(case: Case) -> str:
    """The id a case of this site has in exports: case-<pk>, or longer if an imported case goes by that."""
    taken = Case.objects.filter(external_id=f"case-{case.pk}").exists()
    return f"case-{case.pk}-{uuid.uuid4().hex[:8]}" if taken else f"case-{case.pk}"


def rebuild_fingerprints(*, progress: Callable[[Iterable], Iterable] = iter) -> int:
    """Write anew by what every case is recognised as a duplicate; returns how many cases there are."""
    keys = list(Case.objects.order_by("pk").values_list("pk", flat=True))
    for pk in progress(keys):
        with transaction.atomic():
            case = Case.objects.filter(pk=pk).first()
            if case is not None:  # deleted meanwhile
                set_fingerprint(case, read_draft(case))
                case.save(update_fields=["sketch", "page"])
    return len(keys)


def renumber(case: Case) -> None:
    """Number the siblings at every level 0, 1, 2 … in their present order."""
    levels = [case.pictures.all(), case.metrics.all(), case.initiatives.all()]
    for initiative in case.initiatives.prefetch_related("measures", "metrics"):
        levels += [initiative.measures.all(), initiative.metrics.all()]
    for siblings in levels:
        moved = []
        for order, row in enumerate(_in_order(siblings)):
            if row.order != order:
                row.order = order
                moved.append(row)
        if moved:
            type(moved[0]).objects.bulk_update(moved, ["order"])


def freeze(case: Case, *, by: User, note: str = "", content: CaseContent | None = None, **columns: Any) -> Revision:
    """A new Revision of the working copy as it stands now. It is never updated or deleted.

    `content` spares the reading when the caller has just read the draft; `columns` are others of Revision.
    """
    if content is None:
        content = read_draft(case)
    last = case.revisions.order_by("number").last()
    return Revision.objects.create(
        case=case,
        number=last.number + 1 if last else 1,
        content=to_json(content),
        digest=content_digest(content),
        note=note,
        at=timezone.now(),
        by=by,
        **columns,
    )
