"""Where a request comes from."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str | None:
    """The network address of whoever asks; None for what is none (a socket, nonsense in a header).

    Behind a proxy it is the last that stands in X-Forwarded-For: the one our own proxy saw. Those before it anybody
    can write.
    """
    told = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        told = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2] or told
    try:
        return str(ipaddress.ip_address(told.strip().partition("%")[0]))
    except ValueError:
        return None
