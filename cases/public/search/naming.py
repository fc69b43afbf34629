"""The places, departments and themes that a search names, each with its page and the search within it."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from django.urls import reverse

from cases.public.search.asking import Asked
from cases.search.names import LONGEST_NAME, Name, filed_as, find_names

MOST_NAMES = 3
MOST_WORDS = 4
MOST_MEANT = 3  # names that a sentence tells of one word


@dataclass(frozen=True, slots=True)
class Named:
    """A term that was named, the address of its page, and that of the search narrowed by it."""

    name: Name
    url: str
    narrowed: str  # without the words that name it; "" where it has no cases
    rest: str  # the words that are left


def named_in(asked: Asked) -> list[Named]:
    """What the whole text names, else what each of its first words names; not what is chosen already."""
    text = asked.selection.text
    if not text or len(text) > LONGEST_NAME:
        return []
    found = [_named(asked, name, "") for name in find_names(text, MOST_NAMES, whole=True)]
    words = text.split()
    if not found and 1 < len(words) <= MOST_WORDS:
        for place, word in enumerate(words):
            rest = " ".join(words[:place] + words[place + 1 :])
            found += [_named(asked, name, rest) for name in find_names(word, 1, whole=True)]
    return [named for named in found if named.name.key not in getattr(asked.selection, named.name.kind)][:MOST_NAMES]


def _named(asked: Asked, name: Name, rest: str) -> Named:
    selection = dataclasses.replace(asked.selection, text=rest).adding(name.kind, name.key)
    narrowed = asked.address(selection) if name.cases else ""
    return Named(name, reverse(name.kind, args=[name.key]), narrowed, rest)


def meant_by(words: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """For words that name divisions or departments the names of these: their cases are found without the word, too."""
    meant = {}
    for word, terms in filed_as(words).items():
        names = [name.name for name in find_names(word, len(terms) + 1, whole=True) if (name.kind, name.key) in terms]
        meant[word] = tuple(dict.fromkeys(names))[:MOST_MEANT]
    return meant
