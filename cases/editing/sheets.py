"""Cases from a sheet, a row each: tried first, then taken in as they were tried.

A dry run says of every row what would become of it and of every bad cell where it stands; nothing is written. What is
taken in afterwards is the very file that was tried, by its digest, and a row that was good is a draft or says why not.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.core import signing
from django.utils.translation import gettext

from cases.content import CaseContent, ContentError, from_json, gettext_noop
from cases.editing.bounds import CHARACTERS, fits_one_case
from cases.editing.drafts import content_digest
from cases.editing.exchange import LONGEST_ID, Refused, import_case
from cases.editing.permissions import EDITABLE, content_in_scope
from cases.editing.sheet_columns import BODY, COLUMNS, IDENTITY, Column, value_of
from cases.editing.sheet_words import BadCell, SheetWords
from cases.editing.words import database_words
from cases.models import Case, User
from cases.parsing.article import parse
from cases.parsing.result import Words
from cases.reading import ReadingError, Table, ending_of, read_csv, read_xlsx

LARGEST = 10 * 1024**2  # bytes of a file
MOST = 500  # cases of a sheet: they are taken apart and written within one request
TRIED_FOR = 24 * 3600  # seconds in which what was tried may be taken in
ENDINGS = (".xlsx", ".csv")
_SALT = "cases.sheet"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of cases: which column stands where, and its rows that are not empty, numbered as people count them."""

    columns: dict[int, Column]
    rows: tuple[tuple[int, list[str]], ...]
    digest: str  # SHA-256 of the file

    def letter(self, field: str) -> str:
        """B for the second column; "" for a field the sheet has no column of."""
        return next((column_letter(place) for place, column in self.columns.items() if column.field == field), "")


@dataclass(frozen=True, slots=True)
class BadPlace:
    """What is wrong with a row, and in which column; "" for the row as a whole."""

    column: str  # 行政区划
    letter: str  # J
    message: str  # translated


@dataclass(frozen=True, slots=True)
class RowResult:
    """What a row says, or what is wrong with it."""

    row: int  # as the spreadsheet counts
    title: str
    identity: str = ""
    content: CaseContent | None = None  # None when something is wrong
    problems: tuple[BadPlace, ...] = ()
    notes: tuple[str, ...] = ()  # translated: what to look at in the draft
    case: int | None = None  # the case that is there already, or was made
    outcome: str = ""  # "new", "changed" or "there"; "" when something is wrong


class SheetRefused(ValueError):
    """A file that is no sheet of cases. A person reads `gettext(error.message) % error.params`."""

    def __init__(self, message: str, **params: object) -> None:
        self.message, self.params = message, params
        super().__init__(message % params)


# Reading


def read_sheet(name: str, data: bytes) -> Sheet:
    """The table of a file. Raises SheetRefused."""
    ending = ending_of(name)
    if ending not in ENDINGS:
        raise SheetRefused(gettext_noop("请上传 .xlsx 或 .csv 表格；.xls 和 .et 请先另存为 .xlsx。"))
    if len(data) > LARGEST:
        raise SheetRefused(gettext_noop("表格超过 %(most)d MB，请分成几个。"), most=LARGEST // 1024**2)
    try:
        table = (read_csv if ending == ".csv" else read_xlsx)(name, data)
    except ReadingError as error:
        raise SheetRefused(error.message, **error.params) from None
    head = next(number for number, row in enumerate(table) if row)
    rows = tuple((number + 1, row) for number, row in enumerate(table) if row and number > head)
    if not rows:
        raise SheetRefused(gettext_noop("表格里只有列名，没有案例。"))
    if len(rows) > MOST:
        raise SheetRefused(
            gettext_noop("表格里有 %(count)d 个案例，一次最多 %(most)d 个；请分成几个表格。"),
            count=len(rows),
            most=MOST,
        )
    return Sheet(_columns(table, head), rows, hashlib.sha256(data).hexdigest())


def _columns(table: Table, head: int) -> dict[int, Column]:
    known = {"".join(name.split()): column for column in COLUMNS for name in column.all_names()}
    columns: dict[int, Column] = {}
    for place, cell in enumerate(table[head]):
        name = "".join(cell.split()).removesuffix("*")
        where: dict[str, object] = {"row": head + 1, "letter": column_letter(place), "name": name[:40]}
        if not name:
            continue
        if name not in known:
            raise SheetRefused(
                gettext_noop("第 %(row)d 行 %(letter)s 列：不认识的列名“%(name)s”，请照模板填写。"), **where
            )
        if known[name] in columns.values():
            raise SheetRefused(gettext_noop("第 %(row)d 行 %(letter)s 列：“%(name)s”这一列出现了两次。"), **where)
        columns[place] = known[name]
    if "title" not in {column.field for column in columns.values()}:
        raise SheetRefused(gettext_noop("第 %(row)d 行应是列名，其中要有“标题”；请照模板填写。"), row=head + 1)
    return columns


def column_letter(place: int) -> str:
    """A for 0, AA for 26."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


# Trying


def dry_run(sheet: Sheet, *, by: User) -> list[RowResult]:
    """What would become of each row if `by` took the sheet in; nothing is written."""
    vocabulary, words = SheetWords(), database_words()
    seen: dict[str, int] = {}
    return [_tried(_read_row(sheet, row, cells, vocabulary, words), by, seen) for row, cells in sheet.rows]


def _read_row(sheet: Sheet, row: int, cells: list[str], vocabulary: SheetWords, words: Words) -> RowResult:
    values: dict[str, Any] = {}
    problems: list[BadPlace] = []
    for place, column in sheet.columns.items():
        text = cells[place].strip() if place < len(cells) else ""
        if not text:
            continue
        try:
            values[column.field] = _checked(column, text, vocabulary)
        except BadCell as error:
            message = gettext(error.message) % error.params
            problems.append(BadPlace(gettext(column.title), column_letter(place), message))
    if "title" not in values and not any(problem.letter == sheet.letter("title") for problem in problems):
        problems.append(BadPlace(gettext("标题"), sheet.letter("title"), gettext("缺少标题")))
    title, identity = str(values.get("title", "")), str(values.pop(IDENTITY, ""))
    result = RowResult(row, title, identity, problems=tuple(problems))
    return result if problems else _with_content(result, values, sheet, words)


def _checked(column: Column, text: str, vocabulary: SheetWords) -> Any:
    """The value of a cell as the exchange format has it, and read by its readers. Raises BadCell."""
    if column.field == IDENTITY:
        if len(text) > LONGEST_ID or not text.isprintable():
            raise BadCell(gettext_noop("编号应是不超过 %(most)d 个字符的一行文字"), most=LONGEST_ID)
        return text
    if column.field == BODY:
        if len(text) > CHARACTERS:
            raise BadCell(gettext_noop("正文超过 %(most)d 个字"), most=CHARACTERS)
        return text
    value = value_of(column.field, text, vocabulary)
    try:
        from_json({column.field: value})
    except ContentError as error:
        raise BadCell(error.message, **{**error.params, "place": gettext(column.title)}) from None
    return value


def _with_content(result: RowResult, values: dict[str, Any], sheet: Sheet, words: Words) -> RowResult:
    """The row with its case: the fields of the cells, and what the parser finds in the text."""
    body = str(values.pop(BODY, ""))
    content, notes = from_json(values), []
    if body:
        parsed = parse(f"{content.title}\n\n{body}", words=words)
        found = parsed.content
        content = replace(
            content,
            **{name: getattr(found, name) for name in ("intro", "initiatives", "metrics", "closing")},
            policies=content.policies or found.policies,
            honours=content.honours or found.honours,
        )
        if parsed.unplaced:
            notes.append(gettext("正文里有 %(count)d 处没有归位，请在草稿里核对") % {"count": len(parsed.unplaced)})
        if not fits_one_case(content):
            problem = BadPlace(gettext("正文"), sheet.letter(BODY), gettext("举措、措施或指标太多，一个案例放不下"))
            return replace(result, problems=(problem,))
    return replace(result, content=content, notes=tuple(notes))


def _tried(result: RowResult, by: User, seen: dict[str, int]) -> RowResult:
    """The row with what would become of it: another row, another case or the scope of the person may be in its way."""
    if result.content is None:
        return result
    digest = content_digest(result.content)
    for key in filter(None, (f"id {result.identity}" if result.identity else "", f"content {digest}")):
        if key in seen:
            return _refused(result, gettext("和第 %(row)d 行重复") % {"row": seen[key]})
        seen[key] = result.row
    if not content_in_scope(by, result.content):
        return _refused(result, gettext("行政区划或部门不在您负责的范围之内"))
    known = _known(result.identity, digest)
    if known is None:
        return replace(result, outcome="new")
    if not Case.objects.visible_to(by).filter(pk=known.pk).exists():
        return _refused(result, gettext("编号或内容和一个不在您负责范围之内的案例相同"))
    if known.digest == digest:
        return replace(result, outcome="there", case=known.pk)
    if known.stage not in EDITABLE:
        stage = {"stage": known.get_stage_display()}
        return _refused(replace(result, case=known.pk), gettext("这个编号的案例处于“%(stage)s”，不能改动") % stage)
    if known.digest != known.imported_digest:
        return _refused(replace(result, case=known.pk), gettext("这个编号的案例导入后被编辑过，不会覆盖"))
    return replace(result, outcome="changed", case=known.pk)


def _known(identity: str, digest: str) -> Case | None:
    """The case a row is about, as `import_case` knows it."""
    if identity:
        return Case.objects.filter(external_id=identity).first()
    return Case.objects.filter(imported_digest=digest).order_by("pk").first()


def _refused(result: RowResult, message: str) -> RowResult:
    return replace(result, content=None, problems=(BadPlace("", "", message),))


# Taking in


def pass_for(sheet: Sheet, by: User) -> str:
    """What lets a person take in the file they tried, and no other."""
    return signing.dumps([sheet.digest, by.pk], salt=_SALT)


def is_tried(sheet: Sheet, by: User, signed: str) -> bool:
    """True when this person tried this very file not long ago."""
    try:
        return bool(signing.loads(signed, salt=_SALT, max_age=TRIED_FOR) == [sheet.digest, by.pk])
    except signing.BadSignature:
        return False


def take_in(sheet: Sheet, *, by: User) -> Iterator[RowResult]:
    """Make a draft of each good row, one after another; what is wrong with the others is told again."""
    for result in dry_run(sheet, by=by):
        yield _taken(result, by)


def _taken(result: RowResult, by: User) -> RowResult:
    if result.content is None or result.outcome == "there":
        return result
    try:
        taken = import_case(result.identity, result.content, by=by)
    except Refused as refusal:
        return replace(result, problems=(BadPlace("", "", str(refusal)),), outcome="")
    return replace(result, case=taken.case.pk)
