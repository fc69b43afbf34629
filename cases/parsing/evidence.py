"""Where an article says of what region, body and themes it is: the findings of the facts that are inferred."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from cases.content import CaseContent
from cases.parsing import reasons
from cases.parsing.characters import Line
from cases.parsing.draft import Draft
from cases.parsing.reasons import Why
from cases.parsing.result import Finding, ThemeWord, Words

_SEARCHED = 60  # lines of the body that are searched for a name
# How often a fact read there is right.
_REGION = {"title": 0.96, "organization": 0.95, "opening": 0.93, "text": 0.8, "source": 0.6, "": 0.5}
_ORGANIZATION = {"title": 0.95, "byline": 0.95, "opening": 0.89, "source": 0.8, "text": 0.6, "relative": 0.9, "": 0.5}
_LEVELS = "省市区县州盟旗"


def fact_findings(content: CaseContent, draft: Draft) -> list[Finding]:
    """Findings of region, organization, department and themes, as far as the case has them."""
    facts, inherited = draft.facts, draft.page.inherited
    found: list[Finding] = []
    if "region" not in inherited:
        found += _region(content, draft)
    if content.organization and "organization" not in inherited:
        found.append(_organization(content, draft))
        if content.department:
            certainty = max(0.3, found[-1].certainty - 0.02)
            found.append(Finding("department", certainty, reasons.DEPARTMENT, {}, found[-1].start, found[-1].end))
    themes = _indexed(draft.words)
    for number, slug in enumerate(facts.themes):
        found.append(_theme(themes[slug], f"themes[{number}]", draft))
    return found


def _finding(path: str, why: Why, place: tuple[int, int] | None, candidates: tuple[str, ...] = ()) -> Finding:
    start, end = place or (None, None)
    return Finding(path, why.certainty, why.reason, why.params, start, end, candidates)


# where a name stands


def _places(draft: Draft) -> Iterator[tuple[str, Line]]:
    """The lines that speak for region and body, with what they are."""
    page, outline = draft.page, draft.outline
    yield from (("title", line) for line in page.title)
    yield from (("byline", line) for line in page.bylines)
    opening = {line.start for line in (outline.intro[:3] if outline.initiatives else draft.lines[:3])}
    yield from (("opening" if line.start in opening else "text", line) for line in draft.lines[:_SEARCHED])


def _first(draft: Draft, names: Sequence[str]) -> tuple[str, tuple[int, int] | None, str]:
    """Where the first of the names stands first: what it is, the place, and the name."""
    for kind, line in _places(draft):
        for name in names:
            at = line.text.find(name)
            if at >= 0:
                return kind, line.stretch(at, at + len(name)), name
    source = next((one for one in draft.page.found if one.kind == "source_name"), None)
    for name in names if source else ():
        at = draft.source.plain.find(name, source.start, source.end)  # type: ignore[union-attr]  # no names without it
        if at >= 0:
            return "source", (at, at + len(name)), name
    return "", None, ""


def _names_of(code: str, words: Words) -> list[str]:
    """The full name of a division and its short one: 漯河市, 漯河."""
    name = words.region_by_code[code].name
    if "自治" in name or len(name) > 5:
        return [name, name[:3], name[:2]]
    return [name, name[:-1]] if len(name) > 2 and name[-1] in _LEVELS else [name]


def _is_shared(code: str, words: Words) -> bool:
    """True for a name that several divisions bear."""
    if "shared" not in words.indexes:
        words.indexes["shared"] = Counter(region.name for region in words.regions)
    return words.indexes["shared"][words.region_by_code[code].name] > 1


def _region(content: CaseContent, draft: Draft) -> list[Finding]:
    facts = draft.facts
    if facts.open_regions and not content.region:
        names = [name for code in facts.open_regions for name in _names_of(code, draft.words)]
        kind, place, _name = _first(draft, names)
        return [_finding("region", reasons.REGION_OPEN, place, facts.open_regions)]
    if not content.region:
        return []
    if draft.corrections.region == content.region:
        return [_finding("region", reasons.REGION_BY_EDITOR, None)]
    names = _names_of(content.region, draft.words)
    kind, place, name = _first(draft, names)
    if kind != "title" and any(one in facts.organization_written for one in names):
        kind, name = "organization", facts.organization_written
    if kind == "byline":
        kind = "opening"
    certainty = min(_REGION[kind], 0.88) if _is_shared(content.region, draft.words) else _REGION[kind]
    if facts.region_certainty < 0.5 and kind not in ("title", "organization"):
        certainty = min(certainty, 0.7)
    return [_finding("region", reasons.region_in(kind, name, certainty), place)]


def _organization(content: CaseContent, draft: Draft) -> Finding:
    facts = draft.facts
    kind, place, name = _first(draft, [facts.organization_written])
    certainty = _ORGANIZATION[kind]
    if name and facts.organization != facts.organization_written:
        certainty, kind = min(certainty, _ORGANIZATION["relative"]), "relative"
    if facts.organization_certainty < 0.5:
        certainty = min(certainty, 0.7)
    return _finding("organization", reasons.organization_in(kind, name, certainty), place)


# themes


def _indexed(words: Words) -> dict[str, ThemeWord]:
    if "themes" not in words.indexes:
        words.indexes["themes"] = {theme.slug: theme for theme in words.themes}
    return words.indexes["themes"]


def _theme(theme: ThemeWord, path: str, draft: Draft) -> Finding:
    """Why a theme: its words in the order of how often they are told, and the first of them."""
    lines = [*draft.page.title, *draft.lines[:_SEARCHED]]
    text = "\n".join(line.text for line in lines)
    counts = {word: text.count(word) for word in theme.keywords}
    told = sorted((word for word in counts if counts[word]), key=lambda word: -counts[word])
    in_title = any(word in line.text for line in draft.page.title for word in told)
    certainty = 0.93 if in_title else 0.8 if sum(counts.values()) > 6 and len(told) > 1 else 0.65
    places = (line.stretch(at, at + len(word)) for line in lines for word in told if (at := line.text.find(word)) >= 0)
    return _finding(path, reasons.theme(told, certainty), next(places, None))
