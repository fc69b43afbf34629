"""The one way a person saves a draft: with the version they saw, so that nobody's text is written over unseen.

The tab that saves is known by its token: its unsaved text is closed in the same transaction, a button pressed twice
makes one case, and an answer lost on its way is no conflict with oneself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from cases.content import CaseContent
from cases.editing.drafts import Conflict, content_at, content_digest, write_draft
from cases.editing.permissions import require, require_add
from cases.models import Case, UnsavedText, User

__all__ = ["Saved", "content_at", "is_token", "save_content"]


@dataclass(frozen=True, slots=True)
class Saved:
    case: Case
    changed: bool  # False: it said so already, nothing was written


@transaction.atomic
def save_content(
    content: CaseContent,
    *,
    by: User,
    case: Case | None,
    version: int | None,
    token: str = "",
    step: int = 0,
    **columns: Any,
) -> Saved:
    """Write what somebody typed: a new case, or `case` as it was seen at `version`.

    `token` is of their tab and `step` the number of what it sent; text it typed later stays unsaved text. `columns` are
    fields of Case that are no content. Raises Conflict if somebody else saved since (a version of None never fits),
    NotAllowed, and ContentError for words the vocabulary does not have. Nothing is half written, and a text that was
    refused stays what it was: unsaved.
    """
    tab = _tab(by, token)
    if tab is not None and tab.case is not None:  # it may have saved before, and never learned of it
        if case is None:
            case, version = tab.case, tab.base_version
        elif case.pk == tab.case_id and version is not None:
            version = max(version, tab.base_version)
    saved = _created(content, by=by, **columns) if case is None else _changed(content, case, version, by=by, **columns)
    if tab is not None:
        _close(tab, saved.case, step)
    return saved


def is_token(text: str) -> bool:
    """Whether a text may be the token of a tab."""
    return bool(re.fullmatch(r"[0-9A-Za-z_-]{8,32}", text))


def _created(content: CaseContent, *, by: User, **columns: Any) -> Saved:
    require_add(by)
    return Saved(write_draft(content, by=by, **columns), changed=True)


def _changed(content: CaseContent, case: Case, version: int | None, *, by: User, **columns: Any) -> Saved:
    stored = Case.objects.filter(pk=case.pk).first()
    if stored is None:  # deleted meanwhile
        raise Conflict(case.pk)
    if content_digest(content) == stored.digest:
        return Saved(stored, changed=False)
    require(by, "change", stored)
    if stored.version != version:
        raise Conflict(case.pk)
    # Claimed with the version it was read at: a step taken since, that freezes the text, makes it a Conflict.
    return Saved(write_draft(content, by=by, case=stored, **columns), changed=True)


def _tab(by: User, token: str) -> UnsavedText | None:
    """The row of a tab, made if it kept nothing yet, and held till the end: a second press waits for the first."""
    if not is_token(token):
        return None
    now = timezone.now()
    defaults = {"by": by, "opened_at": now, "seen_at": now, "is_closed": True}
    tab, _made = UnsavedText.objects.get_or_create(token=token, defaults=defaults)
    if not UnsavedText.objects.filter(pk=tab.pk, by=by).update(seen_at=now):
        return None  # of somebody else
    tab.refresh_from_db()
    return tab


def _close(tab: UnsavedText, case: Case, step: int) -> None:
    """What the tab kept is in the case now; so is whatever it still sends up to `step`."""
    tab.case, tab.base_version, tab.typed, tab.typed_at, tab.is_closed = case, case.version, None, None, True
    tab.step = max(tab.step, step)
    tab.save()
