"""Links by which somebody outside sees a case before it is public. They end by themselves, and can be ended.

The address holds the key of a row, signed: nobody guesses it, and who reads the database has no address. The row says
until when it is good.
"""

from __future__ import annotations

import datetime

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils import timezone

from cases.content import gettext_noop
from cases.editing.audit.recording import record
from cases.editing.drafts import hold
from cases.editing.permissions import NotAllowed, may, require
from cases.models import Case, PreviewLink, Revision, User
from cases.models.draft import CaseStage

HOURS = {
    24: gettext_noop("1 天"),
    72: gettext_noop("3 天"),
    168: gettext_noop("7 天"),
    720: gettext_noop("30 天"),
}
MOST_OPEN = 20  # links of one case at a time

_SIGNER = Signer(salt="preview", sep=".")


class NoSuchLink(Exception):
    """There is no such link, or not any more: nobody outside is told which."""


@transaction.atomic
def make_link(case: Case, *, by: User, hours: int, revision: Revision | None = None, note: str = "") -> PreviewLink:
    """A new link to the draft as it stands whenever it is opened, or to a revision. Raises NotAllowed."""
    require(by, "share", case)
    if hours not in HOURS:
        raise NotAllowed(gettext_noop("请选择链接多久以后失效。"))
    if open_links().filter(case=case).count() >= MOST_OPEN:
        raise NotAllowed(gettext_noop("这个案例的预览链接太多了，请先撤销不用的。"))
    hold(case)
    now = timezone.now()
    made = PreviewLink.objects.create(
        case=case,
        revision=revision,
        by=by,
        note=note,
        made_at=now,
        expires_at=now + datetime.timedelta(hours=hours),
    )
    record("shared", by=by, about=made, title=str(case), after={"expires_at": made.expires_at}, note=note)
    return made


def address_of(link: PreviewLink) -> str:
    """The path at which a link is opened."""
    return reverse("preview", args=[_SIGNER.sign(str(link.pk))])


def open_links() -> QuerySet[PreviewLink]:
    """Those that can be opened now; not those of somebody who may no longer log in, nor of a case put away."""
    links = PreviewLink.objects.filter(revoked_at=None, expires_at__gt=timezone.now(), by__is_active=True)
    return links.exclude(case__stage=CaseStage.ARCHIVED)


@transaction.atomic
def open_link(signed: str) -> PreviewLink:
    """The link of an address, with its case and revision, counted as opened. Raises NoSuchLink.

    It is good while whoever made it could make it: not once the case is out of their reach.
    """
    try:
        key = int(_SIGNER.unsign(signed))
    except (BadSignature, ValueError):
        raise NoSuchLink from None
    links = open_links().filter(pk=key)
    if not links.update(opened=F("opened") + 1, last_opened_at=timezone.now()):
        raise NoSuchLink
    link = PreviewLink.objects.select_related("case", "revision", "by").get(pk=key)
    if not may(link.by, "share", link.case):
        raise NoSuchLink
    return link


@transaction.atomic
def revoke(link: PreviewLink, *, by: User) -> None:
    """End a link at once; one that is ended stays as it is. Raises NotAllowed."""
    require(by, "share", link.case)
    if PreviewLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now(), revoked_by=by):
        record("unshared", by=by, about=link, title=str(link.case))
