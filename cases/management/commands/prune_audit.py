import datetime
from pathlib import Path

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from cases.editing.audit.pruning import DAYS, PruningError, prune_audit
from cases.management.acting import ActingCommand


class Command(ActingCommand):
    help = _("把某天以前的操作记录移到封存文件（先写文件、读回核对，再从库里清理）；至少保留 184 天。")

    def add_arguments(self, parser):
        super().add_arguments(parser)
        told = _("清理这一天以前的，如 2025-01-01；要在 %(days)d 天以前") % {"days": DAYS}
        parser.add_argument("--before", required=True, type=datetime.date.fromisoformat, metavar="DATE", help=told)
        parser.add_argument("--to", required=True, type=Path, metavar="FOLDER", help=_("封存文件写入的文件夹"))

    def handle(self, *, before, to, by, **options):
        try:
            pruned = prune_audit(before, to, by=self.actor(by))
        except PruningError as error:
            raise CommandError(_(error.message) % error.params) from None
        if pruned is None:
            self.stdout.write(_("没有更早的操作记录"))
            return
        told = _("%(path)s：%(count)d 条，SHA-256 %(sha256)s；已从库里清理")
        self.stdout.write(told % {"path": pruned.path, "count": pruned.count, "sha256": pruned.sha256})
