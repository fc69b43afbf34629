"""Django's own server for development, with words of ours: where the site is, or why the port will not do."""

from __future__ import annotations

import logging
import os
import socket
import threading

from django.core.management.base import CommandError
from django.db import connection
from django.utils.translation import gettext as _
from whitenoise.runserver_nostatic.management.commands.runserver import Command as NoStaticCommand

SECONDS = 30  # between two looks at what is due
_log = logging.getLogger(__name__)


def keep_time(stopped: threading.Event) -> None:
    """Do what is due, again and again until `stopped`: what `do_due` and a timer of the system do in production."""
    from cases.editing.corrections import remove_contacts
    from cases.editing.inspection.bodies import inspect_due
    from cases.editing.scheduling import do_due
    from cases.editing.unsaved import prune_unsaved
    from cases.public.counting.nightly import count_at_night

    while not stopped.wait(SECONDS):
        try:
            do_due()
            prune_unsaved()
            remove_contacts()
            count_at_night()
            inspect_due()
        except Exception:  # a database that is away, or not migrated yet, may be there the next time
            _log.exception("timer")
        finally:
            connection.close()


class Command(NoStaticCommand):
    def run(self, **options: object) -> None:
        if os.environ.get("RUN_MAIN") != "true":  # once, in the process that watches the files
            self._refuse_port_in_use()
        super().run(**options)

    def inner_run(self, *args: object, **options: object) -> None:
        """In the process that answers requests, which is not the one that watches the files."""
        threading.Thread(target=keep_time, args=[threading.Event()], name="timer", daemon=True).start()
        super().inner_run(*args, **options)

    def _refuse_port_in_use(self) -> None:
        with socket.socket(socket.AF_INET6 if self.use_ipv6 else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((self.addr, int(self.port)))
            except OSError as error:
                raise CommandError(
                    _("端口 %(port)s 用不了（%(reason)s）；换一个：make run PORT=8001")
                    % {"port": self.port, "reason": error.strerror}
                ) from error

    def on_bind(self, server_port: int) -> None:
        address = f"{self.protocol}://{self.addr}:{server_port}/"
        self.stdout.write(_("网站：%(address)s    后台：%(address)sadmin/    按 Ctrl-C 停止") % {"address": address})
