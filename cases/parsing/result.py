"""What the parser is given and what it gives back.

Besides the content itself, `Parsed` says where in the article each part was found, what an
editor should look at, and what could not be placed: together they cover every visible
character of the text, so that nothing of an article disappears unseen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from cases.content import CaseContent, gettext_noop

NOT_AN_ARTICLE = gettext_noop("这段文字不像一篇文章，请核对后再保存")  # the message of an Issue

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
    "metric",
)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch `text[start:end]` of the article and what it became."""

    start: int
    end: int
    kind: str  # one of SPAN_KINDS
    path: str = ""  # place in the content, "initiatives[0].measures[1].heading"; "" for numbering and furniture
    certainty: float = 1.0  # 0 to 1, how sure the parser is
    reason: str = ""  # why, a translatable message; "" when it is plain


@dataclass(frozen=True, slots=True)
class Unplaced:
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
    def indexes(self) -> dict[str, object]:
        """What the stages of the parser derive from the words and keep with them, by stage."""
        return {}
