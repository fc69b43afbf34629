"""The face of the editing verbs: Django's admin in our words and colours. Importing the modules registers them."""

from cases.admin import case, history, importing, people, renaming, site, vocabulary

__all__ = ["case", "history", "importing", "people", "renaming", "site", "vocabulary"]
