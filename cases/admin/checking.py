"""What the checks say, beside the fields of the form of a case, and the words of one replaced by a click."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.admin.editor.drawing import field_id
from cases.admin.editor.fields_of_case import DROPPED, ROWS, Typed, is_blank
from cases.admin.editor.pages import EditorPages
from cases.admin.editor.problems import place_name
from cases.admin.editor.reading import (
    TooManyRows,
    content_from_typed,
    keep_uploads,
    kept,
    row_keys,
    typed_from_post,
)
from cases.admin.person import person
from cases.checking.findings import BLOCKS, HINT, REPLACE, Finding
from cases.content import CaseContent
from cases.editing.checking import check_case

LEVELS = {BLOCKS: _("不能发布"), REPLACE: _("建议替换"), HINT: _("请看一看")}
LONGEST_COMMAND = 4000  # characters of a button that replaces; a longer sentence is mended by hand
_STEP = re.compile(r"(\w+)(?:\[(\d+)\])?")


@dataclass(frozen=True, slots=True)
class Told:
    """A finding as a person reads it, at its place in the form."""

    path: str
    level: str
    message: str
    place: str  # 举措 2 › 正文
    anchor: str  # id of the field
    fix: str = ""
    command: str = ""  # what the button that replaces sends; "" for none

    @property
    def level_name(self) -> str:
        return str(LEVELS[self.level])


class CheckPages(EditorPages):
    """The part of the case admin that shows what the checks found, while somebody writes and when they saved."""

    def get_urls(self) -> list[Any]:
        check = self.admin_site.admin_view(self.check_view)
        return [path("check/", check, name="cases_case_check"), *super().get_urls()]

    def check_view(self, request: HttpRequest) -> HttpResponse:
        """The findings of a posted form by the id of their field, drawn; nothing is written."""
        if request.method != "POST":  # a log-in on the way turns a post into a GET
            return redirect("admin:cases_case_changelist")
        pk = request.GET.get("case", "")
        case = get_object_or_404(self.get_queryset(request), pk=pk) if re.fullmatch("[0-9]{1,18}", pk) else None
        may = self.has_change_permission(request, case) if case else self.has_add_permission(request)
        if not may:
            raise PermissionDenied
        try:
            typed = typed_from_post(request.POST)
        except TooManyRows:
            return JsonResponse({"fields": {}, "summary": ""})
        found = told(typed, check_case(content_of(typed), by=person(request), case=case), may_replace=True)
        return JsonResponse(drawn_findings(found, request.POST))

    # Hooks of the form

    def findings(self, request: HttpRequest, case: Any, typed: Typed) -> Iterable[Told]:
        """What the checks found in a tree, but no duplicates: the open page asks for those."""
        if case is None and request.method != "POST":
            return ()  # nothing was written yet
        found = check_case(content_of(typed), by=person(request), case=case, with_duplicates=False)
        return told(typed, found, may_replace=self.may_edit(request, case))

    def _posted(self, request: HttpRequest, case: Any) -> HttpResponse:
        """A button that replaces words draws the form again with them replaced; nothing is written."""
        if "_replace" not in request.POST:
            return super()._posted(request, case)
        try:
            typed = typed_from_post(request.POST)
        except TooManyRows:
            messages.error(request, gettext("条目太多，一个案例放不下；请拆成几个案例。"))
            return redirect(request.path)
        refused = keep_uploads(typed, request.POST, request.FILES)
        if not replaced(typed, request.POST["_replace"]):
            messages.warning(request, gettext("没有替换：这里的文字已经改过了。"))
        return self.draw(request, case, typed, refused)

    def response_add(self, request: HttpRequest, obj: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        self._tell(request, obj)
        return super().response_add(request, obj, *args, **kwargs)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        self._tell(request, obj)
        return super().response_change(request, obj)

    def _tell(self, request: HttpRequest, case: Any) -> None:
        """What of a text that was just saved keeps it from readers, or is better replaced."""
        found = check_case(case.content, by=person(request), case=case)
        if words := summary(found):
            messages.warning(request, gettext("检查：%(words)s。已标在各栏旁边。") % {"words": words})


def summary(found: Iterable[Any]) -> str:
    """How much blocks and how much is better replaced, in words; hints are not counted."""
    levels = [finding.level for finding in found]
    counted = (
        (gettext("%(count)d 处不能发布"), levels.count(BLOCKS)),
        (gettext("%(count)d 处建议替换"), levels.count(REPLACE)),
    )
    return gettext("，").join(words % {"count": count} for words, count in counted if count)


def content_of(typed: Typed) -> CaseContent:
    """What a tree says as far as it can be read, every row in its place; codes are believed, which spares queries."""
    codes = {"region": "", "department": "", "themes": []}
    content, _problems = content_from_typed({**typed, **codes}, keep_blank=True)
    return dataclasses.replace(
        content, region=typed["region"], department=typed["department"], themes=tuple(typed["themes"])
    )


def told(typed: Typed, found: Iterable[Finding], *, may_replace: bool) -> list[Told]:
    """The findings as a person reads them; those about rows that are empty or to be deleted are left out."""
    return [
        Told(
            finding.path,
            finding.level,
            gettext(finding.message) % finding.params,
            place_name(re.sub(r"\[\d+\]$", "", finding.path), typed),
            field_id(finding.path),
            finding.fix or "",
            _command(typed, finding) if may_replace else "",
        )
        for finding in found
        if not _is_idle(typed, finding.path)
    ]


def _is_idle(typed: Typed, place: str) -> bool:
    tree = typed
    for name, number in _STEP.findall(place):
        if name in ROWS and number:
            tree = tree[name][int(number)]
            if tree.get(DROPPED) or is_blank(name, tree):
                return True
    return False


# Replacing


def _command(typed: Typed, finding: Finding) -> str:
    """What the button that puts `fix` in the place of the words sends; "" where there is nothing to replace."""
    text = _leaf(typed, finding.path)[2]
    if finding.fix is None or finding.start is None or finding.end is None:
        return ""
    if finding.path.endswith("]"):  # one of a list that is typed as one text: the words are looked for
        words, start = str(finding.params.get("words", "")), 0
    else:
        words, start = text[finding.start : finding.end], finding.start
    command = json.dumps([finding.path, start, words, finding.fix], ensure_ascii=False)
    return command if words and words in text and len(command) <= LONGEST_COMMAND else ""


def replaced(typed: Typed, command: str) -> bool:
    """Do to a tree what a button says: other words at a place of a field. False when the words are not there."""
    try:
        place, start, words, fix = json.loads(command)
        holder, name, text = _leaf(typed, place)
        at = max(start, 0) if text.startswith(words, max(start, 0)) else text.find(words)
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        return False
    if not words or not isinstance(fix, str) or at < 0:
        return False
    holder[name] = f"{text[:at]}{kept(fix)}{text[at + len(words) :]}"
    return True


def _leaf(typed: Typed, place: str) -> tuple[Typed, str, str]:
    """The part of the tree that holds a field, the name of the field, and what stands in it."""
    tree, name = typed, ""
    for name, number in _STEP.findall(place):
        if name in ROWS and number:
            tree = tree[name][int(number)]
    text = tree.get(name, "")
    return tree, name, text if isinstance(text, str) else ""


# For the script


def drawn_findings(found: list[Told], post: Any) -> dict[str, Any]:
    """The findings drawn by the id of their field in the form as the browser has it, and the list of all."""
    found = [dataclasses.replace(finding, anchor=_id_in(post, finding.path)) for finding in found]
    by_place: dict[str, list[Told]] = {}
    for finding in found:
        by_place.setdefault(finding.anchor, []).append(finding)
    fields = {
        place: render_to_string("admin/cases/editor/_findings.html", {"findings": findings})
        for place, findings in by_place.items()
    }
    return {"fields": fields, "summary": render_to_string("admin/cases/editor/_checked.html", {"findings": found})}


def _id_in(post: Any, place: str) -> str:
    """The id of a field whose rows are named by the keys they were drawn with, where a path counts them."""
    words: list[str] = []
    for name, number in _STEP.findall(place):
        words.append(name)
        if name in ROWS and number:
            words.append(row_keys(post, ".".join(words))[int(number)])
        elif name in ROWS:
            return "-".join([*words, "group"])
    return "id_" + "-".join(words)
