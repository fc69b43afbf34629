"""Two tags, or two themes, become one: at once for readers, and in the drafts that may be changed.

The merge itself is a row of `Alias`, which every publication asks: so it holds for ever, and the old address leads
to the new one. What is published already is filed anew here, in batches; what was not reached in time can be gone
on with, as it is found by still being filed under the old word.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import IntegrityError, transaction

from cases.content import CaseContent
from cases.editing.audit.recording import record
from cases.editing.bulk.doing import each
from cases.editing.bulk.lines import WILL, Line, line_of
from cases.editing.drafts import Conflict, read_draft, write_draft
from cases.editing.permissions import require, why_not_each
from cases.models import Alias, Case, PublishedCase, Theme, User
from cases.models.draft import PublicState
from cases.models.published import tag_slug
from cases.publishing.release import write_published_cases

BATCH = 50  # cases filed anew in one transaction
SECONDS = 15.0  # a request files no further batch after so long


@dataclass(frozen=True, slots=True)
class Foresight:
    """What a merge will do."""

    published: int  # cases readers see, to be filed anew
    drafts: tuple[Line, ...]  # those that hold the old word and are not simply what is live: reworded, or why not
    as_live: int  # drafts that are what is live: left alone, they follow when they are published again
    hidden: int  # drafts out of the scope of who merges: left alone, too
    retires: bool  # the old theme can be chosen no longer


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge did."""

    published: int  # filed anew
    left: int  # published cases for which there was no time
    drafts: tuple[Line, ...]


def foresee_merge(kind: str, old: str, new: str, *, by: User) -> Foresight:
    """What becoming one will do to cases. `kind` is of Alias; `old` and `new` are tags, or slugs of themes."""
    drafts = _drafts_with(kind, old)
    visible = set(Case.objects.visible_to(by).filter(pk__in=[case.pk for case in drafts]).values_list("pk", flat=True))
    seen = [case for case in drafts if case.pk in visible]
    changed = [case for case in seen if not _is_live(case)]
    against = why_not_each(by, "change", changed)
    return Foresight(
        published=len(published_under(kind, old)),
        drafts=tuple(line_of(case, against[case.pk]) for case in changed),
        as_live=len(seen) - len(changed),
        hidden=len(drafts) - len(seen),
        retires=kind == "theme" and Theme.objects.current().filter(pk=old).exists(),
    )


def merge_words(alias: Alias, *, by: User) -> Merged:
    """Keep a merge and apply it. What `alias` says has been checked: it is no circle, and its words are known.

    May be called again for one that is kept: it goes on with what was left. Raises Conflict if somebody else renamed
    the word meanwhile.
    """
    foresight = foresee_merge(alias.kind, alias.old, alias.new, by=by)
    goal_before = Alias.objects.renames(alias.kind).get(alias.old.lower())
    try:
        with transaction.atomic():
            _keep(alias, by=by)
    except IntegrityError:
        raise Conflict(alias.old) from None
    goal = Alias.objects.renames(alias.kind).get(alias.old.lower(), alias.new)  # that one may go by another name, too
    keys = published_under(alias.kind, alias.old)
    if goal_before not in (None, goal):
        keys += published_under(alias.kind, goal_before)  # led elsewhere till now
    filed = file_anew(keys)
    to_do = [line for line in foresight.drafts if line.outcome == WILL]
    cases = Case.objects.visible_to(by).in_bulk([line.case for line in to_do])
    done = each(to_do, cases, lambda case: _reword(case, alias, goal, by=by))
    kept = [line for line in foresight.drafts if line.outcome != WILL]
    return Merged(published=filed, left=len(keys) - filed, drafts=(*done, *kept))


def _keep(alias: Alias, *, by: User) -> None:
    """Write a rename, and retire the theme that goes by another name now."""
    before = Alias.objects.filter(pk=alias.pk).values("kind", "old", "new").first()
    after = {"kind": alias.kind, "old": alias.old, "new": alias.new}
    alias.save()
    if before != after:
        record("changed" if before else "added", by=by, about=alias, before=before, after=after)
    if alias.kind == "theme" and Theme.objects.filter(pk=alias.old, is_retired=False).update(is_retired=True):
        theme = Theme.objects.get(pk=alias.old)
        record("changed", by=by, about=theme, before={"is_retired": False}, after={"is_retired": True})


def part_words(alias: Alias) -> int:
    """Take a merge back: what is public goes by its own word again. Returns how many cases there was no time for.

    Drafts keep the word they were given, and a theme that was retired stays so.
    """
    goal = Alias.objects.renames(alias.kind).get(alias.old.lower(), alias.new)
    keys = published_under(alias.kind, goal)
    alias.delete()
    return len(keys) - file_anew(keys)


def published_under(kind: str, word: str) -> list[int]:
    """Keys of the published cases filed under a tag or the slug of a theme."""
    cases = PublishedCase.objects.order_by("pk")
    found = cases.filter(tags__slug=tag_slug(word)) if kind == "tag" else cases.filter(themes=word)
    return list(found.values_list("pk", flat=True))


def file_anew(keys: Sequence[int]) -> int:
    """Write the published rows of cases again, by the words of today; returns how many there was time for."""
    started = time.monotonic()
    for start in range(0, len(keys), BATCH):
        if time.monotonic() - started > SECONDS:
            return start
        with transaction.atomic():
            held = Case.objects.select_for_update(no_key=True).filter(pk__in=keys[start : start + BATCH])
            locked = [case.pk for case in held.order_by("pk")]
            public = PublishedCase.objects.filter(pk__in=locked).values("pk")  # one may be withdrawn by now
            if cases := list(Case.objects.filter(pk__in=public).order_by("pk")):
                write_published_cases(cases)
    return len(keys)


def reworded(content: CaseContent, kind: str, old: str, new: str) -> CaseContent:
    """The content with one word in place of another, each word once."""
    if kind == "theme":
        themes = {new if theme == old else theme for theme in content.themes}
        return replace(content, themes=tuple(sorted(themes)))
    tags: dict[str, str] = {}
    for tag in content.tags:
        word = new if tag.lower() == old.lower() else tag
        tags.setdefault(word.lower(), word)
    return replace(content, tags=tuple(tags.values()))


def _reword(case: Case, alias: Alias, goal: str, *, by: User) -> None:
    require(by, "change", case)
    write_draft(reworded(read_draft(case), alias.kind, alias.old, goal), by=by, case=case)


def _drafts_with(kind: str, word: str) -> list[Case]:
    """The drafts that hold a tag or theme, by their key, with what is live.

    Tags are read: what JSON is searched by differs from database to database, and a merge is rare.
    """
    cases = Case.objects.with_public_state().order_by("pk")
    if kind == "theme":
        return list(cases.filter(themes=word))
    tagged = Case.objects.exclude(tags=[]).values_list("pk", "tags").iterator(chunk_size=2000)
    keys = [pk for pk, tags in tagged if word.lower() in map(str.lower, tags)]
    return [case for start in range(0, len(keys), 500) for case in cases.filter(pk__in=keys[start : start + 500])]


def _is_live(case: Any) -> bool:
    """Whether a case `with_public_state` is as readers see it."""
    return bool(case.public_state == PublicState.PUBLISHED and case.live_digest == case.digest)
