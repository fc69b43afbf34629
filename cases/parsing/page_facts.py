"""The facts a page shows of its article in lines of labels and dates: when, where from, by whom."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from cases.content import LIMITS, Moment
from cases.parsing.characters import Line, Source, listed
from cases.parsing.dates import read_date
from cases.parsing.furniture import LABEL, is_tool, label_kind
from cases.parsing.navigation import POSTED_FROM
from cases.parsing.reasons import DATE_BARE, DATE_SIGNED, SOURCE_ALONE, SOURCE_BESIDE_DATE, Why, labelled

_SEPARATORS = " |丨/·【】（）()[]，,;；：:—*_>　\t"
_PUBLISHED = re.compile(r"发布|发表|发稿|时间|日期|信息时间|公开")
_NAMES_A_SOURCE = re.compile(
    r"(?:报|网|网站|社|局|委|办|台|在线|发布|融媒|融媒体|中心|政府|部|厅|院|公司|新闻|电视|"
    r"客户端|办公室|海关|杂志|周刊|频道|云|号|集团|观察|头条|研究室|办事处|管委会)$"
)
_PAPER = re.compile(
    r"[\u4e00-\u9fff]{2,10}(?:[日晚早商时]报|(?:法[治制]|经济|工人|特区|都市|青年|农民)报|(?:新闻|信息|政府|政务)网|在线|客户端|"
    r"融媒体?(?:中心)?|电视台|通讯社)|新华社|[\u4e00-\u9fff]{2,4}发布"
)
_NUMBERS_OF_DOCUMENTS = listed("索引号 文号 发文字号 文件编号 信息索引 主题分类 关键词 有效性")
_PIECE = re.compile(r"(?:[^ |丨]| (?! |[\u4e00-\u9fff]|www\.|http))+")
_ITS_AUTHOR = re.compile("，作者")
LEFT_OPEN = "unplaced"  # the kind of a stretch that is no furniture, but fits no field
_LONGEST_LINE = 260
_LONGEST_SOURCE = 60
_PUBLICATION, _BARE, _LATER, _SIGNED = range(4)  # ranks of dates: 发布日期, bare, 更新日期, in the tail
_NAMED, _ISSUED, _BESIDE = range(3)  # ranks of sources: 来源, 发布机构, none beside a date
_ISSUERS = re.compile(r"发[布文](?:机构|机关|单位|部门)")
# What pages put beside a date that is no name: 07版, A06版, 上一版, 农历六月初四.
_PAGE_OF_A_PAPER = re.compile(
    r"(?:\d{1,2}月\d{1,2}日)?第?[a-d]?\d{1,3}(?:版|：).{0,4}|[上下]一[版篇期]|第\d+期|评论（\d+）|[at][大小]|(?:https?：//|www\.)[!-~：]+"
)
_TODAY = re.compile("今天是|今日是|现在是|农历|℃")


@dataclass(slots=True)
class Found:
    """A stretch of the page and what it is."""

    start: int
    end: int
    kind: str
    why: Why | None = None


@dataclass(slots=True)
class PageFacts:
    """What the lines of facts have told so far; the first answer stands, but 发布日期 goes before other dates."""

    source: Source
    published: Moment | None = None
    publisher: str = ""
    author: str = ""
    editor: str = ""
    found: list[Found] = field(default_factory=list)
    _date_rank: int = 9
    _source_rank: int = 9
    _bare_rank: int = _BARE

    def raw(self, line: Line) -> str:
        """The plain line with its blanks: they part the facts of a page."""
        return self.source.plain[line.start : line.end].replace("\n", " ")

    def labels(self, line: Line) -> list[re.Match[str]]:
        """The labels of a line, none in one too long for facts."""
        raw = self.raw(line)
        if len(raw) > _LONGEST_LINE:
            return []
        return [match for match in LABEL.finditer(raw) if not _inside_a_word(raw, match)]

    def is_facts(self, line: Line) -> bool:
        """True for a line of facts: labels with values, or a date with little beside it."""
        raw = self.raw(line)
        if len(raw) > _LONGEST_LINE:
            return False
        labels = self.labels(line)
        dated = read_date(raw)
        if labels and (labels[0].start() <= 3 or len(labels) > 1 or dated is not None):
            telling = any(label_kind(_label(match)) in ("date", "source") for match in labels)
            if telling or len(labels) > 1 or labels[0]["label"]:
                return not (line.text[-1] == "。" and len(line.text) > 60)
        if dated is None:
            return False
        rest = raw[: dated[1]] + " " + raw[dated[2] : labels[0].start() if labels else len(raw)]
        names = " ".join(piece for piece in rest.strip(_SEPARATORS).split() if not _is_beside(piece))
        return len(names) <= 24 and "，" not in names and line.text[-1] != "。"

    def is_label_of(self, line: Line, following: Line) -> bool:
        """True for a label alone in its line, whose value stands in the next one."""
        labels = self.labels(line)
        if len(labels) != 1 or not labels[0]["label"] or self.labels(following):
            return False
        alone = labels[0].start() == 0 and labels[0].end() >= len(self.raw(line).rstrip())
        return alone and len(following.text) <= 40 and following.text[-1] not in "。："

    def is_paper(self, line: Line, others: Sequence[Line]) -> bool:
        """True for the name of a paper alone in its line, right over or under one of facts."""
        return bool(_PAPER.fullmatch(line.text)) and any(map(self.is_facts, others))

    def read_paper(self, line: Line) -> None:
        self._take_source(line, 0, len(self.raw(line)), _BESIDE, SOURCE_ALONE)

    def is_today(self, line: Line) -> bool:
        """True for a line that tells the reader what day it is: 今天是2023年7月21日 星期五."""
        return bool(_TODAY.search(line.text)) and self.is_facts(line)

    def is_date(self, line: Line) -> bool:
        """True for a line that is a date and nothing else."""
        raw = self.raw(line)
        dated = read_date(raw)
        return dated is not None and not (raw[: dated[1]] + raw[dated[2] :]).strip(_SEPARATORS)

    def read(self, line: Line, *, only_labelled: bool = False, over_headline: bool = False) -> None:
        """Take the facts of a line; what is left of it is furniture. Unlabelled sources only if asked for.

        A bare date in the tail, or over the headline, where pages show the day they are read, gives way to others.
        """
        raw = self.raw(line)
        labels = self.labels(line)
        self._bare_rank = _SIGNED if only_labelled else _LATER if over_headline else _BARE
        before = len(self.found)
        for place, match in enumerate(labels):
            end = labels[place + 1].start() if place + 1 < len(labels) else len(raw)
            kind = label_kind(_label(match))
            if kind == "date":
                self._read_dated(line, match, end, source=not only_labelled)
            elif kind == "source":
                self._read_source(line, match, end)
            elif kind in ("author", "editor"):
                dated = self._take_date(line, match.end(), end)
                self._read_name(line, kind, match, dated[0] if dated else end)
            elif _label(match).replace(" ", "") not in _NUMBERS_OF_DOCUMENTS:
                self._read_after_tools(line, match.end(), end, source=not only_labelled)
        self._read_bare(line, 0, labels[0].start() if labels else len(raw), source=not only_labelled)
        self._fill(line, self.found[before:])

    def _read_dated(self, line: Line, match: re.Match[str], end: int, source: bool) -> None:
        rank = _PUBLICATION if _PUBLISHED.match(_label(match).replace(" ", "")) else _LATER
        dated = self._take_date(line, match.end(), end, rank, labelled(_label(match), 0.85 if rank else 0.98))
        if dated and source:
            self._take_source_beside(line, dated[1], end)

    def _read_after_tools(self, line: Line, start: int, end: int, source: bool) -> None:
        """A date behind buttons and counters of the page (字体：大 中 小 2024-03-15 09:26), perhaps a paper with it."""
        dated = self._take_date(line, start, end)
        if dated and source:
            self._take_source_beside(line, dated[1], end)

    def _read_bare(self, line: Line, start: int, end: int, source: bool) -> None:
        """A stretch without a label: a date, perhaps with a paper's name beside it."""
        dated = self._take_date(line, start, end)
        if source and dated:
            if POSTED_FROM.fullmatch(self.raw(line)[dated[1] : end].strip(_SEPARATORS)):
                self._take_account(line, start, dated[0])
            self._take_source_beside(line, start, dated[0])
            self._take_source_beside(line, dated[1], end)
        elif source and end < len(self.raw(line)):
            self._take_source_beside(line, start, end)

    def _read_source(self, line: Line, match: re.Match[str], end: int) -> None:
        start, rank = match.end(), _ISSUED if _ISSUERS.match(_label(match).replace(" ", "")) else _NAMED
        dated = self._take_date(line, start, end)
        if dated:
            before = self.raw(line)[start : dated[0]].strip(_SEPARATORS)
            start, end = (start, dated[0]) if before else (dated[1], end)
        author = _ITS_AUTHOR.search(self.raw(line), start, end)
        piece = next(_pieces(self.raw(line), start, author.start() if author else end), None)
        if piece:
            self._take_source(line, *piece, rank, labelled(_label(match), 0.97))

    def _take_date(
        self, line: Line, start: int, end: int, rank: int | None = None, why: Why = DATE_BARE
    ) -> tuple[int, int] | None:
        """Keep the date of a stretch if it goes before the one known; returns where it stands. Bare without a rank."""
        dated = read_date(self.raw(line)[start:end])
        if not dated:
            return None
        place = start + dated[1], start + dated[2]
        rank = self._bare_rank if rank is None else rank
        if rank < self._date_rank:
            self._give_up("published_at")
            self.published, self._date_rank = dated[0], rank
            self._keep(line, *place, "published_at", DATE_SIGNED if rank == _SIGNED else why)
        return place

    def _take_source_beside(self, line: Line, start: int, end: int) -> None:
        """The first name of a paper or a body among what stands beside a date."""
        for piece in _pieces(self.raw(line), start, end):
            name = self.raw(line)[slice(*piece)]
            if _NAMES_A_SOURCE.search(name) and not is_tool(name):
                self._take_source(line, *piece, _BESIDE, SOURCE_BESIDE_DATE)
                break

    def _take_account(self, line: Line, start: int, end: int) -> None:
        """The account right before the date on which it posted the article: 原创 普陀税务 2023-08-29 发表于浙江."""
        *_, account = (None, *_pieces(self.raw(line), start, end))
        if account and not _is_beside(self.raw(line)[slice(*account)]):
            self._take_source(line, *account, _BESIDE, SOURCE_BESIDE_DATE)

    def _take_source(self, line: Line, start: int, end: int, rank: int, why: Why) -> None:
        words = self.raw(line)[start:end]
        if (
            rank >= self._source_rank
            or not 2 <= len(words) <= _LONGEST_SOURCE
            or not re.search(r"[\u4e00-\u9fffa-z]", words)
        ):
            return
        self._give_up("source_name")
        self.publisher = self.source.one_line(line.start + start, line.start + end)[: LIMITS["source_name"]]
        self._source_rank = rank
        self._keep(line, start, end, "source_name", why)

    def _give_up(self, kind: str) -> None:
        """Leave what was found so far to the page: something that goes before it is met."""
        for found in self.found:
            if found.kind == kind:
                found.kind = "furniture"

    def _read_name(self, line: Line, kind: str, match: re.Match[str], end: int) -> None:
        start, end = _trimmed(self.raw(line), match.end(), end)
        name = self.source.one_line(line.start + start, line.start + end) if start < end else ""
        if len(name) > LIMITS["author"]:
            self._keep(line, start, end, LEFT_OPEN)
        if not name or len(name) > LIMITS["author"]:
            return
        if kind == "author" and not self.author:
            self.author = name
            self._keep(line, start, end, "author", labelled(_label(match), 0.95))
        if kind == "editor" and not self.editor:
            self.editor = name
            self._keep(line, start, end, "responsible_editor", labelled(_label(match), 0.95))

    def _keep(self, line: Line, start: int, end: int, kind: str, why: Why | None = None) -> None:
        self.found.append(Found(line.start + start, line.start + end, kind, why))

    def _fill(self, line: Line, taken: list[Found]) -> None:
        at = line.start
        for found in sorted(taken, key=lambda one: one.start):
            if at < found.start:
                self.found.append(Found(at, found.start, "furniture"))
            at = found.end
        if at < line.end:
            self.found.append(Found(at, line.end, "furniture"))


def _inside_a_word(raw: str, match: re.Match[str]) -> bool:
    """True for 办理时间：and 数据来源：, which label nothing of the page."""
    before = raw[match.start() - 1 : match.start()] if match.start() else ""
    if match["label"] == "来源":
        return raw[: match.start()].endswith(("数据", "资金", "经费", "收入"))
    return _label(match) in ("时间", "日期", "分类", "评论", "编辑", "图片", "文字") and "一" <= before <= "龥"


def _pieces(raw: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where the names in a stretch stand that blanks before Chinese, two blanks or | part."""
    for piece in _PIECE.finditer(raw, start, end):
        low, high = _trimmed(raw, *piece.span())
        if low < high:
            yield low, high


def _is_beside(piece: str) -> bool:
    """True for what stands beside the date of a page and is no name: buttons, and the page of a paper."""
    return is_tool(piece) or bool(_PAGE_OF_A_PAPER.fullmatch(piece))


def _label(match: re.Match[str]) -> str:
    return match["label"] or match["bare"] or "来源"  # 以下文章来源于


def _trimmed(raw: str, start: int, end: int) -> tuple[int, int]:
    while start < end and raw[start] in _SEPARATORS:
        start += 1
    while start < end and raw[end - 1] in _SEPARATORS and not (raw[end - 1] == "）" and "（" in raw[start:end]):
        end -= 1
    return start, end
