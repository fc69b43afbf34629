"""The reviews a case goes through: none to three, as the site is set up."""

from __future__ import annotations

from django.conf import settings

from cases.models.draft import CaseStage

_REVIEWS = (CaseStage.FIRST_REVIEW, CaseStage.SECOND_REVIEW, CaseStage.FINAL_REVIEW)
_IN_USE = {0: (), 1: _REVIEWS[2:], 2: (_REVIEWS[0], _REVIEWS[2]), 3: _REVIEWS}


def active_reviews() -> tuple[CaseStage, ...]:
    """The reviews of this site, first to last."""
    return _IN_USE[settings.REVIEWS]


def next_stage(stage: str) -> CaseStage:
    """The review behind a stage, or 待发布.

    By the order of all three: a case that waits for a review the site has given up since is not stranded there.
    """
    behind = _REVIEWS[_REVIEWS.index(CaseStage(stage)) + 1 :] if stage in _REVIEWS else _REVIEWS
    return next((review for review in behind if review in active_reviews()), CaseStage.APPROVED)
