"""Numbering marks: 一、 （一） 1. （1） ① 第一， 首先 一是 bullets and #, and which of them holds which.

A mark counts at the start of a line; inside a paragraph it counts at the start of a sentence
and in order only, so that 统一是, “一是” in a title and 1.5 open nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from cases.parsing.characters import Line
from cases.parsing.numerals import ordinal

_HAN = "[一二三四五六七八九十]{1,3}"
_FORMAL = "壹贰叁肆伍陆柒捌玖拾"
_ENGLISH = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NAMES = (
    "举措|做法|经验|亮点|特点|措施|实招|妙招|招数|路径|创新点|切入点|发力点|关键词|镜头|场景|看点|故事|变化|关键|维度|突破|"
    "切口|抓手|行动|实践|探索|篇章|板块|密码|秘诀|法宝|良方|处方|名片|画面|片段|特写"
)
_STEPS = "步棋|件事|张牌|把火|道关|[步招关站件张道把点]"
_FORMS = (
    ("han", rf"(?:(?:{_HAN}|[{_FORMAL}])(?:、|\.|，)|{_HAN}[丨|])"),
    ("paren_han", rf"(?:（{_HAN}）[、.]?|[㈠-㈩])"),
    ("digit", r"(?:\d{1,2}(?:、|\.(?!\d)|）)|[⒈-⒛]、?)"),
    ("paren_digit", r"(?:（\d{1,2}）[、.]?|[⑴-⒇])"),
    ("letter", r"(?:[a-h](?:\.|、|）)(?![a-z\d.]))"),
    ("circled", r"(?:(?:[①-⑳❶-❿➀-➓㊀-㊉]|\d\ufe0f?\u20e3)、?)"),
    ("ordinal", rf"(?:第(?:{_HAN}|\d)(?:{_STEPS})?(?:，|、|：|是(?!否))|其{_HAN}(?:，|、|：|是))"),
    ("sequence", r"(?:首先|其次|再次|最后)，?"),
    ("side", r"(?:另?一方面，?)"),
    ("item", rf"(?:{_HAN}是(?!否))"),
)
_INLINE_FORMS = "|".join(f"(?P<{name}>{form})" for name, form in _FORMS)
_LINE_MARK = re.compile(
    r"(?P<markdown>#{1,6}(?!#) ?)|"
    + _INLINE_FORMS
    + r"|(?P<leading_zero>0[1-9](?![\d年月日时.：/—%个项件户家人名次])[丨|]? ?)"
    + rf"|(?P<chapter>第{_HAN}(?:章|部分|篇|编)[：、，]?)"
    + rf"|(?P<part>(?:part|no|step|chapter)[. ]{{0,2}}(?:\d{{1,2}}|{'|'.join(_ENGLISH)})(?![a-z\d%])[：、.丨|]? ?)"
    + rf"|(?P<named>(?:{_NAMES})(?:之)?(?:{_HAN}|\d{{1,2}})(?:：|、|，|——?|\|| ))"
    + r"|(?P<bullet>[●■◆▪★☆◇□▶►▷▸◈❖♦◦‣➤➢※✦✓✔√◎◉·▌▍▎┃✅☑✪🔹🔸🔷🔶📌👉]+\ufe0f?(?!\d)|〇(?![一二三四五六七八九〇])"
    + r"|—(?!—|\d{1,3}—$) ?|\*(?!\*) ?|\+ )"
)
_BEFORE_BLANK = re.compile(
    rf"(?P<named>(?:{_NAMES})(?:之)?(?:{_HAN}|\d{{1,2}}))|(?P<ordinal>第{_HAN}(?:{_STEPS}))"
    r"|(?P<leading_zero>0[1-9])(?![年月日时分个%])"
    rf"|(?P<spaced>{_HAN}|\d{{1,2}})(?![\d年月日时点分个项件户家人名次天周批届楼万亿%.：，、）/—])"
)
_ALONE = re.compile(
    rf"0?\d[.、]?|{_HAN}[.、]?|第{_HAN}(?:章|部分|篇|编|{_STEPS})|(?:part|no|step|chapter)[. ]{{0,2}}"
    rf"(?:\d{{1,2}}|{'|'.join(_ENGLISH)})|(?:{_NAMES})之?(?:{_HAN}|\d)|（{_HAN}）|[①-⑳❶-❿➀-➓㊀-㊉]"
)
_INLINE_MARK = re.compile(rf"(?<=[。；：！？”’），])(?:{_INLINE_FORMS})")
_AFTER_MARKDOWN = re.compile("|".join(form for _, form in _FORMS))
_NUMBER = re.compile(rf"{_HAN}|\d{{1,2}}|[{_FORMAL}㈠-㈩⒈-⒛⑴-⒇①-⑳❶-❿➀-➓㊀-㊉]|[a-h](?![a-z])|{'|'.join(_ENGLISH)}")
_QUOTATION_OPENS = re.compile("[“《]")
_SEQUENCE_NUMBERS = {"首先": 1, "其次": 2, "再次": 3}

# From the outermost level in. 一、 （一） 1. （1） stand in the order of GB/T 9704-2012, 7.3.3.
_RANKS = {
    "container": 0,
    "markdown1": 1,
    "markdown2": 2,
    "markdown3": 3,
    "markdown4": 4,
    "markdown5": 5,
    "markdown6": 6,
    "bracket": 7,
    "line": 7,
    "chapter": 8,
    "part": 8,
    "named": 8,
    "han": 9,
    "paren_han": 10,
    "leading_zero": 11,
    "spaced": 11,
    "digit": 12,
    "paren_digit": 13,
    "letter": 14,
    "circled": 15,
    "ordinal": 16,
    "sequence": 17,
    "side": 18,
    "item": 19,
    "bullet": 20,  # ●, ■ and - are styles of their own, in the order in which they come
}
# Words and signs that number nothing when they stand alone.
_WEAK = ("ordinal", "sequence", "side", "item", "circled", "letter", "spaced")


class Mark(NamedTuple):
    """A numbering mark at `line.text[start:end]`; number is 0 for bullets, containers and # headings."""

    style: str
    number: int
    line: int  # index among the lines of the body
    start: int
    end: int

    @property
    def opens_line(self) -> bool:
        return self.start == 0


def find_marks(lines: Sequence[Line]) -> list[Mark]:
    """Every mark of the body in text order; single marks that number nothing are left out."""
    found: list[Mark] = []
    for number, line in enumerate(lines):
        found += _marks_of_line(number, line)
    return _in_sequence(_sides_in_order(found))


def line_mark(text: str) -> re.Match[str] | None:
    """The mark a line opens with."""
    return _LINE_MARK.match(text)


def is_mark(text: str) -> bool:
    """True for a line that is nothing but a number: 01, 一、, 第一招, Part 1."""
    return len(text) <= 12 and _ALONE.fullmatch(text) is not None


def marks_of(line: Line) -> list[Mark]:
    """The marks of one line, whether or not they count in the article."""
    return _marks_of_line(0, line)


def nesting(marks: Sequence[Mark]) -> list[str]:
    """The styles met, from the outermost in.

    The official order decides, unless the article shows otherwise: a style that always runs from 1 to its last
    number between two marks of another that stood before it lies inside that one, and so does one inside lines only.
    """
    first: dict[str, int] = {}
    for place, mark in enumerate(marks):
        first.setdefault(mark.style, place)
    breaks = interruptions(marks)
    opening = {mark.style for mark in marks if mark.opens_line}
    inside_lines = {mark.style for mark in marks} - opening - {"han"} if opening else set()
    styles = sorted(first, key=lambda style: (_rank(style), first[style]))

    def holds(outer: str, inner: str) -> bool:
        if first[outer] > first[inner] or _rank(inner) <= _RANKS["named"]:
            return False
        return (inner in breaks[outer] or inner in inside_lines) and outer not in breaks[inner]

    for place in range(1, len(styles)):
        at = place
        while at and holds(styles[at], styles[at - 1]):
            styles[at - 1], styles[at] = styles[at], styles[at - 1]
            at -= 1
    return styles


def interruptions(marks: Sequence[Mark]) -> dict[str, set[str]]:
    """For each style the others whose marks stand between two marks of one run of it: 1. ① ② 2."""
    last: dict[str, int] = {}
    breaks: dict[str, set[str]] = {}
    for place, mark in enumerate(sorted(marks, key=lambda mark: (mark.line, mark.start))):
        inside = breaks.setdefault(mark.style, set())
        if mark.number != 1 and mark.style in last:
            inside.update(style for style, other in last.items() if other > last[mark.style])
        last[mark.style] = place
    return breaks


def is_bullet(style: str) -> bool:
    """True for the style of a bullet, whatever its sign."""
    return style.startswith("bullet")


def _rank(style: str) -> int:
    return _RANKS["bullet" if is_bullet(style) else style]


def quoted_ranges(text: str) -> list[tuple[int, int]]:
    """Where “…” and 《…》 stand, outermost only; a mark never closed within 200 characters counts for nothing."""
    ranges: list[tuple[int, int]] = []
    at = 0
    while match := _QUOTATION_OPENS.search(text, at):
        close = text.find("”" if match[0] == "“" else "》", match.end(), match.end() + 200)
        at = close + 1 if close >= 0 else match.end()
        if close >= 0:
            ranges.append((match.start(), at))
    return ranges


def _marks_of_line(number: int, line: Line) -> list[Mark]:
    found = []
    text = line.text
    opening = _LINE_MARK.match(text)
    opening = opening or _before_blank(line)
    if opening and opening.end() < len(text):
        found.append(_mark(opening, number))
    inline = [match for match in _INLINE_MARK.finditer(text) if not opening or match.start() >= opening.end()]
    if inline:
        quoted = quoted_ranges(text)
        after = 0
        for match in inline:
            while after < len(quoted) and quoted[after][1] <= match.start():
                after += 1
            if after == len(quoted) or match.start() < quoted[after][0]:
                found.append(_mark(match, number))
        found = _commas_only_in_order(found, text)
    return found


def _before_blank(line: Line) -> re.Match[str] | None:
    """亮点一, 一 and their kind before a blank, which the plain line no longer shows."""
    match = _BEFORE_BLANK.match(line.text)
    if match and match.end() < len(line.text) and line.places[match.end()] > line.places[match.end() - 1] + 1:
        return match
    return None


def _mark(match: re.Match[str], line: int) -> Mark:
    style = str(match.lastgroup)
    start, end = match.start(), match.end()
    if style == "markdown":
        style += str(match[0].count("#"))
        more = _AFTER_MARKDOWN.match(match.string, end)
        end = more.end() if more else end
        return Mark(style, 0, line, start, end)
    if style == "bullet":
        return Mark(style + match[0].strip()[0], 0, line, start, end)
    if style == "side":
        return Mark(style, 2 if match[0].startswith("另") else 1, line, start, end)
    if style == "sequence":
        return Mark(style, _SEQUENCE_NUMBERS.get(match[0].rstrip("，"), -1), line, start, end)
    digits = _NUMBER.search(match[0])
    return Mark(style, _number(digits[0]) if digits else 0, line, start, end)


def _number(text: str) -> int:
    """The number a mark shows, 0 for none: 三, 12, ③, 叁, ❸, c, three."""
    if text in _ENGLISH:
        return _ENGLISH.index(text) + 1
    if len(text) == 1:
        for first, last in (("❶", "❿"), ("➀", "➉"), ("➊", "➓"), ("㊀", "㊉"), ("a", "h")):
            if first <= text <= last:
                return ord(text) - ord(first) + 1
        if text in _FORMAL:
            return _FORMAL.index(text) + 1
    return ordinal(text) or 0


def _commas_only_in_order(marks: list[Mark], text: str) -> list[Mark]:
    """Without marks after a comma, except 一是…，二是… that count on from one before them."""
    kept: list[Mark] = []
    numbers = {(mark.style, mark.number) for mark in marks}
    for mark in marks:
        if mark.start and text[mark.start - 1] == "，":
            if mark.style not in ("item", "ordinal", "sequence"):
                continue
            previous = next((other.number for other in reversed(kept) if other.style == mark.style), 0)
            starts = mark.number == 1 and (mark.style, 2) in numbers and mark.style == "item"
            if not starts and mark.number not in (previous + 1 if previous else None, -1):
                continue
        kept.append(mark)
    return kept


def _sides_in_order(marks: list[Mark]) -> list[Mark]:
    """Without 一方面 and 另一方面 inside paragraphs that nothing else numbers: there they only join two sentences."""
    numbered = any(mark.opens_line and mark.style != "side" for mark in marks)
    return [mark for mark in marks if mark.style != "side" or mark.opens_line or numbered]


def _in_sequence(marks: list[Mark]) -> list[Mark]:
    """Marks that count: inside a line only 1 or the next number, and no lonely weak mark."""
    last: dict[str, int] = {}
    counted: list[Mark] = []
    runs: dict[int, int] = {}  # index of a mark in `counted` -> index of the first of its run
    length: dict[int, int] = {}
    run_of_style: dict[str, int] = {}
    for mark in marks:
        style, number = mark.style, mark.number
        if number == -1:  # 最后 closes a sequence
            number = last.get(style, 0) + 1 if last.get(style, 0) >= 2 else -1
            if number == -1:
                continue
            mark = Mark(style, number, mark.line, mark.start, mark.end)
        if not mark.opens_line and number != 1 and number != last.get(style, 0) + 1:
            continue
        if number == 1 or style not in run_of_style:
            run_of_style[style] = len(counted)
        run = run_of_style[style]
        runs[len(counted)] = run
        length[run] = length.get(run, 0) + 1
        last[style] = number
        counted.append(mark)
    bullets = sum(is_bullet(mark.style) for mark in counted)
    return [
        mark
        for place, mark in enumerate(counted)
        if length[runs[place]] > 1
        or (mark.opens_line and mark.style not in _WEAK and mark.number == 1)
        or mark.style.startswith("markdown")
        if not is_bullet(mark.style) or bullets > 1
    ]
