"""Who is at work and from where: known to whatever is called below, without being handed from one to the next."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from cases.models import AuditWay

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Where:
    """One request, or one run of a command."""

    address: str | None = None  # of the network
    way: str = AuditWay.COMMAND
    by: Any = None  # whoever is logged in; not looked at before an entry is written
    afterwards: list[Callable[[], object]] = field(default_factory=list)


_where: ContextVar[Where | None] = ContextVar("where", default=None)


def where() -> Where:
    """Where the present step comes from; a command, if nobody said."""
    return _where.get() or Where()


@contextlib.contextmanager
def acting(*, way: str, address: str | None = None, by: Any = None) -> Iterator[None]:
    """What is recorded inside the block came from there; what was put off is done when it ends."""
    here = Where(address, way, by)
    token = _where.set(here)
    try:
        yield
    finally:
        _finish(here)
        _where.reset(token)


def afterwards(action: Callable[[], object]) -> None:
    """Do this when the request or command is over: the transaction of a step that is refused takes all back."""
    where().afterwards.append(action)


def _finish(here: Where) -> None:
    for action in here.afterwards:
        try:
            action()
        except Exception:  # the answer is made: a record that fails is for whoever looks after the site
            _log.exception("an audit entry was not kept")
