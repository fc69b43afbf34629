"""What an article says of itself: its region, the body whose practice it is, its themes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cases.content import LIMITS
from cases.parsing.bodies import completed, kind_slug
from cases.parsing.lexicon import Lexicon
from cases.parsing.places import Context, Mention, borrowed, find_places, is_within, lineage, settle
from cases.parsing.practitioner import Practitioner, practitioner
from cases.parsing.result import Words

READ_AT_MOST = 20_000  # characters of the body that speak for region and body

_THEME_SCHEMES = ("ndrc18", "site")
_FEWEST_POINTS = 4
_MOST_THEMES = 3


Points = defaultdict[tuple[str, ...], float]  # codes of a division, several while it is open -> what speaks for it


@dataclass(slots=True)
class Facts:
    """Codes and slugs are "" when the article does not tell; `open_regions` are candidates left open."""

    region: str = ""
    region_certainty: float = 0.0
    open_regions: tuple[str, ...] = ()
    organization: str = ""
    organization_written: str = ""  # as the plain text has it: 市交通运输局
    department: str = ""
    organization_certainty: float = 0.0
    themes: tuple[str, ...] = ()


def read_facts(
    *,
    title: str,
    bylines: Sequence[str],
    sources: Sequence[str],
    opening: Sequence[str],
    rest: Sequence[str],
    headings: Sequence[str],
    words: Words,
    region: str = "",
) -> Facts:
    """The facts of an article, from plain texts; `region` is the code an editor chose, "" when none did."""
    facts = Facts()
    opening, rest = _at_most(opening, READ_AT_MOST), _at_most(rest, READ_AT_MOST)
    body = [*opening, *rest]
    mentions = _Places(title, bylines, sources, body, words)
    found = practitioner(title, bylines, sources, opening, rest, mentions.by_text, words)
    if region in words.region_by_code:
        facts.region, facts.region_certainty = region, 1.0
    else:
        _set_region(facts, mentions, found, words)
    if found is not None:
        _set_organization(facts, found, words)
    facts.themes = _themes(title, headings, body, words)
    return facts


def _at_most(paragraphs: Sequence[str], longest: int) -> list[str]:
    kept, length = [], 0
    for paragraph in paragraphs:
        if length >= longest:
            break
        kept.append(paragraph[: longest - length])
        length += len(paragraph)
    return kept


# region


class _Places:
    """The divisions named in the parts of an article."""

    def __init__(
        self, title: str, bylines: Sequence[str], sources: Sequence[str], body: Sequence[str], words: Words
    ) -> None:
        self.words = words
        self.by_text = {text: find_places(text, words) for text in (title, *bylines, *sources, *body)}
        self.settle_bare()
        named = self.by_text
        self.parts: list[tuple[str, list[Mention], float]] = [(title, named[title], 10.0)]
        self.parts += [(byline, named[byline], 6.0) for byline in bylines]
        self.parts += [(source, named[source], 1.0 if number else 4.0) for number, source in enumerate(sources)]
        self.parts += [(text, named[text], 3.0 if number < 2 else 1.0) for number, text in enumerate(body)]
        told = [(one, text) for text in body for one in named[text]]
        self.told = {code for one, _ in told for code in one.codes}
        self.above_told = {above for code in self.told for above in lineage(code, words)}
        self.full = {one.codes[0] for one, text in told if one.full and len(one.codes) == 1 and not borrowed(text, one)}

    def mentions(self) -> Iterator[Mention]:
        return (mention for found in self.by_text.values() for mention in found)

    def settle_bare(self) -> None:
        """Leave out 新城区, 郊区 … unless the other divisions named tell which is meant."""
        if not any(one.bare for one in self.mentions()):
            return
        sure = {one.codes[0] for one in self.mentions() if len(one.codes) == 1}
        once = Context(sure, self.words)
        meant = {one.codes: settle(one.codes, once, self.words) for one in self.mentions() if one.bare}
        for text, found in self.by_text.items():
            kept = []
            for one in found:
                codes = meant[one.codes] if one.bare else one.codes
                if not one.bare or (len(codes) == 1 and sure & set(lineage(codes[0], self.words))):
                    kept.append(one._replace(codes=codes))
            self.by_text[text] = kept

    def context(self) -> Context:
        """Every division that is not open, once for each time it is named."""
        named = (mention for _, mentions, _ in self.parts for mention in mentions)
        return Context((mention.codes[0] for mention in named if len(mention.codes) == 1), self.words)

    def points(self) -> Points:
        """How much speaks for each division, the open ones under all their codes."""
        points: Points = defaultdict(float)
        context = self.context()
        meant = {codes: settle(codes, context, self.words) for codes in {one.codes for one in self.mentions()}}
        for part, (text, mentions, weight) in enumerate(self.parts):
            for place, mention in enumerate(mentions):
                codes = self.settled(mention, meant[mention.codes])
                if (part and borrowed(text, mention)) or (not part and self.contradicted(mention, codes)):
                    points[codes] += 0.2
                else:
                    points[codes] += weight * (1.5 if place == 0 and mention.start < 6 and part == 0 else 1.0)
        return points

    def contradicted(self, mention: Mention, codes: tuple[str, ...]) -> bool:
        """True for a short name that the body never tells of, while it names other divisions in full."""
        if mention.full or len(codes) != 1 or not self.full:
            return False
        return codes[0] not in self.above_told and self.told.isdisjoint(lineage(codes[0], self.words))

    def settled(self, mention: Mention, codes: tuple[str, ...]) -> tuple[str, ...]:
        if len(codes) > 1 and not mention.full:
            kept = [code for code in codes if self.words.region_by_code[code].level != "county"]
            if len(kept) == 1:
                return tuple(kept)
        return codes


def _set_region(facts: Facts, places: _Places, found: Practitioner | None, words: Words) -> None:
    points = places.points()
    if found is not None and found.body.codes:
        codes = settle(found.body.codes, places.context(), words)
        codes = _highest_if_short(found, codes, words)
        if len(codes) == 1:
            facts.region = _more_exact(codes[0], points, words)
            facts.region_certainty = found.certainty
            return
        facts.open_regions = codes
        return
    if not points:
        return
    total = {
        codes: count + sum(points.get((above,), 0.0) for above in _above(codes, words)) * 0.4
        for codes, count in points.items()
    }
    best = max(total, key=lambda codes: (total[codes], -len(codes)))
    if total[best] < 2 and len(points) > 1:
        return
    if len(best) > 1:
        facts.open_regions = best
        return
    facts.region = best[0]
    facts.region_certainty = min(1.0, total[best] / 15)


def _highest_if_short(found: Practitioner, codes: tuple[str, ...], words: Words) -> tuple[str, ...]:
    kept = [code for code in codes if words.region_by_code[code].level != "county"]
    return tuple(kept) if len(codes) > 1 and len(kept) == 1 else codes


def _above(codes: tuple[str, ...], words: Words) -> list[str]:
    """The divisions above one that is not open."""
    return lineage(codes[0], words)[1:] if len(codes) == 1 else []


def _more_exact(code: str, points: Points, words: Words) -> str:
    """The division itself, or one inside it that the headline names."""
    inside = [
        codes[0]
        for codes, count in points.items()
        if len(codes) == 1 and count >= 10 and is_within(codes[0], code, words)
    ]
    return inside[0] if len(inside) == 1 else code


# organization


def _set_organization(facts: Facts, found: Practitioner, words: Words) -> None:
    body = found.body
    if not body.codes and not facts.region:
        return
    region = words.region_by_code[facts.region].name if facts.region else ""
    name = completed(body, facts.region, words, region)
    facts.organization = name[: LIMITS["organization"]]
    facts.organization_written = body.name
    facts.organization_certainty = found.certainty
    facts.department = kind_slug(body, words)


# themes


def _themes(title: str, headings: Sequence[str], body: Sequence[str], words: Words) -> tuple[str, ...]:
    """The themes whose keywords are told most, three at most; the headline counts five times, headings twice."""
    known = _keywords(words)
    text, heads, head = (Counter(known.meanings(part)) for part in ("\n".join(body), "\n".join(headings), title))
    told: dict[str, int] = defaultdict(int)
    for word in {*text, *heads, *head}:
        weight = min(text[word], 5) + 2 * heads[word] + 5 * head[word]
        for slug in _told_by(words)[word]:
            told[slug] += weight
    points = {theme.slug: told[theme.slug] for theme in words.themes if told.get(theme.slug, 0) >= _FEWEST_POINTS}
    best = sorted(points, key=lambda slug: -points[slug])[:_MOST_THEMES]
    floor = points[best[0]] * 0.4 if best else 0
    return tuple(sorted(slug for slug in best if points[slug] >= floor))


def _keywords(words: Words) -> Lexicon[str]:
    if "keywords" not in words.indexes:
        words.indexes["keywords"] = Lexicon((word, word) for word in _told_by(words))
    return words.indexes["keywords"]


def _told_by(words: Words) -> dict[str, list[str]]:
    """For each keyword the slugs of the themes it tells of."""
    if "themes_by_keyword" not in words.indexes:
        slugs: dict[str, list[str]] = {}
        for theme in words.themes:
            for word in theme.keywords if theme.scheme in _THEME_SCHEMES else ():
                slugs.setdefault(word, []).append(theme.slug)
        words.indexes["themes_by_keyword"] = slugs
    return words.indexes["themes_by_keyword"]
