"""The page round an article: headline, facts and credits at its head and tail, furniture taken away."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from cases.content import LIMITS, Moment
from cases.parsing.characters import Line, Source, joined, part
from cases.parsing.credits import is_credit, names_reporters, reporter_at_end, reporters
from cases.parsing.dates import read_date
from cases.parsing.decided import Decided
from cases.parsing.furniture import is_caption, is_note, is_site_or_column, is_tool, opens_tail
from cases.parsing.headings import container_kind
from cases.parsing.headline import LONGEST_TITLE, choose, is_counter, names_a_body, parted, why_headline
from cases.parsing.marks import line_mark
from cases.parsing.navigation import is_account, is_bar, is_breadcrumb, is_column, is_masthead, is_told_again
from cases.parsing.notices import attached_at
from cases.parsing.page_facts import Found, PageFacts
from cases.parsing.reasons import BY_EDITOR, REPORTERS, TITLE_FIRST, TITLE_MARKED, Why

_EDITORS_NOTE = re.compile(r"[【（]?(?:编者按|编者的话|编者|按语)[】）]?[：】]?")
_LONGEST_TAIL = 40  # lines
_LONGEST_HEAD = 20  # lines


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


def read_page(source: Source, decided: Decided) -> Page:
    """The page taken apart; an editor's word on a line goes before every rule."""
    return _Reader(source, decided).page()


class _Reader:
    def __init__(self, source: Source, decided: Decided) -> None:
        self.source = source
        self.decided = decided
        self.lines = list(source.lines)
        self.marked_title = self.only_heading()
        self.facts = PageFacts(source)
        self.result = Page(found=self.facts.found)

    def page(self) -> Page:
        result, facts = self.result, self.facts
        self.cut_notice()
        last = self.tail()
        first = self.head(last)
        for line in self.lines[first:last]:
            if is_tool(line.text) or is_note(line.text) or is_caption(line.text):
                self.mark(line, "furniture")
            else:
                result.body.append(line)
        labelled = [line for line in self.lines[last:] if facts.labels(line)]
        for line in [*labelled, *(line for line in self.lines[last:] if not facts.labels(line))]:
            if not self.decided.role(line):
                self.tail_line(line)
        if self.decided.roles:
            self.obey()
        result.published, result.source = facts.published, facts.publisher
        result.author, result.editor = facts.author, facts.editor
        return result

    def mark(self, line: Line, kind: str, why: Why | None = None) -> None:
        self.facts.found.append(Found(line.start, line.end, kind, why))

    # what is known beforehand

    def only_heading(self) -> int | None:
        """The start of the one heading of level 1 at the head of the file: its headline."""
        first = [at for at, line in enumerate(self.lines) if self.decided.level(line) == 1]
        if len(first) != 1 or first[0] > _LONGEST_HEAD:
            return None
        text = self.lines[first[0]].text
        named = is_site_or_column(text) or container_kind(text) or names_a_body(text) or _numbers_a_section(text)
        return None if named or len(text) > LIMITS["title"] else self.lines[first[0]].start

    def obey(self) -> None:
        """Put every line an editor spoke of where the editor wants it."""
        result, lines = self.result, [line for line in self.source.lines if self.decided.role(line)]
        starts = {line.start for line in lines}
        result.body = [line for line in result.body if line.start not in starts]
        result.bylines = [line for line in result.bylines if line.start not in starts]
        ends = [line.end for line in lines]
        firsts = [line.start for line in lines]
        result.found[:] = [found for found in result.found if not _within(found, firsts, ends)]
        for line in lines:
            role = self.decided.role(line)
            if role in ("furniture", "title"):
                self.mark(line, role)
            else:
                result.body.append(line)
        result.body.sort(key=lambda line: line.start)
        titles = [line for line in lines if self.decided.role(line) == "title"]
        if titles:
            result.found[:] = [found for found in result.found if found.kind not in ("title", "subtitle")]
            self.take_title(titles)
            result.title_why = BY_EDITOR

    # a case attached to a notice

    def cut_notice(self) -> None:
        """Leave a notice before the case out; the date it was signed on is kept."""
        at = attached_at([line.text for line in self.lines])
        if at is None:
            return
        self.result.notice = self.lines[:at]
        for line in self.lines[:at]:
            if self.facts.is_date(line) or self.facts.is_facts(line):
                self.facts.read(line)
        text, rest = self.lines[at].text, self.lines[at + 1 :]
        label = re.match(r"附件?[\d一二三四五]?[：:]", text)
        if label and len(text) - label.end() > 6 and len(rest[0].text) > 40:
            rest.insert(0, part(self.lines[at], label.end(), len(text)))  # 附件：标题
        else:
            self.mark(self.lines[at], "furniture")
        self.lines = rest

    # tail

    def tail(self) -> int:
        """The index of the first line of the tail."""
        lines = self.lines
        cut = next(
            (at for at in range(max(2, len(lines) - _LONGEST_TAIL), len(lines)) if self.ends_article(at)), len(lines)
        )
        while cut > 2 and self.is_tail_line(cut - 1):
            cut -= 1
        return cut

    def ends_article(self, at: int) -> bool:
        """True where the page turns to other things for good."""
        if not opens_tail(self.lines[at].text) or at <= len(self.lines) // 3:
            return False
        after = self.lines[at + 1 :]
        if any(_numbers_a_section(line.text) for line in after):
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

    def tail_line(self, line: Line) -> None:
        text = line.text.strip("（）()")
        reporter = reporter_at_end(line.text)
        if self.facts.is_date(line) or (self.facts.labels(line) and not is_tool(line.text)):
            self.facts.read(line, only_labelled=True)
        elif names_a_body(text) and len(text) <= 40:
            self.signature(line)
        elif reporter and not self.facts.author:
            name = self.source.one_line(*line.stretch(*reporter))
            self.facts.author = name[: LIMITS["author"]]
            self.mark(line, "author", REPORTERS)
        else:
            self.mark(line, "furniture")

    def signature(self, line: Line) -> None:
        """A body alone in a line, perhaps with the day it signed on."""
        dated = read_date(self.facts.raw(line))
        at = line.index_at(line.start + dated[1]) if dated else len(line.text)
        name = part(line, 0, at) if at else line
        self.result.bylines.append(name)
        self.mark(name, "organization")
        if at and at < len(line.text):
            self.facts.read(part(line, at, len(line.text)), only_labelled=True)

    # head

    def head(self, last: int) -> int:
        """Read the head and return the index of the first line of the body."""
        names: list[int] = []
        columns: list[int] = []  # lines that read like the name of the site or of a column
        facts_at: int | None = None
        leads_at = 0  # the last line of navigation: the headline stands below it
        at = 0
        while at < last:
            line = self.lines[at]
            if line.start == self.marked_title:
                names.append(at)
            elif self.decided.role(line) and (self.decided.role(line) == "title" or not self.opens(at, names, columns)):
                pass
            elif self.leads(line):
                leads_at = at
                columns.append(at)
            elif is_tool(line.text) or is_bar(line) or is_note(line.text) or re.fullmatch(r"[\W_]+", line.text):
                self.mark(line, "furniture")
            elif names_reporters(line.text):
                self.credit(line)
            elif self.facts.is_today(line):
                self.mark(line, "furniture")
            elif self.facts.is_facts(line):
                facts_at = at if facts_at is None else facts_at
                if at + 1 < last and self.facts.is_label_of(line, self.lines[at + 1]):
                    line = joined([line, self.lines[at + 1]])
                    at += 1
                self.facts.read(line, over_headline=not names)
            elif names and self.facts.is_paper(line, self.lines[at - 1 : at + 2 : 2]):
                self.facts.read_paper(line)
            elif names and is_account(line):
                self.mark(line, "furniture")
            elif not names and _EDITORS_NOTE.match(line.text):
                pass  # no word of the article: the editor sees it unplaced
            elif not names and (is_site_or_column(line.text) or is_column(line.text) or is_masthead(line.text)):
                columns.append(at)
            elif self.opens(at, names, columns):
                break
            elif is_counter(line.text):
                self.mark(line, "furniture")
            elif is_site_or_column(line.text) or is_masthead(line.text):
                columns.append(at)
            elif len(names) > 5 and at > 10:
                break
            else:
                names.append(at)
            at += 1
        if leads_at and facts_at is not None and any(leads_at < name < facts_at for name in names):
            columns += [name for name in names if name < leads_at]
            names = [name for name in names if name > leads_at]
        likely = [column for column in columns if not is_breadcrumb(self.lines[column].text)]
        if not names and likely:
            names.append(max(likely, key=lambda column: len(self.lines[column].text)))
            columns.remove(names[0])
        for column in columns:
            self.mark(self.lines[column], "furniture")
        return self.headline(names, facts_at, at)

    def leads(self, line: Line) -> bool:
        """True for a line of navigation, which stands over the headline."""
        return is_breadcrumb(line.text) and not self.facts.is_facts(line)

    def credit(self, line: Line) -> None:
        place = reporters(line.text)
        if place and not self.facts.author:
            name = self.source.one_line(*line.stretch(*place))
            self.facts.author = name[: LIMITS["author"]]
            self.mark(line, "author", REPORTERS)
        else:
            self.mark(line, "furniture")

    def opens(self, at: int, names: Sequence[int], columns: Sequence[int]) -> bool:
        """True for the first line of the body, whether its file marks it as a heading or rules tell."""
        if self.decided.is_heading(self.lines[at]) and names:
            return True
        return self.opens_body(at, bool(names or columns))

    def opens_body(self, at: int, named: bool) -> bool:
        """True for the first line of the body; `named` tells whether a headline may have been met."""
        text = self.lines[at].text
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
        publisher = self.source.plain[source.start : source.end].replace(" ", "") if source else ""
        kept = []
        for place, at in enumerate(names):
            below = [texts[later].lstrip("# ") for later in names[place + 1 :]]
            if texts[at] == publisher or is_told_again(self.lines[at], below):
                self.mark(self.lines[at], "furniture")
            else:
                kept.append(at)
        return kept or names

    def headline(self, names: list[int], facts_at: int | None, body: int) -> int:
        """Take the headline from the short lines of the head; returns where the body begins."""
        names = self.without_sites([at for at in names if not self.decided.role(self.lines[at])])
        marked = [at for at in names if self.lines[at].start == self.marked_title]
        chosen = marked or choose(self.lines, names, facts_at, body)
        bodies = [at for at in names if at not in chosen and names_a_body(self.lines[at].text)]
        self.result.bylines += [self.lines[at] for at in bodies]
        for at in bodies:
            self.mark(self.lines[at], "organization")
        if not chosen:
            return body
        self.take_title([self.lines[at] for at in chosen])
        over_facts = facts_at is not None and facts_at == chosen[-1] + 1
        self.result.title_why = (
            TITLE_MARKED if marked else why_headline(self.result.title, over_facts, facts_at is not None)
        )
        rest = [at for at in names if at > chosen[-1] and at not in bodies]
        if rest and (facts_at is None or rest[0] > facts_at):
            return rest[0]  # short lines under the headline begin the body
        return body

    def take_title(self, lines: Sequence[Line]) -> None:
        title, self.result.subtitle, around = parted(lines)
        for line in around:
            self.mark(line, "furniture")
        if self.result.subtitle:
            self.mark(self.result.subtitle, "subtitle")
        self.result.title = []
        for line in title:
            if sum(len(one.text) + 1 for one in [*self.result.title, line]) <= LIMITS["title"]:
                self.result.title.append(line)
                self.mark(line, "title")


def _within(found: Found, starts: Sequence[int], ends: Sequence[int]) -> bool:
    """True when a stretch begins in one of the lines, which `starts` and `ends` bound in order."""
    at = bisect_right(starts, found.start) - 1
    return at >= 0 and found.start < ends[at]


def _numbers_a_section(text: str) -> bool:
    """True for a line opening with 一、 （一） 第一 or 一是, which links of the page do not open with."""
    mark = line_mark(text)
    return mark is not None and mark.lastgroup in ("chapter", "han", "paren_han", "ordinal", "item")
