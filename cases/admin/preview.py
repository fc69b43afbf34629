"""An article taken apart, in pieces that are of one kind throughout: the left pane of the preview."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from cases.admin.found import Thing

SHOWN = 5_000  # characters shown of an article too large for one case


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the article that is of one kind throughout."""

    start: int  # place in the article
    text: str
    looks: tuple[str, ...] = ()  # what it is, and what lies on top of it; () for what is between
    things: tuple[str, ...] = ()  # the names of these
    title: str = ""  # the same in words
    opens: bool = False  # a thing begins here
    numbers: tuple[tuple[int, str], ...] = ()  # of the metrics that begin here, with their names

    @property
    def place(self) -> str:
        """The start as a script reads it, without the marks of thousands."""
        return str(self.start)

    @property
    def classes(self) -> str:
        return " ".join(("piece", *(f"piece--{look}" for look in self.looks)))

    @property
    def names(self) -> str:
        return " ".join(self.things)


def article_pieces(
    text: str, things: Iterable[Thing], numbers: Mapping[str, int], *, start: int = 0, end: int | None = None
) -> Iterator[Piece]:
    """`text[start:end]` in order, cut wherever what it is changes. `numbers` are those of the metrics by their path."""
    end = len(text) if end is None else min(end, len(text))
    opening: dict[int, list[Thing]] = defaultdict(list)
    for thing in things:
        if thing.start is not None and thing.end is not None and start <= thing.start < thing.end:
            opening[thing.start].append(thing)
    cuts = {start, end} | set(opening) | {thing.end for opened in opening.values() for thing in opened}
    active: list[Thing] = []
    for at, to in itertools.pairwise(sorted(cut for cut in cuts if cut is not None and start <= cut <= end)):
        opened = opening.get(at, [])
        active = [thing for thing in active if (thing.end or 0) > at] + opened
        active.sort(key=lambda thing: thing.lies_on_top)
        yield _piece(at, text[at:to], active, opened, numbers)


def _piece(start: int, text: str, active: list[Thing], opened: list[Thing], numbers: Mapping[str, int]) -> Piece:
    topmost = [thing for thing in active if thing.lies_on_top] or active
    is_doubtful = any(thing.sureness and thing.sureness.is_doubtful for thing in topmost)
    looks = [thing.look for thing in active] + (["unsure"] if is_doubtful else [])
    looks += _broken(active, start, start + len(text))
    return Piece(
        start,
        text,
        tuple(dict.fromkeys(looks)),
        tuple(thing.thing for thing in active if thing.thing),
        "\n".join(_in_words(thing) for thing in active),
        bool(opened),
        tuple((numbers[thing.path], thing.thing) for thing in opened if thing.path in numbers),
    )


def _broken(active: list[Thing], start: int, end: int) -> list[str]:
    """Looks of a piece of a heading that another piece of it stands before or behind: it is shown as one."""
    headings = [thing for thing in active if thing.look in ("initiative", "measure")]
    begun = ["begun"] if any(thing.start is not None and thing.start < start for thing in headings) else []
    return begun + (["goes-on"] if any(thing.end is not None and thing.end > end for thing in headings) else [])


def _in_words(thing: Thing) -> str:
    sure = thing.sureness
    return " · ".join(str(words) for words in (thing.name, sure and sure.words, sure and sure.reason) if words)
