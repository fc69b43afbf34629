from functools import partial

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from tqdm import tqdm

from cases.search.index import reindex


class Command(BaseCommand):
    help = _("按已发布的内容重建搜索索引；可重复运行。")

    def handle(self, **options: object) -> None:
        count = reindex(progress=partial(tqdm, disable=None))
        self.stdout.write(_("搜索索引已重建：%(count)d 个案例") % {"count": count})
