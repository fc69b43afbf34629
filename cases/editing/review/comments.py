"""Comments on passages of a case: made by those who write and review it, answered, closed.

A comment is about the words it quotes at a place. Texts change and places move with them, so it is shown where its
words still stand, and among those whose words are gone otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from cases.content import CaseContent, from_json, gettext_noop
from cases.editing.audit.recording import record
from cases.editing.drafts import hold, read_draft
from cases.editing.permissions import NotAllowed, require
from cases.editing.review.passages import Passage, passages
from cases.models import Case, ReviewComment, User

LONGEST = 2000
LONGEST_QUOTE = 300


@dataclass(frozen=True, slots=True)
class Thread:
    """A comment with its answers, oldest first."""

    comment: ReviewComment
    answers: tuple[ReviewComment, ...]

    @property
    def is_open(self) -> bool:
        return self.comment.closed_at is None


def reviewed_content(case: Case) -> CaseContent:
    """What there is to be read: the frozen text while the case is under review, else the working copy."""
    return from_json(case.submitted_revision.content) if case.submitted_revision else read_draft(case)


@transaction.atomic
def comment_on(case: Case, *, by: User, text: str, path: str = "", quote: str = "") -> ReviewComment:
    """Remark on a passage, or on the case as a whole (path "").

    Raises NotAllowed, also for words that are not there.
    """
    require(by, "comment", case)
    quote = quote.replace("\r\n", "\n").strip()[:LONGEST_QUOTE]
    texts = {passage.path: passage.text for passage in passages(reviewed_content(case))} if path or quote else {}
    if path and path not in texts:
        raise NotAllowed(gettext_noop("没有这个段落，请重新打开页面再批注。"))
    if quote and quote not in texts.get(path, ""):
        raise NotAllowed(gettext_noop("引用的原文不在这一段里，请照原文引用，或者留空。"))
    return _write(case, by=by, text=text, path=path, quote=quote)


@transaction.atomic
def answer(comment: ReviewComment, *, by: User, text: str) -> ReviewComment:
    """Answer a comment that is still open. Raises NotAllowed."""
    _check_open(comment, by)
    return _write(comment.case, by=by, text=text, path=comment.path, answers=comment)


@transaction.atomic
def close_comment(comment: ReviewComment, *, by: User) -> None:
    """Close a comment: what it asked for is done, or not needed. Raises NotAllowed if it is closed already."""
    _check_open(comment, by)
    still_open = ReviewComment.objects.filter(pk=comment.pk, closed_at=None)
    if not still_open.update(closed_at=timezone.now(), closed_by=by):
        raise NotAllowed(gettext_noop("这条批注已经关闭。"))
    record("comment_closed", by=by, about=comment, title=str(comment.case))


def threads_of(case: Case) -> list[Thread]:
    """The comments of a case with their answers; one query."""
    rows = list(ReviewComment.objects.filter(case=case).select_related("by", "closed_by"))
    return [
        Thread(row, tuple(one for one in rows if one.answers_id == row.pk)) for row in rows if row.answers_id is None
    ]


def place_threads(
    threads: Sequence[Thread], texts: Sequence[Passage]
) -> tuple[dict[str, list[Thread]], list[Thread], list[Thread]]:
    """Threads by the path of the passage they stand at, those on the case as a whole, those whose words are gone."""
    placed: dict[str, list[Thread]] = {}
    whole: list[Thread] = []
    gone: list[Thread] = []
    for thread in threads:
        path = _place(thread.comment, texts)
        if path:
            placed.setdefault(path, []).append(thread)
        else:
            (gone if thread.comment.path else whole).append(thread)
    return placed, whole, gone


def _place(comment: ReviewComment, texts: Sequence[Passage]) -> str:
    """Where the words of a comment stand now: at its place, else at the one other passage that has them; "" if gone."""
    there = [passage.path for passage in texts if comment.quote in passage.text]
    if comment.path in there:
        return comment.path
    return there[0] if comment.path and comment.quote and len(there) == 1 else ""


def _check_open(comment: ReviewComment, by: User) -> None:
    require(by, "comment", comment.case)
    if comment.answers_id is not None or comment.closed_at is not None:
        raise NotAllowed(gettext_noop("这条批注已经关闭。"))


def _write(case: Case, *, by: User, text: str, **columns: object) -> ReviewComment:
    if not text.strip():
        raise NotAllowed(gettext_noop("请写下批注。"))
    if len(text.strip()) > LONGEST:
        raise NotAllowed(gettext_noop("批注太长，最多 2000 字。"))
    hold(case)
    said = {"round": case.round, "revision": case.submitted_revision, "at": timezone.now()}
    made = ReviewComment.objects.create(case=case, by=by, text=text.strip(), **said, **columns)
    record("commented", by=by, about=made, title=str(case), note=made.text)
    return made
