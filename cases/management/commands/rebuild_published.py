from django.utils.translation import gettext as _

from cases.management.acting import ActingCommand, with_progress
from cases.publishing.rebuild import rebuild_published


class Command(ActingCommand):
    help = _("按版本和发布记录重建全部公开内容、标签和索引；可重复运行。")

    def handle(self, *, by, **options):
        self.check_actor(by)
        count = rebuild_published(progress=with_progress)
        self.stdout.write(_("已重建 %(count)d 个公开案例") % {"count": count})
