"""What a case needs before it may be published, and what an editor is told besides.

The rules are those of DOMAIN §9: what blocks is what a reader could not trust without.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field

from cases.content import (
    CaseContent,
    ContentError,
    InitiativeContent,
    MeasureContent,
    from_json,
    gettext_noop,
    to_json,
)
from cases.presenting.evidence import placed_metrics


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to mend. A person reads `gettext(message) % params`."""

    message: str
    path: str  # of the field it is about, as in the content: "initiatives[0].metrics[1].quote"
    params: dict[str, object] = field(default_factory=dict)


class Incomplete(Exception):
    """Something blocks publication; `missing` lists it."""

    def __init__(self, missing: list[Remark]) -> None:
        self.missing = missing
        super().__init__("; ".join(remark.message % remark.params for remark in missing))


def is_visible(text: str) -> bool:
    """False for a text of blanks and characters that nobody sees."""
    return any(not unicodedata.category(character).startswith(("Z", "C")) for character in text)


def missing_to_publish(content: CaseContent) -> list[Remark]:
    """What blocks publication; empty when the case may go public."""
    missing = _what_the_format_refuses(content)
    if not is_visible(content.title):
        missing.append(Remark(gettext_noop("缺少标题"), "title"))
    if not content.region and not content.organization.strip():
        missing.append(Remark(gettext_noop("缺少行政区划或实施单位，至少填写一项"), "region"))
    if not is_visible(content.intro) and not any(map(_has_words, content.initiatives)):
        missing.append(Remark(gettext_noop("缺少正文：至少要有一条举措或一段导语"), "initiatives"))
    if content.origin == "reprint" and not content.source_name.strip() and not content.organization.strip():
        missing.append(Remark(gettext_noop("转载的案例要填写来源或实施单位"), "source_name"))
    return missing + _metrics_without_evidence(content)


def _what_the_format_refuses(content: CaseContent) -> list[Remark]:
    """A text too long, an address that is none: what a revision could not be read back with."""
    try:
        from_json(to_json(content))
    except ContentError as error:
        return [Remark(error.message, error.place, error.params)]
    return []


def _has_words(initiative: InitiativeContent) -> bool:
    parts: list[InitiativeContent | MeasureContent] = [initiative, *initiative.measures]
    return any(is_visible(part.heading) or is_visible(part.text) for part in parts)


def _metrics_without_evidence(content: CaseContent) -> list[Remark]:
    missing = []
    for placed in placed_metrics(content):
        if placed.evidence is not None:
            continue
        name = placed.metric.label or placed.metric.quote[:20]
        if placed.initiative is None:
            where, number = "metrics", placed.order
            message = gettext_noop("整体指标“%(name)s”的原文依据不在导语或结语里")
        else:
            where = f"initiatives[{placed.initiative}].metrics"
            number = _number_in_initiative(content, placed.order, placed.initiative)
            message = gettext_noop("举措%(initiative)d 的指标“%(name)s”：原文依据不在这条举措的文字里")
        if not placed.metric.quote and name:
            message = gettext_noop("指标“%(name)s”缺少原文依据")
        elif not placed.metric.quote:
            message = gettext_noop("有一个指标没有名称，也没有原文依据，请补上或删除")
        params = {"name": name, "initiative": (placed.initiative or 0) + 1}
        missing.append(Remark(message, f"{where}[{number}].quote", params))
    return missing


def _number_in_initiative(content: CaseContent, order: int, initiative: int) -> int:
    before = len(content.metrics) + sum(len(part.metrics) for part in content.initiatives[:initiative])
    return order - before


def advice(content: CaseContent) -> list[Remark]:
    """What would make the case better; blocks nothing."""
    told = []
    for empty, path, message in (
        (not content.themes, "themes", gettext_noop("还没有主题")),
        (not content.department, "department", gettext_noop("还没有部门")),
        (content.published_at is None, "published_at", gettext_noop("没有原文发布时间")),
        (not content.source_url, "source_url", gettext_noop("没有原文链接")),
        (not content.summary.strip(), "summary", gettext_noop("没有摘要")),
        (any(not picture.alt.strip() for picture in content.pictures), "pictures", gettext_noop("有图片缺少描述")),
    ):
        if empty:
            told.append(Remark(message, path))
    return told
