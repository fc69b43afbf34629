"""What commands that change or read many cases have in common."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from typing import TypeVar

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from tqdm import tqdm

from cases.editing.accounts import SYSTEM, acting_user
from cases.models import User

Item = TypeVar("Item")


class ActingCommand(BaseCommand):
    """A command that acts as somebody: `--by USER`."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--by", default=SYSTEM, metavar="USER", help=_("以哪个账号的名义操作，默认 system"))

    def check_actor(self, username: str) -> None:
        """CommandError if there is no such account; for commands whose work records nobody."""
        if username != SYSTEM:
            self.actor(username)

    def actor(self, username: str) -> User:
        """The account named; CommandError if there is none."""
        try:
            return acting_user(username)
        except User.DoesNotExist:
            raise CommandError(_("没有名为“%(name)s”的账号") % {"name": username}) from None


def with_progress(items: Iterable[Item], total: int | None = None) -> Iterable[Item]:
    """The items, with a progress bar on stderr while it is a terminal."""
    return tqdm(items, total=total, file=sys.stderr, disable=None, unit="")
