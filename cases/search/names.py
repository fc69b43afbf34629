"""The divisions, departments and themes that a text names, however it is typed: 漯河, luohe, lh, 工信局.

All names together are some fifteen thousand, so a process keeps them in a sorted list for a minute, with how many cases
each has: what is typed is found in it without a query. A name changed in the vocabulary is known a minute later, as
pages of the public side are.
"""

from __future__ import annotations

import csv
import functools
import pathlib
import re
import time
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.utils.translation import get_language

from cases.models import Department, Region, Theme
from cases.models.vocabulary import RegionLevel, ThemeScheme
from cases.search import filed
from cases.search.entry import searchable
from cases.search.filed import KEPT_SECONDS

LONGEST_NAME = 60  # characters; nothing longer is a name

_PINYIN = pathlib.Path(__file__).parent.parent / "data" / "pinyin.csv"
_SHORTEST_PINYIN = 5  # letters: below are initials and words of other languages
_KINDS = ("region", "department", "theme")
_LEVELS = {level: place for place, level in enumerate(RegionLevel.values)}


@dataclass(frozen=True, slots=True)
class Name:
    """A term that was named."""

    kind: str  # region, department or theme: the facet it is a value of, and the name of its address
    key: str  # its code or slug
    name: str  # 漯河市
    detail: str  # what tells it from its namesakes: 河南省, the alias that was met, the scheme of a theme
    cases: int  # published ones


@dataclass(slots=True)
class _Term:
    """A row of the vocabulary; names are in Chinese and English."""

    kind: str
    key: str
    names: tuple[str, str]
    above: tuple[tuple[str, str], ...] = ()  # of a division: those that hold it
    scheme: str = ""
    height: int = 0  # of a division: 0 for a province
    cases: int = 0


@dataclass(slots=True)
class _Form:
    """One way a term is typed."""

    text: str  # folded
    term: _Term
    written: str = ""  # the alias it is a form of, "" for the name itself
    is_initials: bool = False


@dataclass(slots=True)
class _Directory:
    """Every form, sorted by its text."""

    forms: list[_Form] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def beginning(self, typed: str) -> Iterator[_Form]:
        """The forms that begin with what was typed, the typed text itself first."""
        for at in range(bisect_left(self.texts, typed), len(self.texts)):
            if not self.texts[at].startswith(typed):
                return
            yield self.forms[at]


def find_names(text: str, limit: int, *, whole: bool = False) -> list[Name]:
    """At most `limit` terms that the text names, in full or short, by an alias, in pinyin, by initials or in English.

    With `whole` the text is the name; else names that begin with it are there too, behind. Those with cases come
    before those without, then divisions, departments, themes.
    """
    typed = searchable(text)
    if not typed or len(typed) > LONGEST_NAME:
        return []
    met: dict[tuple[str, str], tuple[bool, _Form]] = {}
    for spelling in dict.fromkeys(filter(None, (typed, re.sub("[^a-z]", "", typed) if typed.isascii() else ""))):
        for form in directory().beginning(spelling):
            is_exact = form.text == spelling
            if not is_exact and (whole or form.is_initials):
                continue
            key = (form.term.kind, form.term.key)
            if key not in met or (is_exact and not met[key][0]):
                met[key] = is_exact, form
    ordered = sorted(met.values(), key=_order)
    return [_name(form) for _is_exact, form in ordered[:limit]]


def filed_as(words: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
    """The divisions and departments that folded words are names of, as (facet, value); other words are left out.

    A search for 工信局 is one for the department however its cases write it, one for luohe is one for 漯河市. Initials
    are not taken for names: lh is too many, and ai and app are words.
    """
    named: dict[str, list[tuple[str, str]]] = {}
    for word in words:
        if not 2 <= len(word) <= LONGEST_NAME or (word.isascii() and len(word) < _SHORTEST_PINYIN):
            continue
        terms = [form.term for form in directory().beginning(word) if form.text == word and not form.is_initials]
        values = dict.fromkeys((term.kind, term.key) for term in terms if term.kind != "theme")
        if values:
            named[word] = list(values)
    return named


def _order(met: tuple[bool, _Form]) -> tuple[bool, bool, int, int, int, str]:
    is_exact, form = met
    term = form.term
    nearness = (term.height, 0) if term.kind == "region" else (0, -term.cases)
    return (not is_exact, not term.cases, _KINDS.index(term.kind), *nearness, term.key)


def _name(form: _Form) -> Name:
    term, language = form.term, int(get_language() == "en")
    detail = {
        "region": " ".join(above[language] or above[0] for above in term.above),
        "department": form.written,
        "theme": str(ThemeScheme(term.scheme).label) if term.scheme else "",
    }[term.kind]
    return Name(term.kind, term.key, term.names[language] or term.names[0], detail, term.cases)


# the directory


def directory() -> _Directory:
    """All names, as the vocabulary and the cases had them at most KEPT_SECONDS ago."""
    return _directory(int(time.monotonic() // KEPT_SECONDS))


def forget() -> None:
    """Read the names anew when they are next asked for."""
    _directory.cache_clear()


@functools.lru_cache(maxsize=1)
def _directory(_minute: int) -> _Directory:
    counts = filed.count_all()
    forms = []
    for term, ways in (*_regions(), *_departments(), *_themes()):
        term.cases = counts.get(term.kind, {}).get(term.key, 0)
        forms += [_Form(text, term, written, is_initials) for text, written, is_initials in ways if text]
    forms.sort(key=lambda form: (form.text, form.is_initials))
    return _Directory(forms, [form.text for form in forms])


Ways = list[tuple[str, str, bool]]


def _regions() -> Iterator[tuple[_Term, Ways]]:
    columns = ("code", "name", "name_en", "level", "parent_id", "short_name", "pinyin", "initials")
    rows = {row[0]: row for row in Region.objects.values_list(*columns)}
    for code, name, name_en, level, parent, short, pinyin, initials in rows.values():
        above: list[tuple[str, str]] = []
        while parent:
            above.insert(0, rows[parent][1:3])
            parent = rows[parent][4]
        term = _Term("region", code, (name, name_en), tuple(above), height=_LEVELS.get(level, len(_LEVELS)))
        told = dict.fromkeys((searchable(name), searchable(short), searchable(name_en), pinyin))
        yield term, [*((text, "", False) for text in told), (initials, "", True)]


def _departments() -> Iterator[tuple[_Term, Ways]]:
    for row in Department.objects.current():
        ways = [way for name in (row.name, *row.aliases) for way in _ways(name, "" if name == row.name else name)]
        yield _Term("department", row.pk, (row.name, row.name_en)), [*ways, (searchable(row.name_en), "", False)]


def _themes() -> Iterator[tuple[_Term, Ways]]:
    for row in Theme.objects.current():
        term = _Term("theme", row.pk, (row.name, row.name_en), scheme=row.scheme)
        yield term, [*_ways(row.name, ""), (searchable(row.name_en), "", False)]


def _ways(name: str, written: str) -> Ways:
    pinyin, initials = _pinyin().get(name, ("", ""))
    return [(searchable(name), written, False), (pinyin, written, False), (initials, written, True)]


@functools.cache
def _pinyin() -> dict[str, tuple[str, str]]:
    """Name of a department or theme → its pinyin and initials."""
    with _PINYIN.open(encoding="utf-8", newline="") as file:
        return {row["name"]: (row["pinyin"], row["initials"]) for row in csv.DictReader(file)}
