"""What was found, as a short table for people."""

from __future__ import annotations

from collections.abc import Iterator

from audit.lighthouse import NEEDED, Score

MOST = 60  # kinds of trouble told of one tool; the files have them all


def tables(scores: dict[str, Score], broken: dict[str, dict[str, list[str]]]) -> Iterator[str]:
    """The lines to print: the scores, then what each tool found where."""
    if scores:
        yield f"{'Lighthouse':<12}{''.join(f'{category:>16}' for category in NEEDED)}"
        for name, score in scores.items():
            points = "".join(f"{score.points[category]:>16}" for category in NEEDED)
            yield f"{'✓' if score.is_enough else '✗'} {name}{'　' * (5 - len(name))}{points}  {' '.join(score.failed)}"
    for tool, found in broken.items():
        yield f"{'✗' if found else '✓'} {tool}：{f'{len(found)} 页有问题' if found else '没有问题'}"
        places: dict[str, list[str]] = {}
        for where, whats in found.items():
            for what in dict.fromkeys(whats):
                places.setdefault(what, []).append(where)
        lines = [f"    {what}\n        {len(where)} 页：{'  '.join(where[:3])}" for what, where in places.items()]
        yield from lines[:MOST]
        if len(lines) > MOST:
            yield f"    ……还有 {len(lines) - MOST} 种"


def is_well(scores: dict[str, Score], broken: dict[str, dict[str, list[str]]]) -> bool:
    return all(score.is_enough for score in scores.values()) and not any(broken.values())
