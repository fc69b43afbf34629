"""Paragraphs broken over several lines, put together again where that is certain."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from cases.parsing.characters import Line, joined, part
from cases.parsing.decided import Decided
from cases.parsing.headings import container_kind
from cases.parsing.marks import is_mark, line_mark
from cases.parsing.metrics.units import UNIT_FORM

_ENDS = "。；：！？…”’）》】"
_OPENING, _CLOSING = re.compile("[“《（]"), re.compile("[”》）]")
_CANNOT_OPEN = re.compile(r"[，。、；：！？）”’》%]")
_SHORTEST_WRAPPED = 16
_SHORTEST_BROKEN = 10
_LONGEST_HEADING_AT_END = 44
_HEADING_AT_END = re.compile("[。：](?:一、|（一）|1[、.](?!\\d))[^。；]{2,40}$")
_SHORTEST_RUN_IN = 3
_RUN_IN = re.compile(r"[\u4e00-\u9fff“”]{3,20}")
_IN_NUMBER = re.compile(
    r"\d[余多来]?(?:百|千|万|亿|万亿)?[余多]?个?$|\d[余多]?(?:万|亿)?(?:人|户|家|件|场|工作|平方|百分|个工|公)$"
)
_UNIT_OPENS = re.compile(rf"(?:{UNIT_FORM}|[余多]?[万亿]|次|日|作日|月|米|里|点|分点|顷)[^：]{{0,60}}")
_WANTS_MORE = re.compile(
    r"(?<![作行有])为$|(?<![达遇得找感周收])到$|[至由从和与及或把将被使让约近超逾达共仅]$|(?<![目标])的$"
)
_LAST_WORDS = re.compile(r"[^，。；：]{1,6}。")
_SENTENCE_INSIDE = re.compile(r"[。；](?=.{6})[^。；]*[^。；]$")


def mended(lines: Sequence[Line], decided: Decided) -> list[Line]:
    """The lines with those joined that one paragraph was broken into; what is known to be a heading stays apart.

    Certain are: a line that ends inside a clause (，、 or an open “ 《 （), inside a number with its unit
    or on a word that wants another (提速到); one followed by a mark that opens no line or by the last
    words of a sentence; one that has ended a sentence and begun another; and one as wide as the text is
    when most of its lines are (hard-wrapped text).
    """
    lines = _without_run_in(_with_numbers(lines, decided), decided)
    width = _wrapped_width(lines)
    groups: list[list[Line]] = []
    open_marks = length = 0
    for line in lines:
        apart = not groups or _known_apart(groups[-1], line, decided)
        if not apart and (_continues(groups[-1][-1], line, width, open_marks) or _runs_on(groups[-1], length, line)):
            groups[-1].append(line)
            length += len(line.text)
            open_marks += _open_marks(line.text)
        else:
            groups.append([line])
            length = len(line.text)
            open_marks = _open_marks(line.text)
    return [joined(group) for group in groups]


def _known_apart(group: Sequence[Line], line: Line, decided: Decided) -> bool:
    """True when the line does not go on with the paragraph under way, whatever the two look like."""
    return bool(
        decided.role(line)
        or decided.is_heading(line)
        or decided.is_heading(group[0])
        or decided.takes_out_between(group[-1], line)
    )


def _with_numbers(lines: Sequence[Line], decided: Decided) -> list[Line]:
    """The lines, with numbers that stand alone (01, Part 1) joined to the headings under them, if they are several."""
    alone = {
        number
        for number, (line, below) in enumerate(itertools.pairwise(lines))
        if is_mark(line.text) and not decided.role(line) and not decided.role(below) and line_mark(below.text) is None
    }
    if len(alone) < 2:
        return list(lines)
    return [
        joined(lines[number : number + 2]) if number in alone else line
        for number, line in enumerate(lines)
        if number - 1 not in alone
    ]


def _without_run_in(lines: list[Line], decided: Decided) -> list[Line]:
    """The lines, with headings apart that a mere blank sets off from their text: **减环节** 由9个…"""
    ends = {
        number: end for number, line in enumerate(lines) if (end := _end_of_run_in(line)) and not decided.role(line)
    }
    if len(ends) < 2:
        return lines
    found: list[Line] = []
    for number, line in enumerate(lines):
        end = ends.get(number, 0)
        found += [part(line, 0, end), part(line, end, len(line.text))] if end else [line]
    return found


def _end_of_run_in(line: Line) -> int:
    """How many characters stand before the first blank when they look like a heading and a sentence follows, else 0."""
    if line.end - line.start == len(line.text):
        return 0  # it holds no blank
    match = _RUN_IN.match(line.text)
    if not match or line.text[-1] != "。" or line_mark(line.text):
        return 0
    first, gap = line.start, 0
    for at in range(1, min(len(line.text), match.end() + 1)):
        if line.places[at] > first + at:
            gap = at
            break
    apart = gap >= _SHORTEST_RUN_IN and len(line.text) - gap >= _SHORTEST_BROKEN
    return gap if apart and line.places[gap + 1] == line.places[gap] + 1 else 0


def _continues(above: Line, line: Line, width: int, open_marks: int) -> bool:
    text = above.text
    if line.after_gap:
        return False
    if _CANNOT_OPEN.match(line.text):
        return True
    if line_mark(line.text) or container_kind(line.text) or container_kind(text):
        return False
    if text[-1] in "，、" and len(text) >= 8:
        return True
    if 0 < open_marks < 3 and len(text) >= 8:
        return True
    return bool(width) and abs(len(text) - width) <= 2 and text[-1] not in "。"


def _runs_on(group: Sequence[Line], length: int, line: Line) -> bool:
    """True when the paragraph under way cannot end with its last line."""
    above, below = group[-1].text, line.text
    if line.after_gap or above[-1] in _ENDS or container_kind(below) or container_kind(above):
        return False
    if _HEADING_AT_END.search(above, max(0, len(above) - _LONGEST_HEADING_AT_END)):
        return False  # …主要做法如下。一、抓统筹
    if _IN_NUMBER.search(above[-8:]) and _UNIT_OPENS.match(below):
        return True
    if line_mark(below) or len(above) < _SHORTEST_BROKEN:
        return False
    if _WANTS_MORE.search(above[-4:]) or _LAST_WORDS.fullmatch(below):
        return True
    if len(group) > 1:
        return length >= 2 * _SHORTEST_WRAPPED or "，" in above  # a heading is not so long
    return bool(_SENTENCE_INSIDE.search(above))


def _open_marks(text: str) -> int:
    return _OPENING.subn("", text)[1] - _CLOSING.subn("", text)[1]


def _wrapped_width(lines: Sequence[Line]) -> int:
    """The width a text was wrapped at; 0 when its lines are paragraphs."""
    widths = [len(line.text) for line in lines]
    if len(widths) < 4:
        return 0
    widest = max(widths)
    if not _SHORTEST_WRAPPED <= widest <= 60:
        return 0
    full = [line for line in lines if widest - len(line.text) <= 2]
    inside = sum(line.text[-1] not in _ENDS for line in full)
    return widest if len(full) >= max(3, len(lines) * 0.4) and inside >= 2 else 0
