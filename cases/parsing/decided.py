"""What is known of lines before they are read: headings their file marks, and roles an editor gave them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from cases.content import LIMITS
from cases.parsing.characters import Line, Source, part
from cases.parsing.marks import marks_of

BOLD = 7  # the level of a short bold paragraph, which may be a heading
_LONGEST_HEADING = 60
_LONGEST_LINE_OF_FACTS = 120
_LONGEST_HEADLINE = LIMITS["title"] - 1  # with the blank that joins its lines


@dataclass(slots=True)
class Decided:
    """Levels and roles by the start of the line they are of; `inner` are roles of marks inside a line."""

    levels: dict[int, int] = field(default_factory=dict)
    roles: dict[int, str] = field(default_factory=dict)
    inner: dict[int, str] = field(default_factory=dict)
    taken_out: list[int] = field(default_factory=list)  # starts of the lines that are no part of the body, in order

    def level(self, line: Line) -> int:
        """1 to 6 for a heading of its file, 7 for a short bold line, 0 for any other."""
        return self.levels.get(line.start, 0)

    def is_heading(self, line: Line) -> bool:
        return bool(self.levels) and 0 < self.levels.get(line.start, 0) < BOLD

    def role(self, line: Line) -> str:
        """What an editor made of the line, "" when nothing."""
        return self.roles.get(line.start, "") if self.roles else ""

    def takes_out_between(self, above: Line, below: Line) -> bool:
        """True when an editor took a line that stood between the two out of the body."""
        return bisect_left(self.taken_out, above.end) < bisect_left(self.taken_out, below.start)


def decide(
    source: Source, levels: Iterable[tuple[int, int]], roles: Mapping[int, str]
) -> tuple[tuple[Line, ...], Decided]:
    """The lines with what is known of them; lines are cut where an editor found the headline in them.

    A headline ends where it would be longer than one can be: the rest of its paragraph stays what it was.
    A role counts at the start of a line, of a mark, of the words after a mark, or of a fact in a line of facts; one
    that stands nowhere is left out.
    """
    lines, decided = source.lines, Decided()
    if not levels and not roles:
        return lines, decided
    starts = [line.start for line in lines]
    for place, level in levels:
        at = _line_at(source, starts, place)
        if at is not None and 1 <= level <= BOLD and _first_word(lines[at], place) == 0:
            decided.levels[lines[at].start] = level
    cuts: dict[int, list[tuple[int, int]]] = {}
    for place, role in sorted(roles.items()):
        at = _line_at(source, starts, place)
        start = _opening(lines[at], place) if at is not None else None
        if at is None or start is None:
            continue
        line = lines[at]
        if role == "title" and (end := _end_of_headline(line, start)) - start < len(line.text):
            cuts.setdefault(at, []).append((start, end))
        (decided.inner if start and role != "title" else decided.roles)[line.places[start]] = role
    decided.taken_out = sorted(place for place, role in decided.roles.items() if role in ("furniture", "title"))
    return _cut(lines, cuts), decided


def reads_as_heading(text: str) -> bool:
    """False for whole paragraphs that were given the style of a heading."""
    return len(text) <= _LONGEST_HEADING and not (text[-1] in "。；" and len(text) > 2 * _LONGEST_HEADING // 3)


def _line_at(source: Source, starts: list[int], place: int) -> int | None:
    """The index of the line that holds a place of the text, or begins after the blanks there."""
    if not 0 <= place < len(source.text):
        return None
    at = bisect_right(starts, place) - 1
    if at >= 0 and place < source.lines[at].end:
        return at
    following = at + 1
    if following < len(starts) and "\n" not in source.plain[place : starts[following]]:
        return following
    return None


def _first_word(line: Line, place: int) -> int:
    return line.index_at(max(place, line.start))


def _opening(line: Line, place: int) -> int | None:
    """The index at which the line, or a mark inside it, opens for which the place speaks; None for any other place."""
    at = _first_word(line, place)
    if at <= line.text.startswith("【") or _is_fact(line, at):
        return 0
    return next((mark.start for mark in marks_of(line) if mark.start <= at <= mark.end), None)


def _is_fact(line: Line, at: int) -> bool:
    """True after a blank or a label in a short line, as dates and headlines stand: the line as a whole is meant."""
    apart = line.places[at] > line.places[at - 1] + 1 or line.text[at - 1] in "：】|丨"
    return apart and len(line.text) <= _LONGEST_LINE_OF_FACTS and "。" not in line.text


def _end_of_headline(line: Line, start: int) -> int:
    """Where a headline that begins in a line ends: with the line; begun inside it, with its item.

    One longer than its limit ends before, after a sentence if it can, else after a clause.
    """
    end = next((mark.start for mark in marks_of(line) if mark.start > start > 0), len(line.text))
    most = start + _LONGEST_HEADLINE
    if end <= most:
        return end
    return next((at + 1 for sign in "。；，" if (at := line.text.rfind(sign, start, most)) > start), most)


def _cut(lines: tuple[Line, ...], cuts: Mapping[int, list[tuple[int, int]]]) -> tuple[Line, ...]:
    found: list[Line] = []
    for number, line in enumerate(lines):
        at = 0
        for start, end in cuts.get(number, ()):
            found += [part(line, at, start), part(line, start, end)._replace(after_gap=False)]
            at = end
        if at < len(line.text):
            found.append(part(line, at, len(line.text)) if at else line)
    return tuple(line for line in found if line.text)
