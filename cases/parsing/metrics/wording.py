"""The words of a metric: its label, its quote, the period and the kind it speaks of."""

from __future__ import annotations

import re

from cases.content import LIMITS
from cases.parsing.metrics.changes import RAISING, REDUCING
from cases.parsing.metrics.units import MONEY_UNITS, TIME_UNITS

LONGEST_QUOTE_BEFORE = 40
LONGEST_QUOTE_AFTER = 16
_CLAUSE = re.compile("[，。；：！？（）]")
_PERIOD = re.compile(
    r"截至目前|截至(?:\d{4}年)?(?:\d{1,2}月)?(?:\d{1,2}日|底|末)?|\d{4}年(?:以来|来|上半年|下半年|"
    r"前?[一二三四]季度|全年|底)?|今年(?:以来|前?\d{1,2}个月|上半年|[一二三四]季度|1[—~至]\d{1,2}月|"
    r"\d{1,2}月份?)?"
    r"|去年(?:底|以来|同期)?|[一二三四]季度|上半年|下半年|1[—~至]\d{1,2}月份?|改革(?:以来|后)|实施以来|目前|"
    r"近[三两]年来?"
)
_FILLER = re.compile(
    r"^(?:截至目前|目前|已经?|共|累计|其中|还|并|也|今年以来|同时|此外|全年|先后|近年来|改革后|现|使得?|让|"
    r"将|把|实现|全市|全县|全区|全省|全州|，|、)+"
)
_TRAILING = re.compile(
    rf"(?:由|从|自|将|已|达到?|为|到|至|是|仅|只|约|近|超过?|不超过|不到|逾|突破|不低于|不少于|平均|原来的?|"
    rf"过去的?|分别|共|的|了|{REDUCING}|{RAISING}|“)+$"
)


def clause_start(text: str, place: int, longest: int = LONGEST_QUOTE_BEFORE) -> int:
    """Where the clause that holds a place begins, at most `longest` characters before it."""
    low = max(0, place - longest)
    start = low
    for mark in _CLAUSE.finditer(text, low, place):
        start = mark.end()
    return start


def clause_end(text: str, place: int, longest: int = LONGEST_QUOTE_AFTER) -> int:
    """Where the clause that holds a place ends."""
    mark = re.compile("[，。；：！？（）、]").search(text, place, min(len(text), place + longest))
    return mark.start() if mark else min(len(text), place + longest)


def quote_range(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch that tells the metric: its number with the noun before it, or after it when it opens the clause."""
    first = clause_start(text, start)
    before = _FILLER.sub("", text[first:start].lstrip("“”"))
    if len(re.sub(r"[^\u4e00-\u9fff]", "", before)) < 2:
        end = max(end, clause_end(text, end))
    while first < start and text[first] in "”’ 、":
        first += 1
    return first, end


def label(text: str, first: int, start: int, end: int) -> str:
    """What is counted, a few words: 办理时限, 走访企业."""
    words = text[first:start].rpartition("、")[2] or text[first:start]
    words = _FILLER.sub("", words.lstrip("“”"))
    words = _TRAILING.sub("", words)
    if len(re.sub(r"[^\u4e00-\u9fff]", "", words)) < 2:
        words = re.split("[，。；：、！？（）]", text[end : end + 12])[0] or words
    return words.strip("“”，、：")[: LIMITS["label"]]


def period(text: str, start: int) -> str:
    """The time the sentence before a number names, as written; "" when it names none."""
    sentence = re.split("[。；！？]", text[max(0, start - 60) : start])[-1]
    found = _PERIOD.findall(sentence)
    return str(found[-1])[: LIMITS["period"]] if found else ""


def direction(before: str, unit: str) -> str:
    """up or down when the words before an amount tell a change by it, level when they tell what was reached."""
    ratio = unit in ("%", "个百分点", "倍")
    clause = re.split("[，。；：！？]", before)[-1]
    words = clause if ratio else clause.rpartition("、")[2]
    if re.search(r"(?:至|到|为|达|达到|占|率|减按|目标的|计划的)(?:约|近|超|超过|逾|不超过|不到|了)?$", words):
        return "level"
    if unit in MONEY_UNITS and not re.search(
        r"同比|较|比上年|比去年|增长|增加了?$|下降|降低了?$|多[\u4e00-\u9fff]?了$", words
    ):
        return "level"
    raising = RAISING if ratio else "提高|提升|上升|增长|增加|净增|延长|高出|多[\u4e00-\u9fff]?了$"
    down = list(re.finditer(rf"{REDUCING}|低了?$", words))
    up = list(re.finditer(rf"{raising}|[高多]出?了?$" if ratio else raising, words))
    if unit == "个百分点" and (compared := re.findall("高于|高出|超出|低于", words)):
        return "down" if compared[-1] == "低于" else "up"
    near = (40 if "分别" in clause else 8) if ratio else 3
    for found, name, others in ((down, "down", up), (up, "up", down)):
        later = others and others[-1].start() > found[-1].start() if found else False
        if found and len(words) - found[-1].end() <= near and not later:
            return name
    opening = re.match(r"(?:累计|共|已|平均|再)*(?:减少|取消|精简|压减|压缩|缩短|减掉|砍掉|削减)(?!了?[到至])", clause)
    return "down" if opening else "level"


def kind(words: str, unit: str, way: str, paired: bool) -> str:
    """Which kind of number it is; the kinds of percentage are kept apart (DOMAIN.md §4)."""
    if unit in TIME_UNITS:
        return "duration"
    if unit not in ("%", "‰", "个百分点", "倍"):
        return "amount"
    if "满意" in words or "好评" in words:
        return "satisfaction"
    if re.search(r"(?:目标|任务|计划|指标)[^，。；]{0,6}的?(?:约|近|超)?$|完成(?:率|进度|年度)", words):
        return "completion"
    if way == "up" and not paired:
        return "growth"
    if way == "down" and not paired:
        return "reduction"
    return "share" if unit in ("%", "‰") else "amount"
