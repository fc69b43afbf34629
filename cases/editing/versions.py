"""The versions of a case: the draft, what readers see, each revision; and how one becomes the draft again."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from cases.content import CaseContent, from_json, gettext_noop
from cases.editing.drafts import content_digest, freeze, read_draft
from cases.editing.permissions import NotAllowed, require
from cases.editing.review.moving import write_down
from cases.editing.saving import save_content
from cases.models import Case, ReviewStep, Revision, User
from cases.models.draft import PublicState
from cases.models.history import Occasion
from cases.publishing.release import last_publication

DRAFT, LIVE = "draft", "live"  # names of versions beside the numbers of revisions


class NoSuchVersion(Exception):
    """A case has no version of this name."""


def revisions_of(case: Case) -> list[Revision]:
    """The revisions of a case without their contents, newest first; one query."""
    return list(case.revisions.select_related("by").defer("content").order_by("-number"))


def live_revision(case: Case) -> Revision | None:
    """What readers see now; None if the case is not public."""
    last = last_publication(case)
    return last.revision if last is not None and last.kind == PublicState.PUBLISHED else None


def content_of(case: Case, version: str) -> CaseContent:
    """What a case says in a version: DRAFT, LIVE, or the number of a revision. Raises NoSuchVersion."""
    if version == DRAFT:
        return read_draft(case)
    revision = live_revision(case) if version == LIVE else revision_of(case, version)
    if revision is None:
        raise NoSuchVersion(version)
    return from_json(revision.content)


def revision_of(case: Case, number: str) -> Revision:
    """Raises NoSuchVersion for what is no number of a revision of the case."""
    is_number = number.isascii() and number.isdecimal() and len(number) < 10
    revision = case.revisions.select_related("by").filter(number=int(number)).first() if is_number else None
    if revision is None:
        raise NoSuchVersion(number)
    return revision


def version_to_compare_with(case: Case, revisions: Sequence[Revision], live: Revision | None) -> str:
    """The version a draft is compared with unless another is asked for; "" if there is none.

    What readers see; else the last revision that says something else, or the last of all.
    """
    if live is not None:
        return LIVE
    others = [revision for revision in revisions if revision.digest != case.digest] or revisions
    return str(others[0].number) if others else ""


@transaction.atomic
def restore_revision(revision: Revision, *, by: User, version: int) -> Case:
    """Make what a case said in a revision its draft again. `version` is that of the case as the person saw it.

    Nothing is lost: a draft that no revision holds becomes one first. Raises NotAllowed, Conflict, and ContentError
    if the vocabulary has lost a word of it.
    """
    case = Case.objects.get(pk=revision.case_id)
    require(by, "change", case)
    content, replaced = from_json(revision.content), read_draft(case)
    if content_digest(content) == case.digest:
        raise NotAllowed(gettext_noop("工作稿的内容就是这一版，不用恢复。"))
    stage, is_kept = case.stage, case.revisions.filter(digest=case.digest).exists()
    restored = save_content(content, by=by, case=case, version=version).case
    restored.writers.add(revision.by)  # their words: they do not review them, whatever was approved since
    if not is_kept:
        freeze(restored, by=by, content=replaced, occasion=Occasion.OVERWRITTEN)
    write_down(restored, ReviewStep.RESTORED, by=by, stage=stage, revision=revision)
    return restored
