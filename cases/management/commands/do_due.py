from django.utils.translation import gettext as _

from cases.editing.corrections import remove_contacts
from cases.editing.inspection.bodies import inspect_due
from cases.editing.scheduling import do_due
from cases.editing.unsaved import prune_unsaved
from cases.management.acting import ActingCommand
from cases.public.counting.nightly import count_at_night


class Command(ActingCommand):
    help = _(
        "执行到时间的定时发布和撤下，清理三十天没有人回来找的未保存文字和过期的纠错联系方式；由系统定时器每分钟运行一次，可重复运行。"
    )

    def handle(self, *, by, **options):
        self.check_actor(by)
        done = do_due()
        prune_unsaved()
        remove_contacts()
        count_at_night()
        looked = inspect_due()
        for one in done:
            if one.trouble:
                self.stderr.write(
                    _("没有执行：案例 %(case)s“%(title)s”，%(trouble)s")
                    % {"case": one.schedule.case_id, "title": one.schedule.case.title, "trouble": one.trouble}
                )
        self.stdout.write(_("已执行 %(count)d 项") % {"count": sum(not one.trouble for one in done)})
        if looked and looked.cases:
            self.stdout.write(_("巡检 %(count)d 个案例") % {"count": looked.cases})
