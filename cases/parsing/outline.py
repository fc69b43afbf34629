"""The body of an article as intro, initiatives with their measures, and closing.

The outermost numbered level gives the initiatives; headings that only hold others (主要做法,
取得成效) are skipped, and what stands under them goes one level up. Without numbers, short
heading lines do it, else short sentences that open paragraph after paragraph. The rules are
those of README, "Initiatives" and "Measures".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cases.parsing.characters import Line, part
from cases.parsing.closing import late_paragraphs
from cases.parsing.decided import Decided
from cases.parsing.headings import (
    FINAL,
    container_kind,
    container_label,
    initiative_heading,
    is_heading_line,
    lead_length,
    measure_heading,
)
from cases.parsing.implied import (
    bold_headings,
    is_row,
    lead_run,
    levels_inside,
    unless_leads,
    with_containers,
    with_heading_lines,
    with_levels,
    without_plans,
    without_speech,
)
from cases.parsing.marks import Mark, find_marks, nesting
from cases.parsing.sections import Outline, Section

_SUBTITLE = re.compile("(?:：|—).*", re.DOTALL)
HeadingRule = Callable[[str, bool], int]  # (first line of an item, whether more follows) -> length of its heading


@dataclass(slots=True)
class Piece:
    """A stretch of a line of the body, with the mark that opens it."""

    line: int
    start: int  # after the mark
    end: int
    mark: Mark | None = None


@dataclass(slots=True)
class _Item:
    """A mark and all that follows up to the next of its level."""

    pieces: list[Piece]

    @property
    def mark(self) -> Mark:
        assert self.pieces[0].mark is not None
        return self.pieces[0].mark


def read_outline(lines: Sequence[Line], decided: Decided) -> Outline:
    """The outline of the body; every character of `lines` is in exactly one stretch of it."""
    return _Reader(lines, decided).outline()


def read_measures(paragraphs: Sequence[Line], decided: Decided) -> tuple[list[Line], list[Section]]:
    """What stands before the first measure among the paragraphs of an initiative, and the measures."""
    reader = _Reader(paragraphs, decided)
    preface, items = reader.split(reader.pieces)
    return reader.paragraphs(preface), [reader.measure(one) for one in items]


class _Reader:
    def __init__(self, lines: Sequence[Line], decided: Decided) -> None:
        self.lines = lines
        self.decided = decided
        marks = without_speech(lines, without_plans(lines, find_marks(lines)))
        marks = with_containers(lines, with_levels(lines, marks, decided))
        marks = unless_leads(lines, with_heading_lines(lines, marks, decided))
        self.order = levels_inside(nesting(marks), marks) if decided.levels else nesting(marks)
        self.pieces = _pieces(lines, marks)

    def outline(self) -> Outline:
        preface, items = self.split(self.pieces)
        outline = Outline(intro=self.paragraphs(preface))
        if items:
            outline.way = "lines" if items[0].mark.style == "line" else "numbered"
            self.place(items, outline)
        if not outline.initiatives:
            plans = outline.plans
            outline = self.by_leads(self.pieces) or Outline(intro=self.paragraphs(self.pieces))
            outline.plans = plans
        for section in outline.initiatives:
            if not section.measures and len(section.paragraphs) > 1 and section.style != "lead":
                _measures_from_leads(section)
        return outline

    # levels

    def split(self, pieces: list[Piece]) -> tuple[list[Piece], list[_Item]]:
        """What stands before the first mark of the outermost level, and the items of that level."""
        styles = {piece.mark.style for piece in pieces if piece.mark}
        style = next((style for style in self.order if style in styles), None)
        if style is None:
            return pieces, []
        opens = [at for at, piece in enumerate(pieces) if piece.mark and piece.mark.style == style]
        items = [_Item(pieces[start:end]) for start, end in zip(opens, [*opens[1:], len(pieces)], strict=True)]
        return pieces[: opens[0]], items

    def place(self, items: list[_Item], outline: Outline) -> None:
        """Put the items of the outermost level, or what lies in the containers among them, where they belong."""
        kinds = self.kinds(items)
        inside = {
            at: found
            for at, kind in enumerate(kinds)
            if kind in ("practice", "situation") and (found := self.inner(items[at]))
        }
        practices = [at for at in inside if kinds[at] == "practice"]
        held = practices or (list(inside) if all(kinds) else [])
        for at, item in enumerate(items):
            if at in held:
                preface, inner = inside[at]
                self.keep(item, outline, heading_only=True, preface=preface)
                for one in inner:
                    outline.initiatives.append(self.initiative(one))
                late = late_paragraphs(outline.initiatives)
                outline.closing += late
            elif kinds[at] or held:
                self.keep(item, outline, plan=kinds[at] == "plan")
            else:
                outline.initiatives.append(self.initiative(item))
        if not held:
            late = late_paragraphs(outline.initiatives) if outline.initiatives and not kinds[-1] else []
            outline.closing[:0] = late

    def kinds(self, items: Sequence[_Item]) -> list[str]:
        """What each item holds as a container; 做法：三段路 counts as 做法 where other items are called so, too."""
        headings = [self.heading_text(item) for item in items]
        kinds = [container_kind(heading) for heading in headings]
        called = [kind or container_kind(_SUBTITLE.sub("", one)) for kind, one in zip(kinds, headings, strict=True)]
        return called if "practice" in called and sum(map(bool, called)) > 1 else kinds

    def heading_text(self, item: _Item) -> str:
        return self.first_text(item)[: self.heading_length(item)]

    def first_text(self, item: _Item) -> str:
        first = item.pieces[0]
        return self.lines[first.line].text[first.start : first.end]

    def heading_length(self, item: _Item, rule: HeadingRule = initiative_heading) -> int:
        """How many characters of an item's first piece are its heading."""
        text = self.first_text(item)
        if item.mark.style == "lead":
            return lead_length(text)
        if item.mark.style.startswith("markdown") and item.mark.start == item.mark.end:
            return len(text)  # a heading its file marks ends with its line
        if self.lines[item.mark.line].text.startswith("【", item.mark.start, item.mark.end):
            return text.find("】")
        if item.mark.start == item.mark.end and item.mark.style != "line" and (label := container_label(text)):
            return label
        return rule(text, len(item.pieces) > 1) if text else 0

    def inner(self, item: _Item) -> tuple[list[Piece], list[_Item]] | None:
        """What a container holds: the pieces before its first item, and the items; None when it has none."""
        rest = self.after_heading(item)
        preface, items = self.split(rest)
        if items:
            return preface, items
        return self.unnumbered(rest)

    def unnumbered(self, pieces: list[Piece], loose: bool = True) -> tuple[list[Piece], list[_Item]] | None:
        """Heading lines, else lead sentences, among unnumbered pieces, as items; `loose` under a container."""
        texts = [self.lines[piece.line].text[piece.start : piece.end] for piece in pieces]
        opens = [
            at
            for at, text in enumerate(texts)
            if at + 1 < len(texts)
            and pieces[at].mark is None
            and is_heading_line(text, texts[at + 1])
            and not is_row(self.lines[pieces[at].line])
        ]
        bold = self.bold(pieces)
        opens, style = bold or opens, "line"
        if len(opens) < 2:
            opens, style = lead_run(texts, loose), "lead"
        if len(opens) < 2:
            return None
        return self.opened(pieces, opens, style)

    def bold(self, pieces: Sequence[Piece]) -> list[int]:
        """The pieces that are bold headings."""
        if not self.decided.levels:
            return []
        whole = {piece.line: at for at, piece in enumerate(pieces) if piece.mark is None and piece.start == 0}
        return [whole[line] for line in bold_headings(self.lines, sorted(whole), self.decided)]

    @staticmethod
    def opened(pieces: list[Piece], opens: Sequence[int], style: str) -> tuple[list[Piece], list[_Item]]:
        for at in opens:
            pieces[at].mark = Mark(style, 0, pieces[at].line, pieces[at].start, pieces[at].start)
        items = [_Item(pieces[start:end]) for start, end in zip(opens, [*opens[1:], len(pieces)], strict=True)]
        return pieces[: opens[0]], items

    def after_heading(self, item: _Item) -> list[Piece]:
        """The pieces of an item without its heading."""
        return self.body(item, self.heading_length(item))

    def keep(
        self,
        item: _Item,
        outline: Outline,
        heading_only: bool = False,
        preface: Sequence[Piece] = (),
        plan: bool = False,
    ) -> None:
        """Put a container's own words into the intro or the closing, its heading as a paragraph of its own."""
        into = outline.closing if outline.initiatives else outline.intro
        first = item.pieces[0]
        length = len(self.heading_text(item).rstrip(FINAL))
        if item.mark.end > item.mark.start:
            outline.numbering.append(part(self.lines[first.line], item.mark.start, item.mark.end))
        if length:
            into.append(part(self.lines[first.line], first.start, first.start + length))
        paragraphs = self.paragraphs(list(preface) if heading_only else self.after_heading(item))
        into += paragraphs
        if plan:
            outline.plans += paragraphs

    # initiatives and measures

    def initiative(self, item: _Item) -> Section:
        section, pieces = self.section(item, initiative_heading)
        preface, items = self.split(pieces)
        if not items and (bold := self.bold(pieces)):
            preface, items = self.opened(pieces, bold, "line")
        section.paragraphs = self.paragraphs(preface)
        section.measures = [self.measure(one) for one in items]
        return section

    def measure(self, item: _Item) -> Section:
        section, pieces = self.section(item, measure_heading)
        section.paragraphs = self.paragraphs(pieces)
        return section

    def section(self, item: _Item, rule: HeadingRule) -> tuple[Section, list[Piece]]:
        """The section of an item with its heading and mark, and the pieces of its body."""
        first = item.pieces[0]
        line = self.lines[first.line]
        length = self.heading_length(item, rule)
        trimmed = len(self.first_text(item)[:length].rstrip(FINAL)) or length
        mark = part(line, item.mark.start, item.mark.end) if item.mark.end > item.mark.start else None
        heading = part(line, first.start, first.start + trimmed) if trimmed else None
        section = Section(heading, mark=mark, style=self.style(item, line))
        return section, self.body(item, trimmed)

    def style(self, item: _Item, line: Line) -> str:
        style = item.mark.style
        if item.mark.end > item.mark.start or not self.decided.levels:
            return style
        return "markdown" if self.decided.is_heading(line) else "bold" if self.decided.level(line) else style

    def body(self, item: _Item, length: int) -> list[Piece]:
        """The pieces of an item after the `length` characters of its heading and the punctuation that closes it."""
        first, *rest = item.pieces
        text = self.lines[first.line].text
        start = first.start + length
        while start < first.end and text[start] in FINAL + "】":
            start += 1
        return [Piece(first.line, start, first.end), *rest] if start < first.end else rest

    def paragraphs(self, pieces: Sequence[Piece]) -> list[Line]:
        """The pieces as paragraphs: those of one line together again, marks included unless they open it."""
        found: list[Line] = []
        at = 0
        while at < len(pieces):
            last = at
            while last + 1 < len(pieces) and pieces[last + 1].line == pieces[at].line:
                last += 1
            piece = pieces[at]
            start = piece.mark.start if piece.mark else piece.start
            found.append(part(self.lines[piece.line], start, pieces[last].end))
            at = last + 1
        return _nonempty(found)

    def by_leads(self, pieces: list[Piece]) -> Outline | None:
        """The outline of prose whose paragraphs open with short sentences as their headings."""
        if any(piece.mark and piece.mark.style not in ("container", "lead", "line") for piece in pieces):
            return None
        for piece in pieces:
            if piece.mark and piece.mark.style in ("lead", "line"):
                piece.mark = None
        found = self.unnumbered(pieces, loose=False)
        if not found or any(
            piece.mark and piece.mark.style == "container" for item in found[1] for piece in item.pieces[1:]
        ):
            return None
        preface, items = found
        outline = Outline(intro=self.paragraphs(preface), way=items[0].mark.style + "s")
        outline.initiatives = [self.initiative(item) for item in items]
        outline.closing = late_paragraphs(outline.initiatives)
        return outline


def _measures_from_leads(section: Section) -> None:
    """Make measures of the paragraphs when every one of them opens with a lead sentence."""
    leads = [lead_length(line.text) for line in section.paragraphs]
    if all(leads):
        section.measures = [
            Section(part(line, 0, lead), _nonempty([_trim(part(line, lead, len(line.text)))]), style="lead")
            for line, lead in zip(section.paragraphs, leads, strict=True)
        ]
        section.paragraphs = []


def _nonempty(lines: Sequence[Line]) -> list[Line]:
    return [line for line in lines if line.text.strip()]


def _trim(line: Line) -> Line:
    """Without the punctuation that closed a heading."""
    start = 0
    while start < len(line.text) and line.text[start] in FINAL:
        start += 1
    return part(line, start, len(line.text))


def _pieces(lines: Sequence[Line], marks: Sequence[Mark]) -> list[Piece]:
    """The lines cut at their marks."""
    by_line: dict[int, list[Mark]] = {}
    for mark in marks:
        by_line.setdefault(mark.line, []).append(mark)
    pieces = []
    for number, line in enumerate(lines):
        here = by_line.get(number, [])
        if not here or here[0].start > 0:
            pieces.append(Piece(number, 0, here[0].start if here else len(line.text)))
        for at, mark in enumerate(here):
            end = here[at + 1].start if at + 1 < len(here) else len(line.text)
            pieces.append(Piece(number, mark.end, end, mark))
    return pieces
