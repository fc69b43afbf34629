"""A page under way: its lines, what an editor decided of them, and what was found on it so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from cases.content import LIMITS, Moment
from cases.parsing.characters import Line, Source
from cases.parsing.decided import Decided
from cases.parsing.headline import parted
from cases.parsing.marks import line_mark
from cases.parsing.page_facts import Found, PageFacts
from cases.parsing.reasons import REPORTERS, TITLE_FIRST, Why


@dataclass(slots=True)
class Page:
    """The article without the page round it: the lines of `body` are neither headline, facts nor furniture."""

    title: list[Line] = field(default_factory=list)
    subtitle: Line | None = None
    published: Moment | None = None
    source: str = ""
    author: str = ""
    editor: str = ""
    bylines: list[Line] = field(default_factory=list)  # names of bodies standing alone at the head or the tail
    body: list[Line] = field(default_factory=list)
    found: list[Found] = field(default_factory=list)
    notice: list[Line] = field(default_factory=list)  # the lines of a notice that the article was attached to
    title_why: Why = TITLE_FIRST
    inherited: dict[str, Why] = field(default_factory=dict)  # what a case has from the page it stands on with others


class Sheet:
    """What the readers of head and tail share; they fill in `page` and leave the place of everything they take."""

    def __init__(self, source: Source, decided: Decided) -> None:
        self.source = source
        self.decided = decided
        self.lines = list(source.lines)
        self.marked_title: int | None = None  # where the headline begins that the file marks as one
        self.facts = PageFacts(source)
        self.page = Page(found=self.facts.found)

    def mark(self, line: Line, kind: str, why: Why | None = None) -> None:
        self.facts.found.append(Found(line.start, line.end, kind, why))

    def credit(self, line: Line, place: tuple[int, int] | None) -> None:
        """Take the reporters whose names stand at a place of the line, unless others were met before."""
        if place and not self.facts.author:
            name = self.source.one_line(*line.stretch(*place))
            self.facts.author = name[: LIMITS["author"]]
            self.mark(line, "author", REPORTERS)
        else:
            self.mark(line, "furniture")

    def take_title(self, lines: Sequence[Line]) -> None:
        title, self.page.subtitle, around = parted(lines)
        for line in around:
            self.mark(line, "furniture")
        if self.page.subtitle:
            self.mark(self.page.subtitle, "subtitle")
        self.page.title = []
        for line in title:
            if sum(len(one.text) + 1 for one in [*self.page.title, line]) <= LIMITS["title"]:
                self.page.title.append(line)
                self.mark(line, "title")


def numbers_a_section(text: str) -> bool:
    """True for a line opening with 一、 （一） 第一 or 一是, which links of the page do not open with."""
    mark = line_mark(text)
    return mark is not None and mark.lastgroup in ("chapter", "han", "paren_han", "ordinal", "item")
