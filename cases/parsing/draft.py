"""A case filled in from the parts of an article; every part of it leaves its place and its reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from cases.content import LIMITS, CaseContent, InitiativeContent, MeasureContent, MetricContent
from cases.parsing import reasons
from cases.parsing.characters import Line, Source
from cases.parsing.facts import Facts
from cases.parsing.figures import Figure, Figures
from cases.parsing.headings import container_kind
from cases.parsing.named import Named, documents, honours, tags
from cases.parsing.page_facts import LEFT_OPEN
from cases.parsing.reasons import Why
from cases.parsing.result import Corrections, Finding, Span, Words
from cases.parsing.sections import Outline, Section
from cases.parsing.sheet import Page

_OF_PAGE = ("published_at", "source_name", "author", "responsible_editor")


@dataclass
class Draft:
    """A case under way: its fields are filled in text order, and each leaves its spans and findings."""

    source: Source
    page: Page
    lines: Sequence[Line]
    outline: Outline
    facts: Facts
    words: Words
    corrections: Corrections
    spans: list[Span] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def content(self) -> CaseContent:
        """The case; `spans` and `findings` are complete when it is there."""
        page, outline, facts = self.page, self.outline, self.facts
        self.figures = Figures(self.source, page.published.year if page.published else None, self.corrections)
        self.figures.place(self.texts_with_metrics())
        self.page_fields()
        self.spans += [Span(line.start, line.end, "numbering") for line in outline.numbering]
        self.spans += [Span(line.start, line.end, "furniture") for line in outline.furniture]
        intro = self.text(outline.intro, "intro")
        self.found("intro", reasons.INTRO if outline.initiatives else reasons.INTRO_OF_PROSE, outline.intro, intro)
        first = self.metrics(outline.intro, "metrics", 0)
        initiatives = tuple(self.initiative(section, number) for number, section in enumerate(outline.initiatives))
        closing = self.text(outline.closing, "closing")
        held = outline.closing and container_kind(outline.closing[0].text)
        self.found("closing", reasons.CLOSING if held else reasons.CLOSING_LATE, outline.closing, closing)
        last = self.metrics(self.results(), "metrics", len(first))
        headings = [section.heading for section in outline.initiatives if section.heading]
        return CaseContent(
            title=self.title(),
            subtitle=self.one_line(page.subtitle)[: LIMITS["subtitle"]] if page.subtitle else "",
            published_at=page.published,
            source_name=page.source,
            author=page.author,
            responsible_editor=page.editor,
            region=facts.region,
            department=facts.department,
            organization=self.organization(),
            themes=facts.themes,
            tags=self.named("tags", tags(self.source, page.title, headings, self.lines)),
            intro=intro,
            initiatives=initiatives,
            metrics=(*first, *last),
            closing=closing,
            policies=self.named("policies", documents(self.source, self.lines)),
            honours=self.named("honours", honours(self.source, self.lines)),
        )

    def found(self, path: str, why: Why, lines: Sequence[Line], value: object = True) -> None:
        """Note a finding that rests on some lines, unless there is nothing to it."""
        if value and lines:
            self.note(path, why, lines[0].start, lines[-1].end)

    def note(self, path: str, why: Why, start: int | None = None, end: int | None = None) -> None:
        self.findings.append(Finding(path, why.certainty, why.reason, why.params, start, end))

    # facts of the page

    def page_fields(self) -> None:
        """The spans and findings of what the page itself shows."""
        named = self.facts.organization_written
        for found in self.page.found:
            if found.kind == LEFT_OPEN:
                continue
            path = "" if found.kind in ("furniture", "organization", "other_part") else found.kind
            if found.kind == "organization" and named and named in self.source.plain[found.start : found.end]:
                path = "organization"
            self.spans.append(Span(found.start, found.end, found.kind, path))
            if found.kind in _OF_PAGE and found.why:
                self.note(found.kind, found.why, found.start, found.end)
        for path, why in self.page.inherited.items():
            self.note(path, why)
        self.found("title", self.page.title_why, self.page.title, self.title())
        if self.page.subtitle:
            self.found("subtitle", reasons.SUBTITLE, [self.page.subtitle])

    def title(self) -> str:
        return " ".join(filter(None, map(self.one_line, self.page.title)))[: LIMITS["title"]]

    def one_line(self, line: Line) -> str:
        return self.source.one_line(line.start, line.end)

    def organization(self) -> str:
        """The body's name in the characters the article writes it in."""
        written, name = self.facts.organization_written, self.facts.organization
        for line in [*self.page.title, *self.page.bylines, *self.lines] if written else ():
            at = line.text.find(written)
            if at >= 0:
                own = self.source.one_line(*line.stretch(at, at + len(written)))
                return (own if name == written else name[: -len(written) + 1] + own[1:])[: LIMITS["organization"]]
        return name

    def named(self, field_name: str, names: Sequence[Named]) -> tuple[str, ...]:
        """The names of a list field, each with its finding."""
        for number, one in enumerate(names):
            why = (
                reasons.tag(one.reason, one.certainty, one.times)
                if field_name == "tags"
                else reasons.honour(one.reason, one.certainty)
                if field_name == "honours"
                else reasons.DOCUMENT
            )
            self.note(f"{field_name}[{number}]", why, one.start, one.end)
        return tuple(one.name for one in names)

    # texts

    def heading(self, line: Line | None, kind: str, path: str) -> str:
        """The words of a heading, within its limit."""
        if line is None or not line.text:
            return ""
        self.spans.append(Span(line.start, line.end, kind, path))
        return self.verbatim(line.start, line.end)[: LIMITS["heading"]]

    def text(self, lines: Iterable[Line], kind: str, path: str = "") -> str:
        """The words of paragraphs, a line each."""
        paragraphs = []
        for line in lines:
            self.spans.append(Span(line.start, line.end, kind, path or kind))
            paragraphs.append(self.verbatim(line.start, line.end))
        return "\n".join(paragraph for paragraph in paragraphs if paragraph)

    def verbatim(self, start: int, end: int) -> str:
        """The author's words in a stretch of one paragraph, broken lines joined."""
        words = self.source.words(start, end).strip()
        return "".join(map(str.strip, words.split("\n"))) if "\n" in words else words

    # initiatives

    def initiative(self, section: Section, number: int) -> InitiativeContent:
        path = f"initiatives[{number}]"
        why = self.why(section, outermost=True)
        self.numbering(section)
        heading = self.heading(section.heading, "initiative_heading", f"{path}.heading")
        self.found(f"{path}.heading", why, [section.heading] if section.heading else [], heading)
        text = self.text(section.paragraphs, "initiative_text", f"{path}.text")
        self.found(f"{path}.text", reasons.text_under(why), section.paragraphs, text)
        measures = tuple(self.measure(one, f"{path}.measures[{at}]") for at, one in enumerate(section.measures))
        lines = [*_headed(section), *(line for measure in section.measures for line in _headed(measure))]
        return InitiativeContent(heading, text, measures, self.metrics(lines, f"{path}.metrics", 0))

    def measure(self, section: Section, path: str) -> MeasureContent:
        self.numbering(section)
        heading = self.heading(section.heading, "measure_heading", f"{path}.heading")
        lines = [line for line in (section.heading, *section.paragraphs) if line]
        self.found(path, self.why(section), lines or [line for line in [section.mark] if line])
        return MeasureContent(heading, self.text(section.paragraphs, "measure_text", f"{path}.text"))

    @staticmethod
    def why(section: Section, outermost: bool = False) -> Why:
        if section.decided:
            return reasons.BY_EDITOR
        return reasons.heading(section.style, section.mark.text if section.mark else "", outermost)

    def numbering(self, section: Section) -> None:
        if section.mark is not None and section.mark.text.strip():
            self.spans.append(Span(section.mark.start, section.mark.end, "numbering"))

    # metrics

    def results(self) -> list[Line]:
        """The paragraphs of the closing but those of plans, which tell no results."""
        plans = {line.start for line in self.outline.plans}
        return [line for line in self.outline.closing if line.start not in plans]

    def texts_with_metrics(self) -> list[Line]:
        lines = [*self.outline.intro, *self.results()]
        for section in self.outline.initiatives:
            lines += [*_headed(section), *(line for measure in section.measures for line in _headed(measure))]
        return lines

    def metrics(self, lines: Iterable[Line], path: str, first: int) -> tuple[MetricContent, ...]:
        """The metrics of the paragraphs of one place."""
        found: list[MetricContent] = []
        for figure in (figure for line in lines for figure in self.figures.of(line)):
            place = f"{path}[{first + len(found)}]"
            self.spans.append(Span(figure.start, figure.end, "metric", place))
            self.note(place, figure.why, figure.start, figure.end)
            found.append(_metric(figure, self.verbatim(figure.start, figure.end)))
        return tuple(found)


def _headed(section: Section) -> list[Line]:
    """The lines of a section that hold metrics; a heading too long for its field holds none."""
    heading = section.heading
    fits = heading is not None and heading.end - heading.start <= LIMITS["heading"]
    return [heading, *section.paragraphs] if heading and fits else section.paragraphs


def _metric(figure: Figure, quote: str) -> MetricContent:
    metric = figure.metric
    if metric is None:
        return MetricContent(label=figure.label[: LIMITS["label"]], quote=quote)
    return MetricContent(
        label=figure.label[: LIMITS["label"]],
        value=metric.value,
        unit=metric.unit[: LIMITS["unit"]],
        from_value=metric.from_value,
        qualifier=metric.qualifier,
        direction=metric.direction,
        kind=metric.kind,
        period=metric.period,
        quote=quote,
    )
