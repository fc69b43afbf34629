"""What ties published cases to one another: their telling words, the documents they rest on, where they are counted.

Each row follows from its own case alone, so the rows of one case may be written, or dropped, without a look at others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from zlib import crc32

from cases.content import CaseContent
from cases.models import CaseWord, CitedPolicy, CountedCase, PublishedCase
from cases.presenting.likeness import telling_words
from cases.presenting.policies import read_policy

SAMPLED = 16  # one case in as many is counted where all would be too many
ROWS = 5_000  # written at once
RELATIONS = (CaseWord, CitedPolicy, CountedCase)


def write_relations(cases: Sequence[tuple[PublishedCase, CaseContent]]) -> None:
    """Write these rows of cases, whose themes are written, in place of those they had; seven queries."""
    keys = [published.pk for published, _ in cases]
    for model in RELATIONS:
        model.objects.filter(case__in=keys).delete()
    themes = _themes(keys)
    CaseWord.objects.bulk_create((row for case in cases for row in _words(*case)), batch_size=ROWS)
    CitedPolicy.objects.bulk_create((row for case in cases for row in _policies(*case)), batch_size=ROWS)
    CountedCase.objects.bulk_create(
        (row for case, _ in cases for row in _counted(case, themes[case.pk])), batch_size=ROWS
    )


def _themes(keys: Sequence[int]) -> dict[int, list[str | None]]:
    """Key of a case → None, for the case whatever its themes, and its themes."""
    themes: dict[int, list[str | None]] = {pk: [None] for pk in keys}
    filed = PublishedCase.themes.through.objects.filter(publishedcase__in=keys).order_by("pk")
    for pk, theme in filed.values_list("publishedcase", "theme"):
        themes[pk].append(theme)
    return themes


def _counted(published: PublishedCase, themes: Sequence[str | None]) -> Iterator[CountedCase]:
    for theme in themes:
        yield CountedCase(
            case=published,
            theme_id=theme,
            province_id=published.province_id,
            place_id=published.place_id,
            year=published.listed_on.year,
            metrics=published.metric_count,
        )


def _words(published: PublishedCase, content: CaseContent) -> Iterator[CaseWord]:
    is_sampled = crc32(str(published.pk).encode()) % SAMPLED == 0
    yield CaseWord(case=published, word="", strength=0, is_sampled=is_sampled)
    for word in telling_words(content):
        yield CaseWord(
            case=published,
            word=word.word,
            strength=word.strength,
            measures=list(word.measures),
            is_sampled=is_sampled,
        )


def _policies(published: PublishedCase, content: CaseContent) -> Iterator[CitedPolicy]:
    named = [policy for policy in map(read_policy, content.policies) if policy]
    for policy in {policy.key: policy for policy in reversed(named)}.values():  # of two spellings the first
        yield CitedPolicy(
            case=published,
            key=policy.key,
            stem=policy.stem,
            name=policy.name,
            city_id=published.city_id,
            listed_on=published.listed_on,
        )
