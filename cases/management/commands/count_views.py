from django.conf import settings
from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from cases.management.acting import ActingCommand
from cases.public.counting.nightly import read_logs
from cases.public.counting.sums import sum_views


class Command(ActingCommand):
    help = _("把浏览次数加起来，页面从此显示新的数字；VIEWS=log 时先读访问日志。每天夜里运行一次，可重复运行。")

    def add_arguments(self, parser):
        super().add_arguments(parser)
        told = _("nginx 的访问日志（combined 格式，可以是 .gz）；不写就读设置 VIEWS_LOG 里的")
        parser.add_argument("--log", nargs="+", default=[], metavar="FILE", help=told)

    def handle(self, *, by, log, **options):
        self.check_actor(by)
        if settings.VIEWS == "off":
            raise CommandError(_("没有开启浏览统计（VIEWS=off）"))
        if log and settings.VIEWS != "log":
            raise CommandError(_("VIEWS=counter 时由程序自己计数，再读日志会数两遍；要读日志请设 VIEWS=log"))
        if settings.VIEWS == "log":
            self._read(log or settings.VIEWS_LOG)
        self.stdout.write(_("%(count)d 个案例有浏览") % {"count": sum_views()})

    def _read(self, patterns):
        for path, told in read_logs(patterns):
            if isinstance(told, Exception):
                self.stderr.write(_("没有读 %(path)s：%(reason)s") % {"path": path, "reason": told})
            else:
                counted = {"path": path, "lines": told.lines, "views": told.views}
                self.stdout.write(_("%(path)s：新的 %(lines)d 行，浏览 %(views)d 次") % counted)
