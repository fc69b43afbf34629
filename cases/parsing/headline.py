"""The headline among the short lines at the head of a page, put together again when it was broken."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cases.content import LIMITS
from cases.parsing.characters import Line, part
from cases.parsing.marks import line_mark
from cases.parsing.navigation import is_kicker, without_suffix
from cases.parsing.reasons import TITLE_ALONE, TITLE_BROKEN, TITLE_FIRST, TITLE_OVER_FACTS, TITLE_SHORT, Why

LONGEST_TITLE = 90
_LONGEST_BROKEN = 120
_SHORTEST = 7  # characters of a headline that tells of a practice
_COUNTER = re.compile(
    r"(?:典型|优秀|创新|改革|经验)?(?:案例|经验|做法|实践|示例|范例|"
    r"之)(?:之)?[一二三四五六七八九十\d]{1,3}(?:[：、.|丨]|——?|(?=[^\u4e00-\u9fff\d])| |$)[：、 ]?"
)
_COUNTER_ALONE = re.compile(
    r"(?:典型|优秀|创新|改革)?(?:案例|经验|做法|实践|示例|范例)(?:之)?[一二三四五六七八九十\d]{1,3}"
)
_TITLE_LABEL = re.compile(r"(?:标题|题目|案例名称|名称|文章标题)：")
_TITLE_COLUMN = re.compile(
    r"【[^【】]{2,12}】(?=.{6})|(?:经验交流|典型案例|创新案例|经验做法|改革案例|优秀案例|案例)(?:丨|\||｜|：)|[\u4e00-\u9fff]{2,8}(?:丨|\|)(?=.{8})"
)
_BODY_NAME = re.compile(
    r"(?:[^，。！？“”：]{2,30})(?:局|委员会|委|办公室|办|中心|法院|检察院|公司|政府|海关|厅|集团|支队|大队|"
    r"管委会|部|处|院|所|联合会|工商联|银行|分行|镇|街道|专班)"
)
_MONTH = re.compile(r"[（(]?(?:19|20)\d\d年\d{1,2}月(?:\d{1,2}日)?[）)]?$")


def is_counter(text: str) -> bool:
    """True for 案例三 alone in its line."""
    return bool(_COUNTER.fullmatch(text))


def names_a_body(text: str) -> bool:
    """True for a line that is nothing but the name of a body."""
    return bool(_BODY_NAME.fullmatch(_MONTH.sub("", text)))


def choose(lines: Sequence[Line], names: Sequence[int], facts_at: int | None, body: int) -> list[int]:
    """The indexes of the lines of the headline, [] without one.

    `names` are the short lines of the head, `facts_at` is the first line of facts, `body` the first of the body.
    """
    before = [at for at in names if facts_at is None or at < facts_at]
    after = [at for at in names if facts_at is not None and at > facts_at]
    bodies = {at for at in names if names_a_body(lines[at].text) and len(lines[at].text) <= 26}
    if len(before) > 1 and before[0] in bodies and _names_headline(lines, before[0], before[1]):
        bodies.remove(before[0])
    titles = [at for at in before if at not in bodies] or [at for at in after if at not in bodies]
    if not titles and len(names) == 1:
        titles = list(names)
    while len(titles) > 1 and titles[1] in before and is_kicker(lines[titles[0]].text, lines[titles[1]].text):
        titles = titles[1:]
    chosen = titles[:1]
    for at in titles[1:]:
        whole = sum(len(lines[one].text) for one in [*chosen, at])
        if at != chosen[-1] + 1 or whole > _LONGEST_BROKEN or not _goes_on(lines, chosen, at, facts_at, body):
            break
        chosen.append(at)
    return chosen


def _names_headline(lines: Sequence[Line], at: int, following: int) -> bool:
    """True when a body alone in the first line is the first part of a broken headline."""
    below = lines[following]
    return at == 0 and following == 1 and not below.after_gap and not re.search("[市县区省州局委]", below.text)


def _goes_on(lines: Sequence[Line], chosen: Sequence[int], at: int, facts_at: int | None, body: int) -> bool:
    """True when the line goes on with the headline chosen so far."""
    above, line = lines[chosen[-1]].text, lines[at]
    whole = "".join(lines[one].text for one in chosen)
    if line.text.startswith("—") or above[-1] in "，、：—和与的及“":
        return True
    if any(whole.count(first) > whole.count(last) for first, last in ("“”", "（）", "《》")):
        return True
    if len(chosen) == 1 and names_a_body(above) and _names_headline(lines, chosen[0], at):
        return True
    if facts_at is not None and at < facts_at:
        return not line.after_gap or all(other.after_gap for other in lines[1:facts_at])
    if line.after_gap:
        return False
    if at + 1 < len(lines) and lines[at + 1].after_gap:
        return True
    dense = not any(other.after_gap for other in lines[: body + 4])
    headings = any(2 < len(other.text) < 30 and other.text[-1] not in "。；：…）" for other in lines[body:])
    return dense and not headings and at + 1 == body


def without_prefix(line: Line) -> int:
    """How many characters stand before the headline proper: #, 标题：, 案例三, 【经验交流】."""
    start = 0
    for prefix in (re.compile(r"#{1,6} ?|\*(?=\S)"), _TITLE_LABEL, _COUNTER, _TITLE_COLUMN):
        match = prefix.match(line.text, start)
        if match and match.end() < len(line.text):
            start = match.end()
    alone = _COUNTER_ALONE.match(line.text, start)
    if alone and alone.end() < len(line.text) and line.places[alone.end()] > line.places[alone.end() - 1] + 1:
        start = alone.end()  # 案例七　标题: the blank parts them
    return start


def parted(lines: Sequence[Line]) -> tuple[list[Line], Line | None, list[Line]]:
    """Title lines, subtitle (opening with ——) and what stands before and after them, of the lines of a headline."""
    start, end = without_prefix(lines[0]), without_suffix(lines[-1])
    if len(lines) == 1 and end <= start:
        end = len(lines[0].text)  # what reads like a site's name is all that is left
    around = [part(lines[0], 0, start)] if start else []
    if end < len(lines[-1].text):
        around.append(part(lines[-1], end, len(lines[-1].text)))
        lines = [*lines[:-1], part(lines[-1], 0, end)]
    title = [part(lines[0], start, len(lines[0].text))]
    subtitle = None
    for line in lines[1:]:
        if line.text.startswith("—") and subtitle is None and len(line.text) <= LIMITS["subtitle"]:
            subtitle = line
        else:
            title.append(line)
    return title, subtitle, around


def why_headline(title: Sequence[Line], over_facts: bool, with_facts: bool) -> Why:
    """Why the lines are the headline; facts of the page stand right below it, or elsewhere, or nowhere."""
    text = "".join(line.text for line in title)
    if len(text) <= _SHORTEST or text[-1] in "，。；、）" or line_mark(text):
        return TITLE_SHORT
    if len(title) > 1:
        return TITLE_BROKEN
    return TITLE_OVER_FACTS if over_facts else TITLE_FIRST if with_facts else TITLE_ALONE
