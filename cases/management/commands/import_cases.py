from collections import Counter
from pathlib import Path

from django.core.management.base import CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from cases.editing.exchange import Refused, import_case, read_line
from cases.management.acting import ActingCommand, with_progress
from cases.management.articles import reason

BATCH = 50  # lines a transaction: each line is whole or absent, and a commit costs a write to disk


class Command(ActingCommand):
    help = _("导入交换格式的案例（JSONL，每行一个）；重复导入不产生重复。")

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("file", metavar="FILE.jsonl")
        parser.add_argument("--publish", action="store_true", help=_("导入后即发布"))
        parser.add_argument("--overwrite", action="store_true", help=_("覆盖导入后被编辑过的草稿"))

    def handle(self, *, file, by, publish, overwrite, **options):
        actor, lines = self.actor(by), _read_lines(file)
        done: Counter[str] = Counter()
        seen: dict[str, int] = {}  # id to the line it stands in
        numbered = [(number, line) for number, line in enumerate(lines, start=1) if line.strip()]
        if not numbered:
            raise CommandError(_("%(path)s 里没有案例") % {"path": file})
        progress = iter(with_progress(numbered))
        for start in range(0, len(numbered), BATCH):
            with transaction.atomic():
                for number, line in [next(progress) for _item in numbered[start : start + BATCH]]:
                    self._take(number, line, done, seen, by=actor, publish=publish, overwrite=overwrite)
        self.stdout.write(
            _("新建 %(created)d 个，更新 %(updated)d 个，未变 %(unchanged)d 个；发布 %(published)d 个")
            % {key: done[key] for key in ("created", "updated", "unchanged", "published")}
        )
        if done["left_out"]:
            raise CommandError(_("%(count)d 行没有完全导入，见上面的说明") % {"count": done["left_out"]})

    def _take(self, number, line, done, seen, **how):
        try:
            identity, content = read_line(line)
            if identity and identity in seen:
                raise Refused(_("id“%(id)s”在前面第 %(number)d 行已出现") % {"id": identity, "number": seen[identity]})
            seen[identity] = number
            taken = import_case(identity, content, **how)
        except Refused as refusal:
            self._report(number, str(refusal), done)
            return
        done[taken.change] += 1
        done["published"] += taken.published
        if taken.left_out:
            self._report(number, _("已存为草稿，未发布：%(why)s") % {"why": taken.left_out}, done)

    def _report(self, number, reason, done):
        done["left_out"] += 1
        self.stderr.write(_("第 %(number)d 行：%(reason)s") % {"number": number, "reason": reason})


def _read_lines(path: str) -> list[bytes]:
    try:
        return Path(path).read_bytes().split(b"\n")
    except OSError as error:
        raise CommandError(_("无法读取 %(path)s：%(error)s") % {"path": path, "error": reason(error)}) from None
