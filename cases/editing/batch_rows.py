"""The table of a batch: what was found in each file, and what became of it. Page and report draw the same rows."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, gettext_lazy

from cases.editing.found import Duplicate, FoundCase
from cases.editing.permissions import beyond_reach
from cases.models import Case, FileStage, ImportBatch, ImportFile, Region, User

WAYS = {
    "file": gettext_lazy("同一文件"),
    "address": gettext_lazy("同一原文链接"),
    "text": gettext_lazy("文字相近"),
}


@dataclass(frozen=True, slots=True)
class BatchCase:
    """A case that was found in a file, with all that is told of it."""

    file: ImportFile
    found: FoundCase
    region: str  # its name
    drafts: tuple[Case, ...]  # made of it, by whomever

    @property
    def name(self) -> str:
        """By which a form chooses it: "12", the key of the file, or "12@345" for one that starts inside."""
        return f"{self.file.pk}" if self.found.start is None else f"{self.file.pk}@{self.found.start}"

    @property
    def stage(self) -> FileStage:
        """How far this case has come, also where the editor chose others of the file."""
        stage = FileStage(self.file.stage)
        if self.found.is_chosen or stage not in (FileStage.CHOSEN, FileStage.MADE):
            return stage
        return FileStage.MADE if self.drafts else FileStage.READ

    @property
    def duplicates(self) -> list[Duplicate]:
        """What it is likely to be, but for the drafts that were made from this table."""
        made = {case.pk for case in self.drafts} if self.is_made else set()
        return [one for one in self.found.duplicates if one.case is None or one.case not in made]

    @property
    def is_made(self) -> bool:
        return self.stage == FileStage.MADE

    @property
    def may_be_chosen(self) -> bool:
        """Also again, when its draft was deleted."""
        is_waiting = self.file.stage == FileStage.CHOSEN
        return not is_waiting and (self.stage == FileStage.READ or (self.is_made and not self.drafts))

    @property
    def is_preselected(self) -> bool:
        """An article, not a case already, in a file of which nothing was made: nothing has to be decided."""
        is_new = self.file.stage == FileStage.READ and not self.file.refusal
        return is_new and self.found.is_article and not self.duplicates and not self.drafts


@dataclass(frozen=True, slots=True)
class BatchRow:
    """A file of a batch with the cases found in it."""

    file: ImportFile
    cases: tuple[BatchCase, ...]

    @property
    def refusal(self) -> str:
        """Why nothing came of the file, as a sentence; "" when something did."""
        if not self.file.refusal:
            return ""
        message, params = self.file.refusal
        return gettext(message) % params

    @property
    def duplicates(self) -> list[Duplicate]:
        return [one for case in self.cases for one in case.duplicates]

    @property
    def doubts(self) -> int:
        return sum(case.found.doubts for case in self.cases)

    @property
    def may_be_chosen(self) -> bool:
        return any(case.may_be_chosen for case in self.cases)

    @property
    def is_preselected(self) -> bool:
        return any(case.is_preselected for case in self.cases)

    @property
    def is_doubtful(self) -> bool:
        """Something should be looked at; several cases in a file are, whether they are cut where they begin."""
        return self.doubts > 0 or len(self.cases) > 1 or not all(case.found.is_article for case in self.cases)


# What the table is narrowed to: a name in addresses, its words, and which rows it holds.
FILTERS: dict[str, tuple[Any, Callable[[BatchRow], bool]]] = {
    "": (gettext_lazy("全部"), lambda row: True),
    "ready": (gettext_lazy("可导入"), lambda row: row.is_preselected),
    "doubts": (gettext_lazy("有疑问"), lambda row: row.is_doubtful),
    "duplicates": (gettext_lazy("疑似重复"), lambda row: bool(row.duplicates)),
    "refused": (gettext_lazy("读不出"), lambda row: row.file.stage == FileStage.REFUSED),
    "made": (gettext_lazy("已建草稿"), lambda row: row.file.stage == FileStage.MADE),
}
SORTS: dict[str, Callable[[BatchRow], Any]] = {
    "name": lambda row: row.file.name,
    "title": lambda row: row.cases[0].found.title if row.cases else "\uffff",
    "date": lambda row: (row.cases[0].found.published_at if row.cases else "") or "9999",
    "doubts": lambda row: -row.doubts,
}


def batch_rows(batch: ImportBatch) -> list[BatchRow]:
    """Every file of the batch in the order it came; three queries, without the bytes that still wait."""
    files = list(batch.files.defer("data", "beside", "sketches"))
    found = {file.pk: tuple(FoundCase.from_json(one) for one in file.found) for file in files}
    codes = {one.region for cases in found.values() for one in cases}
    names = {region.pk: str(region) for region in Region.objects.filter(pk__in=codes)}
    drafts = defaultdict(list)
    articles = {file.article_id for file in files if file.article_id}
    cases = Case.objects.filter(source_text__in=articles).only("pk", "title", "source_text", "part_start")
    for case in cases.order_by("pk"):
        drafts[case.source_text_id, case.part_start].append(case)
    return [
        BatchRow(
            file,
            tuple(
                BatchCase(file, one, names.get(one.region, ""), tuple(drafts[file.article_id, one.start]))
                for one in found[file.pk]
            ),
        )
        for file in files
    ]


def hidden_cases(rows: Iterable[BatchRow], user: User) -> set[int]:
    """The cases told of in these rows that are beyond the reach of a person: they are not named."""
    cases = [case for row in rows for case in row.cases]
    told = {one.case for case in cases for one in case.duplicates if one.case}
    return beyond_reach(user, told | {draft.pk for case in cases for draft in case.drafts})


def duplicate_words(duplicate: Duplicate) -> str:
    """In which way and how much it is alike: 同一原文链接，文字九成相同."""
    way, share = str(WAYS[duplicate.way]), share_words(duplicate.likeness)
    if duplicate.way == "file" or not share:
        return way
    if duplicate.way == "text":
        return share
    return gettext("%(way)s，%(share)s") % {"way": way, "share": share}


def share_words(share: float) -> str:
    """A share of a text in tenths, rounded down: all of it only where nothing differs, "" below one."""
    if share >= 1:
        return gettext("文字几乎没有改动")
    if share < 0.1:
        return ""
    numerals = gettext("零一二三四五六七八九")
    return gettext("文字%(tenths)s成相同") % {"tenths": numerals[int(share * 10)]}


# The report


def report(batch: ImportBatch, *, by: User, link: Callable[[int], str]) -> str:
    """The whole table as CSV, one line for each case found or file refused; `link` gives the address of a case."""
    rows = batch_rows(batch)
    hidden = hidden_cases(rows, by)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(
        [
            *(gettext("文件"), gettext("结果"), gettext("标题"), gettext("原文发布时间"), gettext("来源")),
            *(gettext("原文链接"), gettext("行政区划"), gettext("实施单位"), gettext("举措"), gettext("具体措施")),
            *(gettext("指标数据"), gettext("疑问"), gettext("疑似重复"), gettext("说明"), gettext("案例")),
        ]
    )
    for row in rows:
        writer.writerows([plain_cell(cell) for cell in line] for line in _lines(row, link, hidden))
    return "\ufeff" + out.getvalue()  # the mark by which Excel knows UTF-8


def _lines(row: BatchRow, link: Callable[[int], str], hidden: Collection[int]) -> Iterator[list[object]]:
    if not row.cases:
        yield [row.file.name, row.file.get_stage_display(), *[""] * 11, row.refusal, ""]
    for case in row.cases:
        found = case.found
        facts = [found.title, found.published_at, found.source_name, found.address, case.region, found.organization]
        counts = [found.initiatives, found.measures, found.metrics, found.doubts]
        alike = "\n".join(
            one.seen_without(hidden).title + gettext("（%(words)s）") % {"words": duplicate_words(one)}
            for one in case.duplicates
        )
        drafts = "\n".join(link(draft.pk) for draft in case.drafts if draft.pk not in hidden)
        yield [row.file.name, case.stage.label, *facts, *counts, alike, row.refusal, drafts]


def plain_cell(cell: object) -> object:
    """A cell that no spreadsheet takes for a formula; those of East Asia know full-width signs too."""
    return f"'{cell}" if isinstance(cell, str) and cell.lstrip().startswith(tuple("=+-@＝＋－＠")) else cell
