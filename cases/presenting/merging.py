"""Two people's changes to one case, put together field by field.

Works on typed trees: the keys of the exchange format, every leaf the text as typed (a box is a bool, a list of codes
a list of texts), rows of initiatives, measures, metrics and pictures as lists of such objects. Rows have no identity:
they are lined up by likeness, equal ones first.

What only one of the two changed is as that one has it; what both changed differently is a `Choice`. No changed text is
missing from the tree and the choices together.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cases.presenting.comparing import Words

Row = dict[str, Any]
LIKE_ROWS = 0.3  # from here on two rows are one, edited
MOST_COMPARED = 10_000  # pairs of rows; more are lined up by their place

# How two texts of a field stand together when both are kept. Fields of one line or one word hold one only.
JOINED_BY = {
    **dict.fromkeys(("intro", "summary", "closing", "text", "quote", "policies", "honours"), "\n"),
    "tags": "、",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """What both changed: a field, or a row that one took away and the other changed (None: taken away)."""

    path: str  # in the merged tree: initiatives[0].text, or initiatives[0]
    base: Any  # None when it is not known what they started from
    mine: Any
    theirs: Any

    @property
    def is_row(self) -> bool:
        return self.mine is None or self.theirs is None


@dataclass(frozen=True, slots=True)
class Taken:
    """What only they changed. A row they added has no `mine`; one they took away no `theirs`, and its list's path."""

    path: str
    mine: Any
    theirs: Any


@dataclass(frozen=True, slots=True)
class Merged:
    """The two together: mine where it is undecided; a row is kept until somebody decides that it goes."""

    typed: Row
    choices: tuple[Choice, ...] = ()
    taken: tuple[Taken, ...] = ()


def merge(base: Row | None, mine: Row, theirs: Row) -> Merged:
    """Both changes to `base`. Without a base every field that differs is a choice, and the rows of both are kept.

    A field that one of the trees does not have counts as unchanged there.
    """
    merging = _Merging()
    typed = merging.fields("", base, mine, theirs)
    return Merged(copy.deepcopy(typed), tuple(merging.choices), tuple(merging.taken))


def decide(typed: Row, decisions: Mapping[str, Any]) -> Row:
    """The tree with the fields at these paths set to other values; a row whose value is None is taken out.

    Raises LookupError or ValueError for a path that does not lead anywhere in the tree.
    """
    decided = copy.deepcopy(typed)
    for path in sorted(decisions, key=_steps, reverse=True):  # later rows go first, so that the paths stay true
        *way, last = _steps(path)
        place: Any = decided
        for step in way:
            place = place[step]
        if decisions[path] is None and isinstance(last, int):
            del place[last]
        elif isinstance(place, dict) and last not in place:
            raise LookupError(path)
        else:
            place[last] = decisions[path]
    return decided


def value_at(typed: Row, path: str) -> Any:
    """What stands in a tree at a path; None if it leads nowhere."""
    place: Any = typed
    for step in _steps(path):
        if isinstance(place, str):
            return None
        try:
            place = place[step]
        except (LookupError, TypeError):
            return None
    return place


def both(name: str, mine: str, theirs: str) -> str | None:
    """Two texts of the field `name` one after the other, lines or words that both have once; None if it holds one."""
    join = JOINED_BY.get(name)
    if join is None:
        return None
    if name not in ("policies", "honours", "tags"):
        return join.join(filter(None, (mine, theirs)))
    return join.join(dict.fromkeys(part for text in (mine, theirs) for part in text.split(join) if part.strip()))


def line_up_rows(old: Sequence[Row], new: Sequence[Row]) -> dict[int, int]:
    """Which row of `new` is which of `old`, by index: equal ones, the likest, then one left between the same two."""
    pairs: dict[int, int] = {}
    left = list(range(len(new)))
    for index, row in enumerate(old):
        same = next((place for place in left if new[place] == row), None)
        if same is not None:
            pairs[index] = same
            left.remove(same)
    for index, place in _likest(old, new, [index for index in range(len(old)) if index not in pairs], left):
        if index not in pairs and place in left:
            pairs[index] = place
            left.remove(place)
    for index in range(len(old)):
        place = pairs.get(index - 1, -1) + 1
        if index not in pairs and place in left and _meet(index, place, pairs, len(old), len(new)):
            pairs[index] = place
            left.remove(place)
    return pairs


def _likest(
    old: Sequence[Row], new: Sequence[Row], some: Sequence[int], others: Sequence[int]
) -> Iterator[tuple[int, int]]:
    if len(some) * len(others) > MOST_COMPARED:
        yield from ((index, index) for index in some)
        return
    words = {
        id(rows[index]): Words(_text(rows[index])) for rows, chosen in ((old, some), (new, others)) for index in chosen
    }
    found = [
        (-likeness, abs(index - place), index, place)
        for index in some
        for place in others
        if (likeness := _alike(old[index], new[place], words)) >= LIKE_ROWS
    ]
    yield from ((index, place) for *_, index, place in sorted(found))


def _alike(one: Row, other: Row, words: dict[int, Words]) -> float:
    if one.get("file") and other.get("file"):
        return float(one["file"] == other["file"])  # names of files are digests: all letters alike, nothing meant
    return words[id(one)].likeness(words[id(other)])


def _meet(index: int, place: int, pairs: dict[int, int], olds: int, news: int) -> bool:
    """Whether nothing but these two stands between the same neighbours, or the ends of the lists."""
    before = pairs.get(index - 1) == place - 1 if index else place == 0
    after = pairs.get(index + 1) == place + 1 if index + 1 < olds else place + 1 == news
    return before and after


def _text(value: Any) -> str:
    """All that a row says, the rows under it too."""
    if isinstance(value, dict):
        return " ".join(_text(part) for name, part in value.items() if name not in ("file", "qualifier", "direction"))
    if isinstance(value, list):
        return " ".join(_text(part) for part in value)
    return value if isinstance(value, str) else ""


def _steps(path: str) -> list[Any]:
    """initiatives[0].text → ["initiatives", 0, "text"]; sorts rows by number."""
    return [int(step) if step.isdecimal() else step for step in re.findall(r"[^.\[\]]+", path)]


def _is_rows(*values: Any) -> bool:
    return any(isinstance(value, list) and value and isinstance(value[0], dict) for value in values)


@dataclass(frozen=True, slots=True)
class _Line:
    """A row by its index in each of the three lists; None where it is not."""

    base: int | None
    mine: int | None
    theirs: int | None


class _Merging:
    def __init__(self) -> None:
        self.choices: list[Choice] = []
        self.taken: list[Taken] = []

    def fields(self, path: str, base: Row | None, mine: Row, theirs: Row) -> Row:
        merged = {}
        for name in dict.fromkeys((*mine, *theirs)):
            known = mine[name] if name in mine else theirs[name]
            before = None if base is None else base.get(name, type(known)())
            unchanged = known if before is None else before
            values = before, mine.get(name, unchanged), theirs.get(name, unchanged)
            merged[name] = self.field(f"{path}.{name}" if path else name, *values)
        return merged

    def field(self, path: str, base: Any, mine: Any, theirs: Any) -> Any:
        if _is_rows(base, mine, theirs):
            return self.rows(path, base, mine, theirs)
        if isinstance(mine, list):
            return self.codes(path, base or [], mine, theirs)
        if theirs in (mine, base):
            return mine
        if mine == base:
            self.taken.append(Taken(path, mine, theirs))
            return theirs
        self.choices.append(Choice(path, base, mine, theirs))
        return mine

    def codes(self, path: str, base: list, mine: list, theirs: list) -> list:
        """Each code is in or out by itself: what either added is in, what either took away is out."""
        first, second = (theirs, mine) if mine == base else (mine, theirs)
        merged = [code for code in first if code in second or code not in base]
        merged += [code for code in second if code not in first and code not in base]
        if merged != mine:
            self.taken.append(Taken(path, mine, merged))
        return merged

    def rows(self, path: str, base: list[Row] | None, mine: list[Row], theirs: list[Row]) -> list[Row]:
        merged: list[Row] = []
        for line in _in_order(_lines(base, mine, theirs)):
            old = None if line.base is None or base is None else base[line.base]
            mine_row = None if line.mine is None else mine[line.mine]
            theirs_row = None if line.theirs is None else theirs[line.theirs]
            row = self.row(path, len(merged), old, mine_row, theirs_row)
            if row is not None:
                merged.append(row)
        return merged

    def row(self, path: str, index: int, base: Row | None, mine: Row | None, theirs: Row | None) -> Row | None:
        """What becomes of one row; None if it is gone."""
        place = f"{path}[{index}]"
        if mine is not None and theirs is not None:
            return self.fields(place, base, mine, theirs)
        if base is None:  # new
            if mine is None:
                self.taken.append(Taken(place, None, theirs))
            return theirs if mine is None else mine
        if mine == base:
            self.taken.append(Taken(path, mine, None))
        if base in (mine, theirs):
            return None
        if mine is not None or theirs is not None:  # taken away by one, changed by the other
            self.choices.append(Choice(place, base, mine, theirs))
        return theirs if mine is None else mine


def _lines(base: list[Row] | None, mine: list[Row], theirs: list[Row]) -> list[_Line]:
    """Every row of the three lists once."""
    if base is None:
        pairs = line_up_rows(mine, theirs)
        lines = [_Line(None, index, pairs.get(index)) for index in range(len(mine))]
    else:
        in_mine, in_theirs = line_up_rows(base, mine), line_up_rows(base, theirs)
        lines = [_Line(index, in_mine.get(index), in_theirs.get(index)) for index in range(len(base))]
        new_theirs = [index for index in range(len(theirs)) if index not in in_theirs.values()]
        for index in range(len(mine)):
            if index in in_mine.values():
                continue
            same = next((place for place in new_theirs if theirs[place] == mine[index]), None)  # both added it
            lines.append(_Line(None, index, same))
            if same is not None:
                new_theirs.remove(same)
    lined_up = {line.theirs for line in lines}
    return lines + [_Line(None, None, index) for index in range(len(theirs)) if index not in lined_up]


def _in_order(lines: list[_Line]) -> list[_Line]:
    """As they have it if I moved nothing, else as I have it; rows of one only stand behind the one before them."""
    mine = sorted((line for line in lines if line.mine is not None), key=lambda line: line.mine or 0)
    theirs = sorted((line for line in lines if line.theirs is not None), key=lambda line: line.theirs or 0)
    known = [line.base for line in mine if line.base is not None]
    first, second = (theirs, mine) if known and known == sorted(known) else (mine, theirs)
    ordered = list(first)
    for before, line in zip([None, *second], second, strict=False):
        if line not in ordered:
            ordered.insert(ordered.index(before) + 1 if before is not None else 0, line)
    return ordered
