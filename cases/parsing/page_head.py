"""The head of a page: navigation, headline, facts and credits above an article."""

from __future__ import annotations

import re

from cases.parsing.characters import Line, joined
from cases.parsing.credits import names_reporters, reporters
from cases.parsing.furniture import EDITORS_NOTE, is_note, is_site_or_column, is_tool
from cases.parsing.headings import container_kind
from cases.parsing.headline import LONGEST_TITLE, choose, is_counter, names_a_body, why_headline
from cases.parsing.marks import line_mark
from cases.parsing.navigation import is_account, is_bar, is_breadcrumb, is_column, is_masthead, is_told_again
from cases.parsing.reasons import TITLE_MARKED
from cases.parsing.sheet import Sheet

_SIGNS = re.compile(r"[\W_]+")


class Head:
    """Reads the lines above the body one after the other; indexes are those of the lines of the sheet."""

    def __init__(self, sheet: Sheet, last: int) -> None:
        self.sheet = sheet
        self.facts = sheet.facts
        self.lines = sheet.lines
        self.last = last  # where the tail begins
        self.at = 0
        self.names: list[int] = []  # lines the headline may be one of
        self.columns: list[int] = []  # lines that read like the name of the site or of a column
        self.facts_at: int | None = None  # the first line of facts
        self.leads_at = 0  # the last line of navigation: the headline stands below it

    def read(self) -> int:
        """Take the head; returns the index of the first line of the body."""
        while self.at < self.last and self.take(self.lines[self.at]):
            self.at += 1
        self.leave_navigation()
        return self.headline()

    def take(self, line: Line) -> bool:
        """Put a line where it belongs; False for the first of the body."""
        text, names = line.text, self.names
        if line.start == self.sheet.marked_title:
            names.append(self.at)
        elif self.is_decided(line):
            pass
        elif self.leads(line):
            self.leads_at = self.at
            self.columns.append(self.at)
        elif is_tool(text) or is_bar(line) or is_note(text) or _SIGNS.fullmatch(text) or self.facts.is_today(line):
            self.sheet.mark(line, "furniture")
        elif names_reporters(text):
            self.sheet.credit(line, reporters(text))
        elif self.facts.is_facts(line):
            self.take_facts(line)
        elif names and self.facts.is_paper(line, self.lines[self.at - 1 : self.at + 2 : 2]):
            self.facts.read_paper(line)
        elif names and is_account(line):
            self.sheet.mark(line, "furniture")
        elif not names and EDITORS_NOTE.match(text):
            pass  # no word of the article: the editor sees it unplaced
        elif not names and (is_site_or_column(text) or is_column(text) or is_masthead(text)):
            self.columns.append(self.at)
        elif self.opens(line):
            return False
        elif is_counter(text):
            self.sheet.mark(line, "furniture")
        elif is_site_or_column(text) or is_masthead(text):
            self.columns.append(self.at)
        elif len(names) > 5 and self.at > 10:
            return False
        else:
            names.append(self.at)
        return True

    def is_decided(self, line: Line) -> bool:
        """True for a line an editor spoke of, but the first of the body."""
        role = self.sheet.decided.role(line)
        return bool(role) and (role == "title" or not self.opens(line))

    def take_facts(self, line: Line) -> None:
        """Read a line of facts, with the next one when that holds the value of its label."""
        self.facts_at = self.at if self.facts_at is None else self.facts_at
        if self.at + 1 < self.last and self.facts.is_label_of(line, self.lines[self.at + 1]):
            line = joined([line, self.lines[self.at + 1]])
            self.at += 1
        self.facts.read(line, over_headline=not self.names)

    def leave_navigation(self) -> None:
        """Tell the names of site and columns from the headline."""
        names, columns, facts_at, leads_at = self.names, self.columns, self.facts_at, self.leads_at
        if leads_at and facts_at is not None and any(leads_at < name < facts_at for name in names):
            columns += [name for name in names if name < leads_at]
            names[:] = [name for name in names if name > leads_at]
        likely = [column for column in columns if not is_breadcrumb(self.lines[column].text)]
        if not names and likely:
            names.append(max(likely, key=lambda column: len(self.lines[column].text)))
            columns.remove(names[0])
        for column in columns:
            self.sheet.mark(self.lines[column], "furniture")

    def leads(self, line: Line) -> bool:
        """True for a line of navigation, which stands over the headline."""
        return is_breadcrumb(line.text) and not self.facts.is_facts(line)

    def opens(self, line: Line) -> bool:
        """True for the first line of the body, whether its file marks it as a heading or rules tell."""
        if self.names and self.sheet.decided.is_heading(line):
            return True
        return self.opens_body(line.text, bool(self.names or self.columns))

    @staticmethod
    def opens_body(text: str, named: bool) -> bool:
        """True for the first line of the body; `named` tells whether a headline may have been met."""
        mark = line_mark(text)
        style = mark.lastgroup if mark else None
        if mark and style == "markdown":
            return named and mark[0].count("#") > 1
        if style and style not in ("bullet", "named", "leading_zero"):
            return named or len(text) > LONGEST_TITLE or style not in ("han", "digit", "paren_han")
        if text.startswith("——") and named:
            return False
        if len(text) > LONGEST_TITLE or text[-1] in "。；":
            return True
        return named and (
            bool(container_kind(text))
            or style == "named"
            or text[-1] == "："
            or (len(text) > 45 and text.count("，") >= 2)
        )

    def without_sites(self, names: list[int]) -> list[int]:
        """The lines without those that only name the source, or tell the headline a first time with its site."""
        texts = {at: self.lines[at].text for at in names}
        source = next((found for found in self.facts.found if found.kind == "source_name"), None)
        publisher = self.sheet.source.plain[source.start : source.end].replace(" ", "") if source else ""
        kept = []
        for place, at in enumerate(names):
            below = [texts[later].lstrip("# ") for later in names[place + 1 :]]
            if texts[at] == publisher or is_told_again(self.lines[at], below):
                self.sheet.mark(self.lines[at], "furniture")
            else:
                kept.append(at)
        return kept or names

    def headline(self) -> int:
        """Take the headline from the short lines of the head; returns where the body begins."""
        facts_at, body = self.facts_at, self.at
        names = self.without_sites([at for at in self.names if not self.sheet.decided.role(self.lines[at])])
        marked = [at for at in names if self.lines[at].start == self.sheet.marked_title]
        chosen = marked or choose(self.lines, names, facts_at, body)
        bodies = [at for at in names if at not in chosen and names_a_body(self.lines[at].text)]
        self.sheet.page.bylines += [self.lines[at] for at in bodies]
        for at in bodies:
            self.sheet.mark(self.lines[at], "organization")
        if not chosen:
            return body
        self.sheet.take_title([self.lines[at] for at in chosen])
        over_facts = facts_at is not None and facts_at == chosen[-1] + 1
        self.sheet.page.title_why = (
            TITLE_MARKED if marked else why_headline(self.sheet.page.title, over_facts, facts_at is not None)
        )
        rest = [at for at in names if at > chosen[-1] and at not in bodies]
        if rest and (facts_at is None or rest[0] > facts_at):
            return rest[0]  # short lines under the headline begin the body
        return body
