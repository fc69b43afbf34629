"""Who did what with a case, when, and what they said of it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace

from cases.editing.review.reasons import REASONS
from cases.models import Case, Publication, Review, ReviewStep, Revision, User, Way
from cases.models.draft import FROZEN

_PUBLICATIONS = {
    ReviewStep.PUBLISHED: "published",
    ReviewStep.FORCED: "published",
    ReviewStep.WITHDRAWN: "withdrawn",
}


@dataclass(frozen=True, slots=True)
class Event:
    """One step."""

    at: datetime.datetime
    by: User
    step: str  # a value of ReviewStep
    stage: str = ""  # the case was in before; "" where nobody wrote it down
    round: int = 0
    opinion: str = ""
    reasons: tuple[str, ...] = ()  # translatable
    revision: Revision | None = None
    way: str = Way.ADMIN
    redirect_to: Case | None = None  # of a withdrawal
    copy: str = ""  # the number of the case that was copied from this
    waited: datetime.timedelta | None = None  # from the step before to this one, of one that was waited for

    @property
    def label(self) -> str:
        return str(ReviewStep(self.step).label)


def timeline(case: Case) -> list[Event]:
    """The steps of a case, newest first; two queries."""
    reviews = list(Review.objects.filter(case=case).select_related("by", "revision").defer("revision__content"))
    publications = list(
        Publication.objects.filter(case=case).select_related("by", "revision", "redirect_to").defer("revision__content")
    )
    told = {review.pk: _publication_of(review, publications) for review in reviews}
    events = [_of_review(review, told[review.pk]) for review in reviews]
    written = {publication.pk for publication in told.values() if publication}
    events += [_of_publication(one) for one in publications if one.pk not in written]
    return _with_waiting(sorted(events, key=lambda event: event.at))[::-1]


def _publication_of(review: Review, publications: Sequence[Publication]) -> Publication | None:
    """What readers saw of a step: it was written a moment before it, in one transaction."""
    kind = _PUBLICATIONS.get(ReviewStep(review.step))
    return next((one for one in reversed(publications) if one.kind == kind and one.at <= review.at), None)


def _of_review(review: Review, publication: Publication | None) -> Event:
    is_copy = review.step == ReviewStep.COPIED
    return Event(
        at=review.at,
        by=review.by,
        step=review.step,
        stage=review.stage,
        round=review.round,
        opinion="" if is_copy else review.opinion,
        reasons=tuple(REASONS.get(code, code) for code in review.reasons),
        revision=review.revision,
        way=review.way,
        redirect_to=publication.redirect_to if publication else None,
        copy=review.opinion if is_copy else "",
    )


def _of_publication(publication: Publication) -> Event:
    """One from before steps were written down."""
    step = ReviewStep.FORCED if publication.is_forced else publication.kind
    return Event(
        at=publication.at,
        by=publication.by,
        step=step,
        opinion=publication.forced_reason or publication.reason,
        revision=publication.revision,
        redirect_to=publication.redirect_to,
    )


def _with_waiting(events: list[Event]) -> list[Event]:
    """Events, oldest first, with how long the case had waited for those that ended a stage of review."""
    told, since = [], None
    for event in events:
        if event.step in (ReviewStep.COPIED, ReviewStep.SCHEDULED, ReviewStep.UNSCHEDULED):
            told.append(event)
            continue
        waited = event.at - since if since and event.stage in FROZEN else None
        told.append(replace(event, waited=waited))
        since = event.at
    return told
