from django.utils.translation import gettext as _

from cases.editing.pictures import clean_media
from cases.management.acting import ActingCommand


class Command(ActingCommand):
    help = _("删除草稿、版本和已发布案例都不再使用的图片文件；一小时内的文件保留。")

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--dry-run", action="store_true", help=_("只列出，不删除"))

    def handle(self, *, by, dry_run, **options):
        self.check_actor(by)
        removed = clean_media(dry_run=dry_run)
        for name in removed:
            self.stderr.write(name)
        if removed and not dry_run:
            self.record("deleted", by, _("不再使用的图片"), {"count": len(removed)})
        message = _("可以删除 %(count)d 个文件") if dry_run else _("已删除 %(count)d 个文件")
        self.stdout.write(message % {"count": len(removed)})
