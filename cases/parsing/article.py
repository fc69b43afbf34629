"""From the text of an article to a case: the steps of the parser, in order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from cases.content import CaseContent, gettext_noop
from cases.parsing import reasons
from cases.parsing.characters import Line, Source, read_source
from cases.parsing.corrected import with_roles
from cases.parsing.coverage import cover
from cases.parsing.decided import Decided, decide
from cases.parsing.draft import Draft
from cases.parsing.evidence import fact_findings
from cases.parsing.facts import Facts, read_facts
from cases.parsing.outline import read_outline
from cases.parsing.page import read_page
from cases.parsing.page_facts import Found
from cases.parsing.paragraphs import mended
from cases.parsing.parts import parts_of
from cases.parsing.result import NOT_AN_ARTICLE, Corrections, Issue, Parsed, Part, Unplaced, Words
from cases.parsing.sections import Outline
from cases.parsing.sheet import Page

_FEWEST_CHARACTERS = 40
NOTHING_CORRECTED = Corrections()


def parse(
    text: str,
    *,
    words: Words,
    levels: Sequence[tuple[int, int]] = (),
    corrections: Corrections = NOTHING_CORRECTED,
    part: Part | None = None,
) -> Parsed:
    """The article as a case, with the place of everything found and what an editor should look at.

    `levels` are the headings its file marks, as `Reading` has them; `corrections` what an editor decided;
    `part` the one case meant among several on the page. Places are those of the whole text throughout.

    Never raises. Every visible character of `text` lies in a span or in `unplaced`; the same
    text always gives the same answer, in time linear in its length.
    """
    source = read_source(text)
    parts = parts_of(source)
    whole = source
    if part:
        source = replace(source, lines=within(source.lines, part))
    source.lines, decided = decide(source, levels, corrections.roles)
    if part:
        source.lines = with_headline(source, part, decided)
    page = read_page(source, decided)
    lines = mended(page.body, decided)
    outline = with_roles(lines, read_outline(lines, decided), decided)
    facts = _facts(source, page, lines, outline, words, corrections.region)
    if part:
        _inherit(page, facts, whole, part, parts, words)
    draft = Draft(source, page, lines, outline, facts, words, corrections)
    content = draft.content()
    spans, unplaced = cover(source, draft.spans, page.notice)
    issues = _issues(content, draft, unplaced, 0 if part else len(parts))
    findings = tuple(
        sorted([*draft.findings, *fact_findings(content, draft)], key=lambda one: (one.certainty, one.start or 0))
    )
    return Parsed(content, spans, tuple(issues), unplaced, findings)


def _facts(
    source: Source, page: Page, lines: Sequence[Line], outline: Outline, words: Words, region: str = ""
) -> Facts:
    headings = [section.heading for section in outline.initiatives if section.heading]
    opening = outline.intro if outline.initiatives else lines[:3]
    after = opening[-1].end if opening else 0
    return read_facts(
        title="".join(line.text for line in page.title),
        bylines=[line.text for line in page.bylines],
        sources=_told_by(source, page),
        opening=[line.text for line in opening],
        rest=[line.text for line in lines if line.start >= after],
        headings=[heading.text for heading in headings],
        words=words,
        region=region,
    )


def _told_by(source: Source, page: Page) -> list[str]:
    """Who the page says the article comes from, in plain words: its source, then its authors."""
    found = {found.kind: source.plain[found.start : found.end] for found in page.found}
    return [found[kind] for kind in ("source_name", "author") if kind in found]


# a case among several


def within(lines: Sequence[Line], part: Part) -> tuple[Line, ...]:
    return tuple(line for line in lines if part.start <= line.start < part.end)


def with_headline(source: Source, part: Part, decided: Decided) -> tuple[Line, ...]:
    """The lines of a part, cut so that its headline stands alone, unless an editor named another one."""
    lines = list(source.lines)
    if "title" in decided.roles.values() or not part.title:
        return source.lines
    for at, line in enumerate(lines[:3]):
        place = source.text.find(part.title, line.start, line.end)
        if place >= 0 and place + len(part.title) == line.end and not decided.role(line):
            decided.roles |= {above.start: "furniture" for above in lines[:at] if not decided.role(above)}
            index = line.index_at(place)
            if index:
                number, headline = _halves(line, index)
                lines[at : at + 1] = [number, headline]
                decided.roles[number.start] = "furniture"
                decided.roles[headline.start] = "title"
            break
    return tuple(lines)


def _halves(line: Line, at: int) -> tuple[Line, Line]:
    return (
        Line(line.text[:at], line.places[:at], line.after_gap),
        Line(line.text[at:], line.places[at:], False),
    )


def _inherit(page: Page, facts: Facts, whole: Source, part: Part, parts: Sequence[Part], words: Words) -> None:
    """Give a case what the page says of all its cases, and mark everything else on the page as not its own."""
    first = min([part.start, *(one.start for one in parts)])
    last = max([part.end, *(one.end for one in parts)])
    around = tuple(line for line in whole.lines if line.start < first or line.start >= last)
    for line in whole.lines:
        if not part.start <= line.start < part.end:
            kind = "furniture" if line.start < first or line.start >= last else "other_part"
            page.found.append(Found(line.start, line.end, kind))
    if not around:
        return
    outer_source = replace(whole, lines=around)
    outer = read_page(outer_source, Decided())
    if page.published is None and outer.published is not None:
        page.published = outer.published
        page.inherited["published_at"] = reasons.of_the_page(_why(outer, "published_at"))
    if not page.source and outer.source:
        page.source = outer.source
        page.inherited["source_name"] = reasons.of_the_page(_why(outer, "source_name"))
    if facts.region or facts.open_regions:
        return
    told = _facts(outer_source, outer, outer.body, Outline(), words)
    if told.region:
        facts.region, facts.region_certainty = told.region, told.region_certainty
        page.inherited["region"] = reasons.of_the_page(reasons.TITLE_FIRST)
    if told.organization and not facts.organization and told.region:
        facts.organization, facts.department = told.organization, told.department
        facts.organization_certainty = told.organization_certainty
        page.inherited["organization"] = reasons.of_the_page(reasons.TITLE_FIRST)
        if told.department:
            page.inherited["department"] = reasons.of_the_page(reasons.TITLE_FIRST)


def _why(page: Page, kind: str) -> reasons.Why:
    return next((found.why for found in page.found if found.kind == kind and found.why), reasons.DATE_BARE)


# doubts


def _issues(content: CaseContent, draft: Draft, unplaced: Sequence[Unplaced], parts: int) -> list[Issue]:
    """What an editor should look at."""
    facts, words, notice = draft.facts, draft.words, draft.page.notice
    issues: list[Issue] = []

    def note(message: str, path: str = "", place: Unplaced | None = None, **params: object) -> None:
        issues.append(Issue(message, params, path, place.start if place else None, place.end if place else None))

    body = content.intro + content.closing + "".join(one.heading + one.text for one in content.initiatives)
    plain = draft.source.plain
    if "。" not in plain or len(re.sub(r"\s", "", plain[: 40 * _FEWEST_CHARACTERS])) < _FEWEST_CHARACTERS or not body:
        note(NOT_AN_ARTICLE)
    if not content.title:
        note(gettext_noop("没有找到标题"), "title")
    if facts.open_regions and not content.region:
        names = "、".join(region_name(code, words) for code in facts.open_regions)
        note(gettext_noop("同名地区有几个，请选择：%(names)s"), "region", names=names)
    elif not content.region:
        note(gettext_noop("没有找到所在地区"), "region")
    elif facts.region_certainty < 0.5:
        note(gettext_noop("地区是推测的，请核对：%(name)s"), "region", name=region_name(content.region, words))
    if content.organization and facts.organization_certainty < 0.5:
        note(gettext_noop("单位是推测的，请核对：%(name)s"), "organization", name=content.organization)
    if content.initiatives and draft.outline.way in ("lines", "leads"):
        note(gettext_noop("文中没有编号，举措是按短句推测的，请核对"), "initiatives")
    if parts:
        note(gettext_noop("文中像是有%(count)d个案例，这里都放进了一个，请核对"), count=parts)
    left = [one for one in unplaced if not notice or one.start >= notice[-1].end]
    if notice:
        place = next((one for one in unplaced if one not in left), None)
        note(gettext_noop("案例附在一份通知后面，通知的内容没有放入案例"), place=place)
    if left:
        note(gettext_noop("有的文字没有放入案例，请核对"), place=left[0])
    return issues


def region_name(code: str, words: Words) -> str:
    """The full name of a division, from its province down."""
    names = []
    while code in words.region_by_code:
        names.append(words.region_by_code[code].name)
        code = words.region_by_code[code].parent
    return "".join(reversed(names))
