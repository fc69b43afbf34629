"""The page round an article: headline, facts and credits at its head and tail, furniture taken away."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from cases.content import LIMITS
from cases.parsing.characters import Source, part
from cases.parsing.decided import Decided
from cases.parsing.furniture import is_caption, is_note, is_site_or_column, is_tool
from cases.parsing.headings import container_kind
from cases.parsing.headline import names_a_body
from cases.parsing.notices import attached_at
from cases.parsing.page_facts import Found
from cases.parsing.page_head import Head
from cases.parsing.page_tail import Tail
from cases.parsing.reasons import BY_EDITOR
from cases.parsing.sheet import Page, Sheet, numbers_a_section

_LONGEST_HEAD = 20  # lines


def read_page(source: Source, decided: Decided) -> Page:
    """The page taken apart; an editor's word on a line goes before every rule."""
    sheet = Sheet(source, decided)
    sheet.marked_title = _only_heading(sheet)
    _cut_notice(sheet)
    tail = Tail(sheet)
    first = Head(sheet, tail.first).read()
    for line in sheet.lines[first : tail.first]:
        if is_tool(line.text) or is_note(line.text) or is_caption(line.text):
            sheet.mark(line, "furniture")
        else:
            sheet.page.body.append(line)
    tail.read()
    if decided.roles:
        _obey(sheet)
    page, facts = sheet.page, sheet.facts
    page.published, page.source = facts.published, facts.publisher
    page.author, page.editor = facts.author, facts.editor
    return page


def _only_heading(sheet: Sheet) -> int | None:
    """The start of the one heading of level 1 at the head of the file: its headline."""
    first = [at for at, line in enumerate(sheet.lines) if sheet.decided.level(line) == 1]
    if len(first) != 1 or first[0] > _LONGEST_HEAD:
        return None
    text = sheet.lines[first[0]].text
    named = is_site_or_column(text) or container_kind(text) or names_a_body(text) or numbers_a_section(text)
    return None if named or len(text) > LIMITS["title"] else sheet.lines[first[0]].start


def _cut_notice(sheet: Sheet) -> None:
    """Leave a notice before the case out; the date it was signed on is kept."""
    at = attached_at([line.text for line in sheet.lines])
    if at is None:
        return
    sheet.page.notice = sheet.lines[:at]
    for line in sheet.lines[:at]:
        if sheet.facts.is_date(line) or sheet.facts.is_facts(line):
            sheet.facts.read(line)
    text, rest = sheet.lines[at].text, sheet.lines[at + 1 :]
    label = re.match(r"附件?[\d一二三四五]?[：:]", text)
    if label and len(text) - label.end() > 6 and len(rest[0].text) > 40:
        rest.insert(0, part(sheet.lines[at], label.end(), len(text)))  # 附件：标题
    else:
        sheet.mark(sheet.lines[at], "furniture")
    sheet.lines = rest


def _obey(sheet: Sheet) -> None:
    """Put every line an editor spoke of where the editor wants it."""
    page, lines = sheet.page, [line for line in sheet.source.lines if sheet.decided.role(line)]
    starts = {line.start for line in lines}
    page.body = [line for line in page.body if line.start not in starts]
    page.bylines = [line for line in page.bylines if line.start not in starts]
    ends = [line.end for line in lines]
    firsts = [line.start for line in lines]
    page.found[:] = [found for found in page.found if not _within(found, firsts, ends)]
    for line in lines:
        role = sheet.decided.role(line)
        if role in ("furniture", "title"):
            sheet.mark(line, role)
        else:
            page.body.append(line)
    page.body.sort(key=lambda line: line.start)
    titles = [line for line in lines if sheet.decided.role(line) == "title"]
    if titles:
        page.found[:] = [found for found in page.found if found.kind not in ("title", "subtitle")]
        sheet.take_title(titles)
        page.title_why = BY_EDITOR


def _within(found: Found, starts: Sequence[int], ends: Sequence[int]) -> bool:
    """True when a stretch begins in one of the lines, which `starts` and `ends` bound in order."""
    at = bisect_right(starts, found.start) - 1
    return at >= 0 and found.start < ends[at]
