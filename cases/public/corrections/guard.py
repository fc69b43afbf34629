"""Keeping machines from filling the box of corrections, without a cookie and without knowing who sends.

A form carries a signed stamp: of which case it is, when it was drawn, and the token its receipt will have. So a form
is sent once, by somebody who took some seconds to write it. How many come from one address in an hour is counted
under a keyed digest of the address, which is never written down: it lives in the cache of the process.
"""

from __future__ import annotations

import datetime
import secrets
import time
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_noop

from cases.models.corrections import Correction

SHORTEST = 3  # seconds between drawing a form and sending it
LONGEST = 12 * 3600
_HOUR = 3600
_SIGNER = signing.Signer(salt="cases.correction")


class Refused(Exception):
    """A form that is not taken as it is; the text is a translatable sentence. `renew`: it needs another stamp."""

    def __init__(self, message: str, *, renew: bool = True) -> None:
        super().__init__(message)
        self.renew = renew


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a form knows of itself."""

    case: int
    drawn_at: int  # seconds since 1970
    token: str

    def __str__(self) -> str:
        return _SIGNER.sign_object([self.case, self.drawn_at, self.token])


def new_stamp(case: int) -> Stamp:
    return Stamp(case, int(time.time()), secrets.token_urlsafe(16))


def read_stamp(text: str, case: int) -> Stamp:
    """The stamp a form was sent with. Raises Refused for one of another case, another day, or none at all."""
    try:
        stamp = Stamp(*_SIGNER.unsign_object(text))
    except (signing.BadSignature, ValueError, TypeError):
        raise Refused(gettext_noop("这张表格不完整，请再提交一次。")) from None
    age = time.time() - stamp.drawn_at
    if stamp.case != case:
        raise Refused(gettext_noop("这张表格不完整，请再提交一次。"))
    if not -_HOUR < age < LONGEST:
        raise Refused(gettext_noop("页面打开得太久了，请看一看所写的内容，再提交一次。"))
    if age < SHORTEST:
        raise Refused(gettext_noop("提交得太快了，请看一看所写的内容，再提交一次。"), renew=False)
    return stamp


def count_sender(address: str | None) -> None:
    """One more from this address. Raises Refused if it, or all together, sent more than this hour's share."""
    hour_ago = timezone.now() - datetime.timedelta(seconds=_HOUR)
    if Correction.objects.filter(received_at__gt=hour_ago).count() >= settings.CORRECTIONS_AN_HOUR:
        raise Refused(gettext_noop("现在收到的纠错太多，请过一小时再提交；您写的内容还在下面，可以先保存。"))
    key = _key_of(address)
    cache.add(key, 0, _HOUR)
    try:
        sent = cache.incr(key)
    except ValueError:  # it ran out between the two
        sent = 1
    if sent > settings.CORRECTIONS_AN_HOUR_FROM_ONE:
        raise Refused(gettext_noop("您提交得太多了，请过一小时再提交；您写的内容还在下面，可以先保存。"))


def _key_of(address: str | None) -> str:
    """Where the count of an address is kept: nobody can tell the address from it, and tomorrow it is another."""
    return "correction-" + salted_hmac("cases.correction", f"{timezone.localdate()} {address}").hexdigest()
