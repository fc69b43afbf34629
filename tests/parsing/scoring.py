"""Precision and recall of parsed articles against annotated ones, field by field."""

from __future__ import annotations

import unicodedata
from collections import Counter
from typing import Any

FIELDS = ("title", "published", "source", "region_code", "department", "initiatives", "measures", "metrics")


def folded(value: object) -> str:
    """Text for comparison: widths made equal, without blanks and punctuation."""
    text = unicodedata.normalize("NFKC", "" if value is None else str(value)).lower()
    return "".join(character for character in text if character.isalnum() or character in "%+")


def answers(article: dict[str, Any]) -> dict[str, Counter[Any]]:
    """What an article says of each field, as things that can be counted."""
    initiatives = [folded(initiative["heading"]) for initiative in article["initiatives"]]
    measures = [
        (folded(initiative["heading"]), folded(measure["heading"]), folded(measure["text_start"])[:6])
        for initiative in article["initiatives"]
        for measure in initiative["measures"]
    ]
    metrics = [
        (metric["value"], metric["unit"], metric["from_value"], metric["qualifier"], metric["initiative"])
        for metric in article["metrics"]
    ]
    found: dict[str, list[Any]] = {field: [folded(article[field])] if article[field] else [] for field in FIELDS[:5]}
    found |= {"initiatives": initiatives, "measures": measures, "metrics": metrics}
    return {field: Counter(told) for field, told in found.items()}


def shortfall(gold: dict[str, Any], found: dict[str, Any]) -> list[str]:
    """Every miss and every extra of one article, in words."""
    right, given = answers(gold), answers(found)
    lines = []
    for field in FIELDS:
        lines += [f"{field} missed: {one}" for one in (right[field] - given[field]).elements()]
        lines += [f"{field} not in the article: {one}" for one in (given[field] - right[field]).elements()]
    return lines


def f1(pairs: list[tuple[dict[str, Any], dict[str, Any]]]) -> dict[str, float]:
    """F1 of each field over all articles, (gold, found) each; 1.0 where nothing is to be found."""
    scores = {}
    for field in FIELDS:
        both = wrong = 0
        for gold, found in pairs:
            right, given = answers(gold)[field], answers(found)[field]
            both += 2 * (right & given).total()
            wrong += (right - given).total() + (given - right).total()
        scores[field] = both / (both + wrong) if both + wrong else 1.0
    return scores
