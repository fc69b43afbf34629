"""From the text of an article to a case: the steps of the parser, in order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from cases.content import (
    LIMITS,
    CaseContent,
    InitiativeContent,
    MeasureContent,
    MetricContent,
    gettext_noop,
)
from cases.parsing.characters import Line, Source, read_source
from cases.parsing.corrected import with_roles
from cases.parsing.coverage import cover
from cases.parsing.decided import decide
from cases.parsing.facts import Facts, read_facts
from cases.parsing.metrics import FoundMetric, find_metrics
from cases.parsing.outline import Outline, Section, read_outline
from cases.parsing.page import Page, read_page
from cases.parsing.page_facts import LEFT_OPEN
from cases.parsing.paragraphs import mended
from cases.parsing.result import NOT_AN_ARTICLE, Corrections, Issue, Parsed, Part, Span, Words

_BREAK = re.compile(r"[ \t\u3000\xa0]*\n\s*")
_WAYS = {
    "numbered": (1.0, ""),
    "lines": (0.7, gettext_noop("没有编号，按独立成行的短句认作举措")),
    "leads": (0.6, gettext_noop("没有编号，按段首短句认作举措")),
}
_CASE_COUNTER = re.compile(r"(?:典型)?案例(?:之)?[一二三四五六七八九十\d]{1,2}(?![\u4e00-\u9fff])")
_FEWEST_CHARACTERS = 40
NOTHING_CORRECTED = Corrections()


def parse(
    text: str,
    *,
    words: Words,
    levels: Sequence[tuple[int, int]] = (),
    corrections: Corrections = NOTHING_CORRECTED,
    part: Part | None = None,
) -> Parsed:
    """The article as a case, with the place of everything found and what an editor should look at.

    `levels` are the headings its file marks, as `Reading` has them; `corrections` what an editor decided;
    `part` the one case meant among several on the page. Places are those of the whole text throughout.

    Never raises. Every visible character of `text` lies in a span or in `unplaced`; the same
    text always gives the same answer, in time linear in its length.
    """
    source = read_source(text)
    source.lines, decided = decide(source, levels, corrections.roles)
    page = read_page(source, decided)
    lines = mended(page.body, decided)
    outline = with_roles(lines, read_outline(lines, decided), decided)
    facts = _facts(source, page, lines, outline, words)
    return _Draft(source, page, lines, outline, facts, words).parsed()


def _facts(source: Source, page: Page, lines: Sequence[Line], outline: Outline, words: Words) -> Facts:
    headings = [section.heading for section in outline.initiatives if section.heading]
    opening = outline.intro if outline.initiatives else lines[:3]
    after = opening[-1].end if opening else 0
    return read_facts(
        title="".join(line.text for line in page.title),
        bylines=[line.text for line in page.bylines],
        source=_plain(source, page),
        opening=[line.text for line in opening],
        rest=[line.text for line in lines if line.start >= after],
        headings=[heading.text for heading in headings],
        verbatim=[source.words(line.start, line.end) for line in lines],
        words=words,
    )


def _plain(source: Source, page: Page) -> str:
    found = next((found for found in page.found if found.kind == "source_name"), None)
    return source.plain[found.start : found.end] if found else ""


@dataclass
class _Draft:
    """A case under way: its fields are filled in text order, and each leaves its spans."""

    source: Source
    page: Page
    lines: Sequence[Line]
    outline: Outline
    facts: Facts
    words: Words
    spans: list[Span] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    told: dict[tuple[object, ...], list[str]] = field(default_factory=dict)  # metrics met, with their labels

    def parsed(self) -> Parsed:
        page = self.page
        for found in page.found:
            if found.kind == LEFT_OPEN:
                continue
            path = "" if found.kind == "furniture" else found.kind
            self.spans.append(Span(found.start, found.end, found.kind, path))
        for line in page.bylines:
            if line.text == self.facts.organization_written:
                self.spans.append(Span(line.start, line.end, "organization", "organization"))
        self.spans += [Span(line.start, line.end, "numbering") for line in self.outline.numbering]
        self.spans += [Span(line.start, line.end, "furniture") for line in self.outline.furniture]
        intro = self.text(self.outline.intro, "intro", "intro")
        first = self.metrics(self.outline.intro, "metrics", 0)
        initiatives = tuple(self.initiative(section, number) for number, section in enumerate(self.outline.initiatives))
        closing = self.text(self.outline.closing, "closing", "closing")
        plans = {line.start for line in self.outline.plans}
        last = self.metrics([line for line in self.outline.closing if line.start not in plans], "metrics", len(first))
        content = CaseContent(
            title=" ".join(self.source.one_line(line.start, line.end) for line in page.title)[: LIMITS["title"]],
            subtitle=self.source.one_line(page.subtitle.start, page.subtitle.end)[: LIMITS["subtitle"]]
            if page.subtitle
            else "",
            published_at=page.published,
            source_name=page.source,
            author=page.author,
            responsible_editor=page.editor,
            region=self.facts.region,
            department=self.facts.department,
            organization=self.organization(lines=[*page.title, *page.bylines, *self.lines]),
            themes=self.facts.themes,
            tags=self.facts.tags,
            intro=intro,
            initiatives=initiatives,
            metrics=(*first, *last),
            closing=closing,
            policies=self.facts.policies,
            honours=self.facts.honours,
        )
        spans, unplaced = cover(self.source, self.spans)
        self.look_at(content, bool(unplaced))
        return Parsed(content, spans, tuple(self.issues), unplaced)

    def organization(self, lines: Iterable[Line]) -> str:
        """The body's name in the characters the article writes it in."""
        written, name = self.facts.organization_written, self.facts.organization
        for line in lines if written else ():
            at = line.text.find(written)
            if at >= 0:
                own = self.source.one_line(*line.stretch(at, at + len(written)))
                return (own if name == written else name[: -len(written) + 1] + own[1:])[: LIMITS["organization"]]
        return name

    # texts

    def heading(self, line: Line | None, kind: str, path: str, certainty: float = 1.0, reason: str = "") -> str:
        """The words of a heading, within its limit."""
        if line is None or not line.text:
            return ""
        self.spans.append(Span(line.start, line.end, kind, path, certainty, reason))
        return self.verbatim(line.start, line.end)[: LIMITS["heading"]]

    def text(self, lines: Iterable[Line], kind: str, path: str) -> str:
        """The words of paragraphs, a line each."""
        paragraphs = []
        for line in lines:
            self.spans.append(Span(line.start, line.end, kind, path))
            paragraphs.append(self.verbatim(line.start, line.end))
        return "\n".join(paragraph for paragraph in paragraphs if paragraph)

    def verbatim(self, start: int, end: int) -> str:
        """The author's words in a stretch of one paragraph, broken lines joined."""
        return _BREAK.sub("", self.source.words(start, end).strip())

    # initiatives

    def initiative(self, section: Section, number: int) -> InitiativeContent:
        path = f"initiatives[{number}]"
        certainty, reason = _WAYS.get(self.outline.way, (1.0, ""))
        self.numbering(section)
        heading = self.heading(section.heading, "initiative_heading", f"{path}.heading", certainty, reason)
        text = self.text(section.paragraphs, "initiative_text", f"{path}.text")
        measures = tuple(self.measure(one, f"{path}.measures[{at}]") for at, one in enumerate(section.measures))
        parts = [*_headed(section), *(line for measure in section.measures for line in _headed(measure))]
        return InitiativeContent(heading, text, measures, self.metrics(parts, f"{path}.metrics", 0))

    def measure(self, section: Section, path: str) -> MeasureContent:
        self.numbering(section)
        heading = self.heading(section.heading, "measure_heading", f"{path}.heading")
        return MeasureContent(heading, self.text(section.paragraphs, "measure_text", f"{path}.text"))

    def numbering(self, section: Section) -> None:
        if section.mark is not None and section.mark.text.strip():
            self.spans.append(Span(section.mark.start, section.mark.end, "numbering"))

    # metrics

    def metrics(self, lines: Iterable[Line], path: str, first: int) -> tuple[MetricContent, ...]:
        """The metrics of the paragraphs of one place; a figure told before is not repeated."""
        year = self.page.published.year if self.page.published else None
        found: list[MetricContent] = []
        for line in lines:
            for metric in find_metrics(line.text, year):
                if self.is_told(metric):
                    continue
                start, end = line.stretch(metric.start, metric.end)
                quote = self.verbatim(start, end)
                self.spans.append(Span(start, end, "metric", f"{path}[{first + len(found)}]", metric.certainty))
                found.append(self.metric(metric, quote, self.label(line, metric)))
        return tuple(found)

    def is_told(self, metric: FoundMetric) -> bool:
        """True when the same figure was told of the same thing before."""
        labels = self.told.setdefault((metric.value, metric.unit, metric.from_value), [])
        told = any(_alike(metric.label, label) for label in labels)
        if len(labels) < 20:
            labels.append(metric.label)
        return told

    def label(self, line: Line, metric: FoundMetric) -> str:
        """The label in the characters the article writes it in."""
        at = line.text.find(metric.label, metric.start, metric.end + len(metric.label)) if metric.label else -1
        if at < 0:
            return metric.label
        return self.source.one_line(*line.stretch(at, at + len(metric.label)))

    @staticmethod
    def metric(metric: FoundMetric, quote: str, label: str) -> MetricContent:
        return MetricContent(
            label=label[: LIMITS["label"]],
            value=metric.value,
            unit=metric.unit[: LIMITS["unit"]],
            from_value=metric.from_value,
            qualifier=metric.qualifier,
            direction=metric.direction,
            kind=metric.kind,
            period=metric.period,
            quote=quote,
        )

    # doubts

    def look_at(self, content: CaseContent, unplaced: bool) -> None:
        """Note what an editor should look at."""
        body = content.intro + content.closing + "".join(one.heading + one.text for one in content.initiatives)
        if "。" not in self.source.plain or len(re.sub(r"\s", "", self.source.plain)) < _FEWEST_CHARACTERS or not body:
            self.note(NOT_AN_ARTICLE)
        if not content.title:
            self.note(gettext_noop("没有找到标题"), "title")
        if self.facts.open_regions:
            names = "、".join(self.region_name(code) for code in self.facts.open_regions)
            self.note(gettext_noop("同名地区有几个，请选择：%(names)s"), "region", names=names)
        elif not content.region:
            self.note(gettext_noop("没有找到所在地区"), "region")
        elif self.facts.region_certainty < 0.5:
            self.note(gettext_noop("地区是推测的，请核对：%(name)s"), "region", name=self.region_name(content.region))
        if content.organization and self.facts.organization_certainty < 0.5:
            self.note(gettext_noop("单位是推测的，请核对：%(name)s"), "organization", name=content.organization)
        if content.initiatives and self.outline.way in ("lines", "leads"):
            self.note(gettext_noop("文中没有编号，举措是按短句推测的，请核对"), "initiatives")
        if sum(bool(_CASE_COUNTER.match(line.text)) for line in self.lines) > 0 and content.title:
            self.note(gettext_noop("文中像是有几个案例，这里都放进了一个，请核对"))
        if self.page.notice:
            self.note(gettext_noop("案例附在一份通知后面，通知的内容没有放入案例"))
        if unplaced:
            self.note(gettext_noop("有的文字没有放入案例，请核对"))

    def note(self, message: str, path: str = "", **params: object) -> None:
        self.issues.append(Issue(message, params, path))

    def region_name(self, code: str) -> str:
        """The full name of a division, from its province down."""
        names = []
        while code in self.words.region_by_code:
            names.append(self.words.region_by_code[code].name)
            code = self.words.region_by_code[code].parent
        return "".join(reversed(names))


def _headed(section: Section) -> list[Line]:
    """The lines of a section that hold metrics; a heading too long for its field holds none."""
    heading = section.heading
    fits = heading is not None and heading.end - heading.start <= LIMITS["heading"]
    return [heading, *section.paragraphs] if heading and fits else section.paragraphs


def _alike(one: str, other: str) -> bool:
    """True when two labels tell of the same thing: one holds the other, or most of its characters."""
    if not one or not other:
        return False
    short, long_ = sorted((one, other), key=len)
    return short in long_ or len(set(short) & set(long_)) >= max(2, 0.75 * len(set(short)))
