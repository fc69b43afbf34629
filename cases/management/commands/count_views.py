from django.conf import settings
from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from cases.management.acting import ActingCommand
from cases.management.articles import reason
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
        if settings.VIEWS == "log" and not (log or settings.VIEWS_LOG):
            raise CommandError(_("没有日志可读，什么都没有计：请设置 VIEWS_LOG，或者用 --log 写明日志文件"))
        failed = self._read(log or settings.VIEWS_LOG) if settings.VIEWS == "log" else 0
        self.stdout.write(_("%(count)d 个案例有浏览") % {"count": sum_views()})
        if failed:
            raise CommandError(_("有 %(count)d 个日志没有读成") % {"count": failed})

    def _read(self, patterns):
        """How many logs nothing could be counted from."""
        failed = 0
        for path, told in read_logs(patterns):
            if isinstance(told, Exception):
                self.stderr.write(_("没有读 %(path)s：%(reason)s") % {"path": path, "reason": _why(told)})
                failed += 1
                continue
            counted = {"path": path, "lines": told.lines, "views": told.views, "strange": told.strange}
            if told.strange:
                self.stdout.write(
                    _("%(path)s：新的 %(lines)d 行，浏览 %(views)d 次，看不懂的 %(strange)d 行") % counted
                )
            else:
                self.stdout.write(_("%(path)s：新的 %(lines)d 行，浏览 %(views)d 次") % counted)
            if told.is_strange:
                self.stderr.write(_("%(path)s 里没有一行是 combined 格式的访问日志") % counted)
                failed += 1
        return failed


def _why(error):
    """Why a log could not be read, for people."""
    if isinstance(error, OSError) and error.errno:
        return reason(error)
    return _("压缩文件已损坏，或者不是 gzip")
