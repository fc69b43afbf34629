"""An article taken apart, drawn beside what was found in it."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.content import CaseContent, MetricContent, decimal_text, moment_text
from cases.models import Department, Region, Theme
from cases.models.draft import Origin, Qualifier

SHOWN = 5_000  # characters shown of an article too large for one case
DOUBTFUL = 0.75  # certainty below which the editor is asked to look

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
}
UNPLACED = ("unplaced", _("未归位"))


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the article that is of one kind throughout."""

    text: str
    look: str  # "" for what is between the spans
    name: Any
    anchor: str  # id, where a doubt or an unplaced stretch leads to; else ""
    metric: int | None  # number of the metric the words belong to
    opens_metric: bool


@dataclass(frozen=True, slots=True)
class Doubt:
    message: str
    anchor: str  # of a piece; "" when it is about no place of the article
    text: str = ""


@dataclass(frozen=True, slots=True)
class MetricLine:
    number: int
    label: str
    figures: str  # 7 → 2 个工作日
    period: str
    quote: str
    is_marked: bool  # its words are marked in the article


def article_pieces(text: str, parsed: Any, *, most: int | None = None) -> Iterator[Piece]:
    """The whole article in order, cut wherever what it is changes; of a text too large its first `most` characters."""
    text = text[:most]
    opening: dict[int, list[tuple[int, Any, int | None]]] = defaultdict(list)
    numbers = _metric_numbers(parsed.content)
    for span in parsed.spans:
        if span.start < span.end:
            is_metric = span.kind == "metric"
            look = None if is_metric else LOOKS.get(span.kind, ("text", span.kind))
            opening[span.start].append((span.end, look, numbers.get(span.path) if is_metric else None))
    for stretch in parsed.unplaced:
        opening[stretch.start].append((stretch.end, UNPLACED, None))
    anchors = _anchors(parsed)
    cuts = {0, len(text)} | anchors | set(opening) | {end for found in opening.values() for end, *_rest in found}
    active: list[tuple[int, Any, int | None]] = []
    for start, end in itertools.pairwise(sorted(cut for cut in cuts if 0 <= cut <= len(text))):
        opened = opening.get(start, [])
        active = [found for found in active if found[0] > start] + opened
        look, name = next((found[1] for found in reversed(active) if found[1]), ("", ""))
        metric = next((found[2] for found in reversed(active) if found[2] is not None), None)
        opens = any(found[2] is not None and found[2] == metric for found in opened)
        yield Piece(text[start:end], look, name, f"at-{start}" if start in anchors else "", metric, opens)


def doubts(text: str, parsed: Any) -> list[Doubt]:
    """What an editor should look at first: the issues, then what the parser was not sure of."""
    told = [
        Doubt(gettext(issue.message) % issue.params, "" if issue.start is None else f"at-{issue.start}")
        for issue in parsed.issues
    ]
    for span in _uncertain(parsed):
        name = LOOKS.get(span.kind, ("", _("指标")))[1]
        message = f"{name}：{gettext(span.reason)}" if span.reason else gettext("%(name)s：不太确定") % {"name": name}
        told.append(Doubt(message, f"at-{span.start}", text[span.start : span.end][:40]))
    return told


def unplaced(text: str, parsed: Any) -> list[Doubt]:
    return [Doubt("", f"at-{part.start}", text[part.start : part.end]) for part in parsed.unplaced]


def _uncertain(parsed: Any) -> list[Any]:
    return [span for span in parsed.spans if span.certainty < DOUBTFUL]


def _anchors(parsed: Any) -> set[int]:
    places = {issue.start for issue in parsed.issues if issue.start is not None}
    return places | {span.start for span in _uncertain(parsed)} | {part.start for part in parsed.unplaced}


def _metric_numbers(content: CaseContent) -> dict[str, int]:
    """Place of a metric in the content to its number, counted from 1 in the order of `all_metrics`."""
    paths = [f"metrics[{index}]" for index in range(len(content.metrics))]
    for index, initiative in enumerate(content.initiatives):
        paths += [f"initiatives[{index}].metrics[{number}]" for number in range(len(initiative.metrics))]
    return {path: number for number, path in enumerate(paths, start=1)}


# The structure


def facts(content: CaseContent) -> list[tuple[Any, str]]:
    """What was found about the article as a whole, (name, value); "" where nothing was found."""
    region = Region.objects.select_related("parent__parent").filter(pk=content.region).first()
    department = Department.objects.filter(pk=content.department).first()
    themes = Theme.objects.filter(pk__in=content.themes)
    return [
        (_("标题"), " ".join(filter(None, (content.title, content.subtitle)))),
        (_("原文发布时间"), moment_text(content.published_at).replace("T", " ") if content.published_at else ""),
        (_("来源"), content.source_name),
        (_("行政区划"), " / ".join(map(str, region.lineage())) if region else ""),
        (_("实施单位"), content.organization),
        (_("部门"), str(department or "")),
        (_("主题"), "、".join(f"{theme}（{theme.get_scheme_display()}）" for theme in themes)),
        (_("原创或转载"), str(Origin(content.origin).label)),
        (_("政策文件"), "、".join(content.policies)),
        (_("荣誉"), "、".join(content.honours)),
    ]


def outline(parsed: Any) -> dict[str, Any]:
    """The case as a list: its metrics, and its initiatives with their measures and metrics."""
    content: CaseContent = parsed.content
    marked = {span.path for span in parsed.spans if span.kind == "metric"}
    lines = iter(
        _metric_line(metric, number, path in marked)
        for metric, (path, number) in zip(content.all_metrics(), _metric_numbers(content).items(), strict=True)
    )
    return {
        "intro": content.intro,
        "closing": content.closing,
        "metrics": list(itertools.islice(lines, len(content.metrics))),
        "initiatives": [
            {
                "heading": initiative.heading,
                "text": initiative.text,
                "measures": initiative.measures,
                "metrics": list(itertools.islice(lines, len(initiative.metrics))),
            }
            for initiative in content.initiatives
        ],
    }


def _metric_line(metric: MetricContent, number: int, is_marked: bool) -> MetricLine:
    values = [decimal_text(value) for value in (metric.from_value, metric.value) if value is not None]
    qualifier = "" if metric.qualifier == Qualifier.EXACT else str(Qualifier(metric.qualifier).label)
    figures = " ".join(filter(None, (qualifier, " → ".join(values), metric.unit)))
    return MetricLine(number, metric.label, figures, metric.period, metric.quote, is_marked)
