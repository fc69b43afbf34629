"""The cases most like a case, chosen for its page, with the reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from cases.models.published import CitedPolicy, PublishedCase, TaggedCase
from cases.search.alike import Alike, cases_alike, without_parts

MOST_CASES = 5
MOST_WORDS = 4  # of the reason


@dataclass(frozen=True, slots=True)
class LikeCase:
    """A case like another, and why."""

    case: PublishedCase
    words: tuple[str, ...]
    tags: tuple[str, ...]
    policies: tuple[str, ...]


def like_cases(published: PublishedCase) -> list[LikeCase]:
    """At most MOST_CASES cases like a published one, the most alike first, those of its own city last."""
    found = {alike.case: alike for alike in cases_alike(published.pk)}
    rows = PublishedCase.objects.filter(pk__in=found).select_related("region", "department").defer("body")
    chosen = sorted(rows, key=lambda case: place(published, case, found[case.pk]))[:MOST_CASES]
    if not chosen:
        return []
    keys = [published.pk, *(case.pk for case in chosen)]
    tags = _by_case(TaggedCase.objects.filter(content_object__in=keys), "content_object_id", "tag__name")
    policies = _by_case(CitedPolicy.objects.filter(case__in=keys), "case_id", "key", "name")
    return [
        LikeCase(
            case,
            tuple(without_parts(found[case.pk].words)[:MOST_WORDS]),
            _both(tags[published.pk], tags[case.pk]),
            _both(policies[published.pk], policies[case.pk]),
        )
        for case in chosen
    ]


def place(of: PublishedCase, case: PublishedCase, alike: Alike) -> tuple[bool, bool, float, int]:
    """Real cases before demo cases, other cities before its own, then by likeness."""
    is_here = of.city_id is not None and case.city_id == of.city_id
    return case.is_demo and not of.is_demo, is_here, -alike.score, case.pk


def _by_case(rows: QuerySet[Any], case: str, key: str, name: str = "") -> defaultdict[int, dict[str, str]]:
    """Case → key → name, in the order in which the case gives them."""
    found: defaultdict[int, dict[str, str]] = defaultdict(dict)
    for pk, one, word in rows.order_by("pk").values_list(case, key, name or key):
        found[pk][one] = word
    return found


def _both(one: dict[str, str], other: Collection[str]) -> tuple[str, ...]:
    return tuple(name for key, name in one.items() if key in other)
