from django.utils.translation import gettext as _

from cases.management.acting import ActingCommand, with_progress
from cases.search.index import reindex


class Command(ActingCommand):
    help = _("按已发布的内容重建搜索索引；可重复运行。")

    def handle(self, *, by, **options):
        self.check_actor(by)
        count = reindex(progress=with_progress)
        self.stdout.write(_("搜索索引已重建：%(count)d 个案例") % {"count": count})
