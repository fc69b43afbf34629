"""Which cases, and which measures, are about the same as another; asked of the telling words of cases.

Rows of a word stand in the order of how much the word says in its case, so it is enough to read the first
few of each: a case about a word is among them, one that mentions it is not. However many cases there are,
some hundred rows are read. A word counts the more the rarer it is; that is counted in a sixteenth of the
cases, or in all where they are few.

Nothing is kept that could grow old: a case published a moment ago is alike at once, one taken down is not.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import Count

from cases.models.published import CaseWord

ASKED = 10  # words of a case by which others are looked for
READ = 80  # rows of each word
ASKED_OF_MEASURE, READ_OF_MEASURE = 3, 40  # the same for one measure
COMPARED = 60  # cases looked at more closely
FEW = 250  # cases in the sample: below that all are counted
LEAST = 0.15  # likeness of what is shown: 1 would be the same words with the same strength
LEAST_OF_MEASURES = 0.4  # what the words shared by two measures must weigh; 1 would be the rarest of all words
COMMON = 0.2  # a word of more than this share of all cases ties nothing


@dataclass(slots=True)
class Alike:
    """A case, or measure `measure` of it, with the words it shares, the most telling first."""

    case: int
    score: float = 0.0
    words: list[str] = field(default_factory=list)
    measure: int | None = None


def cases_alike(pk: int) -> list[Alike]:
    """The cases most like a published case, the most alike first; four queries, five where cases are few."""
    own = dict(CaseWord.objects.filter(case=pk).exclude(word="").values_list("word", "strength"))
    weights = _weights(own)
    if not weights:
        return []
    asked = sorted(weights, key=lambda word: (-weights[word], word))[:ASKED]
    near: defaultdict[int, float] = defaultdict(float)
    for word, strength, case, _measures in _strongest_rows(asked, READ):
        near[case] += weights[word] * _scaled(strength)
    near.pop(pk, None)
    compared = sorted(near, key=lambda case: (-near[case], case))[:COMPARED]
    return _compared(weights, own, compared)


def _compared(weights: dict[str, float], own: dict[str, int], cases: Collection[int]) -> list[Alike]:
    """The likeness of some cases: what the words they share weigh, against what those of each weigh."""
    rows = CaseWord.objects.filter(case__in=cases).exclude(word="").values_list("case", "word", "strength")
    shared: defaultdict[int, dict[str, float]] = defaultdict(dict)
    norms: defaultdict[int, float] = defaultdict(float)
    for case, word, strength in rows:
        norms[case] += _scaled(strength) ** 2
        if word in weights:
            shared[case][word] = weights[word] * _scaled(strength)
    ours = math.sqrt(sum(weight**2 for weight in weights.values()))
    found = []
    for case, words in shared.items():
        score = sum(words.values()) / (ours * math.sqrt(norms[case]))
        found.append(Alike(case, score, sorted(words, key=lambda word: (-words[word], word))))
    return sorted((one for one in found if one.score >= LEAST), key=lambda one: (-one.score, one.case))


def _scaled(strength: int) -> float:
    return strength**0.75


def _weights(own: dict[str, int]) -> dict[str, float]:
    """What each word of a case weighs: its strength there, and how rare it is; common ones are left out."""
    return {word: _scaled(own[word]) * rarity for word, rarity in _rarities(own).items() if rarity}


def _rarities(words: Iterable[str]) -> dict[str, float]:
    """How telling words are: 0 for one of very many cases, the more the rarer it is."""
    words = sorted({*words, ""})
    counts = _counts(words, is_sampled=True)
    if counts.get("", 0) < FEW:
        counts = _counts(words)
    cases = counts.pop("", 1)
    limit = max(cases * COMMON, 3)
    return {
        word: math.log(1 + cases / max(counts.get(word, 1), 1)) if counts.get(word, 0) <= limit else 0.0
        for word in words
        if word
    }


def _counts(words: list[str], **sample: bool) -> dict[str, int]:
    return dict(CaseWord.objects.filter(word__in=words, **sample).order_by().values_list("word").annotate(Count("pk")))


def _strongest_rows(words: list[str], read: int) -> list[tuple[str, int, int, str]]:
    """(word, strength, case, measures as JSON) of the `read` cases of each word in which it says most; one query."""
    if not words:
        return []
    one = (
        "SELECT * FROM (SELECT word, strength, case_id, measures FROM cases_caseword WHERE word = %s"
        " ORDER BY word, strength DESC, case_id LIMIT %s) rows"
    )
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join([one] * len(words)), [value for word in words for value in (word, read)])
        return cursor.fetchall()


def measures_alike(pk: int) -> dict[int, list[Alike]]:
    """Number of a measure, from 0, to the measures of other cases most like it; three queries, four where few.

    Of one other case only the measure most alike is there. A measure is asked for by its rarest words.
    """
    own = dict(CaseWord.objects.filter(case=pk).exclude(word="").values_list("word", "measures"))
    rarities = _rarities(own)
    least = LEAST_OF_MEASURES * max(rarities.values(), default=0)
    words: defaultdict[int, list[str]] = defaultdict(list)
    for word in sorted((word for word, rarity in rarities.items() if rarity), key=lambda word: (-rarities[word], word)):
        for number in own[word]:
            words[number].append(word)
    asked = {word for some in words.values() for word in some[:ASKED_OF_MEASURE]}
    holders: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)  # (case, measure)
    for word, _strength, case, numbers in _strongest_rows(sorted(asked), READ_OF_MEASURE):
        if case != pk:
            holders[word] += [(case, number) for number in _numbers(numbers)]
    return {
        number: _best_of_each_case({word: holders[word] for word in some}, rarities, least)
        for number, some in sorted(words.items())
    }


def _best_of_each_case(
    holders: dict[str, list[tuple[int, int]]], rarities: dict[str, float], least: float
) -> list[Alike]:
    """The measures that hold the most telling of these words, one of a case, best first."""
    shared: defaultdict[tuple[int, int], list[str]] = defaultdict(list)
    for word, places in holders.items():
        for place in places:
            shared[place].append(word)
    best: dict[int, Alike] = {}
    for (case, number), words in shared.items():
        alike = Alike(case, sum(rarities[word] for word in without_parts(words)), words, number)
        if alike.score >= least and (case not in best or _rank(alike) < _rank(best[case])):
            best[case] = alike
    return sorted(best.values(), key=_rank)


def _rank(alike: Alike) -> tuple[float, int, int]:
    return -alike.score, alike.case, alike.measure or 0


def _numbers(stored: str | list[int]) -> list[int]:
    return json.loads(stored) if isinstance(stored, str) else stored


def without_parts(words: Iterable[str]) -> list[str]:
    """The words, in their order, without those that are a part of another of them."""
    words = list(words)
    return [word for word in words if not any(word != other and word in other for other in words)]
