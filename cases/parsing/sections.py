"""The parts of an article's body: sections with their headings, and the outline they make."""

from __future__ import annotations

from dataclasses import dataclass, field

from cases.parsing.characters import Line


@dataclass(slots=True)
class Section:
    """A heading and the paragraphs under it, all of them stretches of the article."""

    heading: Line | None = None
    paragraphs: list[Line] = field(default_factory=list)
    measures: list[Section] = field(default_factory=list)
    mark: Line | None = None
    decided: bool = False  # by an editor
    style: str = ""  # of its mark: han, item, line …; markdown for a heading its file marks, bold for a bold line


@dataclass(slots=True)
class Outline:
    """The body taken apart; `plans` are paragraphs of sections about the future, which hold no results."""

    intro: list[Line] = field(default_factory=list)
    initiatives: list[Section] = field(default_factory=list)
    closing: list[Line] = field(default_factory=list)
    plans: list[Line] = field(default_factory=list)
    numbering: list[Line] = field(default_factory=list)  # marks of containers
    furniture: list[Line] = field(default_factory=list)  # what an editor threw out
    way: str = "prose"  # how the initiatives were found: numbered, lines, leads, prose
