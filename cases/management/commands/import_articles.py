from collections import Counter
from pathlib import Path

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from cases.editing.importing import import_article
from cases.editing.words import database_words
from cases.editing.workflow import Incomplete, NotAllowed, publish_case
from cases.management.acting import ActingCommand, with_progress
from cases.management.articles import article_files, file_bytes
from cases.publishing.release import last_publication
from cases.reading import ReadingError


class Command(ActingCommand):
    help = _("读入文稿（.txt），每篇成为一个草稿；导入过的文稿不会重复。")

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("paths", nargs="+", metavar="PATH", help=_("文稿，或存放文稿的文件夹"))
        parser.add_argument("--publish", action="store_true", help=_("导入后即发布"))

    def handle(self, *, paths, by, publish, **options):
        actor, words = self.actor(by), database_words()
        self.done: Counter[str] = Counter()
        for file in with_progress(list(article_files(paths, refuse=self._refuse))):
            self._take(file, by=actor, words=words, publish=publish)
        self.stdout.write(
            _("新建 %(created)d 个草稿，已有 %(known)d 个；发布 %(published)d 个")
            % {key: self.done[key] for key in ("created", "known", "published")}
        )
        if self.done["refused"]:
            raise CommandError(_("%(count)d 篇没有完全导入，见上面的说明") % {"count": self.done["refused"]})

    def _take(self, file: Path, *, by, words, publish):
        data = file_bytes(file, refuse=self._refuse)
        if data is None:
            return
        try:
            imported = import_article(file.name, data, by=by, words=words)
        except ReadingError as error:
            self._refuse(_(error.message) % error.params)
            return
        self.done["created" if imported.is_new else "known"] += 1
        if publish and (imported.is_new or last_publication(imported.case) is None):
            self._publish(file, imported.case, by)

    def _publish(self, file, case, by):
        try:
            publish_case(case, by=by)
            self.done["published"] += 1
        except Incomplete as error:
            why = "；".join(_(remark.message) % remark.params for remark in error.missing)
            self._refuse(_("%(name)s：已存为草稿，未发布：%(why)s") % {"name": file.name, "why": why})
        except NotAllowed:
            self._refuse(_("%(name)s：账号没有发布权限，或案例已归档") % {"name": file.name})

    def _refuse(self, reason):
        self.done["refused"] += 1
        self.stderr.write(reason)
