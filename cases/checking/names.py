"""Names of bodies and cities that are not quite theirs: one character off, out of use, of another place.

An editor stops looking at warnings that are wrong, so a near name counts only where a name has to stand: the name of
a county after that of its city, that of an office after a place, that of a city before an office.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator

from cases.checking.findings import HINT, REPLACE, Field, Finding, FormerName
from cases.content import CaseContent, Moment, gettext_noop
from cases.folding import fold
from cases.parsing.lexicon import Lexicon
from cases.parsing.places import Mention, find_places, lineage
from cases.parsing.result import RegionWord, Words

SHORTEST_OFFICE = 5  # characters; 公安局 and 公共局 are too short to be taken for each other
_NEAR = gettext_noop("“%(words)s”是不是“%(fix)s”？")
_JOINING = frozenset("和与及暨")  # 文化和旅游局, 文化与旅游局: offices write it as they please
_ALIKE = frozenset("局厅委办处部")  # 市场监管局, 市场监管委: kinds of office rather than slips
_DOCUMENT = re.compile("《[^》\n]*》")
_FORMERLY = re.compile(r"(?:原|前|时任)[^，。；：、\n]{0,8}$")
_RENAMED = re.compile(r"[^，。；\n]{0,6}(?:更名|改名|改称|改为|撤销|并入|合并|整合|（现)")
_OPENS = re.compile(r"(?:^|[\n，。；：、“（\s]|[在与由向从据赴经])$")
_PEOPLE_OR_PLACE = re.compile("[主本该各全两老新我]|中心")  # 主城区, 各县区: words, no names


def check_names(
    fields: list[Field], words: Words, former: tuple[FormerName, ...], moment: Moment | None
) -> Iterator[Finding]:
    """Findings about the names in the texts; `moment` is when the article appeared."""
    year = moment.year if moment else None
    for path, text in fields:
        yield from _former_names(path, text, former, year)
        mentions = _places_in(text, words)
        yield from _near_divisions(path, text, mentions, words)
        yield from _near_offices(path, text, mentions, words)


def _places_in(text: str, words: Words) -> tuple[Mention, ...]:
    """The places a text names; kept with the words, as between two savings most texts stay as they are."""
    if "checked places" not in words.indexes:
        words.indexes["checked places"] = functools.lru_cache(maxsize=4096)(
            lambda text: tuple(find_places(text, words))
        )
    return words.indexes["checked places"](text)


# Names out of use


def _former_names(path: str, text: str, former: tuple[FormerName, ...], year: int | None) -> Iterator[Finding]:
    """Former names in an article that appeared after the change, where it does not tell of the past."""
    lexicon = _lexicon_of(former)
    documents = [found.span() for found in _DOCUMENT.finditer(text)]
    at = 0
    while found := lexicon.find(text, at):
        start, name, change = found
        at = end = start + len(name)
        if change is None or (year is not None and year < change.since):
            continue
        if _FORMERLY.search(text, max(0, start - 10), start) or _RENAMED.match(text, end):
            continue
        if any(first <= start < last for first, last in documents):
            continue
        message = gettext_noop("“%(words)s”现在叫“%(fix)s”")
        yield Finding(path, REPLACE, message, {"words": name, "fix": change.present}, start, end, change.present)


@functools.lru_cache(maxsize=2)
def _lexicon_of(former: tuple[FormerName, ...]) -> Lexicon[FormerName | None]:
    """Former names with what they are now, and the longer words that hold them by chance with None."""
    names: list[tuple[str, FormerName | None]] = [(change.name, change) for change in former]
    return Lexicon([*names, *((word, None) for change in former for word in change.allowed)])


# Names one character off


def _near_divisions(path: str, text: str, mentions: Iterable[Mention], words: Words) -> Iterator[Finding]:
    """漯河市郾成区: after a place, what is nearly the name of one in it."""
    for mention in mentions:
        for region in _inside(words).get(mention.codes[0], ()) if len(mention.codes) == 1 else ():
            end = mention.end + len(region.name)
            written = text[mention.end : end]
            if _is_one_off(written, region.name) and not _PEOPLE_OR_PLACE.search(written):
                yield _near(path, written, region.name, mention.end)


@functools.lru_cache(maxsize=2)
def _inside_of(regions: tuple[RegionWord, ...]) -> dict[str, list[RegionWord]]:
    inside: dict[str, list[RegionWord]] = {}
    for region in regions:
        if len(region.name) >= 3:
            inside.setdefault(region.parent, []).append(region)
    return inside


def _inside(words: Words) -> dict[str, list[RegionWord]]:
    """Code → the divisions right below it whose names are long enough to be told by all but one character."""
    if "inside" not in words.indexes:
        words.indexes["inside"] = _inside_of(words.regions)
    return words.indexes["inside"]


def _near_offices(path: str, text: str, mentions: Iterable[Mention], words: Words) -> Iterator[Finding]:
    """漯河市交通运轮局: after a place, what is nearly the name of an office; 漯何市交通运输局: the other way round."""
    known, near = _offices(words)
    for mention in mentions:
        start = mention.end + (text[mention.end : mention.end + 1] in tuple("市县区省州"))
        for place in {mention.end, start}:
            if known.at(text, place):
                break
        else:
            yield from _first(_near_office(path, text, place, near) for place in (mention.end, start))
    yield from _near_cities(path, text, mentions, words)


def _first(found: Iterable[Finding | None]) -> Iterator[Finding]:
    one = next(filter(None, found), None)
    if one:
        yield one


def _near_office(path: str, text: str, place: int, near: dict[str, list[str]]) -> Finding | None:
    for length in range(min(16, len(text) - place), SHORTEST_OFFICE - 1, -1):
        written = text[place : place + length]
        for gap in range(length - 1):
            for name in near.get(f"{written[:gap]}*{written[gap + 1 :]}", ()):
                if not {written[gap], name[gap]} <= _JOINING and not {written[gap], name[gap]} & _ALIKE:
                    return _near(path, written, name, place)
    return None


def _offices(words: Words) -> tuple[Lexicon[str], dict[str, list[str]]]:
    """The names of offices, and the same with one character left open."""
    if "near offices" not in words.indexes:
        names = {name for department in words.departments for name in (department.name, *department.aliases)}
        near: dict[str, list[str]] = {}
        for name in sorted(name for name in names if len(name) >= SHORTEST_OFFICE):
            for gap in range(len(name) - 1):
                near.setdefault(f"{name[:gap]}*{name[gap + 1 :]}", []).append(name)
        words.indexes["near offices"] = (Lexicon((name, name) for name in names), near)
    return words.indexes["near offices"]


def _near_cities(path: str, text: str, mentions: Iterable[Mention], words: Words) -> Iterator[Finding]:
    """What is nearly the name of a city where a name begins, with an office after it."""
    if "near cities" not in words.indexes:
        words.indexes["near cities"] = _open_names(words)
    near: dict[str, list[str]] = words.indexes["near cities"]
    taken = [(mention.start, mention.end) for mention in mentions]
    known, _near_names = _offices(words)
    for found in re.finditer("[市州]", text):
        for length in (3, 4):
            start, end = found.end() - length, found.end()
            written = text[start:end] if start >= 0 else ""
            if not written or any(first < end and start < last for first, last in taken):
                continue
            names = {
                name for gap in range(length - 1) for name in near.get(f"{written[:gap]}*{written[gap + 1 :]}", ())
            }
            if len(names) == 1 and _OPENS.search(text[max(0, start - 1) : start]) and known.at(text, end):
                yield _near(path, written, names.pop(), start)


def _open_names(words: Words) -> dict[str, list[str]]:
    near: dict[str, list[str]] = {}
    for region in words.regions:
        if region.level == "prefecture" and 3 <= len(region.name) <= 4 and region.name[-1] in "市州":
            for gap in range(len(region.name) - 1):
                near.setdefault(f"{region.name[:gap]}*{region.name[gap + 1 :]}", []).append(region.name)
    return near


def _is_one_off(written: str, name: str) -> bool:
    """True for two names of one length that differ in one character, and not in the last."""
    if len(written) != len(name) or written[-1] != name[-1] or fold(written) == name:
        return False
    return sum(one != other for one, other in zip(written, name, strict=True)) == 1


def _near(path: str, written: str, name: str, start: int) -> Finding:
    return Finding(path, REPLACE, _NEAR, {"words": written, "fix": name}, start, start + len(written), name)


# The body and its place


def check_organization(content: CaseContent, words: Words) -> Iterator[Finding]:
    """A body that carries the name of one place in a case filed under another."""
    mentions = [mention for mention in find_places(content.organization, words) if mention.full]
    if not mentions or content.region not in words.region_by_code:
        return
    above = set(lineage(content.region, words))
    named = {code for mention in mentions for code in mention.codes}
    if not any(code in above or content.region in lineage(code, words) for code in named):
        params: dict[str, object] = {"region": words.region_by_code[content.region].name}
        yield Finding("organization", HINT, gettext_noop("实施单位不在行政区划“%(region)s”里，请核对"), params)
