"""Taking a correction in: the one thing that readers can write on this site."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from cases.models.corrections import OPEN_STATES, Correction
from cases.models.published import PublishedCase
from cases.presenting.passages import find_words


def same_as(case: PublishedCase, sent: Mapping[str, str], token: str) -> Correction | None:
    """What this is the same as: sent by the same form, or word for word waiting already."""
    digest = _digest(sent)
    by_form = Correction.objects.filter(case=case.pk, token=token, digest=digest)
    return by_form.first() or Correction.objects.filter(case=case.pk, digest=digest, state__in=OPEN_STATES).first()


def is_used(token: str) -> bool:
    """Whether something was sent by this form before."""
    return Correction.objects.filter(token=token).exists()


def receive(case: PublishedCase, sent: Mapping[str, str], token: str) -> Correction:
    """Keep what was sent of a public case; of two that are the same, sent at once, the first.

    `sent` has the fields of CorrectionForm: kind, quote, text, contact.
    """
    found = find_words(case.content, sent["quote"])
    try:
        with transaction.atomic():
            return Correction.objects.create(
                case_id=case.pk,
                version=case.versions.aggregate(last=Max("number"))["last"] or 0,
                kind=sent["kind"],
                quote=sent["quote"],
                place=found[0].path[:120] if found else "",
                text=sent["text"],
                contact=sent["contact"],
                digest=_digest(sent),
                token=token,
                received_at=timezone.now(),
            )
    except IntegrityError:
        same = same_as(case, sent, token)
        if same is None:
            raise
        return same


def _digest(sent: Mapping[str, str]) -> str:
    told = "\x1f".join(sent[name] for name in ("quote", "text", "contact"))
    return hashlib.sha256(told.encode()).hexdigest()
