"""The vocabulary of the database as the parser wants it."""

from __future__ import annotations

from functools import lru_cache

from cases.models import Department, Region, Theme
from cases.parsing.result import DepartmentWord, RegionWord, ThemeWord, Words


def database_words() -> Words:
    """Every division, and the departments and themes an editor may still choose; three queries."""
    return _with_indexes(_loaded())


@lru_cache(maxsize=1)
def _with_indexes(words: Words) -> Words:
    """The words of the last time while nothing has changed: what the parser derives from them takes longer to make."""
    return words


def _loaded() -> Words:
    return Words(
        regions=tuple(
            RegionWord(code, name, parent or "", level)
            for code, name, parent, level in Region.objects.current().values_list("code", "name", "parent_id", "level")
        ),
        departments=tuple(
            DepartmentWord(slug, name, tuple(aliases))
            for slug, name, aliases in Department.objects.current().values_list("slug", "name", "aliases")
        ),
        themes=tuple(
            ThemeWord(slug, name, scheme, tuple(keywords))
            for slug, name, scheme, keywords in Theme.objects.current().values_list(
                "slug", "name", "scheme", "keywords"
            )
        ),
    )
