"""The tail of a page: credits, signatures, captions and links under an article."""

from __future__ import annotations

from cases.parsing.characters import Line, part
from cases.parsing.credits import is_credit, reporter_at_end
from cases.parsing.dates import read_date
from cases.parsing.furniture import is_caption, is_note, is_tool, opens_tail
from cases.parsing.headline import names_a_body
from cases.parsing.sheet import Sheet, numbers_a_section

_LONGEST = 40  # lines


class Tail:
    """Reads the lines under the body."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.facts = sheet.facts
        self.lines = sheet.lines
        self.first = self.begins()  # index of its first line

    def read(self) -> None:
        """Take the facts, credits and signatures of the tail; lines an editor spoke of are left alone."""
        lines = [line for line in self.lines[self.first :] if not self.sheet.decided.role(line)]
        labelled = [line for line in lines if self.facts.labels(line)]
        for line in [*labelled, *(line for line in lines if not self.facts.labels(line))]:
            self.take(line)

    def begins(self) -> int:
        lines = self.lines
        cut = next((at for at in range(max(2, len(lines) - _LONGEST), len(lines)) if self.ends_article(at)), len(lines))
        while cut > 2 and self.is_tail_line(cut - 1):
            cut -= 1
        return cut

    def ends_article(self, at: int) -> bool:
        """True where the page turns to other things for good."""
        if not opens_tail(self.lines[at].text) or at <= len(self.lines) // 3:
            return False
        after = self.lines[at + 1 :]
        if any(numbers_a_section(line.text) for line in after):
            return False
        return not any(len(line.text) > 60 and line.text.count("。") > 1 for line in after)

    def is_tail_line(self, at: int) -> bool:
        line, end = self.lines[at], len(self.lines)
        text = line.text
        if is_tool(text) or is_note(text) or is_caption(text) or opens_tail(text) or self.facts.is_date(line):
            return True
        if text[-1] in "。；":
            return False
        if len(text) >= 80:
            labels = self.facts.labels(line)
            return bool(labels) and labels[0].start() <= 1
        if is_credit(text) or self.facts.labels(line):
            return True
        signed = at + 1 == end or self.facts.is_date(self.lines[at + 1]) or line.after_gap
        return names_a_body(text) and len(text) <= 30 and at > 3 and signed

    def take(self, line: Line) -> None:
        text = line.text.strip("（）()")
        if self.facts.is_date(line) or (self.facts.labels(line) and not is_tool(line.text)):
            self.facts.read(line, only_labelled=True)
        elif names_a_body(text) and len(text) <= 40:
            self.signature(line)
        else:
            self.sheet.credit(line, reporter_at_end(line.text))

    def signature(self, line: Line) -> None:
        """A body alone in a line, perhaps with the day it signed on."""
        dated = read_date(self.facts.raw(line))
        at = line.index_at(line.start + dated[1]) if dated else len(line.text)
        name = part(line, 0, at) if at else line
        self.sheet.page.bylines.append(name)
        self.sheet.mark(name, "organization")
        if at and at < len(line.text):
            self.facts.read(part(line, at, len(line.text)), only_labelled=True)
