"""The page round an article: headline, date, source and credits at its head and tail, furniture taken away."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from cases.content import LIMITS, Moment
from cases.parsing.characters import Line, Source, part
from cases.parsing.dates import read_date
from cases.parsing.furniture import LABEL, is_caption, is_note, is_site_or_column, is_tool, label_kind, opens_tail
from cases.parsing.headings import container_kind
from cases.parsing.marks import line_mark

LONGEST_TITLE = 90
_COUNTER = re.compile(
    r"(?:典型|优秀|创新|改革|经验)?(?:案例|经验|做法|实践|示例|范例|之)(?:之)?[一二三四五六七八九十\d]{1,3}(?:[：、.|丨]|——?|(?=[^\u4e00-\u9fff\d])| |$)[：、 ]?"
)
_COUNTER_ALONE = re.compile(
    r"(?:典型|优秀|创新|改革)?(?:案例|经验|做法|实践|示例|范例)(?:之)?[一二三四五六七八九十\d]{1,3}"
)
_TITLE_LABEL = re.compile(r"(?:标题|题目|案例名称|名称|文章标题)：")
_TITLE_COLUMN = re.compile(
    r"【[^【】]{2,12}】(?=.{6})|(?:经验交流|典型案例|创新案例|经验做法|改革案例|优秀案例|案例)(?:丨|\||｜|：)"
)
_BODY_NAME = re.compile(
    r"(?:[^，。！？“”：]{2,30})(?:局|委员会|委|办公室|办|中心|法院|检察院|公司|政府|海关|厅|集团|支队|大队|管委会|部|处|院|所|联合会|工商联|银行|分行|镇|街道|专班)"
)
_CREDIT = re.compile(
    r"[（(]?(?:记者|通讯员|特约记者|本报记者|作者|供稿|撰稿|来源|文|图|文/图|图/文|编辑|责编|责任编辑|供稿单位|报送单位|摄影|审核|校对|初审|复审|终审|监制)[：:/ ]?[^。；]{0,60}[）)]?"
)
_SUPPLIED = re.compile(
    r"[（(][^（）。，]{2,40}(?:供稿|报送|提供|供图|整理|推荐)[）)]|[（(][^（）。，]{4,40}(?:局|委|办|中心|法院|公司|政府|厅|海关)[）)]"
)
_SEPARATORS = " |丨/·【】（）()[]，,;；：:—*_>　\t"
_NOTICE = re.compile(r"(?:通知|通报|函|公告|简报)$|关于(?:印发|转发|推广|学习|做好)")
_NOTICE_BODY = re.compile(
    r"印发给|现(?:将|予)|请(?:认真|结合|各)|特此通知|各(?:县|市|区|省|有关|部门|单位|科室|乡镇)[^。]{0,40}：$"
)
_ATTACHED = re.compile(r"附件?[：:]?[\d一二三四五]?[：:、.]?$|附：.{4,60}$|附件[\d一二三四五]?[：:]?[^。；]{4,60}$")


@dataclass(slots=True)
class Found:
    """A stretch of the page and what it is."""

    start: int
    end: int
    kind: str


@dataclass(slots=True)
class Page:
    """What stands round the body."""

    title: list[Line] = field(default_factory=list)
    subtitle: Line | None = None
    published: Moment | None = None
    source: str = ""
    author: str = ""
    editor: str = ""
    bylines: list[Line] = field(default_factory=list)  # names of bodies standing alone at the head or the tail
    body: list[Line] = field(default_factory=list)
    found: list[Found] = field(default_factory=list)
    notice: bool = False  # the article was attached to a notice


def read_page(source: Source) -> Page:
    """The page taken apart; the lines of `body` are neither title, facts nor furniture."""
    return _Reader(source).page()


class _Reader:
    def __init__(self, source: Source) -> None:
        self.source = source
        self.result = Page()
        self.lines = list(source.lines)
        self.tail_source: str = ""
        self._line_start = 0  # of the line of facts being read

    def page(self) -> Page:
        self.cut_notice()
        last = self.tail()
        first = self.head(last)
        self.middle(first, last)
        self.result.source = self.result.source or self.tail_source
        return self.result

    def mark(self, line: Line, kind: str) -> None:
        self.result.found.append(Found(line.start, line.end, kind))

    # a case attached to a notice

    def cut_notice(self) -> None:
        """Leave a notice before the case out; its signature date is kept."""
        texts = [line.text for line in self.lines]
        head = next(
            (at for at, text in enumerate(texts[:8]) if _NOTICE.search(text) and len(text) < LONGEST_TITLE), None
        )
        if head is None:
            return
        for at in range(head + 2, len(texts) - 2):
            if (
                _ATTACHED.match(texts[at])
                and sum(map(len, texts[at + 1 :])) > 200
                and any(map(_NOTICE_BODY.search, texts[head:at]))
            ):
                follows = next((text for text in texts[at + 1 :] if text), "")
                if _ATTACHED.match(follows):
                    continue
                for line in self.lines[:at]:
                    self.meta(line, only_date=not re.search("来源|时间|日期", line.text))
                named = re.match(r"附件?[\d一二三四五]?[：:]", texts[at])
                keep = named is not None and len(texts[at]) - named.end() > 6 and len(follows) > 40
                self.result.notice = True
                self.mark(self.lines[at], "furniture") if not keep else None
                rest = self.lines[at + 1 :]
                if keep and named:
                    rest = [part(self.lines[at], named.end(), len(texts[at])), *rest]
                self.lines = rest
                return

    # tail

    def tail(self) -> int:
        """Read the tail and return the number of lines before it."""
        lines = self.lines
        end = len(lines)
        floor = max(2, end - 40)
        cut = next((at for at in range(floor, end) if self.ends_article(at)), end)
        for line in lines[cut:]:
            self.tail_line(line)
        while cut > 2 and self.is_tail_line(lines[cut - 1], cut):
            cut -= 1
            self.tail_line(lines[cut])
        return cut

    def ends_article(self, at: int) -> bool:
        """True where the page turns to other things for good."""
        if not opens_tail(self.lines[at].text):
            return False
        rest = self.lines[at + 1 :]
        return at > len(self.lines) // 3 and not any(len(line.text) > 60 and line.text.count("。") > 1 for line in rest)

    def is_tail_line(self, line: Line, end: int) -> bool:
        text = line.text
        if is_tool(text) or is_note(text) or is_caption(text) or opens_tail(text):
            return True
        if len(text) < 80 and _CREDIT.fullmatch(text) and not text.endswith("。"):
            return bool(re.search("[：:（(/]|^(?:记者|通讯员)", text))
        if _SUPPLIED.fullmatch(text) or self.is_dated_only(line):
            return True
        if len(text) < 80 and self.labels(line) and text[-1] not in "。；":
            return True
        return (
            bool(_BODY_NAME.fullmatch(text))
            and len(text) <= 30
            and end > 4
            and (end == len(self.lines) or self.is_dated_only(self.lines[end]) or line.after_gap)
        )

    def tail_line(self, line: Line) -> None:
        text = line.text
        body = text.strip("（）()")
        if self.is_dated_only(line):
            self.meta(line, only_date=True)
        elif self.labels(line) and len(text) < 120 and not is_tool(text):
            before = self.result.source
            self.meta(line, tail=True)
            if self.result.source != before and not before:
                self.tail_source, self.result.source = self.result.source, ""
        elif _BODY_NAME.fullmatch(body) and len(body) <= 40:
            self.result.bylines.append(line)
            self.mark(line, "furniture")
        else:
            if (
                credit := re.match(r"[（(]?(?:本报)?(?:记者|通讯员|作者)[：: ]?([^（）]{2,30})[）)]?$", text)
            ) and not self.result.author:
                self.result.author = self.source.one_line(*line.stretch(credit.start(1), credit.end(1)))[
                    : LIMITS["author"]
                ]
                self.mark(line, "author")
                return
            self.mark(line, "furniture")

    def is_dated_only(self, line: Line) -> bool:
        dated = read_date(self.raw(line))
        return dated is not None and not (self.raw(line)[: dated[1]] + self.raw(line)[dated[2] :]).strip(_SEPARATORS)

    def raw(self, line: Line) -> str:
        """The plain line with its blanks: they part the facts of a page."""
        return self.source.plain[line.start : line.end].replace("\n", " ")

    def labels(self, line: Line) -> list[re.Match[str]]:
        text = self.raw(line)
        return list(LABEL.finditer(text)) if len(text) < 400 else []

    # head

    def head(self, last: int) -> int:
        """Read the head and return the index of the first line of the body."""
        names: list[int] = []
        facts_at: int | None = None
        at = 0
        while at < last:
            line = self.lines[at]
            text = line.text
            if is_tool(text) or is_note(text) or re.fullmatch(r"[\W_]+", text):
                self.mark(line, "furniture")
            elif self.is_meta(line):
                self.meta(line)
                facts_at = at if facts_at is None else facts_at
            elif self.opens_body(at, last, names):
                break
            elif is_site_or_column(text) and not self.only_name(at, last, names):
                self.mark(line, "furniture")
            elif _COUNTER.fullmatch(text):
                self.mark(line, "furniture")
            elif len(names) > 5 and at > 10:
                break
            else:
                names.append(at)
            at += 1
        return self.headline(names, facts_at, at)

    def only_name(self, at: int, last: int, names: list[int]) -> bool:
        """True when nothing else could be the headline."""
        if names:
            return False
        following = self.lines[at + 1] if at + 1 < last else None
        return following is None or (
            not self.is_meta(following) and self.opens_body(at + 1, last, [at]) and len(self.lines[at].text) > 8
        )

    def opens_body(self, at: int, last: int, names: list[int]) -> bool:
        text = self.lines[at].text
        mark = line_mark(text)
        if mark and mark.lastgroup == "markdown":
            return bool(names) and mark[0].count("#") > 1
        if mark and mark.lastgroup not in ("bullet", "named", "leading_zero") and not text.startswith("——"):
            return bool(names) or len(text) > LONGEST_TITLE or mark.lastgroup not in ("han", "digit", "paren_han")
        if container_kind(text) and names:
            return True
        if text.startswith("——") and names:
            return False
        if len(text) > LONGEST_TITLE or text[-1] in "。；":
            return True
        if text[-1] == "：" and names:
            return True
        return len(text) > 45 and text.count("，") >= 2 and bool(names)

    def headline(self, names: list[int], facts_at: int | None, body: int) -> int:
        """Choose the headline among the short lines of the head; returns where the body begins."""
        before = [at for at in names if facts_at is None or at < facts_at]
        after = [at for at in names if facts_at is not None and at > facts_at]
        lines = self.lines
        bodies = [at for at in names if _BODY_NAME.fullmatch(lines[at].text) and len(lines[at].text) <= 26]
        if len(before) > 1 and before[0] in bodies and self.names_headline(before[0], before[1]):
            bodies.remove(before[0])
        titles = [at for at in before if at not in bodies] or [at for at in after if at not in bodies]
        if not titles and bodies and len(names) == 1:
            titles, bodies = bodies, []
        if not titles:
            for at in bodies:
                self.byline(lines[at])
            return body
        chosen = self.joined_title(titles, facts_at, body)
        for at in names:
            if at in chosen:
                continue
            if at in bodies:
                self.byline(lines[at])
            elif at > chosen[-1] and all(other >= at for other in range(at, body) if other not in names):
                pass
        rest = [at for at in names if at > chosen[-1] and at not in bodies]
        start = body
        if rest and (facts_at is None or rest[0] > facts_at):
            start = rest[0]  # short lines under the headline begin the body
        self.set_title([lines[at] for at in chosen])
        return start

    def names_headline(self, at: int, following: int) -> bool:
        """True when a body alone in a line is the first part of a broken headline."""
        below = self.lines[following]
        return (
            following == at + 1
            and not below.after_gap
            and at == 0
            and not re.search("[市县区省州局委]", below.text)
            and len(self.lines) > following + 1
        )

    def joined_title(self, titles: list[int], facts_at: int | None, body: int) -> list[int]:
        """The lines of the headline: the first, and those that go on with it."""
        chosen = titles[:1]
        for at in titles[1:]:
            if at != chosen[-1] + 1 or sum(len(self.lines[one].text) for one in [*chosen, at]) > 120:
                break
            if not self.goes_on(chosen, at, facts_at, body):
                break
            chosen.append(at)
        return chosen

    def goes_on(self, chosen: list[int], at: int, facts_at: int | None, body: int) -> bool:
        above, line = self.lines[chosen[-1]].text, self.lines[at]
        whole = "".join(self.lines[one].text for one in chosen)
        if len(chosen) == 1 and _BODY_NAME.fullmatch(above) and self.names_headline(chosen[0], at):
            return True
        if line.text.startswith("—"):
            return True
        if any(whole.count(a) > whole.count(b) for a, b in ("“”", "（）", "《》")) or above[-1] in "，、：—和与的及“":
            return True
        if facts_at is not None and at < facts_at:
            return not line.after_gap or all(other.after_gap for other in self.lines[1:facts_at])
        if line.after_gap:
            return False
        following = self.lines[at + 1] if at + 1 < len(self.lines) else None
        if following is not None and following.after_gap:
            return True
        dense = not any(other.after_gap for other in self.lines[: body + 4])
        later = [other for other in self.lines[body:] if 2 < len(other.text) < 30 and other.text[-1] not in "。；：…）"]
        return dense and not later and at + 1 == body

    def set_title(self, lines: Sequence[Line]) -> None:
        result = self.result
        for line in lines:
            text = line.text
            start = 0
            for prefix in (
                (re.compile(r"#{1,6} ?|\*(?=\S)"), _TITLE_LABEL, _COUNTER, _TITLE_COLUMN) if not result.title else ()
            ):
                match = prefix.match(text, start)
                if match and match.end() < len(text):
                    start = match.end()
            alone = _COUNTER_ALONE.match(text, start) if not result.title else None
            if alone and alone.end() < len(text) and line.places[alone.end()] > line.places[alone.end() - 1] + 1:
                start = alone.end()  # 案例七　标题: the blank parts them
            if start:
                self.mark(part(line, 0, start), "furniture")
            line = part(line, start, len(text))
            if (
                result.title
                and line.text.startswith("—")
                and result.subtitle is None
                and len(line.text) <= LIMITS["subtitle"]
            ):
                result.subtitle = line
                self.mark(line, "subtitle")
            elif sum(len(one.text) + 1 for one in [*result.title, line]) <= LIMITS["title"]:
                result.title.append(line)
                self.mark(line, "title")

    def byline(self, line: Line) -> None:
        self.result.bylines.append(line)

    # facts

    def is_meta(self, line: Line) -> bool:
        """True for a line of facts: labels with values, or a date with little beside it."""
        raw = self.raw(line)
        if len(raw) > 260:
            return False
        labels = self.labels(line)
        if labels and (labels[0].start() <= 3 or len(labels) > 1 or read_date(raw) is not None):
            ends_prose = line.text[-1] == "。" and len(line.text) > 60
            strong = (
                any(label_kind(match["label"] or match["bare"]) in ("date", "source") for match in labels)
                or len(labels) > 1
                or labels[0]["label"]
            )
            if strong:
                return not ends_prose
        dated = read_date(raw)
        if dated is None:
            return False
        rest = (raw[: dated[1]] + " " + raw[dated[2] :]).strip(_SEPARATORS)
        if labels:
            rest = rest[: max(0, len(rest) - len(raw) + labels[0].start())]
        return len(rest) <= 24 and "，" not in rest and line.text[-1] not in "。"

    def meta(self, line: Line, only_date: bool = False, tail: bool = False) -> None:
        """Read the facts of a line into the result."""
        raw = self.raw(line)
        offset = self._line_start = line.start
        labels = self.labels(line)
        dated = None
        if only_date:
            labels = []
        stretches = [(None, 0, labels[0].start() if labels else len(raw))]
        for at, match in enumerate(labels):
            end = labels[at + 1].start() if at + 1 < len(labels) else len(raw)
            stretches.append((match, match.end(), end))
        places: list[tuple[int, int, str]] = []
        for match, start, end in stretches:
            kind = label_kind(match["label"] or match["bare"]) if match else "bare"
            if kind in ("date", "bare", "other") or (kind == "source" and read_date(raw[start:end])):
                dated = read_date(raw[start:end])
                if dated and kind != "other" and (self.result.published is None or (kind == "date" and not tail)):
                    if self.result.published is None or not any(
                        found.kind == "published_at" for found in self.result.found
                    ):
                        self.result.published = dated[0]
                        places.append((start + dated[1], start + dated[2], "published_at"))
                if dated and kind in ("bare", "date", "source"):
                    outside = [(start, start + dated[1]), (start + dated[2], end)]
                    if not only_date and not tail:
                        for low, high in (
                            outside
                            if kind != "source"
                            else outside[:1]
                            if raw[start : start + dated[1]].strip(_SEPARATORS)
                            else outside[1:]
                        ):
                            self.take_source(raw, low, high, places, labelled=kind == "source")
                    continue
            if kind == "source":
                self.take_source(raw, start, end, places, labelled=True)
            elif kind in ("author", "editor"):
                self.take_name(raw, start, end, places, kind)
            elif kind == "bare" and labels and not only_date and not tail:
                self.take_source(raw, start, end, places, labelled=False)
        for start, end, kind in places:
            self.result.found.append(Found(offset + start, offset + end, kind))
        self.fill(line, places)

    def fill(self, line: Line, places: list[tuple[int, int, str]]) -> None:
        """What is left of a line of facts is furniture."""
        at = line.start
        for start, end, _ in sorted(places):
            if at < line.start + start:
                self.result.found.append(Found(at, line.start + start, "furniture"))
            at = line.start + end
        if at < line.end:
            self.result.found.append(Found(at, line.end, "furniture"))

    def take_source(self, raw: str, start: int, end: int, places: list[tuple[int, int, str]], labelled: bool) -> None:
        start, end = _trimmed(raw, start, end)
        value = raw[start:end]
        parts = re.split(r" {2,}|[|丨]| (?=[\u4e00-\u9fff])", value)
        if len(parts) > 1 and parts[0].strip():
            end = start + len(parts[0])
            start, end = _trimmed(raw, start, end)
        words = self.source.one_line  # the author's own words
        if (
            self.result.source
            or end - start < 2
            or end - start > 60
            or not re.search(r"[\u4e00-\u9fffa-z]", raw[start:end])
        ):
            return
        if not labelled and not _looks_like_source(raw[start:end]):
            return
        line_start = self._line_start
        text = words(line_start + start, line_start + end)
        if 2 <= len(text) <= LIMITS["source_name"]:
            self.result.source = text
            places.append((start, end, "source_name"))

    def take_name(self, raw: str, start: int, end: int, places: list[tuple[int, int, str]], kind: str) -> None:
        start, end = _trimmed(raw, start, end)
        text = self.source.one_line(self._line_start + start, self._line_start + end) if start < end else ""
        held = "author" if kind == "author" else "editor"
        if text and len(text) <= 100 and not getattr(self.result, held):
            setattr(self.result, held, text)
            places.append((start, end, "author" if kind == "author" else "responsible_editor"))

    # between head and tail

    def middle(self, first: int, last: int) -> None:
        for line in self.lines[first:last]:
            text = line.text
            if is_tool(text) or is_note(text) or is_caption(text):
                self.mark(line, "furniture")
            else:
                self.result.body.append(line)


def _trimmed(raw: str, start: int, end: int) -> tuple[int, int]:
    while start < end and raw[start] in _SEPARATORS:
        start += 1
    while start < end and raw[end - 1] in _SEPARATORS:
        end -= 1
    return start, end


def _looks_like_source(text: str) -> bool:
    return bool(
        re.search(
            r"(?:报|网|社|局|委|办|台|在线|发布|融媒|融媒体|中心|政府|部|厅|院|公司|新闻|电视|日报社|晚报|客户端|办公室|海关|杂志|周刊|频道|云|号|集团|观察|头条)$",
            text.strip(),
        )
    )
