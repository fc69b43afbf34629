"""What the parser is given and what it gives back.

Besides the content itself, `Parsed` says where in the article each part was found, what an
editor should look at, and what could not be placed: together they cover every visible
character of the text, so that nothing of an article disappears unseen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from cases.content import CaseContent, gettext_noop

NOT_AN_ARTICLE = gettext_noop("这段文字不像一篇文章，请核对后再保存")  # the message of an Issue

DOUBTFUL = 0.75  # certainty below which an editor is asked to look

# What a stretch of the article is. All but "metric" are laid side by side and never overlap;
# a "metric" lies on top of the text it was found in.
SPAN_KINDS = (
    "title",
    "subtitle",
    "published_at",
    "source_name",
    "organization",  # a byline that names the body
    "author",
    "responsible_editor",
    "intro",
    "initiative_heading",
    "initiative_text",
    "measure_heading",
    "measure_text",
    "closing",
    "numbering",  # 一、 （一） 一是: derived from the order when shown
    "furniture",  # breadcrumb, counters, labels of the page
    "other_part",  # another case of the page
    "metric",
)


class Span(NamedTuple):
    """A stretch `text[start:end]` of the article and what it became."""

    start: int
    end: int
    kind: str  # one of SPAN_KINDS
    path: str = ""  # place in the content, "initiatives[0].measures[1].heading"; "" for what is none of it


class Finding(NamedTuple):
    """One thing that was found, how sure the parser is of it, and why. A person reads `gettext(reason) % params`."""

    path: str  # place in the content: "title", "region", "themes[0]", "initiatives[2].heading", "metrics[3]"
    certainty: float  # 0 to 1
    reason: str
    params: dict[str, object] = {}
    start: int | None = None  # the words of the article it rests on, where it rests on some
    end: int | None = None
    candidates: tuple[str, ...] = ()  # codes of regions the text leaves open, likeliest first

    @property
    def key(self) -> str:
        """A name for it that stays when other findings come and go: what it is, and where it stands."""
        kind = self.path.rpartition(".")[2].partition("[")[0]
        return kind if self.start is None else f"{kind}@{self.start}"

    @property
    def is_doubtful(self) -> bool:
        return self.certainty < DOUBTFUL


class Unplaced(NamedTuple):
    """A stretch of the article that found no place in the content; the editor decides."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Issue:
    """Something an editor should look at. A person reads `gettext(message) % params`."""

    message: str
    params: dict[str, object] = field(default_factory=dict)
    path: str = ""  # place in the content it is about, as in Span
    start: int | None = None  # place in the article, where there is one
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Parsed:
    """An article taken apart."""

    content: CaseContent
    spans: tuple[Span, ...] = ()  # in order of start
    issues: tuple[Issue, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    findings: tuple[Finding, ...] = ()  # one for every part of the content that is not empty


@dataclass(frozen=True, slots=True)
class Part:
    """A case among several on one page: `text[start:end]` holds it and nothing of the others."""

    start: int
    end: int
    title: str


ROLES = ("title", "initiative", "measure", "text", "furniture")
LISTS = ("themes", "tags", "policies", "honours")  # fields of which an editor may leave values out


@dataclass(frozen=True, slots=True)
class Corrections:
    """What an editor decided about an article before it becomes a draft. Places are those of the text."""

    roles: Mapping[int, str] = field(default_factory=dict)  # start of a line or heading: one of ROLES
    dropped: frozenset[tuple[int, int]] = frozenset()  # words of metrics that are none
    marked: frozenset[tuple[int, int]] = frozenset()  # words that are a metric
    accepted: frozenset[str] = frozenset()  # keys of findings that were looked at and are right
    region: str = ""  # the code chosen among several; "" leaves it to the parser
    left_out: frozenset[tuple[str, str]] = frozenset()  # (one of LISTS, a value of it) that is not of the case

    def to_json(self) -> dict[str, Any]:
        return {
            "roles": {str(place): role for place, role in sorted(self.roles.items())},
            "dropped": sorted(map(list, self.dropped)),
            "marked": sorted(map(list, self.marked)),
            "accepted": sorted(self.accepted),
            "region": self.region,
            "left_out": sorted(map(list, self.left_out)),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Corrections:
        """The corrections kept by `to_json`; {} gives none."""
        return cls(
            roles={int(place): role for place, role in data.get("roles", {}).items()},
            dropped=frozenset((start, end) for start, end in data.get("dropped", ())),
            marked=frozenset((start, end) for start, end in data.get("marked", ())),
            accepted=frozenset(data.get("accepted", ())),
            region=data.get("region", ""),
            left_out=frozenset((name, value) for name, value in data.get("left_out", ())),
        )


@dataclass(frozen=True, slots=True)
class RegionWord:
    """A division the parser can recognise."""

    code: str
    name: str
    parent: str  # code one level up, "" for provinces; may be a province for a county
    level: str  # province, prefecture, county


@dataclass(frozen=True, slots=True)
class DepartmentWord:
    """A kind of office and the names it goes by."""

    slug: str
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ThemeWord:
    """A theme and the words that speak for it."""

    slug: str
    name: str
    scheme: str
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True)
class Words:
    """The vocabulary the parser is given. Its indexes are built once, when first asked for."""

    regions: tuple[RegionWord, ...] = ()
    departments: tuple[DepartmentWord, ...] = ()
    themes: tuple[ThemeWord, ...] = ()

    @cached_property
    def region_by_code(self) -> Mapping[str, RegionWord]:
        return {region.code: region for region in self.regions}

    @cached_property
    def indexes(self) -> dict[str, Any]:
        """What the stages of the parser derive from the words and keep with them, by stage."""
        return {}
