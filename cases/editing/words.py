"""The vocabulary of the database as the parser wants it."""

from __future__ import annotations

from cases.models import Department, Region, Theme
from cases.parsing.result import DepartmentWord, RegionWord, ThemeWord, Words


def database_words() -> Words:
    """Every division, and the departments and themes an editor may still choose; three queries."""
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
