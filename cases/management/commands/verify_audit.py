from pathlib import Path

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from cases.editing.audit.pruning import PruningError, verify_file
from cases.management.acting import ActingCommand


class Command(ActingCommand):
    help = _("核对 prune_audit 写的封存文件是否完整、未被改动。")

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *, file, by, **options):
        self.check_actor(by)
        try:
            count = verify_file(file)
        except PruningError as error:
            raise CommandError(_(error.message) % error.params) from None
        self.stdout.write(_("%(path)s：完整，%(count)d 条") % {"path": file, "count": count})
