"""Addresses in the cases that lead nowhere, tried at night: a few at a time, slowly, and never inside our own network.

An editor may write any address, and it is this machine that asks for it: so what is connected to must be a public
address, whatever the name says and wherever a redirection points.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain, zip_longest
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from django.db.models import F
from django.utils import timezone

from cases.checking.links import addresses_in, is_address
from cases.content import LIMITS
from cases.models import Case, CaseLink, DeadLink, Initiative, Inspection, Measure
from cases.models.draft import CaseStage

MOST = 500  # addresses of one run
PAUSE = 1.0  # seconds between two requests to one host
TIMEOUT = 10.0  # seconds without an answer
REDIRECTIONS = 5
_ASKS_AGAIN = (400, 403, 405, 406, 501)  # to HEAD: some servers answer nothing but GET
_AGENT = "Mozilla/5.0 (compatible; link check of a case library)"

Reachable = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of a run."""

    tried: int
    answered: int  # by some server, whatever it said
    dead: int
    revived: int

    @property
    def is_offline(self) -> bool:
        """Whether nothing at all answered: that says more of our own network, and nothing was kept."""
        return self.tried > 0 and self.answered == 0


def is_public(ip: str) -> bool:
    """True for an address of the internet: not of this machine or its network."""
    return ipaddress.ip_address(ip.partition("%")[0]).is_global


def check_links(
    *, most: int = MOST, pause: float = PAUSE, reachable: Reachable = is_public, progress: Callable[..., Any] = iter
) -> Checked:
    """Try addresses of the cases and keep those that do not answer; the known dead first, then the next of the rest.

    Of those that do not answer nothing is kept before another one does: it may be our own network that is down.
    """
    addresses = known_addresses()
    dead = _still_wanted(set(addresses))
    failed: list[tuple[str, int]] = []  # and not kept yet
    tried = answered = gone = revived = 0
    for address in progress(_slowly(due(addresses, dead, most=most, day=timezone.localdate()), pause)):
        status = ask(address, reachable)
        tried += 1
        answered += status > 0
        if is_answer(status):
            revived += DeadLink.objects.filter(address=address).delete()[0]
        else:
            gone += 1
            failed.append((address, status))
        while answered and failed:
            _keep(*failed.pop())
    checked = Checked(tried, answered, gone, revived)
    if not checked.is_offline:
        Inspection.objects.update_or_create(pk=1, defaults={"links_checked_at": timezone.now()})
    return checked


def _still_wanted(addresses: set[str]) -> set[str]:
    """The addresses known to be dead; those that no case names any more are forgotten."""
    dead = set(DeadLink.objects.values_list("address", flat=True))
    for address in dead - addresses:
        DeadLink.objects.filter(address=address).delete()
    return dead & addresses


def known_addresses() -> list[str]:
    """Every address in the drafts that are not put away, and in what readers see, sorted."""
    cases = Case.objects.exclude(stage=CaseStage.ARCHIVED)
    found = set(cases.exclude(source_url="").values_list("source_url", flat=True).distinct())
    texts: tuple[tuple[Any, str], ...] = (
        *((cases, name) for name in ("intro", "summary", "closing")),
        (Initiative.objects.filter(case__in=cases), "text"),
        (Measure.objects.filter(initiative__case__in=cases), "text"),
    )
    for rows, name in texts:
        for text in rows.filter(**{f"{name}__contains": "http"}).values_list(name, flat=True).iterator():
            found |= {address for _start, address in addresses_in(text)}
    found |= set(CaseLink.objects.values_list("address", flat=True).distinct())
    return sorted(address for address in found if is_address(address) and len(address) <= LIMITS["source_url"])


def due(addresses: list[str], dead: set[str], *, most: int, day: date) -> list[str]:
    """The addresses of one run: the dead ones, then as many others, those of another stretch each day."""
    again = [address for address in addresses if address in dead][:most]
    others = [address for address in addresses if address not in dead]
    room = most - len(again)
    start = day.toordinal() * room % len(others) if others else 0
    return again + (others[start:] + others[:start])[:room]


def _slowly(addresses: Iterable[str], pause: float) -> Iterator[str]:
    """The addresses, a host at a time in turn, each when its host was left alone for a while."""
    hosts: dict[str, list[str]] = {}
    for address in addresses:
        hosts.setdefault(urlsplit(address).hostname or "", []).append(address)
    last: dict[str, float] = {}
    for address in filter(None, chain.from_iterable(zip_longest(*hosts.values()))):
        host = urlsplit(address).hostname or ""
        if host in last:
            time.sleep(max(0.0, last[host] + pause - time.monotonic()))
        yield address
        last[host] = time.monotonic()


def _keep(address: str, status: int) -> None:
    """Another failure, one a day at most: run twice in a night it is told of no sooner."""
    now = timezone.now()
    before = DeadLink.objects.filter(address=address).first()
    if before is None:
        DeadLink.objects.create(address=address, status=status, checked_at=now)
        return
    is_another_day = timezone.localdate(before.checked_at) < timezone.localdate(now)
    DeadLink.objects.filter(pk=before.pk).update(status=status, checked_at=now, fails=F("fails") + int(is_another_day))


# One address


def is_answer(status: int) -> bool:
    """True for a server that has the page, or hides it from machines (401, 403, 429 …)."""
    return 200 <= status < 500 and status not in (404, 410)


def ask(address: str, reachable: Reachable = is_public) -> int:
    """The status an address answers with, redirections followed; 0 for none."""
    for _redirection in range(REDIRECTIONS + 1):
        try:
            status, location = _requested("HEAD", address, reachable)
            if status in _ASKS_AGAIN:
                status, location = _requested("GET", address, reachable)
        except (OSError, http.client.HTTPException, ValueError):  # no such host, no answer, no http
            return 0
        if not (300 <= status < 400 and location):
            return status
        address = urljoin(address, location)
        if not is_address(address):
            return 0
    return 0  # round in a circle


def _requested(method: str, address: str, reachable: Reachable) -> tuple[int, str]:
    """Status and Location of the answer to a request; its body is not read."""
    parts = urlsplit(address)
    host = (parts.hostname or "").encode("idna").decode()
    connection: Any = (
        http.client.HTTPSConnection(host, parts.port, timeout=TIMEOUT, context=_any_certificate())
        if parts.scheme == "https"
        else http.client.HTTPConnection(host, parts.port, timeout=TIMEOUT)
    )
    connection._create_connection = _connecting(reachable)
    target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    target += f"?{quote(parts.query, safe='/%:@!$&()*+,;=~-._?')}" if parts.query else ""
    try:
        connection.request(method, target, headers={"User-Agent": _AGENT, "Accept": "*/*"})
        answer = connection.getresponse()
        return answer.status, answer.getheader("Location", "")
    finally:
        connection.close()


def _any_certificate() -> ssl.SSLContext:
    """Nothing is told to the server and nothing believed of it: an expired certificate is no dead link."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def _connecting(reachable: Reachable) -> Callable[..., socket.socket]:
    """Connects, and hangs up before a word is said where the other end may not be reached.

    The end of the line is looked at, not the name: what a name stands for changes between two questions.
    """

    def connect(*args: Any, **kwargs: Any) -> socket.socket:
        line = socket.create_connection(*args, **kwargs)
        if not reachable(line.getpeername()[0]):
            line.close()
            raise OSError("not a public address")
        return line

    return connect
