"""What was changed inside a text: whole sentences first, then words and characters in those that changed.

Sentences that stand once in both texts, in the same order, hold the two together; only what lies between is looked at
closely. So a long text costs little, and a sentence that was rewritten is not torn to pieces by the commas it shares
with others. Numbers and Latin words are marked whole: 120 became 130, not 2 became 3.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile

SAME, ADDED, REMOVED = "same", "added", "removed"
LEFT_OUT = "left_out"  # of a folded comparison: the text is the number of characters
MOST_PAIRS = 60_000  # pairs of equal characters in one changed run; above it the run is shown as replaced whole
MOST_PAIRS_IN_ALL = 240_000  # in one text
SHORTEST_KEPT = 2  # characters that two runs share between changes; single ones are chance
LEAST_SHARED = 0.2  # of the longer run; below it nothing is gained by showing what both share

_SENTENCE = re.compile(r"[^。！？!?；;\n]*(?:[。！？!?；;\n]+[”’」』）)]*|$)")
_SENTENCE_END = re.compile("[。！？；\n]")
_TOKEN = re.compile(r"[0-9A-Za-z]+(?:[.,][0-9]+)*|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a comparison. Those not added make the old text, those not removed the new one."""

    text: str
    kind: str  # SAME, ADDED or REMOVED


def text_diff(old: str, new: str) -> tuple[Span, ...]:
    """The two texts as one, in order; what was removed stands before what took its place. No span is empty."""
    spans: list[Span] = []
    pairs_left = MOST_PAIRS_IN_ALL
    for before, after in _runs(_SENTENCE.findall(old), _SENTENCE.findall(new)):
        if before == after:
            spans.append(Span(before, SAME))
            continue
        one, other = _TOKEN.findall(before), _TOKEN.findall(after)
        pairs = _equal_pairs(one, other)
        if pairs > min(MOST_PAIRS, pairs_left):
            spans += whole(before, after)
        else:
            pairs_left -= pairs
            spans += _closely(one, other)
    return _slid(_joined(spans))


def items_diff(old: Sequence[str], new: Sequence[str]) -> tuple[Span, ...]:
    """The same for lists of words, one span a word: tags, documents."""
    spans: list[Span] = []
    for _kind, i, i_end, k, k_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if old[i:i_end] == new[k:k_end]:
            spans += [Span(word, SAME) for word in old[i:i_end]]
        else:
            spans += [Span(word, REMOVED) for word in old[i:i_end]] + [Span(word, ADDED) for word in new[k:k_end]]
    return tuple(spans)


def whole(old: str, new: str) -> tuple[Span, ...]:
    """One text in the place of another, without looking into them: for codes, dates and numbers."""
    if old == new:
        return (Span(old, SAME),) if old else ()
    return tuple(Span(text, kind) for text, kind in ((old, REMOVED), (new, ADDED)) if text)


def fold_same(spans: Sequence[Span], least: int = 160, kept: int = 40) -> list[Span]:
    """The spans with long stretches that did not change left out, but for `kept` characters beside what did."""
    folded: list[Span] = []
    for number, span in enumerate(spans):
        head = kept if number else 0
        tail = kept if number < len(spans) - 1 else 0
        if span.kind != SAME or len(span.text) < least:
            folded.append(span)
        else:
            middle = Span(str(len(span.text) - head - tail), LEFT_OUT)
            ends = Span(span.text[:head], SAME), Span(span.text[len(span.text) - tail :], SAME)
            folded += [ends[0]] * bool(head) + [middle] + [ends[1]] * bool(tail)
    return folded


# Sentences


def _runs(old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    """Stretches of both texts that belong together, equal ones and others in turn; together they are both texts."""
    at_old = at_new = 0
    for i, k in [*_held_together(old, new), (len(old), len(new))]:
        one, other = old[at_old:i], new[at_new:k]
        start = _common(one, other)
        end = _common(one[start:][::-1], other[start:][::-1])
        yield "".join(one[:start]), "".join(other[:start])
        yield "".join(one[start : len(one) - end]), "".join(other[start : len(other) - end])
        ending = "".join(old[i - end : i + 1])
        yield ending, ending
        at_old, at_new = i + 1, k + 1


def _held_together(old: list[str], new: list[str]) -> list[tuple[int, int]]:
    """Places of the sentences that stand once in each text, those that are out of order left out."""
    counts_old, counts_new = Counter(old), Counter(new)
    places = {sentence: k for k, sentence in enumerate(new) if counts_new[sentence] == 1}
    pairs = [
        (i, places[sentence]) for i, sentence in enumerate(old) if counts_old[sentence] == 1 and sentence in places
    ]
    kept = longest_rising([k for _i, k in pairs])
    return [pairs[number] for number in kept]


def longest_rising(numbers: Sequence[int]) -> list[int]:
    """Places of a longest run of rising numbers, in order: what kept its order while the rest moved.

    >>> longest_rising([3, 0, 1, 2])
    [1, 2, 3]
    """
    ends: list[int] = []  # the smallest last number of a run of each length …
    places: list[int] = []  # … where it stands …
    before: list[int] = []  # … and for each number the place of the one before it in its run
    for place, number in enumerate(numbers):
        length = bisect_left(ends, number)
        ends[length : length + 1] = [number]
        places[length : length + 1] = [place]
        before.append(places[length - 1] if length else -1)
    run = []
    place = places[-1] if places else -1
    while place >= 0:
        run.append(place)
        place = before[place]
    return run[::-1]


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many items two sequences begin with alike."""
    return sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


# Characters


def _equal_pairs(one: list[str], other: list[str]) -> int:
    counts = Counter(other)
    return sum(count * counts[token] for token, count in Counter(one).items())


def _closely(old: list[str], new: list[str]) -> Iterator[Span]:
    """The spans of a changed run by its words and characters."""
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    one, other = old[start : len(old) - end], new[start : len(new) - end]
    yield Span("".join(old[:start]), SAME)
    yield from _spans(one, other, _shared(one, other))
    yield Span("".join(old[len(old) - end :]), SAME)


def _shared(one: list[str], other: list[str]) -> list[tuple[int, int, int]]:
    """Place in one, place in the other and size of what both share and is worth showing."""
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    kept = [(i, k, size) for i, k, size in blocks if len("".join(one[i : i + size])) >= SHORTEST_KEPT]
    is_much = sum(size for _i, _k, size in kept) >= LEAST_SHARED * max(len(one), len(other))
    return kept if is_much else []


def _spans(one: list[str], other: list[str], shared: list[tuple[int, int, int]]) -> Iterator[Span]:
    at_one = at_other = 0
    for i, k, size in [*shared, (len(one), len(other), 0)]:
        yield Span("".join(one[at_one:i]), REMOVED)
        yield Span("".join(other[at_other:k]), ADDED)
        yield Span("".join(one[i : i + size]), SAME)
        at_one, at_other = i + size, k + size


def _joined(spans: list[Span]) -> tuple[Span, ...]:
    """Without empty spans, neighbours of one kind as one."""
    joined: list[Span] = []
    for span in spans:
        if joined and joined[-1].kind == span.kind:
            joined[-1] = Span(joined[-1].text + span.text, span.kind)
        elif span.text:
            joined.append(span)
    return tuple(joined)


def _slid(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """A sentence put in behind another ends with its own full stop: 甲。[乙。], not 甲[。乙]。"""
    slid = list(spans)
    for at in range(1, len(slid) - 1):
        before, change, after = slid[at - 1 : at + 2]
        stop = change.text[:1]
        is_put_in = before.kind == after.kind == SAME != change.kind and after.text.startswith(stop)
        if is_put_in and _SENTENCE_END.fullmatch(stop):
            slid[at - 1] = Span(before.text + stop, SAME)
            slid[at] = Span(change.text[1:] + stop, change.kind)
            slid[at + 1] = Span(after.text[1:], SAME)
    return _joined(slid)
