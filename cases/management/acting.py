"""What commands that change or read many cases have in common."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from typing import Any, NoReturn, TypeVar

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from tqdm import tqdm

from cases.editing.accounts import SYSTEM, acting_user
from cases.editing.audit.acting import acting
from cases.editing.audit.recording import record
from cases.management.arguments import refusal_of
from cases.models import AuditWay, User

Item = TypeVar("Item")


class ActingCommand(BaseCommand):
    """A command that acts as somebody (`--by USER`) and answers wrong arguments in one line."""

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, **kwargs)

        def refuse(message: str) -> NoReturn:
            """From the command line this is before Django catches anything: it ends there as argparse would end it."""
            if parser.called_from_command_line:
                parser.exit(2, f"{refusal_of(message)}\n")
            raise CommandError(refusal_of(message))

        parser.error = refuse  # type: ignore[method-assign]  # Django names its class itself
        return parser

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--by", default=SYSTEM, metavar="USER", help=_("以哪个账号的名义操作，默认 system"))

    def execute(self, *args: Any, **options: Any) -> str | None:
        with acting(way=AuditWay.COMMAND):
            return super().execute(*args, **options)

    def check_actor(self, username: str) -> None:
        """CommandError if there is no such account; for commands whose work names nobody."""
        if username != SYSTEM:
            self.actor(username)

    def record(self, action: str, username: str, title: str, facts: Mapping[str, Any]) -> None:
        """An entry in the audit of what a command did; for that alone no account `system` is made."""
        by = None if username == SYSTEM else self.actor(username)
        record(action, by=by, actor_name=_("系统"), title=title, after=facts)

    def actor(self, username: str) -> User:
        """The account named; CommandError if there is none."""
        try:
            return acting_user(username)
        except User.DoesNotExist:
            raise CommandError(_("没有名为“%(name)s”的账号") % {"name": username}) from None


def with_progress(items: Iterable[Item], total: int | None = None) -> Iterable[Item]:
    """The items, with a progress bar on stderr while it is a terminal."""
    return tqdm(items, total=total, file=sys.stderr, disable=None, unit="")
