from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from cases.editing.accounts import SYSTEM
from cases.editing.demo import PASSWORD, StillNeeded, demo_accounts, load_demo, remove_demo
from cases.management.acting import ActingCommand, with_progress
from cases.models import User


class Command(ActingCommand):
    help = _("载入示例案例和演示账号（账号只在 DEBUG=1 时有）；--remove 全部清除。可重复运行。")

    requires_system_checks = ()  # one of them refuses demo accounts in production, and this takes them away

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--remove", action="store_true", help=_("清除全部演示数据和演示账号"))
        parser.add_argument("--once", action="store_true", help=_("只在还没有任何账号的新库里载入"))

    def handle(self, *, by, remove, once, **options):
        self.check_actor(by)
        if remove:
            self.stdout.write(_("已清除 %(count)d 个示例案例和全部演示账号") % {"count": self._removed(by)})
            return
        if not (once and User.objects.exists()):
            self.stdout.write(
                _("已载入 %(count)d 个示例案例") % {"count": load_demo(by=self.actor(by), progress=with_progress)}
            )
        accounts = set(User.objects.filter(is_demo=True).values_list("username", flat=True))
        for username, name, _groups, _superuser in demo_accounts():
            if username in accounts:
                self.stdout.write(
                    _("%(name)s：用户名 %(username)s，密码 %(password)s")
                    % {"name": name, "username": username, "password": PASSWORD}
                )

    def _removed(self, by):
        try:
            return remove_demo(by=None if by == SYSTEM else self.actor(by))
        except StillNeeded as error:
            raise CommandError(str(error)) from None
