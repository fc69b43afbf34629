from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from cases.editing.dead_links import MOST, check_links
from cases.management.acting import ActingCommand, with_progress


class Command(ActingCommand):
    help = _("试着打开案例里的链接，记下打不开的，编辑时会提示；每天夜里运行一次。需要能访问外网。")

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--most", type=int, default=MOST, help=_("这次最多试多少个，默认 500"))

    def handle(self, *, by, most, **options):
        self.check_actor(by)
        if most < 1:
            raise CommandError(_("--most 至少是 1"))
        checked = check_links(most=most, progress=with_progress)
        if checked.is_offline:
            raise CommandError(
                _("试了 %(tried)d 个链接，一个也没有连上，什么都没有记下，请检查本机能否访问外网")
                % {"tried": checked.tried}
            )
        told = _("试了 %(tried)d 个链接：%(dead)d 个打不开，%(revived)d 个又能打开了")
        self.stdout.write(told % {"tried": checked.tried, "dead": checked.dead, "revived": checked.revived})
