"""Headings that carry no number: 主要做法 alone in its line, 【做法】, short lines, sentences that open paragraphs."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence

from cases.parsing.characters import Line
from cases.parsing.closing import tells_plans
from cases.parsing.decided import BOLD, Decided, reads_as_heading
from cases.parsing.headings import container_kind, container_label, is_heading_line, lead_length
from cases.parsing.marks import Mark, interruptions, nesting

_BRACKET = re.compile(r"【([^【】]{2,26})】：?")
_OPENING = re.compile(
    "编者|按语|背景|概况|概述|基本情况|总体情况|简介|缘|由来|动因|初衷|导语|前言|引言|现状|问题|痛点|依据"
)
_ASKS = re.compile("(?:.{0,4}记者|主持人|问|q|提问)：")
_LONGEST_ROW = 40  # characters of a row of a table that could pass for a heading
_MOST = 0.65  # share of the paragraphs, or of the leads
_SHORT = 14  # characters of a lead that reads like a heading
_LONGEST_BOLD = 40  # characters of a heading known by nothing but its bold letters
_STRONG = (
    "markdown1",
    "markdown2",
    "markdown3",
    "markdown4",
    "markdown5",
    "markdown6",
    "bracket",
    "chapter",
    "named",
    "han",
    "paren_han",
    "leading_zero",
    "digit",
    "ordinal",
)
_UNDER_LINES = ("han", "paren_han", "digit", "ordinal")  # of the strong ones, those that may stand under heading lines


def without_plans(lines: Sequence[Line], marks: list[Mark]) -> list[Mark]:
    """The marks without those that count plans at the end: 下一步，该局将做好三件事：一是…二是…三是…"""
    strong = max((mark.line for mark in marks if mark.opens_line and mark.style in _STRONG), default=-1)
    opened = {mark.line for mark in marks if mark.opens_line}
    plans: set[int] = set()
    for number in range(strong + 1, len(lines)):
        counts_on = number in opened and number - 1 in plans and lines[number].text[0] not in "#"
        if counts_on or (number not in opened and tells_plans(lines[number].text)):
            plans.add(number)
    return [mark for mark in marks if mark.line not in plans]


def with_containers(lines: Sequence[Line], marks: list[Mark]) -> list[Mark]:
    """The marks with those of unnumbered headings: 主要做法 alone in its line, 【做法】, 【一窗通办】."""
    opened = {mark.line for mark in marks if mark.opens_line}
    found: list[Mark] = []
    brackets: list[Mark] = []
    for number, line in enumerate(lines):
        if number in opened:
            continue
        bracket = _BRACKET.match(line.text)
        if bracket:
            style = "container" if container_kind(bracket[1]) else "bracket"
            (found if style == "container" else brackets).append(Mark(style, 0, number, 0, 1))
        elif container_label(line.text) or (
            len(line.text) <= 16
            and number + 1 < len(lines)
            and container_kind(line.text)
            and line.text[-1] not in "。；，、"
        ):
            found.append(Mark("container", 0, number, 0, 0))
    brackets = brackets if len(brackets) >= 2 else []
    found = _once_each(lines, [*found, *brackets])
    found = _holding(lines, sorted([*marks, *brackets], key=_place), found)
    return sorted([*marks, *found], key=_place)


def _holding(lines: Sequence[Line], marks: Sequence[Mark], containers: list[Mark]) -> list[Mark]:
    """The containers in their place beside 一、 二、 when none of them holds the practice.

    What opens an article over its first number (编者按：…, 背景：…) is prose; what comes later (成效：…)
    stands on the outermost numbered level, so that it ends the last item.
    """
    numbered = [mark for mark in marks if mark.opens_line]
    kinds = {container_kind(_name(lines, mark)) for mark in containers if not _OPENING.search(_name(lines, mark))}
    if not numbered or kinds & {"practice", "situation"}:
        return containers
    first, outermost = numbered[0].line, nesting(numbered)[0]
    held = []
    for mark in containers:
        if mark.style == "container" and mark.line > first:
            mark = mark._replace(style=outermost)
        elif mark.style == "container" and _OPENING.search(_name(lines, mark)):
            continue
        held.append(mark)
    return held


def _name(lines: Sequence[Line], container: Mark) -> str:
    text = lines[container.line].text
    bracket = _BRACKET.match(text)
    return bracket[1] if bracket else text[: container_label(text) or len(text)].strip("：")


def _once_each(lines: Sequence[Line], containers: list[Mark]) -> list[Mark]:
    """Without containers that stand under several items (做法：… 成效：… in each case): they hold none of them."""
    told = Counter(_name(lines, mark) for mark in containers if mark.style == "container")
    return [mark for mark in containers if mark.style != "container" or told[_name(lines, mark)] == 1]


def with_levels(lines: Sequence[Line], marks: list[Mark], decided: Decided) -> list[Mark]:
    """The marks with those of headings the file marks; a line with a number keeps its number.

    Where most headings of a level are numbered alike, the others of that level stand beside them; else they are
    what Markdown's # to ###### are. One heading alone above others that repeat holds nothing.
    """
    styles = {mark.line: mark.style for mark in marks if mark.opens_line}
    by_level: dict[int, list[int]] = {}
    for number, line in enumerate(lines):
        if decided.is_heading(line) and reads_as_heading(line.text):
            by_level.setdefault(decided.level(line), []).append(number)
    found: list[Mark] = []
    for level, numbers in sorted(by_level.items()):
        bare = [number for number in numbers if number not in styles]
        numbered = Counter(styles[number] for number in numbers if number in styles).most_common(1)
        alike = bool(numbered) and numbered[0][1] >= len(bare)
        lonely = len(numbers) == 1 and not container_kind(lines[numbers[0]].text)
        if not lonely:
            style = numbered[0][0] if alike else f"markdown{level}"
            found += [Mark(style, 0, number, 0, 0) for number in bare]
    return sorted([*marks, *found], key=_place)


def levels_inside(order: list[str], marks: Sequence[Mark]) -> list[str]:
    """The order of styles with marked headings inside the numbers over them: Heading 3 under a plain 一、."""
    numbers = [mark for mark in marks if mark.opens_line and mark.end > mark.start and mark.number]
    for outer in ("han", "paren_han"):
        places = [mark.line for mark in numbers if mark.style == outer]
        if len(places) < 2 or sum(mark.number == 1 for mark in numbers if mark.style == outer) > 1:
            continue
        inside = {mark.style for mark in marks if mark.start == mark.end and mark.style.startswith("markdown")}
        inside -= {mark.style for mark in marks if mark.style in inside and mark.line < places[0]}
        rest = [style for style in order if style not in inside]
        at = rest.index(outer) + 1
        return rest[:at] + [style for style in order if style in inside] + rest[at:]
    return order


def bold_headings(lines: Sequence[Line], numbers: Sequence[int], decided: Decided) -> list[int]:
    """Those of the lines that are short, bold and stand over a text, when they are several."""
    found = [
        number
        for number in numbers
        if decided.level(lines[number]) == BOLD
        and number + 1 < len(lines)
        and decided.level(lines[number + 1]) != BOLD
        and len(lines[number].text) <= _LONGEST_BOLD
        and lines[number].text[-1] not in "。；，、"
    ]
    return found if len(found) > 1 else []


def with_heading_lines(lines: Sequence[Line], marks: list[Mark], decided: Decided) -> list[Mark]:
    """The marks with those of unnumbered heading lines, when the numbers of the article stand under them."""
    strong = {mark.style for mark in marks if mark.style in _STRONG and mark.opens_line}
    if strong - set(_UNDER_LINES):
        return marks
    opened = {mark.line for mark in marks if mark.opens_line}
    texts = [line.text for line in lines]
    found = [
        Mark("line", 0, number, 0, 0)
        for number in range(len(lines) - 1)
        if number not in opened and is_heading_line(texts[number], texts[number + 1]) and not is_row(lines[number])
    ]
    found = [mark for mark in found if not (mark.line and mark.line - 1 in {other.line for other in found})]
    bold = bold_headings(lines, [number for number in range(len(lines)) if number not in opened], decided)
    found = [Mark("line", 0, number, 0, 0) for number in bold] or found
    if len(found) < 2:
        return marks
    numbers = [mark for mark in marks if mark.style != "container"]
    inner = [mark for mark in numbers if mark.opens_line or mark.line >= found[0].line]
    if inner and not _hold(found, inner, strong):
        return marks
    containers = _holding(lines, found, [mark for mark in marks if mark.style == "container"])
    return sorted([*numbers, *found, *containers], key=_place)


def _hold(headings: Sequence[Mark], inner: Sequence[Mark], strong: set[str]) -> bool:
    """True when numbers stand under headings: they start again under another, or stand under one of several only."""
    if inner[0].line < headings[0].line:
        return False
    last = max(mark.line for mark in inner)
    if strong and any("line" in interruptions([*inner, *headings])[style] for style in strong):
        return False
    if max(Counter(mark.style for mark in inner if mark.number <= 1).values(), default=0) > 1:
        return True
    return "han" not in strong and (len(headings) > 2 or (not strong and any(mark.line > last for mark in headings)))


def unless_leads(lines: Sequence[Line], marks: list[Mark]) -> list[Mark]:
    """The marks, but none where they only count clauses of the intro (一是听、二是看) and alike leads follow."""
    if not marks or marks[0].line != marks[-1].line or any(mark.opens_line for mark in marks):
        return marks
    texts = [line.text for line in lines]
    clauses = "。" not in texts[marks[0].line][marks[0].start : marks[-1].start]
    return [] if clauses and len(lead_run(texts[marks[0].line + 1 :], loose=False)) > 2 else marks


def without_speech(lines: Sequence[Line], marks: list[Mark]) -> list[Mark]:
    """The marks without those inside what is said in an interview (记者：… 李明：一是…)."""
    labels = Counter(line.text[: line.text.find("：", 0, 10) + 1] for line in lines)
    if not any(count > 1 and _ASKS.fullmatch(label) for label, count in labels.items()):
        return marks
    return [
        mark
        for mark in marks
        if mark.opens_line
        or labels[(text := lines[mark.line].text)[: text.find("：", 0, 10) + 1]] < 2
        or "：" not in text[:10]
    ]


def is_row(line: Line) -> bool:
    """True for the cells of a table in one line, known by the blanks between them."""
    if len(line.text) > _LONGEST_ROW or len(line.text) == line.end - line.start:
        return False
    gaps = sum(after > before + 1 for before, after in itertools.pairwise(line.places))
    return 1 < gaps <= len(line.text) / 2


def _place(mark: Mark) -> tuple[int, int]:
    return mark.line, mark.start


def lead_run(texts: Sequence[str], loose: bool = True) -> list[int]:
    """The paragraphs of a run that open with a lead sentence, at least two of them.

    Unless `loose`, they must be alike, or make up most of the paragraphs: those of stories open so, too.
    """
    leads = [text[: lead_length(text)] for text in texts]
    best: list[int] = []
    run: list[int] = []
    for at, lead in enumerate(leads):
        if lead:
            run.append(at)
            if len(run) > len(best):
                best = list(run)
        else:
            run = []
    if len(best) > 3 and best[0] == 0 and _stands_out(leads[0], [leads[at] for at in best[1:]]):
        best = best[1:]
    told = [leads[at] for at in best]
    if len(best) == 2:
        first, second = told
        similar = abs(len(first) - len(second)) <= 2 or first[0] == second[0] or first[-2:] == second[-2:]
        return best if similar else []
    if loose or _alike(told) or (len(best) >= len(texts) * _MOST and sum(map(len, told)) <= _SHORT * len(told)):
        return best
    return []


def _alike(leads: Sequence[str]) -> bool:
    """True for leads of one build: equally long clauses, or the same first or last character."""
    builds = {tuple(map(len, re.split("[，、：]", lead))) for lead in leads}
    clauses = {len(build) for build in builds}
    even = len(clauses) == 1 and all(max(lengths) - min(lengths) <= 2 for lengths in zip(*builds, strict=True))
    ends = (Counter(lead[at] for lead in leads).most_common(1)[0][1] for at in (0, -1))
    return bool(leads) and (even or max(ends) >= len(leads) * _MOST)


def _stands_out(first: str, others: Sequence[str]) -> bool:
    """True for the opening sentence of an intro before leads that are of one build."""
    return _alike(others) and not _alike([first, *others])
