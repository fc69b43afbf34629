"""An article taken apart, as a list of rows: the right pane of the preview."""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import quote

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from cases.admin.found import Sureness, Thing, found_things, sureness
from cases.content import CaseContent, MetricContent, moment_text
from cases.editing.importing import LISTS, Corrections, Parsed
from cases.models import Department, Region, Theme
from cases.models.draft import Origin
from cases.presenting.metrics import in_language, show_metric

EXCERPT = 160  # characters of a text that a row shows
LINES = 30  # of one text that have a row; the article beside shows them all
ROLE_NAMES = {
    "initiative": _("举措"),
    "measure": _("措施"),
    "text": _("正文"),
    "title": _("标题"),
    "furniture": _("不要"),
}
FACTS = (
    ("title", _("标题"), True),
    ("subtitle", _("副标题"), False),
    ("published_at", _("原文发布时间"), True),
    ("source_name", _("来源"), True),
    ("source_url", _("原文链接"), False),
    ("region", _("行政区划"), True),
    ("organization", _("实施单位"), True),
    ("department", _("部门"), True),
    ("themes", _("主题"), True),
    ("tags", _("标签"), False),
    ("origin", _("原创或转载"), False),
    ("author", _("作者"), False),
    ("responsible_editor", _("责任编辑"), False),
    ("policies", _("政策文件"), False),
    ("honours", _("荣誉"), False),
)  # field, its name, and whether the editor is told when nothing was found


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric as a row shows it."""

    number: int
    label: str
    figures: str  # 7 → 2 个工作日
    period: str
    quote: str


@dataclass(frozen=True, slots=True)
class Row:
    """One found thing beside the article."""

    thing: str
    name: Any
    look: str
    text: str
    start: int | None = None  # its words in the article
    end: int | None = None
    sureness: Sureness | None = None
    key: str = ""  # by which it is accepted; "" when there is nothing to accept
    regions: tuple[tuple[str, str], ...] = ()  # (code, full name) to choose from
    metric: Metric | None = None
    can_be_moved: bool = False  # to another level
    role: str = ""  # the level it has
    drop: str = ""  # the correction that takes it out, a metric or a value of a list; "" when it cannot be

    @property
    def lines(self) -> str:
        """What a button names to move it: its place, or the stretch of lines nobody has placed."""
        return f"{self.start} {self.end}" if self.role in ("unplaced", "furniture") else str(self.start)


@dataclass(frozen=True, slots=True)
class Texts:
    """The lines of a text, as many as are listed."""

    rows: list[Row]
    more: int  # lines that are not listed


@dataclass(slots=True)
class Section:
    """An initiative or a measure."""

    heading: Row | None = None
    texts: Texts | None = None
    measures: list[Section] = field(default_factory=list)
    metrics: list[Row] = field(default_factory=list)


@dataclass(slots=True)
class Structure:
    """The case as rows in reading order, what to look at first, and what is left out of it."""

    doubts: list[Row]
    settled: list[Row]  # issues and stretches left over that were accepted: they have no other row
    facts: list[tuple[Any, list[Row]]]
    intro: Texts
    metrics: list[Row]
    initiatives: list[Section]
    closing: Texts
    furniture: Texts


def metric_numbers(content: CaseContent) -> dict[str, int]:
    """Place of a metric in the content to its number, counted from 1 in the order of `all_metrics`."""
    paths = [f"metrics[{index}]" for index in range(len(content.metrics))]
    for index, initiative in enumerate(content.initiatives):
        paths += [f"initiatives[{index}].metrics[{number}]" for number in range(len(initiative.metrics))]
    return {path: number for number, path in enumerate(paths, start=1)}


def structure(text: str, parsed: Parsed, corrections: Corrections, things: Iterable[Thing] | None = None) -> Structure:
    """The rows of an article taken apart; `things` are those of `found_things` where they are at hand."""
    return _Rows(text, parsed, corrections, found_things(parsed, corrections) if things is None else things).drawn()


class _Rows:
    """The rows of every place of the content, and those of no place."""

    def __init__(self, text: str, parsed: Parsed, corrections: Corrections, things: Iterable[Thing]) -> None:
        self.text, self.parsed, self.corrections = text, parsed, corrections
        things = list(things)
        codes = {code for thing in things for code in thing.candidates}
        self.regions = region_names({parsed.content.region, *codes} - {""})
        self.values = {**_values(parsed.content), "region": self.regions.get(parsed.content.region, "")}
        self.metrics = _metrics(parsed.content)
        self.rows: dict[str, list[Row]] = defaultdict(list)
        for thing in things:
            if thing.thing and not (thing.look == "furniture" and not text[thing.start : thing.end].strip()):
                self.rows[thing.path or thing.look].append(self.row(thing))

    def row(self, thing: Thing) -> Row:
        shown = self.values.get(thing.path) or (gettext("还没有选定") if thing.candidates else self.words(thing))
        role = _ROLE_OF.get(thing.look, "")
        can_be_moved = thing.look != "basis" and bool(role) and self.opens_a_line(thing)
        return Row(
            thing.thing,
            thing.name,
            thing.look,
            shown,
            thing.start,
            thing.end,
            thing.sureness,
            thing.key,
            tuple((code, self.regions[code]) for code in thing.candidates if code in self.regions),
            self.metrics.get(thing.path),
            can_be_moved,
            role,
            self.drop(thing),
        )

    def drop(self, thing: Thing) -> str:
        name, _, number = thing.path.partition("[")
        if name in LISTS:
            return f"leave_out {name} {quote(getattr(self.parsed.content, name)[int(number[:-1])])}"
        return f"drop {thing.start} {thing.end}" if thing.path in self.metrics and thing.start is not None else ""

    def words(self, thing: Thing) -> str:
        if thing.start is None or thing.end is None:
            return ""
        words = " ".join(self.text[thing.start : thing.end][: EXCERPT + 1].split())
        return words if len(words) <= EXCERPT else f"{words[:EXCERPT]}…"

    def opens_a_line(self, thing: Thing) -> bool:
        """Headings stand where they stand; of the texts only those that begin a line can be moved."""
        if thing.look in ("initiative", "measure"):
            return True
        return not self.text[self.text.rfind("\n", 0, thing.start) + 1 : thing.start].strip()

    def drawn(self) -> Structure:
        content = self.parsed.content
        return Structure(
            doubts=self.doubts(),
            settled=self.settled(),
            facts=self.facts(),
            intro=self.texts("intro"),
            metrics=self.all_of("metrics", len(content.metrics)),
            initiatives=[self.section(index) for index in range(len(content.initiatives))],
            closing=self.texts("closing"),
            furniture=self.texts("furniture"),
        )

    def section(self, index: int) -> Section:
        path, initiative = f"initiatives[{index}]", self.parsed.content.initiatives[index]
        measures = [self.headed(f"{path}.measures[{number}]") for number in range(len(initiative.measures))]
        metrics = self.all_of(f"{path}.metrics", len(initiative.metrics))
        section = self.headed(path)
        section.measures, section.metrics = measures, metrics
        return section

    def headed(self, path: str) -> Section:
        headings = self.rows[f"{path}.heading"]
        return Section(headings[0] if headings else None, self.texts(f"{path}.text"))

    def texts(self, path: str) -> Texts:
        rows = self.rows[path]
        return Texts(rows[:LINES], max(0, len(rows) - LINES))

    def all_of(self, path: str, count: int) -> list[Row]:
        return [row for index in range(count) for row in self.rows[f"{path}[{index}]"]]

    def facts(self) -> list[tuple[Any, list[Row]]]:
        told = []
        for name, label, is_expected in FACTS:
            rows = self.rows[name] or [row for path, value in self.values.items() for row in self.many(name, path)]
            if not rows and self.values.get(name):
                rows = [Row("", label, "fact", self.values[name])]
            if rows or is_expected:
                told.append((label, rows))
        return told

    def many(self, name: str, path: str) -> list[Row]:
        """The rows of one of several values: "themes[0]"."""
        if not path.startswith(f"{name}["):
            return []
        return self.rows[path] or [Row("", "", "fact", self.values[path])]

    # What to look at first

    def doubts(self) -> list[Row]:
        """What the editor has to choose, the issues, what the parser was not sure of, and what was not placed."""
        found = [row for rows in self.rows.values() for row in rows if row.sureness and row.sureness.is_doubtful]
        rows = sorted(_one_of_each_key(found), key=lambda row: (row.look == "unplaced", row.start or 0))
        left_over = {row.start: number for number, row in enumerate(rows) if row.look == "unplaced"}
        accepted = {row.start for row in self.rows["unplaced"]} - set(left_over)
        issues = []
        for issue in self.parsed.issues:
            row = self.issue(issue)
            if issue.start in left_over:  # why the stretch was left over
                number = left_over[issue.start]
                reason = Sureness("low", gettext("把握小"), str(row.name))
                rows[number] = replace(rows[number], sureness=reason)
            elif issue.start in accepted:
                continue
            elif row.sureness and row.sureness.is_doubtful and not self.is_told(issue.path, found):
                issues.append(row)
        choices = [row for row in rows if row.regions]
        return [*choices, *issues, *(row for row in rows if not row.regions)]

    def settled(self) -> list[Row]:
        rows = [*map(self.issue, self.parsed.issues), *self.rows["unplaced"]]
        return list(_one_of_each_key(row for row in rows if row.sureness and row.sureness.is_accepted))

    def is_told(self, path: str, found: Collection[Row]) -> bool:
        """True for a place where something is unsure by itself: of "initiatives", a heading."""
        places = [place for place, rows in self.rows.items() if any(row in found for row in rows)]
        return bool(path) and any(place == path or place.startswith(f"{path}[") for place in places)

    def issue(self, issue: Any) -> Row:
        key = f"issue{zlib.crc32(issue.message.encode()):x}" + ("" if issue.start is None else f"@{issue.start}")
        message = gettext(issue.message) % issue.params
        sure = sureness(0, "", key in self.corrections.accepted)
        words = "" if issue.start is None else self.text[issue.start : issue.end][:EXCERPT]
        return Row(f"{key}!{issue.path}", message, "issue", words, issue.start, issue.end, sure, key)


_ROLE_OF = {
    "title": "title",
    "initiative": "initiative",
    "measure": "measure",
    "text": "text",
    "furniture": "furniture",
    "unplaced": "unplaced",
}


def _one_of_each_key(rows: Iterable[Row]) -> list[Row]:
    """A text of many lines is one thing to look at."""
    return list({row.key: row for row in reversed(list(rows))}.values())[::-1]


# Values in words


def _values(content: CaseContent) -> Mapping[str, str]:
    """Place in the content to what a row shows of it, all but the region."""
    names = ("title", "subtitle", "source_name", "source_url", "organization", "author", "responsible_editor")
    values = {name: getattr(content, name) for name in names}
    values["published_at"] = moment_text(content.published_at).replace("T", " ") if content.published_at else ""
    values["origin"] = str(Origin(content.origin).label)
    department = Department.objects.filter(pk=content.department).first() if content.department else None
    values["department"] = str(department or content.department)
    themes = Theme.objects.in_bulk(content.themes) if content.themes else {}
    for index, slug in enumerate(content.themes):
        theme = themes.get(slug)
        values[f"themes[{index}]"] = theme.full_name if theme else slug
    for name in ("tags", "policies", "honours"):
        values |= {f"{name}[{index}]": value for index, value in enumerate(getattr(content, name))}
    return values


def region_names(codes: Collection[str]) -> dict[str, str]:
    """Code to the full name of a division, from its province down."""
    if not codes:
        return {}
    regions = Region.objects.select_related("parent__parent").filter(pk__in=codes)
    return {region.pk: " / ".join(map(str, region.lineage())) for region in regions}


def _metrics(content: CaseContent) -> dict[str, Metric]:
    numbers = metric_numbers(content)
    pairs = zip(numbers.items(), content.all_metrics(), strict=True)
    return {path: _metric(metric, number) for (path, number), metric in pairs}


def _metric(metric: MetricContent, number: int) -> Metric:
    shown = in_language(show_metric(metric), get_language() or "")
    values = " → ".join(filter(None, (shown.before, shown.value)))
    words = (
        shown.qualifier and gettext(shown.qualifier),
        values,
        f"{shown.scale and gettext(shown.scale)}{shown.unit}",
    )
    meaning = gettext("（%(words)s）") % {"words": gettext(shown.meaning)} if shown.meaning else ""
    return Metric(number, metric.label, " ".join(filter(None, words)) + meaning, metric.period, metric.quote)
