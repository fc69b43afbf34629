"""Words looked for in a text all at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

Meaning = TypeVar("Meaning")


class Lexicon(Generic[Meaning]):
    """Words with what they mean, by their first two characters, the longest first; shorter ones are left out.

    A text is read once for all of them: one pattern finds where two characters stand that could open a
    word, and only the words that open with them are compared.
    """

    def __init__(self, words: Iterable[tuple[str, Meaning]]) -> None:
        self._by_opening: dict[str, list[tuple[str, Meaning]]] = {}
        for word, meaning in words:
            if len(word) < 2:
                continue  # tells nothing
            self._by_opening.setdefault(word[:2], []).append((word, meaning))
        for entries in self._by_opening.values():
            entries.sort(key=lambda entry: -len(entry[0]))
        first, second = ("".join({re.escape(opening[at]) for opening in self._by_opening}) for at in (0, 1))
        self._opens = re.compile(f"[{first}](?=[{second}])" if first else "(?!)")

    def find(self, text: str, start: int = 0) -> tuple[int, str, Meaning] | None:
        """Where the first word from `start` on stands, the longest there, and what it means."""
        for opening in self._opens.finditer(text, start):
            at = opening.start()
            for word, meaning in self._by_opening.get(text[at : at + 2], ()):
                if text.startswith(word, at):
                    return at, word, meaning
        return None

    def at(self, text: str, place: int) -> tuple[str, Meaning] | None:
        """The longest word that stands at a place."""
        entries = self._by_opening.get(text[place : place + 2], ())
        return next((entry for entry in entries if text.startswith(entry[0], place)), None)

    def meanings(self, text: str) -> Iterator[Meaning]:
        """What the words of a text mean, words inside others too, once for each time they stand in it."""
        for opening in self._opens.finditer(text):
            at = opening.start()
            for word, meaning in self._by_opening.get(text[at : at + 2], ()):
                if text.startswith(word, at):
                    yield meaning
