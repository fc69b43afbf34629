"""批量导入: many files at once, first read to see what is in them, then made into drafts.

The bytes wait in the database and the work is done in steps of about two seconds, each asked for by the
page that shows the progress: so it survives a closed browser and a restarted server, and two windows or
several servers may work on one batch. Whoever takes up a file claims it first, and keeps what came of it
only while the claim is still theirs.
"""

from __future__ import annotations

import base64
import logging
import time
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cached_property
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from cases.content import gettext_noop, moment_text
from cases.editing import bounds
from cases.editing.batch_rows import BatchRow, batch_rows
from cases.editing.bounds import fits_one_case
from cases.editing.duplicates import likely_duplicates, sketch
from cases.editing.folder import GivenFile
from cases.editing.found import Duplicate, FoundCase, count_doubts
from cases.editing.importing import (
    Parsed,
    Part,
    ReadingError,
    article_parts,
    draft_from_article,
    parse_article,
    receive_article,
)
from cases.editing.likeness import compare_files
from cases.editing.permissions import NotAllowed
from cases.editing.words import database_words
from cases.models import Case, FileStage, ImportBatch, ImportFile, SourceText, User
from cases.parsing.result import NOT_AN_ARTICLE, Words
from cases.reading import ARTICLE_ENDINGS, check_size, ending_of, read_archive

ENDINGS = (*ARTICLE_ENDINGS, ".zip")  # of files that may be given
SECONDS = 2.0  # a step takes up no new file after so long
CLAIM = timedelta(seconds=60)  # after so long whoever claimed a file is taken to be gone; reading one takes 5 s at most
TRIES = 2  # a file at which the server went away as often is left alone

EMPTY = gettext_noop("请选择文件：可以选多个文件、一个文件夹，或者 .zip 压缩包。")
TOO_MANY = gettext_noop("一批最多 %(most)d 个文件，这里有 %(count)d 个；请分几批导入。")
TOO_LARGE = gettext_noop("一批合计最多 %(most)d MB，这里有 %(count)d MB；请分几批导入。")
_UNPACKED = gettext_noop("“%(name)s”里的文件太多或太大，一批放不下（最多 %(files)d 个、%(most)d MB）；请拆成几个压缩包")
_TOO_LONG = gettext_noop("“%(name)s”太长，一个案例放不下；请拆成几篇再导入")
_UNEXPECTED = gettext_noop("读“%(name)s”时系统出错，已经记录下来；请联系管理员，或复制正文到“从文稿新建”")
_INTERRUPTED = gettext_noop("读“%(name)s”时服务器两次中断，没有再试；请复制正文到“从文稿新建”")
_GONE = gettext_noop("“%(name)s”的文稿已经被删除，没有建草稿；请重新导入")
_NOT_MADE = gettext_noop("“%(name)s”没有建成草稿，系统出错，已经记录下来；请从预览页存为草稿")

_LET_GO: dict[str, Any] = {"data": b"", "beside": {}}  # of a file that is read
_log = logging.getLogger(__name__)


class BatchRefused(Exception):
    """A batch that is not taken. A person reads `gettext(error.message) % error.params`."""

    def __init__(self, message: str, **params: object) -> None:
        self.message, self.params = message, params
        super().__init__(message % params)


@transaction.atomic
def receive_batch(files: Sequence[GivenFile], *, by: User) -> ImportBatch:
    """Keep files to be read later. Raises BatchRefused when there is none, or more than `bounds` allow together."""
    size = sum(one.size for file in files for one in (file, *file.beside))
    if not files:
        raise BatchRefused(EMPTY)
    if len(files) > bounds.BATCH_FILES:
        raise BatchRefused(TOO_MANY, most=bounds.BATCH_FILES, count=len(files))
    if size > bounds.BATCH_MB * 2**20:
        raise BatchRefused(TOO_LARGE, most=bounds.BATCH_MB, count=-(-size // 2**20))
    batch = ImportBatch.objects.create(received_by=by)
    for file in files:
        try:
            check_size(file.name, file.size)
        except ReadingError as error:
            batch.files.create(name=file.name[-255:], stage=FileStage.REFUSED, refusal=_told(error))
        else:
            beside = _kept({picture.name: picture.upload.read() for picture in file.beside})
            batch.files.create(name=file.name[-255:], data=file.upload.read(), beside=beside)
    return batch


def _kept(pictures: Mapping[str, bytes]) -> dict[str, str]:
    """The pictures of a page as a column keeps them."""
    return {path: base64.b64encode(data).decode() for path, data in pictures.items()}


@transaction.atomic
def choose_cases(batch: ImportBatch, wanted: Iterable[tuple[int, int | None]]) -> int:
    """Have drafts made of these cases, each the key of its file and where in it the case starts; how many they are.

    A case that has its draft, and every case of a file whose drafts are being made, is left as it is.
    """
    starts: dict[int, set[int | None]] = defaultdict(set)
    for key, start in wanted:
        starts[key].add(start)
    # Locked where the database can, else alone in writing: what was found is written whole.
    list(batch.files.select_for_update().filter(pk__in=starts).values_list("pk"))
    return sum(_choose(row, starts[row.file.pk]) for row in batch_rows(batch) if row.file.pk in starts)


def _choose(row: BatchRow, starts: Collection[int | None]) -> int:
    """Mark the cases of a file that start there and may be chosen; how many they are."""
    marks = [case.may_be_chosen and case.found.start in starts for case in row.cases]
    if any(marks):
        found = [replace(case.found, is_chosen=mark).to_json() for case, mark in zip(row.cases, marks, strict=True)]
        columns = {"found": found, "claimed_at": None, "tries": 0, "refusal": []}
        ImportFile.objects.filter(pk=row.file.pk).update(stage=FileStage.CHOSEN, **columns)
    return sum(marks)


@transaction.atomic
def delete_batch(batch: ImportBatch) -> None:
    """Remove a batch, and of the articles that came with it those of which nobody made anything."""
    came = SourceText.objects.filter(import_files__batch=batch, received_at__gte=batch.received_at)
    keys = set(came.values_list("pk", flat=True))
    batch.delete()
    SourceText.objects.filter(pk__in=keys, case=None, import_files=None).delete()


def work_on(batch: ImportBatch, *, by: User, seconds: float = SECONDS) -> list[Case]:
    """Take a step: read files and make chosen ones into drafts for about so long; returns the drafts made.

    Does nothing when nothing is to be done. What goes wrong with a file is kept with it and stops no other.
    """
    step = _Step(batch, by)
    until = time.monotonic() + seconds
    while (file := _claim(batch)) is not None:
        step.take(file)
        if time.monotonic() >= until:
            break
    if not batch.files.filter(stage=FileStage.WAITING).exists():
        compare_files(batch)
    return step.made


def _claim(batch: ImportBatch) -> ImportFile | None:
    """The next file that waits for something, ours for a minute; None when there is none."""
    while True:
        now = timezone.now()
        file = _unclaimed(batch, before=now - CLAIM).first()
        if file is None:
            return None
        # SQLite keeps microseconds, and so does the claim: two claims are never the same.
        same = ImportFile.objects.filter(pk=file.pk, stage=file.stage, claimed_at=file.claimed_at)
        if same.update(claimed_at=now, tries=F("tries") + 1):
            file.claimed_at = now
            return file


def _unclaimed(batch: ImportBatch, *, before: Any) -> QuerySet[ImportFile]:
    waiting = batch.files.filter(stage__in=[FileStage.WAITING, FileStage.CHOSEN])
    return waiting.filter(Q(claimed_at=None) | Q(claimed_at__lt=before)).order_by("pk")


def _finish(file: ImportFile, **columns: Any) -> bool:
    """Keep what came of a claimed file; False, and nothing is kept, when the claim is no longer ours."""
    claimed = ImportFile.objects.filter(pk=file.pk, stage=file.stage, claimed_at=file.claimed_at)
    return bool(claimed.update(claimed_at=None, tries=0, **columns))


def _told(error: ReadingError) -> list[Any]:
    return [error.message, error.params]


class _Step:
    """The work of one step; the words of the parser are loaded once, when they are first needed."""

    def __init__(self, batch: ImportBatch, by: User) -> None:
        self.batch, self.by = batch, by
        self.made: list[Case] = []

    @cached_property
    def words(self) -> Words:
        return database_words()

    def take(self, file: ImportFile) -> None:
        """Do what a claimed file waits for, and keep a sentence when it fails."""
        is_making = file.stage == FileStage.CHOSEN
        act = self._make if is_making else self._unpack if ending_of(file.name) == ".zip" else self._read
        back: dict[str, Any] = {"stage": FileStage.READ} if is_making else {"stage": FileStage.REFUSED, **_LET_GO}
        try:
            if file.tries >= TRIES:
                raise ReadingError(_INTERRUPTED, name=file.name)
            act(file)
        except ReadingError as error:
            _finish(file, **back, article=file.article, refusal=_told(error))
        except NotAllowed as error:
            _finish(file, **back, article=file.article, refusal=[str(error), {}])
        except Exception:  # what one file makes of the program shall not keep the others waiting
            _log.exception("file %s of batch %s", file.pk, self.batch.pk)
            _finish(file, **back, refusal=[_NOT_MADE if is_making else _UNEXPECTED, {"name": file.name}])

    def _unpack(self, file: ImportFile) -> None:
        """Put the files of an archive in its place; one damaged half way stays, refused, behind what it gave."""
        rows, damage = [], None
        room, size = bounds.BATCH_FILES - self.batch.files.count() + 1, 0
        try:
            for inner in read_archive(file.name, bytes(file.data)):
                row = ImportFile(batch=self.batch, name=f"{file.name}/{inner.name}"[-255:], data=inner.data)
                row.beside = _kept(inner.beside)
                if inner.error:
                    row.stage, row.refusal = FileStage.REFUSED, _told(inner.error)
                rows.append(row)
                size += len(inner.data) + sum(map(len, inner.beside.values()))
                if len(rows) > room or size > bounds.BATCH_MB * 2**20:
                    raise ReadingError(_UNPACKED, name=file.name, files=bounds.BATCH_FILES, most=bounds.BATCH_MB)
        except ReadingError as error:
            if error.message == _UNPACKED:
                raise
            damage = error
        with transaction.atomic():
            if _finish(file, stage=FileStage.REFUSED, **_LET_GO, refusal=_told(damage) if damage else []):
                ImportFile.objects.bulk_create(rows, batch_size=20)
                if not damage:
                    file.delete()

    def _read(self, file: ImportFile) -> None:
        beside = {path: base64.b64decode(data) for path, data in file.beside.items()}
        article = receive_article(file.name, bytes(file.data), by=self.batch.received_by, beside=beside)
        file.article = article  # to be looked at, also when it is too long
        found, sketches = [], []
        for part in article_parts(article) or (None,):
            if (part.end - part.start if part else len(article.text)) > bounds.CHARACTERS:
                raise ReadingError(_TOO_LONG, name=file.name)
            parsed = parse_article(article, words=self.words, part=part)
            if not fits_one_case(parsed.content):
                raise ReadingError(_TOO_LONG, name=file.name)
            found.append(found_case(article, parsed, part).to_json())
            sketches.append(sketch(parsed.content))
        _finish(file, **_LET_GO, stage=FileStage.READ, article=article, refusal=[], found=found, sketches=sketches)

    def _make(self, file: ImportFile) -> None:
        """A draft of each chosen case in the article that has none yet; all of them or none."""
        made = []
        with transaction.atomic():
            if not _finish(file, stage=FileStage.MADE):
                return
            # Locked where the database can: the same article may stand in the batch twice.
            article = SourceText.objects.select_for_update().filter(import_files=file).first()
            if article is None:
                raise ReadingError(_GONE, name=file.name)
            chosen = {one.start for one in map(FoundCase.from_json, file.found) if one.is_chosen}
            there = set(article.case_set.values_list("part_start", flat=True))
            for part in article_parts(article) or (None,):
                start = part.start if part else None
                if start in chosen and start not in there:
                    parsed = parse_article(article, words=self.words, part=part)
                    made.append(draft_from_article(article, parsed, by=self.by, part=part))
        self.made += made


def found_case(article: SourceText, parsed: Parsed, part: Part | None) -> FoundCase:
    """What is told of a case that was found in an article, with the cases that it is likely to be."""
    content, start = parsed.content, part.start if part else None
    known = article.case_set.filter(part_start=start).values_list("pk", "title")
    same = [Duplicate("file", title, case=pk, likeness=1.0) for pk, title in known]
    return FoundCase(
        title=content.title,
        start=start,
        published_at=moment_text(content.published_at).replace("T", " ") if content.published_at else "",
        source_name=content.source_name,
        address=content.source_url or article.address,
        region=content.region,
        organization=content.organization,
        initiatives=len(content.initiatives),
        measures=sum(len(one.measures) for one in content.initiatives),
        metrics=len(content.all_metrics()),
        doubts=count_doubts(parsed),
        is_article=all(issue.message != NOT_AN_ARTICLE for issue in parsed.issues),
        duplicates=(*same, *likely_duplicates(content, article.address, but=[one.case for one in same if one.case])),
    )
