"""By what words a case, or a single measure, is told from others.

There is no dictionary of the field, so words are found in the text itself: a run of characters that comes
again and again, as long as it stays whole, is one of its terms; so is what is left of a heading when the
words that every heading has are taken away. What a case gets follows from its own text alone, never from
other cases: how rare a word is, is asked when likeness is asked for.
"""

from __future__ import annotations

import functools
import pathlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from cases.content import CaseContent, MeasureContent
from cases.folding import fold

SHORTEST, LONGEST = 2, 8  # characters of a word
LONGEST_REPEAT = 11  # a run as long as this is a phrase, its parts are no words
LONGEST_CHUNK = 6  # of a heading
MOST_WORDS = 24  # of a case
OF_A_MEASURE = 2  # words that every measure brings, if it has them, before the strongest of the case
STRONGEST = 999
_TITLE, _TAG, _HEADING, _TEXT = 5, 4, 3, 1  # what an occurrence weighs

_RUNS = re.compile(r"[\u3400-\u9fff]{2,}")
_COMMON = pathlib.Path(__file__).parent.parent / "data" / "common_words.txt"
_LOOSE = (  # ends no word
    "的了和与及或在对为等以由将把被从到至个项名家次件条万亿元年月日我你他其这那是有不也都就并而且让使向给于之所要"
    "上下中内外前后两多各每该本再又更最均已未共约近超达需须请第时可能会"
)
_LOOSE_START = _LOOSE + "化立们者"  # … nor begins one: 优化, 建立


@dataclass(frozen=True, slots=True)
class TellingWord:
    """A word of a case, how much it says there, and the measures that hold it."""

    word: str  # folded
    strength: int  # 1 to STRONGEST: how often and where it stands, and how long it is
    measures: tuple[int, ...]  # numbers from 0 through all initiatives


@dataclass(frozen=True, slots=True)
class _Text:
    weight: int
    runs: tuple[str, ...]
    measure: int | None = None
    is_heading: bool = False


def all_measures(content: CaseContent) -> list[MeasureContent]:
    """The measures of all initiatives in reading order: their places are the numbers used here."""
    return [measure for initiative in content.initiatives for measure in initiative.measures]


def telling_words(content: CaseContent) -> list[TellingWord]:
    """At most MOST_WORDS words, the strongest first. The same content always gives the same words."""
    texts = list(_texts(content))
    weights, held = _found(texts, _repeated(texts) | _chunks_of_headings(texts))
    chosen = _chosen(weights, held, len(all_measures(content)))
    words = [TellingWord(word, min(weights[word], STRONGEST), tuple(sorted(held[word]))) for word in chosen]
    return sorted(words, key=lambda word: (-word.strength, word.word))


def _texts(content: CaseContent) -> Iterator[_Text]:
    yield _text(_TITLE, f"{content.title}\n{content.subtitle}", is_heading=True)
    yield _text(_TAG, "\n".join(content.tags), is_heading=True)
    yield _text(_TEXT, f"{content.intro}\n{content.closing}\n{content.summary}")
    measures = 0
    for initiative in content.initiatives:
        yield _text(_HEADING, initiative.heading, is_heading=True)
        yield _text(_TEXT, initiative.text)
        for measure in initiative.measures:
            yield _text(_HEADING, measure.heading, measures, is_heading=True)
            yield _text(_TEXT, measure.text, measures)
            measures += 1


def _text(weight: int, text: str, measure: int | None = None, *, is_heading: bool = False) -> _Text:
    return _Text(weight, tuple(_RUNS.findall(fold(text))), measure, is_heading)


def _repeated(texts: list[_Text]) -> set[str]:
    """The runs of characters that occur more than once and mostly whole, not as a part of a longer one."""
    places = [(run, start) for text in texts for run in text.runs for start in range(len(run) - 1)]
    found: dict[str, int] = {}
    for size in range(SHORTEST, LONGEST_REPEAT):
        grams = [run[start : start + size] for run, start in places]
        counts = Counter(grams)
        again = [(place, gram) for place, gram in zip(places, grams, strict=True) if counts[gram] > 1]
        for gram in {gram for _, gram in again}:
            for part in (gram[:-1], gram[1:]):
                if found.get(part, 0) * 3 <= counts[gram] * 4:  # three of four times in the longer one
                    found.pop(part, None)
            found[gram] = counts[gram]
        places = [place for place, _ in again if place[1] + size < len(place[0])]
    return {word for word in found if _is_word(word)}


def _is_word(word: str) -> bool:
    return (
        SHORTEST <= len(word) <= LONGEST
        and word[0] not in _LOOSE_START
        and word[-1] not in _LOOSE
        and word not in common_words()
    )


@functools.cache
def _lists() -> tuple[frozenset[str], frozenset[str]]:
    """The two lists of the file: words that frame terms, and words that tell nothing alone but are parts of terms."""
    framing, bound = _COMMON.read_text(encoding="utf-8").split("\n\n")
    return frozenset(framing.split()), frozenset(bound.split())


@functools.cache
def common_words() -> frozenset[str]:
    """Words that every article of the field has; by themselves they tell nothing."""
    return frozenset.union(*_lists())


@functools.cache
def _framing() -> re.Pattern[str]:
    return re.compile("|".join(sorted(_lists()[0], key=lambda word: (-len(word), word))))


def _chunks_of_headings(texts: list[_Text]) -> set[str]:
    """What is left of headings and tags between words that frame terms; of a long rest its beginning and its end."""
    chunks = set()
    for run in (run for text in texts if text.is_heading for run in text.runs):
        for chunk in _framing().split(run):
            chunk = chunk.lstrip(_LOOSE_START).rstrip(_LOOSE)
            chunks |= {chunk} if len(chunk) <= LONGEST_CHUNK else {chunk[:4], chunk[-4:]}
    return {chunk for chunk in chunks if _is_word(chunk)}


def _found(texts: list[_Text], words: set[str]) -> tuple[dict[str, int], dict[str, set[int]]]:
    """Word to strength, the weight of its places times its length beyond one character; word to its measures."""
    beginning: dict[str, list[str]] = defaultdict(list)
    for word in words:
        beginning[word[:SHORTEST]].append(word)
    weights: dict[str, int] = defaultdict(int)
    held: dict[str, set[int]] = defaultdict(set)
    for text in texts:
        for run in text.runs:
            for start in range(len(run) - 1):
                for word in beginning.get(run[start : start + SHORTEST], ()):
                    if run.startswith(word, start):
                        weights[word] += text.weight * (min(len(word), 5) - 1)
                        if text.measure is not None:
                            held[word].add(text.measure)
    return weights, held


def _chosen(weights: dict[str, int], held: dict[str, set[int]], measures: int) -> list[str]:
    """First the strongest words of each measure, those of few measures before; then the strongest of all."""
    by_strength = sorted(weights, key=lambda word: (-weights[word], word))
    chosen: dict[str, None] = dict.fromkeys(by_strength[: MOST_WORDS // 2])
    covered: Counter[int] = Counter(number for word in chosen for number in held[word])
    for word in by_strength[MOST_WORDS // 2 :]:
        if any(covered[number] < OF_A_MEASURE for number in held[word]):
            chosen[word] = None
            covered.update(held[word])
    return [*chosen, *(word for word in by_strength if word not in chosen)][:MOST_WORDS]
