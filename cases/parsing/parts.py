"""Several cases on one page: where each begins and ends.

Four kinds of page hold several: cases counted out (案例一, 典型案例之二, 【案例1】), cases attached to a notice (附件1,
附件2), collections of headings that each open with a place or a body (（一）漯河市：…), and headlines with a line of
date or source under each. Whatever the kind, every case needs a text of its own, so that tables of contents, links
and examples inside one article make no parts.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from cases.parsing.characters import Line, Source, read_source
from cases.parsing.decided import Decided
from cases.parsing.headings import container_kind
from cases.parsing.headline import LONGEST_TITLE
from cases.parsing.marks import line_mark
from cases.parsing.numerals import ordinal
from cases.parsing.page import read_page
from cases.parsing.page_facts import PageFacts
from cases.parsing.result import Part

_NUMBER = r"(?P<number>[一二三四五六七八九十]{1,3}|\d{1,2})"
_COUNTER = re.compile(
    rf"[【（《]?(?:典型|优秀|创新|改革|示范|实践|经验|精选)*(?:案例|范例|示例)(?:之)?{_NUMBER}(?P<close>[】）》]?)(?P<parts>：|、|\.|丨|\||—+|$)?"
)
_ATTACHED = re.compile(rf"附件?{_NUMBER}?(?:：|、|\.|$)")
_PLACE = re.compile(
    r"[\u4e00-\u9fff]{1,16}?(?:省|市|区|县|州|盟|旗|新区|开发区|高新区|经开区|局|委|院|厅|办|中心|公司|海关|镇|街道)(?:：|——|—|“)"
)
_COLLECTION = re.compile("案例|经验|做法|典型|选编|汇编|集锦|亮点|简报|专报|动态")
_FACTS = re.compile(r"来源|时间|日期|19\d\d[年/.—]\d|20\d\d[年/.—]\d")
_ITEM_STYLES = ("chapter", "han", "paren_han", "digit")
_SHORTEST = 100  # characters of a case
_LONGEST_COLLECTION_TITLE = 70
_LONGEST_EXAMPLES = 0.5  # share of the page that examples inside one article may have at most before they are cases


@dataclass(frozen=True, slots=True)
class _Opening:
    """A line that opens a case, and where its headline begins; `number` is 0 for one that is not counted."""

    line: int
    title: int  # index of the line of the headline
    start: int  # of the headline in its line
    number: int = 0


def find_parts(text: str) -> tuple[Part, ...]:
    """The cases on a page in text order, each with its headline; () when the page is one article."""
    return parts_of(read_source(text))


def parts_of(source: Source) -> tuple[Part, ...]:
    """As `find_parts`, of an article that was cut into lines already."""
    for openings in (_counted, _attached, _collected, _with_facts):
        found = openings(source)
        if len(found) > 1:
            return _parts(source, found)
    return ()


def _parts(source: Source, openings: Sequence[_Opening]) -> tuple[Part, ...]:
    lines = source.lines
    starts = [lines[opening.line].start for opening in openings]
    last = replace(source, lines=lines[openings[-1].line :])
    body = read_page(last, Decided()).body
    ends = [*starts[1:], body[-1].end if body else len(source.text)]
    titles = [_title(source, opening) for opening in openings]
    return tuple(Part(*one) for one in zip(starts, ends, titles, strict=True))


def _title(source: Source, opening: _Opening) -> str:
    line = source.lines[opening.title]
    return source.one_line(line.places[opening.start], line.end)


def _long_enough(lines: Sequence[Line], openings: Sequence[_Opening]) -> list[_Opening]:
    """The openings over a text of their own: not those of a table of contents."""
    ends = [*(opening.line for opening in openings[1:]), len(lines)]
    return [
        opening
        for opening, end in zip(openings, ends, strict=True)
        if sum(len(line.text) for line in lines[opening.title + 1 : end]) >= _SHORTEST
    ]


def _in_order(openings: Sequence[_Opening]) -> list[_Opening]:
    """The openings when they count on from one to the next, else none."""
    numbers = [opening.number for opening in openings]
    counts = all(after == before + 1 for before, after in itertools.pairwise(numbers))
    return list(openings) if counts else []


# cases counted out


def _counted(source: Source) -> list[_Opening]:
    """案例一：…, 案例1 alone over its headline, 【典型案例之二】…."""
    lines, found = source.lines, []
    for at, line in enumerate(lines):
        match = _COUNTER.match(line.text) if len(line.text) <= LONGEST_TITLE + 10 else None
        if not match or not _ends_counter(line, match):
            continue
        if match.end() < len(line.text):
            found.append(_Opening(at, at, match.end(), ordinal(match["number"]) or 0))
        elif at + 1 < len(lines) and len(lines[at + 1].text) <= LONGEST_TITLE:
            found.append(_Opening(at, at + 1, 0, ordinal(match["number"]) or 0))
    openings = _in_order(_long_enough(lines, found)) if len(found) > 1 else []
    return openings if openings and not _are_examples(lines, openings) else []


def _ends_counter(line: Line, match: re.Match[str]) -> bool:
    """True when something stands between 案例一 and what follows, were it but a blank."""
    end = match.end()
    if match["close"] or match["parts"] is not None:
        return True
    return end < len(line.text) and line.places[end] > line.places[end - 1] + 1


def _are_examples(lines: Sequence[Line], openings: Sequence[_Opening]) -> bool:
    """True for cases told at the end of an article that has initiatives of its own."""
    before = lines[: openings[0].line]
    numbered = sum((mark := line_mark(line.text)) is not None and mark.lastgroup == "han" for line in before)
    length = sum(len(line.text) for line in before)
    attached = any(_ATTACHED.match(line.text) for line in before)
    whole = sum(len(line.text) for line in lines)
    return numbered > 1 and not attached and length > whole * (1 - _LONGEST_EXAMPLES)


# cases attached to a notice


def _attached(source: Source) -> list[_Opening]:
    """附件1 and 附件2, each over a case."""
    lines, found = source.lines, []
    for at, line in enumerate(lines):
        match = _ATTACHED.match(line.text)
        if not match or not match["number"] or len(line.text) > LONGEST_TITLE:
            continue
        if match.end() < len(line.text):
            found.append(_Opening(at, at, match.end(), ordinal(match["number"]) or 0))
        elif at + 1 < len(lines) and len(lines[at + 1].text) <= LONGEST_TITLE:
            found.append(_Opening(at, at + 1, 0, ordinal(match["number"]) or 0))
    return _in_order(_long_enough(lines, found)) if len(found) > 1 else []


# collections


def _collected(source: Source) -> list[_Opening]:
    """（一）漯河市：… or 漯河市：… as headings, all over a text, on a page that calls itself a collection."""
    lines = source.lines
    by_style: dict[str, list[_Opening]] = {}
    others: set[str] = set()  # styles that number other things, too
    for at, line in enumerate(lines[:-1]):
        text = line.text
        mark = line_mark(text)
        style = str(mark.lastgroup) if mark else ""
        if mark and style not in _ITEM_STYLES:
            continue
        start = mark.end() if mark else 0
        title = start < len(text) <= _LONGEST_COLLECTION_TITLE and text[-1] not in "。；，："
        if title and _PLACE.match(text, start):
            number = (ordinal(re.sub(r"[^一二三四五六七八九十\d]", "", mark[0])) or 0) if mark else 0
            by_style.setdefault(style, []).append(_Opening(at, at, start, number))
        elif mark and not container_kind(text[start:]):
            others.add(style)
    for style, openings in by_style.items():
        head = "".join(line.text for line in lines[: openings[0].line])[-2000:]
        enough = len(openings) > (1 if style else 2)
        inside = style in others and not style
        if not enough or inside or not _COLLECTION.search(head):
            continue
        kept = _long_enough(lines, openings)
        names = {_PLACE.match(lines[one.line].text, one.start)[0] for one in kept}  # type: ignore[index]  # they were found by it
        if len(kept) == len(openings) == len(names) and (not style or (style not in others and _in_order(kept))):
            return kept
    return []


# headlines with facts


def _with_facts(source: Source) -> list[_Opening]:
    """Headlines that each have a line of date or source under them."""
    lines = source.lines
    telling = [at for at, line in enumerate(lines) if at and len(line.text) <= 200 and _FACTS.search(line.text)]
    if len(telling) < 2:
        return []
    facts = PageFacts(source)
    found = []
    for at in telling:
        title = lines[at - 1].text
        if facts.is_facts(lines[at]) and _is_headline(title) and not facts.is_facts(lines[at - 1]):
            found.append(_Opening(at - 1, at - 1, 0))
    return _long_enough(lines, found) if len(found) > 1 else []


def _is_headline(text: str) -> bool:
    return 8 <= len(text) <= LONGEST_TITLE and text[-1] not in "。；：，" and line_mark(text) is None
