"""The vocabulary that ships with the project, read from `cases/data/`, for work without a database."""

from __future__ import annotations

import csv
import functools
import pathlib
from collections.abc import Iterator

from cases.parsing.result import DepartmentWord, RegionWord, ThemeWord, Words

_DATA = pathlib.Path(__file__).parent / "data"


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (_DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _split(words: str | None) -> tuple[str, ...]:
    return tuple(word for word in (words or "").split("|") if word)


def region_words() -> tuple[RegionWord, ...]:
    """Every division of `regions.csv`, by code."""
    return tuple(
        RegionWord(code=row["code"], name=row["name"], parent=row["parent"], level=row["level"])
        for row in _rows("regions.csv")
    )


def department_words() -> tuple[DepartmentWord, ...]:
    """Every kind of office of `departments.csv`."""
    return tuple(
        DepartmentWord(slug=row["slug"], name=row["name_zh"], aliases=_split(row["aliases"]))
        for row in _rows("departments.csv")
    )


def theme_words() -> tuple[ThemeWord, ...]:
    """Every theme of `themes.csv` with the words that speak for it."""
    return tuple(
        ThemeWord(slug=row["slug"], name=row["name_zh"], scheme=row["scheme"], keywords=_split(row.get("keywords")))
        for row in _rows("themes.csv")
    )


@functools.cache
def shipped_words() -> Words:
    """The whole vocabulary as the parser takes it; read once."""
    return Words(regions=region_words(), departments=department_words(), themes=theme_words())
