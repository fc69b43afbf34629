"""Two people changed one case: both texts field by field, and a choice wherever both changed the same.

The page holds the merged text itself and posts it like any form, with the version it was merged with: whoever saves in
between is met the same way. What was typed is kept as unsaved text before anything is shown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext

from cases.admin.editor.autosave import AutosavePages
from cases.admin.editor.differing import difference, posted_fields, readable
from cases.admin.editor.drawing import typed_from_content
from cases.admin.editor.fields_of_case import Typed
from cases.admin.editor.problems import place_name
from cases.admin.editor.reading import content_from_typed, kept, without_dropped
from cases.admin.person import person
from cases.editing.drafts import read_draft
from cases.editing.saving import content_at
from cases.editing.unsaved import discard
from cases.presenting.merging import Choice, Merged, both, decide, merge, value_at
from cases.presenting.text_diff import SAME, Span, text_diff

TAKE, THEIRS = "_take.", "_theirs."  # before the path of a choice, in the names of the page's fields
_PLACE = re.compile(r"\w+(?:\[(?:0|[1-9][0-9]{0,5})\](?:\.\w+)?)*", re.ASCII)  # initiatives[0].text, and no other way


@dataclass(frozen=True, slots=True)
class Side:
    """What one of the two made of a passage; taken away if it is not `there`."""

    value: str  # of the radio button: mine or theirs, of a row keep or drop
    whose: str
    is_there: bool
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Question:
    place: str
    take_name: str
    theirs_name: str
    theirs: str  # posted with the answer
    sides: tuple[Side, Side]
    may_keep_both: bool
    chosen: str


class ConflictPages(AutosavePages):
    """The form of a case that two people may have open."""

    def typed_of(self, request: HttpRequest) -> Typed:
        """The tree of a posted form, the answers of a conflict page in it."""
        return answered(super().typed_of(request), request.POST)

    def conflict(self, request: HttpRequest, case: Any, typed: Typed) -> HttpResponse:
        """The page of both texts; the draft itself when nothing of one's own is left to be saved."""
        if case is None:
            return self.case_is_gone(request, typed)
        held: Any = self.hold_typed(request, case, typed)
        merged, theirs = merged_with_draft(case, typed, held.base_version)
        if merged.typed == theirs and not merged.choices:
            discard(person(request), held.token)
            messages.info(request, gettext("您没有改动；下面是 %(name)s 刚保存的内容。") % {"name": case.updated_by})
            return redirect("admin:cases_case_change", case.pk)
        page = {
            **self.admin_site.each_context(request),
            "title": gettext("两个人改了同一个案例"),
            "opts": self.opts,
            "original": case,
            "questions": [question(choice, merged.typed) for choice in merged.choices],
            "taken": [difference(taken, merged.typed) for taken in merged.taken],
            "fields": list(posted_fields(merged.typed)),
            "token": held.token,
            "step": held.step,
            "seen_version": case.version,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/cases/editor/conflict.html", page, status=409)


def merged_with_draft(case: Any, typed: Typed, seen_version: int) -> tuple[Merged, Typed]:
    """What was typed over `seen_version` and what the draft says now, together; and the latter alone."""
    base = content_at(case, seen_version)
    mine = without_dropped(typed)
    content, problems = content_from_typed(mine)
    if not problems:
        mine = typed_from_content(content)  # as it will be saved: no difference in blanks alone
    theirs = typed_from_content(read_draft(case))
    return merge(typed_from_content(base) if base else None, mine, theirs), theirs


def question(choice: Choice, typed: Typed) -> Question:
    """A choice as it is asked: each text with its changes marked, or against the other if nobody knows the old one."""
    name = choice.path.split(".")[-1].split("[")[0]
    mine, theirs = readable(name, choice.mine), readable(name, choice.theirs)
    olds = (theirs, mine) if choice.base is None else (readable(name, choice.base),) * 2
    return Question(
        place=place_name(choice.path, typed),
        take_name=f"{TAKE}{choice.path}",
        theirs_name=f"{THEIRS}{choice.path}",
        theirs="" if choice.is_row else choice.theirs,
        sides=(
            Side(_answer(choice, "mine"), "mine", choice.mine is not None, _marked(olds[0], mine)),
            Side(_answer(choice, "theirs"), "theirs", choice.theirs is not None, _marked(olds[1], theirs)),
        ),
        may_keep_both=not choice.is_row and both(name, choice.mine, choice.theirs) is not None,
        chosen="keep" if choice.is_row else "mine",
    )


def _answer(choice: Choice, side: str) -> str:
    if not choice.is_row:
        return side
    return "drop" if getattr(choice, side) is None else "keep"


def _marked(old: str, new: str) -> tuple[Span, ...]:
    """The new text with what changed marked; nothing is marked where all of it is new."""
    spans = text_diff(old, new)
    return spans if any(span.kind == SAME for span in spans) else (Span(new, SAME),) if new else ()


def answered(typed: Typed, post: Any) -> Typed:
    """The tree with the answers of a conflict page; until it is answered, mine stands in it, or the row that is left.

    An answer that fits nothing in the tree changes nothing.
    """
    decisions: dict[str, Any] = {}
    for field, take in post.items():
        path = field.removeprefix(TAKE)
        mine = value_at(typed, path) if path != field and _PLACE.fullmatch(path) else None
        theirs = kept(post.get(f"{THEIRS}{path}", ""))
        if isinstance(mine, dict) and take == "drop":
            decisions[path] = None
        elif isinstance(mine, str) and take == "theirs":
            decisions[path] = theirs
        elif isinstance(mine, str) and take == "both":
            decisions[path] = both(path.split(".")[-1], mine, theirs) or mine
    return decide(typed, decisions) if decisions else typed
