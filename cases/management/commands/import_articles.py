from collections import Counter
from pathlib import PurePath

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from cases.editing.importing import import_article
from cases.editing.permissions import NotAllowed, require_add
from cases.editing.requirements import Incomplete
from cases.editing.review.steps import force_publication
from cases.editing.words import database_words
from cases.management.acting import ActingCommand, with_progress
from cases.management.articles import article_files, articles_in
from cases.models import Way
from cases.publishing.release import last_publication
from cases.reading import ArchivedFile, ReadingError


class Command(ActingCommand):
    help = _(
        "读入文稿（.docx、.html、.txt、.md、.pdf、.mht，或装有这些的 .zip），每篇成为一个草稿，"
        "一页有几个案例的各成一个；导入过的不会重复。"
    )

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("paths", nargs="+", metavar="PATH", help=_("文稿、压缩包，或存放它们的文件夹"))
        parser.add_argument("--publish", action="store_true", help=_("导入后即发布"))

    def handle(self, *, paths, by, publish, **options):
        actor, words = self.actor(by), database_words()
        try:
            require_add(actor)
        except NotAllowed as error:
            raise CommandError(_(str(error))) from None
        self.done: Counter[str] = Counter()
        for file in with_progress(list(article_files(paths, refuse=self._refuse))):
            for article in articles_in(file, refuse=self._refuse):
                self._take(article, by=actor, words=words, publish=publish)
        self.stdout.write(
            _("新建 %(created)d 个草稿，已有 %(known)d 个；发布 %(published)d 个")
            % {key: self.done[key] for key in ("created", "known", "published")}
        )
        if self.done["refused"]:
            raise CommandError(_("%(count)d 篇没有完全导入，见上面的说明") % {"count": self.done["refused"]})

    def _take(self, article: ArchivedFile, *, by, words, publish):
        name = PurePath(article.name).name
        try:
            imported = import_article(name, article.data, by=by, words=words, beside=article.beside)
        except ReadingError as error:
            self._refuse(_(error.message) % error.params)
            return
        except NotAllowed as error:
            self._refuse(_("%(name)s：%(why)s") % {"name": name, "why": _(str(error))})
            return
        self.done["created" if imported.is_new else "known"] += len(imported.cases)
        for case in imported.cases if publish else ():
            if imported.is_new or last_publication(case) is None:
                self._publish(name, case, by)

    def _publish(self, name, case, by):
        try:
            reason = _("导入时直接发布")
            force_publication(case, by=by, reason=reason, date_reason=reason, way=Way.IMPORT)
            self.done["published"] += 1
        except Incomplete as error:
            why = _("；").join(_(remark.message) % remark.params for remark in error.missing)
            self._refuse(_("%(name)s：已存为草稿，未发布：%(why)s") % {"name": name, "why": why})
        except NotAllowed as error:
            self._refuse(_("%(name)s：已存为草稿，未发布：%(why)s") % {"name": name, "why": _(str(error))})

    def _refuse(self, reason):
        self.done["refused"] += 1
        self.stderr.write(reason)
