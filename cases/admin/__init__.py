"""The face of the editing verbs: Django's admin in our words and colours. Importing the modules registers them."""

from cases.admin import (
    audit,
    batch,
    case,
    corrections,
    history,
    importing,
    people,
    renaming,
    searched,
    site,
    vocabulary,
    word_rules,
)
from cases.admin.review import queue

__all__ = [
    "audit",
    "batch",
    "case",
    "corrections",
    "history",
    "importing",
    "people",
    "queue",
    "renaming",
    "searched",
    "site",
    "vocabulary",
    "word_rules",
]
