"""Two versions of a case compared as what they are: a tree of parts, not two long texts.

Every part of either version appears once: the same, changed, moved, added or removed. A part that only changed places
is moved and nothing else, and what stands below it is not called changed because it was moved along.
Words people see are marked with gettext_noop; the caller translates them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from cases.content import (
    CaseContent,
    InitiativeContent,
    MeasureContent,
    MetricContent,
    PictureContent,
    decimal_text,
    gettext_noop,
    moment_text,
)
from cases.presenting.pairing import Place, pair_parts, placed
from cases.presenting.text_diff import SAME, Span, items_diff, longest_rising, text_diff, whole

ADDED, REMOVED, MOVED, CHANGED = "added", "removed", "moved", "changed"
OF_CASE = 0  # owner of the metrics of the case as a whole; initiatives are owners 1, 2, …

# Fields in the order in which a page shows them, with what they are called.
LABELS: dict[str, dict[str, str]] = {
    "case": {
        "title": gettext_noop("标题"),
        "subtitle": gettext_noop("副标题"),
        "published_at": gettext_noop("原文发布时间"),
        "origin": gettext_noop("原创或转载"),
        "source_name": gettext_noop("来源"),
        "source_url": gettext_noop("原文链接"),
        "author": gettext_noop("作者"),
        "responsible_editor": gettext_noop("责任编辑"),
        "region": gettext_noop("行政区划"),
        "department": gettext_noop("部门"),
        "organization": gettext_noop("实施单位"),
        "themes": gettext_noop("主题"),
        "tags": gettext_noop("标签"),
        "policies": gettext_noop("政策文件"),
        "honours": gettext_noop("荣誉"),
        "summary": gettext_noop("摘要"),
        "intro": gettext_noop("导语"),
        "closing": gettext_noop("结语"),
    },
    "initiative": {"heading": gettext_noop("举措名称"), "text": gettext_noop("正文")},
    "measure": {"heading": gettext_noop("措施名称"), "text": gettext_noop("正文")},
    "metric": {
        "label": gettext_noop("指标"),
        "qualifier": gettext_noop("限定词"),
        "value": gettext_noop("现值"),
        "from_value": gettext_noop("原值"),
        "unit": gettext_noop("单位"),
        "kind": gettext_noop("类型"),
        "direction": gettext_noop("变化"),
        "period": gettext_noop("时段"),
        "quote": gettext_noop("原文依据"),
    },
    "picture": {
        "name": gettext_noop("文件名"),
        "file": gettext_noop("图片"),
        "alt": gettext_noop("图片描述"),
        "caption": gettext_noop("图注"),
        "is_cover": gettext_noop("封面"),
    },
}
# What the codes of closed lists mean; those of the vocabulary the caller knows.
WORDS = {
    "origin": {"original": gettext_noop("原创"), "reprint": gettext_noop("转载")},
    "qualifier": {"over": gettext_noop("超过"), "under": gettext_noop("不超过"), "about": gettext_noop("约")},
    "direction": {"up": gettext_noop("上升"), "down": gettext_noop("下降")},
    "kind": {
        "amount": gettext_noop("数量"),
        "share": gettext_noop("占比"),
        "growth": gettext_noop("增长"),
        "reduction": gettext_noop("压减"),
        "completion": gettext_noop("目标完成度"),
        "satisfaction": gettext_noop("满意度"),
        "duration": gettext_noop("时长"),
    },
}
_AS_A_WHOLE = {
    *("published_at", "origin", "region", "department", "source_url"),
    *("value", "from_value", "unit", "qualifier", "direction", "kind", "file", "is_cover"),
}
_SAYS_NOTHING = {("qualifier", "exact"), ("direction", "level")}

Names = Mapping[str, Mapping[str, str]]  # field → code → what it is called


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that says something in either version, changed or not."""

    name: str  # of the field
    label: str  # translatable
    spans: tuple[Span, ...]  # of a list: one a word
    old: str | tuple[str, ...]
    new: str | tuple[str, ...]

    @property
    def is_changed(self) -> bool:
        return any(span.kind != SAME for span in self.spans)

    @property
    def is_list(self) -> bool:
        return isinstance(self.new, tuple)

    @property
    def spans_old(self) -> tuple[Span, ...]:
        return tuple(span for span in self.spans if span.kind != ADDED)

    @property
    def spans_new(self) -> tuple[Span, ...]:
        return tuple(span for span in self.spans if span.kind != REMOVED)


@dataclass(frozen=True, slots=True)
class PartChange:
    """A part in both versions. `how` is {"same"}, {"added"}, {"removed"}, or of "moved" and "changed" one or both."""

    kind: str  # case, initiative, measure, metric or picture
    how: frozenset[str]  # changed: a field of its own, or something below it
    old_place: str | None  # initiatives[0].measures[1]; "" of the case
    new_place: str | None
    fields: tuple[FieldChange, ...]
    parts: tuple[PartChange, ...] = ()

    @property
    def has_changed_fields(self) -> bool:
        return any(field.is_changed for field in self.fields)

    @property
    def is_same(self) -> bool:
        return self.how == {SAME}

    @property
    def is_in_both(self) -> bool:
        return not self.how & {ADDED, REMOVED}

    @property
    def title(self) -> str:
        """What it is called now, or was: its first field."""
        first = self.fields[0] if self.fields else None
        return str(first.new or first.old) if first else ""


def compare_versions(old: CaseContent, new: CaseContent) -> PartChange:
    """The case with all its parts in both versions, in the order of the new one; what was removed stands where it was.

    Equal contents give {"same"} at every level. Codes are shown as they are: see `spelled_out`.
    """
    initiatives = _Siblings("initiative", [old.initiatives], [new.initiatives], {0: 0}, (_heading,))
    owners = {OF_CASE: OF_CASE} | {i + 1: k + 1 for (_, i), (_, k) in initiatives.paired.items()}
    measures = _Siblings(
        "measure",
        [(), *(part.measures for part in old.initiatives)],
        [(), *(part.measures for part in new.initiatives)],
        owners,
        (_heading,),
    )
    metrics = _Siblings(
        "metric",
        [old.metrics, *(part.metrics for part in old.initiatives)],
        [new.metrics, *(part.metrics for part in new.initiatives)],
        owners,
        (lambda metric: metric.label,),
    )
    pictures = _Siblings("picture", [old.pictures], [new.pictures], {0: 0}, (lambda picture: picture.file,))
    initiatives.below = (measures, metrics)
    parts = (*initiatives.under(0, 0), *metrics.under(OF_CASE, OF_CASE), *pictures.under(0, 0))
    return _part("case", old, new, "", "", parts)


def spelled_out(content: CaseContent, names: Names, translate: Callable[[str], str] = str) -> CaseContent:
    """The content with the words people read in place of its codes: for showing, no longer for keeping.

    `names` are those of the vocabulary: region, department, themes. A code that is not there stays as it is.
    """

    def spelled(part: Any, *fields_of_codes: str) -> Any:
        words = {name: getattr(part, name) for name in fields_of_codes}
        return replace(part, **{name: translate(WORDS[name].get(code, code)) for name, code in words.items() if code})

    def of_metrics(metrics: Sequence[MetricContent]) -> tuple[MetricContent, ...]:
        return tuple(spelled(metric, "qualifier", "direction", "kind") for metric in metrics)

    return replace(
        spelled(content, "origin"),
        region=names.get("region", {}).get(content.region, content.region),
        department=names.get("department", {}).get(content.department, content.department),
        themes=tuple(names.get("themes", {}).get(theme, theme) for theme in content.themes),
        metrics=of_metrics(content.metrics),
        initiatives=tuple(replace(part, metrics=of_metrics(part.metrics)) for part in content.initiatives),
    )


def count_changes(change: PartChange) -> Counter[str]:
    """How many parts were added, removed and moved, and how many fields of the others changed.

    What came or went with its owner is not counted again.
    """
    counts = Counter(how for how in change.how if how in (ADDED, REMOVED, MOVED))
    if change.is_in_both:
        counts[CHANGED] += sum(field.is_changed for field in change.fields)
    for part in change.parts:
        if change.is_in_both or part.how != change.how:
            counts += count_changes(part)
    return counts


# Parts


class _Siblings:
    """The parts of one kind under all their owners, in both versions."""

    def __init__(
        self,
        kind: str,
        old: Sequence[Sequence[Any]],
        new: Sequence[Sequence[Any]],
        owners: Mapping[int, int],
        names: Sequence[Callable[[Any], Any]],
    ) -> None:
        self.kind = kind
        self.below: tuple[_Siblings, ...] = ()
        self.old, self.new = placed(old), placed(new)
        self.paired = pair_parts(self.old, self.new, owners, _words, names)

    def under(self, old_owner: int | None, new_owner: int | None) -> Iterator[PartChange]:
        """The parts of an owner, by its number in each version; None where it is not."""
        before = {other: place for place, other in self.paired.items()}
        news = [place for place in self.new if place[0] == new_owner]
        removed = [place for place in self.old if place[0] == old_owner and place not in self.paired]
        at_home = [place for place in news if place in before and before[place][0] == old_owner]
        in_order = {at_home[k] for k in longest_rising([before[place][1] for place in at_home])}
        for place in news:
            origin = before.get(place)
            while origin and place in in_order and removed and removed[0] < origin:
                yield self._change(removed.pop(0), None)
            yield self._change(origin, place, is_moved=origin is not None and place not in in_order)
        for gone in removed:
            yield self._change(gone, None)

    def _change(self, old: Place | None, new: Place | None, *, is_moved: bool = False) -> PartChange:
        owners = tuple(None if place is None else place[1] + 1 for place in (old, new))
        parts = tuple(part for siblings in self.below for part in siblings.under(*owners))
        return _part(
            self.kind,
            None if old is None else self.old[old],
            None if new is None else self.new[new],
            _path(self.kind, old),
            _path(self.kind, new),
            parts,
            is_moved=is_moved,
        )


def _path(kind: str, place: Place | None) -> str | None:
    """Where a part stands in the content: initiatives[0].measures[1]; metrics and pictures may be the case's own."""
    if place is None:
        return None
    owner, index = place
    holder = f"initiatives[{owner - 1}]." if owner else ""
    return f"{holder}{kind}s[{index}]"


def _part(
    kind: str,
    old: Any,
    new: Any,
    old_place: str | None,
    new_place: str | None,
    parts: tuple[PartChange, ...],
    *,
    is_moved: bool = False,
) -> PartChange:
    changes = tuple(_fields(kind, old, new))
    if old is None or new is None:
        how = {ADDED if old is None else REMOVED}
    else:
        is_changed = any(field.is_changed for field in changes) or not all(part.is_same for part in parts)
        how = {word for word, is_so in ((MOVED, is_moved), (CHANGED, is_changed)) if is_so}
    return PartChange(kind, frozenset(how or {SAME}), old_place, new_place, changes, parts)


# Fields


def _fields(kind: str, old: Any, new: Any) -> Iterator[FieldChange]:
    for name, label in LABELS[kind].items():
        before, after = _shown(name, old), _shown(name, new)
        if not before and not after:
            continue
        if isinstance(before, tuple) or isinstance(after, tuple):
            before, after = tuple(before), tuple(after)
            spans = items_diff(before, after)
        else:
            spans = whole(before, after) if name in _AS_A_WHOLE else text_diff(before, after)
        yield FieldChange(name, label, spans, before, after)


def _shown(name: str, part: Any) -> str | tuple[str, ...]:
    """A field as text; "" of what says nothing."""
    value = None if part is None else getattr(part, name)
    if value is None or value is False or (name, value) in _SAYS_NOTHING:
        return ""
    if value is True:
        return LABELS["picture"]["is_cover"]
    if isinstance(value, Decimal):
        return decimal_text(value)
    return value if isinstance(value, str | tuple) else moment_text(value)


def _heading(part: InitiativeContent | MeasureContent) -> str:
    return part.heading


def _words(part: Any) -> str:
    """What likeness is judged by."""
    if isinstance(part, InitiativeContent):
        return "".join([part.heading, part.text, *(_words(measure) for measure in part.measures)])
    if isinstance(part, MeasureContent):
        return part.heading + part.text
    if isinstance(part, MetricContent):
        return part.label + part.quote
    assert isinstance(part, PictureContent)
    return part.name.rpartition(".")[0] + part.alt + part.caption  # every other picture is a .jpg
