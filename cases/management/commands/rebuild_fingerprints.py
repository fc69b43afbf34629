from django.utils.translation import gettext as _

from cases.editing.drafts import rebuild_fingerprints
from cases.management.acting import ActingCommand, with_progress


class Command(ActingCommand):
    help = _("重建全部案例的查重记录（升级之前已有的案例运行一次）；可重复运行。")

    def handle(self, *, by, **options):
        self.check_actor(by)
        count = rebuild_fingerprints(progress=with_progress)
        self.stdout.write(_("查重记录已重建：%(count)d 个案例") % {"count": count})
