"""A case as reviewers read it: every passage with its place, so that a comment can say what it is about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cases.content import CaseContent, InitiativeContent, MetricContent, moment_text
from cases.models import Case, Department, Metric, Region, Theme
from cases.presenting.metrics import in_language, show_metric

_FACTS = ("subtitle", "published_at", "source_name", "source_url", "author", "responsible_editor", "origin")
_FILING = ("region", "department", "organization", "themes", "tags", "policies", "honours", "summary")


@dataclass(frozen=True, slots=True)
class Passage:
    """Something of a case that is read in one go."""

    path: str  # in the content: initiatives[0].measures[1].text
    label: str
    text: str
    kind: str = "text"  # fact, heading, text, metric, picture
    level: int = 0  # 0 of the case, 1 of an initiative, 2 of a measure
    file: str = ""  # of a picture


def passages(content: CaseContent) -> list[Passage]:
    """All that is written in a case, in the order of the page; what is empty is left out. Three queries."""
    return [passage for passage in _passages(content) if passage.text or passage.file]


def _passages(content: CaseContent) -> Iterator[Passage]:
    yield _of_case("title", content.title, "heading")
    known = _names(content)
    for name in (*_FACTS, *_FILING):
        yield _of_case(name, known.get(name, _plain(getattr(content, name))), "fact")
    yield _of_case("intro", content.intro, "text")
    yield from _metrics("", content.metrics, 0)
    for number, initiative in enumerate(content.initiatives):
        yield from _initiative(f"initiatives[{number}].", number + 1, initiative)
    yield _of_case("closing", content.closing, "text")
    for number, picture in enumerate(content.pictures):
        text = " ".join(filter(None, (picture.caption, picture.alt)))
        yield Passage(
            f"pictures[{number}]", _("图片 %(number)d") % {"number": number + 1}, text, "picture", file=picture.file
        )


def _of_case(name: str, text: str, kind: str) -> Passage:
    label = Case._meta.get_field(name).verbose_name  # type: ignore[union-attr]  # a plain column
    return Passage(name, str(label), text, kind)


def _plain(value: object) -> str:
    if isinstance(value, tuple):
        return "、".join(value)
    return value if isinstance(value, str) else moment_text(value).replace("T", " ") if value else ""  # type: ignore[arg-type]  # a moment


def _names(content: CaseContent) -> dict[str, str]:
    """What is kept as codes, in words."""
    region = Region.objects.filter(pk=content.region).select_related("parent__parent").first()
    department = Department.objects.filter(pk=content.department).first()
    themes = Theme.objects.in_bulk(content.themes)
    return {
        "region": " ".join(map(str, region.lineage())) if region else content.region,
        "department": str(department or content.department),
        "themes": _("、").join(str(themes.get(slug, slug)) for slug in content.themes),
        "origin": str(dict(Case._meta.get_field("origin").flatchoices).get(content.origin, "")),
    }


def _initiative(path: str, number: int, initiative: InitiativeContent) -> Iterator[Passage]:
    here = {"number": number}
    yield Passage(f"{path}heading", _("举措 %(number)d") % here, initiative.heading, "heading", 1)
    yield Passage(f"{path}text", _("举措 %(number)d 正文") % here, initiative.text, "text", 1)
    for order, measure in enumerate(initiative.measures):
        said = {"number": f"{number}.{order + 1}"}
        place = f"{path}measures[{order}]."
        yield Passage(f"{place}heading", _("措施 %(number)s") % said, measure.heading, "heading", 2)
        yield Passage(f"{place}text", _("措施 %(number)s 正文") % said, measure.text, "text", 2)
    yield from _metrics(path, initiative.metrics, 1)


def _metrics(path: str, metrics: tuple[MetricContent, ...], level: int) -> Iterator[Passage]:
    label = str(Metric._meta.verbose_name)
    for order, metric in enumerate(metrics):
        yield Passage(f"{path}metrics[{order}]", label, _metric_words(metric), "metric", level)


def _metric_words(metric: MetricContent) -> str:
    """The metric in one line, with the words of the article it rests on."""
    shown = in_language(show_metric(metric), get_language() or "")
    values = " → ".join(filter(None, (shown.before, shown.value)))
    number = f"{values}{shown.scale and _(shown.scale)}{shown.unit}"
    if shown.qualifier:
        number = _("%(qualifier)s%(number)s") % {"qualifier": _(shown.qualifier), "number": number}
    meaning = _("（%(words)s）") % {"words": _(shown.meaning)} if shown.meaning else ""
    quote = f"“{metric.quote}”" if metric.quote else ""
    return " ".join(filter(None, (metric.label, number + meaning, metric.period, quote)))
