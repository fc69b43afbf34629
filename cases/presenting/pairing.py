"""Which part of an old version is which part of a new one. Parts have no identity, so they are known by likeness.

Equal ones come first, then those that share what names them (a heading, the file of a picture), then those whose words
are alike; last, in a place between the same neighbours, little likeness is enough. At each step a part is looked for
under its own owner before it is looked for under another: a measure may move from one initiative to the next.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from cases.presenting.comparing import LIKE_HEADINGS, Words

Item = TypeVar("Item")
Place = tuple[int, int]  # of the owner among its siblings, of the part under it
Key = Callable[[Item], Hashable]

MOST_WEIGHED = 200  # parts of one version whose words are looked at; pairs grow with its square
MOST_READ = 2_000  # characters of a part
LIKE_IN_PLACE = 0.1
AT_HOME = 0.1  # of two parts equally like, that of the same owner


def placed(owners: Sequence[Sequence[Item]]) -> dict[Place, Item]:
    """The parts of several owners by their places."""
    return {(number, index): item for number, owner in enumerate(owners) for index, item in enumerate(owner)}


def pair_parts(
    old: Mapping[Place, Item],
    new: Mapping[Place, Item],
    owners: Mapping[int, int],
    text: Callable[[Item], str],
    names: Sequence[Key[Item]] = (),
) -> dict[Place, Place]:
    """Old place → new place of every part that is in both versions. `owners` says which owner is which."""
    paired: dict[Place, Place] = {}
    for key in (_itself, *names):
        _pair_equal(old, new, owners, key, paired)
        _pair_equal(old, new, None, key, paired)
    _pair_alike(old, new, owners, text, paired)
    return paired


def _itself(part: Any) -> Hashable:
    return part  # a frozen dataclass


def _pair_equal(
    old: Mapping[Place, Item],
    new: Mapping[Place, Item],
    owners: Mapping[int, int] | None,
    key: Key[Item],
    paired: dict[Place, Place],
) -> None:
    """Pair parts of equal keys in their order, under the same owner or, with None, under any."""

    def keyed(owner: int, item: Item) -> Hashable:
        return (None if owners is None else owner, key(item))

    taken = set(paired.values())
    waiting: dict[Hashable, list[Place]] = defaultdict(list)
    for place, item in new.items():
        if place not in taken and key(item):
            waiting[keyed(place[0], item)].append(place)
    for places in waiting.values():
        places.reverse()
    for place, item in old.items():
        if place not in paired and (owners is None or place[0] in owners):
            found = waiting.get(keyed(owners[place[0]] if owners else 0, item))
            if found:
                paired[place] = found.pop()


def _pair_alike(
    old: Mapping[Place, Item],
    new: Mapping[Place, Item],
    owners: Mapping[int, int],
    text: Callable[[Item], str],
    paired: dict[Place, Place],
) -> None:
    """Pair what is left by its words, the likest first; in the same place those that are little alike, too."""
    taken = set(paired.values())
    left_old = {place: Words(text(item)[:MOST_READ]) for place, item in old.items() if place not in paired}
    left_new = {place: Words(text(item)[:MOST_READ]) for place, item in new.items() if place not in taken}
    scores = dict(_scores(list(left_old.items())[:MOST_WEIGHED], list(left_new.items())[:MOST_WEIGHED], owners))
    found = [(-score, place, other) for (place, other), score in scores.items() if score >= LIKE_HEADINGS]
    for _score, place, other in sorted(found):
        if place not in paired and other not in taken:
            paired[place] = other
            taken.add(other)
    for place in left_old:
        slot = _same_slot(place, old, new, owners, paired)
        if place not in paired and slot and slot not in taken and scores.get((place, slot), 0) >= LIKE_IN_PLACE:
            paired[place] = slot
            taken.add(slot)


def _scores(
    old: list[tuple[Place, Words]], new: list[tuple[Place, Words]], owners: Mapping[int, int]
) -> Iterator[tuple[tuple[Place, Place], float]]:
    for place, words in old:
        for other, others in new:
            alike = words.likeness(others)
            if alike >= LIKE_IN_PLACE:
                yield (place, other), alike + AT_HOME * (owners.get(place[0]) == other[0])


def _same_slot(
    place: Place,
    old: Mapping[Place, Item],
    new: Mapping[Place, Item],
    owners: Mapping[int, int],
    paired: Mapping[Place, Place],
) -> Place | None:
    """The place in the new version between the same neighbours, if there is one."""
    owner, index = place
    if owner not in owners:
        return None
    before, after = (owner, index - 1), (owner, index + 1)
    if index == 0:
        slot = (owners[owner], 0)
    elif before in paired:
        slot = (paired[before][0], paired[before][1] + 1)
    else:
        return None
    behind = (slot[0], slot[1] + 1)
    ends_alike = after not in old and behind not in new
    return slot if slot in new and (ends_alike or (after in old and paired.get(after) == behind)) else None
