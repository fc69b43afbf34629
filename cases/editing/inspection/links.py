"""Dead links in what readers see, and those of which nobody wants to hear any more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from cases.content import LIMITS, gettext_noop
from cases.editing.audit.recording import record, record_refusal
from cases.editing.inspection.reach import of_public
from cases.editing.permissions import NotAllowed
from cases.models import CaseLink, DeadLink, IgnoredLink, User

FAILED_OFTEN = 2  # times in a row that an address did not answer before somebody is told
GONE = (404, 410)  # told at once: the server was there and said so
IGNORE, LISTEN = "cases.add_ignoredlink", "cases.delete_ignoredlink"


def surely_dead() -> QuerySet[DeadLink]:
    """Addresses that are dead for sure and not ignored."""
    sure = Q(fails__gte=FAILED_OFTEN) | Q(status__in=GONE)
    return DeadLink.objects.filter(sure).exclude(address__in=IgnoredLink.objects.values("address"))


def dead_in_public(user: User) -> QuerySet[DeadLink]:
    """Those that stand in a public case this person sees, the longest dead first."""
    links = of_public(CaseLink.objects.all(), user)
    return surely_dead().filter(address__in=links.values("address")).order_by("-fails", "address")


def places_of(addresses: Iterable[str], user: User) -> dict[str, list[CaseLink]]:
    """Where addresses stand in the public cases a person sees."""
    links = of_public(CaseLink.objects.filter(address__in=list(addresses)), user).order_by("case", "pk")
    places: dict[str, list[CaseLink]] = defaultdict(list)
    for link in links:
        places[link.address].append(link)
    return places


@transaction.atomic
def ignore(address: str, *, by: User, reason: str) -> None:
    """Say no more of an address. Raises NotAllowed without the right, a reason, or a dead link this person sees."""
    _require(by, IGNORE, address)
    if not reason.strip():
        raise NotAllowed(gettext_noop("请写明不再提示的原因。"))
    if len(address) > LIMITS["source_url"] or not dead_in_public(by).filter(address=address).exists():
        raise NotAllowed(gettext_noop("这个链接不在失效链接里，可能已经恢复或改掉了。"))
    row = IgnoredLink.objects.create(address=address, reason=reason.strip()[:200], at=timezone.now(), by=by)
    record("link_ignored", by=by, about=row, after={"reason": row.reason})


@transaction.atomic
def listen_again(ignored: IgnoredLink, *, by: User) -> None:
    """Tell of an address again. Raises NotAllowed."""
    _require(by, LISTEN, ignored.address)
    record("link_unignored", by=by, about=ignored, before={"reason": ignored.reason})
    ignored.delete()


def _require(user: User, permission: str, address: str) -> None:
    if not user.has_perm(permission):
        reason = gettext_noop("您没有做这一步的权限。")
        record_refusal("link_ignored", by=user, title=address, note=reason)
        raise NotAllowed(reason)
