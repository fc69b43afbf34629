"""What was found in an article, thing by thing: the names by which both panes of the preview know it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cases.editing.importing import DOUBTFUL, Corrections, Parsed

GUESSED = 0.5  # certainty below which the parser guessed

# Kind of a span: its look, and its name in words (colour never stands alone).
LOOKS = {
    "title": ("title", _("标题")),
    "subtitle": ("title", _("副标题")),
    "published_at": ("fact", _("原文发布时间")),
    "source_name": ("fact", _("来源")),
    "organization": ("fact", _("实施单位")),
    "author": ("fact", _("作者")),
    "responsible_editor": ("fact", _("责任编辑")),
    "intro": ("text", _("导语")),
    "initiative_heading": ("initiative", _("举措")),
    "initiative_text": ("text", _("举措正文")),
    "measure_heading": ("measure", _("具体措施")),
    "measure_text": ("text", _("措施正文")),
    "closing": ("text", _("结语")),
    "numbering": ("numbering", _("序号")),
    "furniture": ("furniture", _("页面杂项")),
    "other_part": ("furniture", _("同一页的其他案例")),
    "metric": ("metric", pgettext_lazy("one", "指标")),
    "unplaced": ("unplaced", _("未归位")),
}
# What rests on words of the article without being those words.
BASES = {
    "region": _("行政区划"),
    "department": _("部门"),
    "organization": _("实施单位"),
    "themes": _("主题"),
    "tags": _("标签"),
    "policies": _("政策文件"),
    "honours": _("荣誉"),
    "source_name": _("来源"),
    "published_at": _("原文发布时间"),
    "author": _("作者"),
    "responsible_editor": _("责任编辑"),
    "title": _("标题"),
    "subtitle": _("副标题"),
    "heading": _("名称"),
    "initiatives": pgettext_lazy("several", "举措"),
    "metrics": _("指标"),
    "intro": _("导语"),
    "text": _("正文"),
    "closing": _("结语"),
}


@dataclass(frozen=True, slots=True)
class Sureness:
    """How sure the parser is of a thing and why, in words."""

    level: str  # high, middle, low, accepted
    words: Any
    reason: str = ""
    is_told_elsewhere: bool = False  # a text stands and falls with its heading

    @property
    def is_doubtful(self) -> bool:
        return self.level in ("middle", "low") and not self.is_told_elsewhere

    @property
    def is_accepted(self) -> bool:
        return self.level == "accepted" and not self.is_told_elsewhere


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing that was found, or a stretch that is none."""

    thing: str  # "heading@12": keeps when the article is parsed anew; "" for what cannot be pointed at
    path: str
    look: str
    name: Any
    start: int | None = None
    end: int | None = None
    sureness: Sureness | None = None
    key: str = ""  # by which it is accepted
    candidates: tuple[str, ...] = ()  # codes of regions

    @property
    def lies_on_top(self) -> bool:
        """True for words that are at the same time part of a text."""
        return self.look in ("metric", "basis")


def leaf(path: str) -> str:
    """The last name of a place: "initiatives[2].heading" gives "heading", "themes[0]" gives "themes"."""
    return path.rpartition(".")[2].partition("[")[0]


def sureness(certainty: float, reason: str, is_accepted: bool) -> Sureness:
    if is_accepted:
        return Sureness("accepted", gettext("已核对"), reason)
    if certainty < GUESSED:
        return Sureness("low", gettext("把握小"), reason)
    if certainty < DOUBTFUL:
        return Sureness("middle", gettext("把握一般"), reason)
    return Sureness("high", gettext("把握大"), reason)


def found_things(parsed: Parsed, corrections: Corrections) -> list[Thing]:
    """Every span, every stretch left over, and every finding that is neither, in this order."""
    findings = {finding.path: finding for finding in parsed.findings}
    placed = {span.path for span in parsed.spans}
    things = [_of_span(span, findings, placed, corrections) for span in parsed.spans if span.start < span.end]
    for part in parsed.unplaced:
        look, name = LOOKS["unplaced"]
        key = f"unplaced@{part.start}"
        is_accepted = key in corrections.accepted
        sure = sureness(1 if is_accepted else 0, gettext("没有找到它属于哪里，不会进入草稿"), is_accepted)
        things.append(Thing(key, "", look, name, part.start, part.end, sure, key))
    placed |= {_above(path) for path in placed}
    things += [_of_finding(finding, corrections) for finding in parsed.findings if finding.path not in placed]
    return _named_once(things)


def within(things: Iterable[Thing], start: int, end: int) -> list[Thing]:
    """Those of a part of the page; what it has from elsewhere on the page stays, without its place."""
    kept = []
    for thing in things:
        if thing.start is None or start <= thing.start < end:
            kept.append(thing)
        elif thing.path:
            kept.append(replace(thing, start=None, end=None))
    return kept


def _above(path: str) -> str:
    """The place that holds another: "initiatives[0].measures[1]" of its heading."""
    return path.rpartition(".")[0]


def _of_span(span: Any, findings: Mapping[str, Any], placed: Collection[str], corrections: Corrections) -> Thing:
    look, name = LOOKS.get(span.kind, ("text", span.kind))
    if span.kind in ("numbering", "other_part"):
        return Thing("", "", look, name, span.start, span.end)
    thing = f"{leaf(span.path) or span.kind}@{span.start}"
    if span.kind == "furniture":
        return Thing(thing, "", look, name, span.start, span.end)
    above = _above(span.path)
    finding = findings.get(span.path) or findings.get(above)  # a measure is found as a whole
    if finding is None:
        return Thing(thing, span.path, look, name, span.start, span.end)
    sure = _sureness_of(finding, corrections)
    if leaf(span.path) == "text" and f"{above}.heading" in placed:
        heading = findings.get(f"{above}.heading") or finding
        level = "accepted" if heading.key in corrections.accepted else sure.level
        sure = replace(sure, level=level, is_told_elsewhere=True)
    return Thing(thing, span.path, look, name, span.start, span.end, sure, finding.key, finding.candidates)


def _of_finding(finding: Any, corrections: Corrections) -> Thing:
    sure, key = _sureness_of(finding, corrections), finding.key
    name = BASES.get(leaf(finding.path), finding.path)
    return Thing(key, finding.path, "basis", name, finding.start, finding.end, sure, key, finding.candidates)


def _sureness_of(finding: Any, corrections: Corrections) -> Sureness:
    reason = gettext(finding.reason) % finding.params if finding.reason else ""
    return sureness(finding.certainty, reason, finding.key in corrections.accepted)


def _named_once(things: Iterable[Thing]) -> list[Thing]:
    """The same with every name borne by one: two themes may rest on one word, and names are ids of a page."""
    met: dict[str, int] = {}
    named = []
    for thing in things:
        count = met[thing.thing] = met.get(thing.thing, 0) + 1
        named.append(replace(thing, thing=f"{thing.thing}-{count}") if thing.thing and count > 1 else thing)
    return named
