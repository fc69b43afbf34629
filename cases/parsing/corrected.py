"""An outline with an editor's word on what is an initiative, what a measure, and what is neither."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from cases.parsing.characters import Line, part
from cases.parsing.decided import Decided
from cases.parsing.headings import FINAL, container_kind, initiative_heading, measure_heading
from cases.parsing.marks import is_bullet, marks_of
from cases.parsing.outline import read_measures
from cases.parsing.result import LISTS, Parsed
from cases.parsing.sections import Outline, Section

_INNER = ("paren_digit", "circled", "ordinal", "sequence", "side", "item")  # styles that stand inside headings
_RULES = {"initiative": initiative_heading, "measure": measure_heading}


@dataclass(slots=True)
class _Stretch:
    """A stretch `text[start:end]` of one line of the body, and what it is.

    initiative and measure are a mark and a heading; text is a paragraph under them, aside one of intro or closing,
    numbering the mark of a container, furniture what is thrown out.
    """

    kind: str
    line: int
    start: int
    end: int
    mark: Line | None = None
    heading: Line | None = None
    decided: bool = False
    style: str = ""


def without(parsed: Parsed, left_out: Collection[tuple[str, str]]) -> Parsed:
    """The same without the values of LISTS that an editor left out and their findings; nothing takes their place."""
    kept: dict[str, Any] = {}  # tuples of values
    paths: dict[str, str | None] = {}  # of a value before and after, None for one left out
    for name in LISTS if left_out else ():
        kept[name] = ()
        for place, value in enumerate(getattr(parsed.content, name)):
            is_kept = (name, value) not in left_out
            paths[f"{name}[{place}]"] = f"{name}[{len(kept[name])}]" if is_kept else None
            kept[name] += (value,) if is_kept else ()
    findings = ((one, paths.get(one.path, one.path)) for one in parsed.findings)
    return replace(
        parsed,
        content=replace(parsed.content, **kept),
        findings=tuple(one._replace(path=path) for one, path in findings if path is not None),
    )


def with_roles(lines: Sequence[Line], outline: Outline, decided: Decided) -> Outline:
    """The outline as it is when every place an editor spoke of is what the editor says."""
    if not decided.roles and not decided.inner:
        return outline
    return _Corrector(lines, outline, decided).outline()


class _Corrector:
    def __init__(self, lines: Sequence[Line], outline: Outline, decided: Decided) -> None:
        self.lines = lines
        self.old = outline
        self.decided = decided
        self.starts = [line.start for line in lines]
        self.stretches: list[_Stretch] = []

    def outline(self) -> Outline:
        self.take_apart()
        roles = {**self.decided.roles, **self.decided.inner}
        for place, role in sorted(roles.items()):
            if role in ("initiative", "measure", "text") or place in self.decided.inner:
                self.correct(place, role)
        self.lower()
        return self.put_together()

    # the old outline as stretches in text order

    def take_apart(self) -> None:
        old = self.old
        for line in [*old.intro, *old.closing]:
            self.add("aside", line)
        for line in old.numbering:
            self.add("numbering", line)
        for section in old.initiatives:
            self.add_section("initiative", section)
            for measure in section.measures:
                self.add_section("measure", measure)
        self.stretches.sort(key=lambda one: (one.line, one.start))

    def add(self, kind: str, line: Line) -> None:
        number = bisect_right(self.starts, line.start) - 1
        start = self.lines[number].index_at(line.start)
        self.stretches.append(_Stretch(kind, number, start, start + len(line.text)))

    def add_section(self, kind: str, section: Section) -> None:
        opening = [line for line in (section.mark, section.heading) if line is not None]
        if opening:
            self.add(kind, opening[0])
            last = self.stretches[-1]
            last.mark, last.heading, last.style = section.mark, section.heading, section.style
            last.end = self.lines[last.line].index_at(opening[-1].end - 1) + 1
        for line in section.paragraphs:
            self.add("text", line)

    # corrections

    def correct(self, place: int, role: str) -> None:
        number = bisect_right(self.starts, place) - 1
        if number < 0 or place >= self.lines[number].end:
            return
        start = self.lines[number].index_at(place)
        at = self.found(number, start)
        if at is None:
            return
        if self.stretches[at].kind == role:
            self.stretches[at].decided = True
            return
        self.change(at, role, start)

    def change(self, at: int, role: str, start: int | None = None) -> None:
        """Make a stretch, from a place inside it or from its start, what it is to be."""
        number, start = self.stretches[at].line, self.stretches[at].start if start is None else start
        self.as_text(at)
        at = self.found(number, start) or 0
        if role != "text":
            self.open(at, start, role)

    def found(self, number: int, start: int) -> int | None:
        """The stretch that holds the place, or the one before it when only closing punctuation does."""
        here = [at for at, one in enumerate(self.stretches) if one.line == number and one.start <= start]
        return here[-1] if here else None

    def as_text(self, at: int) -> None:
        """Make a paragraph of a stretch, together with the text that runs on in its line."""
        one = self.stretches[at]
        one.decided = False
        one.kind = "aside" if one.kind in ("aside", "numbering") else "text"
        one.mark = one.heading = None
        while at + 1 < len(self.stretches) and self.runs_on(one, self.stretches[at + 1]):
            one.end = self.stretches.pop(at + 1).end
        if (
            at
            and one.kind == "text"
            and self.stretches[at - 1].kind == "text"
            and self.stretches[at - 1].line == one.line
        ):
            self.stretches[at - 1].end = one.end
            self.stretches.pop(at)

    @staticmethod
    def runs_on(one: _Stretch, following: _Stretch) -> bool:
        return following.line == one.line and following.kind in ("text", "aside")

    def open(self, at: int, start: int, role: str) -> None:
        """Begin an initiative or a measure at a place inside a paragraph."""
        one = self.stretches[at]
        line, end = self.lines[one.line], one.end
        mark = next((mark for mark in marks_of(line) if mark.start == start and mark.end <= end), None)
        words = mark.end if mark else start
        kept = [_Stretch(one.kind, one.line, one.start, start)] if one.start < start else []
        if role == "furniture":
            self.stretches[at : at + 1] = [*kept, _Stretch(role, one.line, start, end)]
            return
        more = at + 1 < len(self.stretches) and self.stretches[at + 1].kind in ("text", "aside")
        text = line.text[words:end]
        length = len(text[: _RULES[role](text, more)].rstrip(FINAL)) if text else 0
        new = _Stretch(role, one.line, start, words + length, decided=True)
        new.mark = part(line, start, words) if words > start else None
        new.heading = part(line, words, words + length) if length else None
        after = words + length
        while after < end and line.text[after] in FINAL and new.heading:
            after += 1
        rest = [_Stretch("text", one.line, after, end)] if after < end else []
        self.stretches[at : at + 1] = [*kept, new, *rest]

    def lower(self) -> None:
        """Put 一是, ① and bullets that rules took for initiatives under the plain headings an editor made."""
        over = False
        for one in list(self.stretches):
            if one.kind != "initiative":
                continue
            if one.decided:
                over = one.mark is None
            elif over and one.mark and self.is_inner(one):
                self.change(self.stretches.index(one), "measure")

    def is_inner(self, one: _Stretch) -> bool:
        style = next((mark.style for mark in marks_of(self.lines[one.line]) if mark.start == one.start), "")
        return style in _INNER or is_bullet(style)

    # the new outline

    def put_together(self) -> Outline:
        new = Outline(way=self.old.way)
        under: Section | None = None  # what a paragraph belongs to
        for one in self.stretches:
            if one.kind == "initiative":
                under = Section(one.heading, mark=one.mark, decided=one.decided, style=one.style)
                new.initiatives.append(under)
            elif one.kind == "measure" and (new.initiatives or one.decided):
                if not new.initiatives:
                    new.initiatives.append(Section())  # an editor's measure, and nothing above it
                under = Section(one.heading, mark=one.mark, decided=one.decided, style=one.style)
                new.initiatives[-1].measures.append(under)
            elif one.kind == "furniture":
                new.furniture.append(self.words(one))
            elif one.kind == "numbering":
                new.numbering.append(self.words(one))
                under = None
            else:
                if one.kind == "aside" and not (under and under.decided and not self.is_container(one)):
                    under = None
                into = under.paragraphs if under else new.closing if new.initiatives else new.intro
                _append(into, self.words(one))
        plans = {line.start for line in self.old.plans}
        new.plans = [line for line in new.closing if line.start in plans]
        for section in new.initiatives:
            self.look_inside(section)
        return new

    def words(self, one: _Stretch) -> Line:
        return part(self.lines[one.line], one.start, one.end)

    def is_container(self, one: _Stretch) -> bool:
        return bool(container_kind(self.lines[one.line].text[one.start : one.end]))

    def look_inside(self, section: Section) -> None:
        """Read the measures of an initiative that only an editor knows of."""
        demoted = [
            place for place, role in [*self.decided.roles.items(), *self.decided.inner.items()] if role == "text"
        ]
        inside = any(line.start <= place < line.end for line in section.paragraphs for place in demoted)
        if section.decided and section.paragraphs and not section.measures and not inside:
            section.paragraphs, section.measures = read_measures(section.paragraphs, self.decided)


def _append(paragraphs: list[Line], line: Line) -> None:
    if line.text.strip():
        paragraphs.append(line)
