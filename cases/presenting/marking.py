"""The words of a search as they stand in a case.

They are found on the folded text and shown in the author's own characters, which works because
folding keeps every place. Words come folded, as `cases.search.query.read_words` gives them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from cases.content import CaseContent
from cases.folding import fold

PASSAGE_LENGTH = 120  # characters
ELLIPSIS = "…"

_BREAK = "\ud800"  # half of a character, which no text of a case holds

_SENTENCE_ENDS = re.compile(r"[。！？；!?;\n]+[”’」』）)]*")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that is a hit, or is none."""

    text: str
    is_hit: bool


class Hit(NamedTuple):
    start: int
    end: int
    word: int  # index of the word


@dataclass(frozen=True, slots=True)
class Passage:
    """The stretch `text[start:end]` with the most different words, of one field."""

    text: str
    start: int
    end: int
    words: int  # how many different words it holds


def mark(text: str, words: Sequence[str]) -> list[Piece]:
    """The whole text in pieces, hits of the folded words apart; overlapping and touching hits are one."""
    pieces, done = [], 0
    for start, end in _merged(_hits(fold(text), words)):
        pieces += [Piece(text[done:start], False), Piece(text[start:end], True)]
        done = end
    return [piece for piece in (*pieces, Piece(text[done:], False)) if piece.text]


def best_passage(content: CaseContent, words: Sequence[str], length: int = PASSAGE_LENGTH) -> list[Piece]:
    """About `length` characters of the case that hold the most different words, marked; empty if it holds none.

    Among equals the first in reading order wins; the title comes last, as a result shows it anyway.
    It begins and ends with a sentence where there is room, else with an ellipsis.
    """
    fields = list(_passage_fields(content))
    folded = fold(_BREAK.join(fields)).split(_BREAK)  # at once: a case has fifty texts
    first = [word.partition(" ")[0] for word in words]  # most texts hold none
    held = [(text, form) for text, form in zip(fields, folded, strict=True) if any(word in form for word in first)]
    passages = (_densest(text, _hits(form, words), length) for text, form in held)
    best = max(passages, key=lambda passage: passage.words, default=None)
    if best is None or not best.words:
        return []
    start, end = _whole_sentences(best, length)
    shown = mark(" ".join(best.text[start:end].split()), words)
    before = [Piece(ELLIPSIS, False)] if start > 0 and not _ends_sentence(best.text, start) else []
    after = [Piece(ELLIPSIS, False)] if end < len(best.text) and not _ends_sentence(best.text, end) else []
    return before + shown + after


def _passage_fields(content: CaseContent) -> Iterator[str]:
    """Every searched field, the most telling first and the title last."""
    yield from (content.intro, content.summary)
    for initiative in content.initiatives:
        yield from (initiative.heading, initiative.text)
        for measure in initiative.measures:
            yield from (measure.heading, measure.text)
    yield content.closing
    for metric in content.all_metrics():
        yield from (metric.quote, metric.label)
    yield from (*content.tags, content.subtitle, content.title)


def _hits(folded: str, words: Sequence[str]) -> list[Hit]:
    """Every place of every word, overlapping ones too, by their start."""
    return sorted(Hit(start, end, number) for number, word in enumerate(words) for start, end in _places(folded, word))


def _places(folded: str, word: str) -> Iterator[tuple[int, int]]:
    """Where the word stands; one blank of it stands for any run of blanks."""
    if not word:
        return
    if " " in word:
        pattern = re.compile(" +".join(map(re.escape, word.split(" "))))
        for match in pattern.finditer(folded):
            yield match.span()
        return
    start = folded.find(word)
    while start >= 0:
        yield start, start + len(word)
        start = folded.find(word, start + 1)


def _merged(hits: list[Hit]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for hit in hits:
        if merged and hit.start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], hit.end))
        else:
            merged.append((hit.start, hit.end))
    return merged


def _densest(text: str, hits: list[Hit], length: int) -> Passage:
    """The first window of `length` characters that holds the most different words."""
    best = Passage(text, 0, 0, 0)
    inside: dict[int, int] = {}  # how often each word is in the window
    first = 0
    for hit in hits:
        inside[hit.word] = inside.get(hit.word, 0) + 1
        while hits[first].start < hit.end - length and hits[first] is not hit:
            left = hits[first]
            inside[left.word] -= 1
            if not inside[left.word]:
                del inside[left.word]
            first += 1
        if len(inside) > best.words:
            best = Passage(text, hits[first].start, hit.end, len(inside))
    return best


def _whole_sentences(passage: Passage, length: int) -> tuple[int, int]:
    """The stretch to show: from the sentence's beginning to its end if they fit, else cut to the length."""
    text, room = passage.text, max(length - (passage.end - passage.start), 0)
    near = max(passage.start - room, 0)
    begins = [match.end() for match in _SENTENCE_ENDS.finditer(text, near, passage.start)]
    if near == 0:
        begins.insert(0, 0)
    start = begins[-1] if begins else max(passage.start - room // 2, 0)
    limit = max(start + length, passage.end)
    ends = [match.end() for match in _SENTENCE_ENDS.finditer(text, passage.end, limit)]
    if len(text) <= limit:
        ends.append(len(text))
    return start, ends[-1] if ends else min(limit, len(text))


def _ends_sentence(text: str, place: int) -> bool:
    return any(match.end() == place for match in _SENTENCE_ENDS.finditer(text, max(place - 8, 0), place))
