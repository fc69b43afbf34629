"""Print or write the structure the parser finds in articles; needs no database."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path, PurePath
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from cases.management.acting import ActingCommand, with_progress
from cases.management.articles import Tell, article_files, articles_in, reason
from cases.parsing.article import parse
from cases.parsing.sample_form import sample_form
from cases.reading import ReadingError, read_file
from cases.vocabulary import shipped_words

Keep = Callable[[str, dict[str, Any]], None]  # takes the name of an article and its structure


class Command(ActingCommand):
    help = _("把文稿（.docx、.html、.txt、.md、.pdf、.mht、.zip）拆成结构，输出 JSON")
    requires_system_checks: tuple[str, ...] = ()
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("paths", nargs="+", metavar="PATH", help=_("文稿、压缩包，或存放它们的文件夹"))
        parser.add_argument("--out", metavar="DIR", help=_("写入这个文件夹，每篇一个 <name>.json"))

    def handle(self, *, paths: list[str], out: str | None, by: str, **options: Any) -> None:
        self.check_actor(by)
        keep = self._writing_to(Path(out)) if out else lambda name, article: self.stdout.write(_json(article))
        failed = parse_paths(paths, keep=keep, refuse=self.stderr.write)
        if failed:
            raise CommandError(_("有 %(count)d 个文件没有读成") % {"count": failed}, returncode=1)

    def _writing_to(self, directory: Path) -> Keep:
        def keep(name: str, article: dict[str, Any]) -> None:
            try:
                directory.mkdir(parents=True, exist_ok=True)
                (directory / f"{name}.json").write_text(_json(article) + "\n", encoding="utf-8")
            except OSError as error:
                raise CommandError(
                    _("无法写入 %(path)s：%(reason)s") % {"path": directory, "reason": reason(error)}
                ) from None

        return keep


def _json(article: dict[str, Any]) -> str:
    return json.dumps(article, ensure_ascii=False, indent=2)


def parse_paths(paths: Iterable[str], *, keep: Keep, refuse: Tell) -> int:
    """Parse every file, of folders and archives the articles in them, and hand name and structure to `keep`.

    What cannot be read is told to `refuse` in one line and does not stop the rest; returns how many.
    """
    words = shipped_words()
    failed = 0
    kept: set[str] = set()  # names; a second article of the same name keeps its ending

    def tell(why: str) -> None:
        nonlocal failed
        failed += 1
        refuse(why)

    for file in with_progress(list(article_files(paths, refuse=tell))):
        for article in articles_in(file, refuse=tell):
            try:
                reading = read_file(article.name, article.data, beside=article.beside)
            except ReadingError as error:
                tell(_(error.message) % error.params)
                continue
            path = PurePath(article.name)
            name = path.name if path.stem in kept else path.stem
            kept.add(path.stem)
            parsed = parse(reading.text, words=words, levels=reading.levels)
            keep(name, sample_form(parsed, name=name, text=reading.text, words=words))
    return failed
