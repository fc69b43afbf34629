"""The face of the editing verbs: Django's admin in our words and colours. Importing a module registers its tables."""

from cases.admin import (
    audit,
    batch,
    case,
    corrections,
    history,
    importing,
    pages_of_site,
    people,
    renaming,
    searched,
    vocabulary,
    word_rules,
)

__all__ = [
    "audit",
    "batch",
    "case",
    "corrections",
    "history",
    "importing",
    "pages_of_site",
    "people",
    "renaming",
    "searched",
    "vocabulary",
    "word_rules",
]
