"""What the page of a preview shows of an article: both panes, the cases on its page, what came with it."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any

from django.core.files.storage import default_storage
from django.utils.translation import gettext

from cases.admin.correcting import corrections_made
from cases.admin.found import found_things, within
from cases.admin.preview import SHOWN, article_pieces
from cases.admin.structure import ROLE_NAMES, metric_numbers, structure
from cases.content import CaseContent
from cases.editing import bounds
from cases.editing.batch_rows import duplicate_words
from cases.editing.bounds import fits_one_case
from cases.editing.duplicates import likely_duplicates
from cases.editing.found import Duplicate
from cases.editing.importing import Corrections, Parsed, Part, article_pictures, corrections_of, parse_article
from cases.editing.permissions import beyond_reach
from cases.models import Case, SourceText, User


@dataclass(frozen=True, slots=True)
class Choice:
    """The page as one case, or a case among several on it."""

    part: Part | None
    title: str
    cases: tuple[Case, ...]  # made of it already
    is_shown: bool


def is_long(article: SourceText, part: Part | None) -> bool:
    """True for a text that is not taken apart: no case is that long."""
    return (part.end - part.start if part else len(article.text)) > bounds.CHARACTERS


def parsed_within_bounds(article: SourceText, part: Part | None) -> Parsed:
    return Parsed(CaseContent()) if is_long(article, part) else parse_article(article, part=part)


def changes_nothing(article: SourceText, corrections: Corrections) -> bool:
    """True when the article reads the same with these corrections as with those it has."""
    corrected = copy(article)
    corrected.corrections = corrections.to_json()
    return parse_article(article) == parse_article(corrected)


def part_named(start: str, parts: Sequence[Part]) -> Part | None:
    """The part that begins at the place `start` is, None when none does."""
    return next((part for part in parts if str(part.start) == start), None)


def preview_context(
    article: SourceText, parts: Sequence[Part], part: Part | None, parsed: Parsed, user: User
) -> dict[str, Any]:
    """What the template of the preview takes; of cases beyond the reach of `user` only that they are there."""
    made = list(article.case_set.order_by("pk"))
    hidden = beyond_reach(user, [case.pk for case in made])
    known = [case for case in made if case.pk not in hidden]
    is_too_large = is_long(article, part) or not fits_one_case(parsed.content)
    return {
        "article": article,
        "part": part,
        "known": known,
        "known_count": len(made),
        "choices": _choices(parts, part, known) if parts else [],
        "is_too_large": is_too_large,
        "pictures": _pictures(article, part),
        "notes": [gettext(message) % params for message, params in article.notes],
        "bounds": bounds,
        **(_opening(article, part) if is_too_large else _panes(article, part, parsed)),
        "duplicates": [] if is_too_large else _duplicates(article, parsed, made, user),
    }


def _opening(article: SourceText, part: Part | None) -> dict[str, Any]:
    """What is shown of an article too large for one case."""
    start, end = (part.start, part.end) if part else (0, len(article.text))
    pieces = article_pieces(article.text, [], {}, start=start, end=min(end, start + SHOWN))
    return {"pieces": pieces, "shown": SHOWN, "is_cut": end - start > SHOWN, "structure": None}


def _panes(article: SourceText, part: Part | None, parsed: Parsed) -> dict[str, Any]:
    """The article with what was found marked in it, the same as rows, and what editors changed of it."""
    corrections = corrections_of(article)
    start, end = (part.start, part.end) if part else (0, len(article.text))
    things = within(found_things(parsed, corrections), start, end)
    return {
        "pieces": article_pieces(article.text, things, metric_numbers(parsed.content), start=start, end=end),
        "structure": structure(article.text, parsed, corrections, things),
        "corrections": corrections_made(corrections, article.text),
        "roles": [(role, name, key) for (role, name), key in zip(ROLE_NAMES.items(), "12340", strict=True)],
    }


def _choices(parts: Sequence[Part], shown: Part | None, known: Sequence[Case]) -> list[Choice]:
    whole = Choice(None, gettext("整页作为一个案例"), _made(known, None), shown is None)
    return [whole, *(Choice(part, part.title, _made(known, part.start), shown == part) for part in parts)]


def _duplicates(article: SourceText, parsed: Parsed, known: Sequence[Case], user: User) -> list[tuple[Duplicate, str]]:
    """The cases of other articles that this one is likely to be, each with how much it is alike, in words."""
    found = likely_duplicates(parsed.content, article.address, but=[case.pk for case in known])
    hidden = beyond_reach(user, [duplicate.case for duplicate in found if duplicate.case])
    return [(duplicate.seen_without(hidden), duplicate_words(duplicate)) for duplicate in found]


def _made(known: Sequence[Case], part_start: int | None) -> tuple[Case, ...]:
    return tuple(case for case in known if case.part_start == part_start)


def _pictures(article: SourceText, part: Part | None) -> list[dict[str, Any]]:
    """The pictures that become the draft's, with the address of each."""
    return [
        {"address": default_storage.url(f"pictures/{picture.file}"), "name": picture.name, "alt": picture.alt}
        for picture in article_pictures(article, part)
    ]
