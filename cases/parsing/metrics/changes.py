"""Old and new value told together: 由7个工作日压缩到2个, 28项整合为9项, 2.1小时，较去年6.4小时缩短."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from cases.parsing.metrics.quantities import Quantity
from cases.parsing.metrics.units import TIME_UNITS

REDUCING = (
    "压减|压缩|压降|缩减|缩短|缩小|减少|减免|精简|降低|下降|减|降|压|缩|回落|下调|瘦身|砍掉|削减|节约|"
    "节省|取消|省去|省下|省了|少(?!数)|下滑|收窄"
)
RAISING = (
    "提高|提升|上升|增长|增加|增|扩大|扩充|扩展|拓展|拓宽|升|攀升|跃升|增至|上调|延长|提速|加快|净增|上涨|涨|高出|翻"
)
_CHANGING = (
    rf"{REDUCING}|{RAISING}|整合|合并|归并|并|集成|优化|调整|变更|变|改|转变|转|简化|浓缩|归集|发展|达|"
    rf"提前|推进|融合|归|汇总|统一|梳理|控制|合|延伸|化|壮大|跨越|跃"
)
_INTO = r"(?:成了|为了|到了|到|至|为|成|作|在|入)(?:(?:19|20)\d\d年(?:底|末|初)?的?)?"
_MODIFIER = (
    r"(?:现在|目前|如今|现|今年|当前|最终)?的?(?:仅需|只需|仅|只|平均|最快|最短|最长|全程|约|近|超过?|"
    r"不超过|不到|不足|不低于|不少于|逾|突破|少于|低于|高于|接近|“)*"
)
_CONNECTOR = re.compile(
    rf"(?:{_CHANGING})(?:了)?{_INTO}(?!少|多)[^，。；、：\d]{{0,6}}?{_MODIFIER}$"
    rf"|(?:{_CHANGING})[^，。；、：\d]{{0,6}}(?:至|到)[^，。；、：\d]{{0,4}}?{_MODIFIER}$"
)
_BARE_CONNECTOR = re.compile(r"^[^，。；：、\d]{0,6}(?:变|并|合|换)(?:仅|只|“)?$")  # 10份变3份
_LISTING_CONNECTOR = re.compile(rf"^[^，。；：、\d]{{0,6}}(?:{_CHANGING})(?:了)?(?:成|为|到|至)[^，。；：\d]{{1,16}}$")
_AMOUNT = re.compile(rf"(?:{REDUCING}|{RAISING}|提前|快|多|省)了?(?:近|约|大约|超过?|逾|整整|足足|将近)?$")
_SHORT_END = re.compile(r"$|[^，。；\d]{0,4}(?:[，。；）]|$)")
_QUOTATION = re.compile("“[^“”]{1,20}”")
_PLAIN_CONNECTOR = re.compile(rf"^[^。；]{{0,12}}?(?:至|到了?)(?:[这此]次|今天)?{_MODIFIER}[跑等交填花用]?$")
_ARROW = re.compile(r"^[”’\s]*(?:→|➔|—>|=>|⇒)[“‘\s]*$")
_FROM = re.compile(
    r"(?:(?<![理自缘事])由(?!于|此|衷)|从(?!事|业|而|严|快|简|优|轻))(?P<between>(?:(?<=[理自缘事])由|[^，。；：！？由])*)$"
)
_OLD = re.compile(
    r"(?:过去|以前|以往|原来|原先|此前|从前|改革前|往年|原本|曾经|原需|原要|原(?:平均|先|本)?(?=需|要|为|是)|"
    r"之前|(?:传统|常规)(?:模式|方式|流程|程序|办法))(?P<between>[^。；！？]{0,16})$"
)
_NEW = re.compile(
    r"现在|[这此]次|没想到|如今|目前|眼下|改革后|当下|今天|现|今年|(?:只|仅)(?:需|要|用)?|缩短|压缩|压减|降|减|变"
)
_THAN_OLD = re.compile(
    r"(?:较|比|相较于?|相比于?|同比|对比|而|低于|高于)[^，。；]{0,6}(?:去年|上年|同期|此前|之前|以前|以往|"
    r"过去|改革前|原来|原先|往年|年初|前年|法定|20\d\d年)[^，。；\d]{0,8}$"
)
_CHANGED = re.compile(rf"[^，。；\d]{{0,6}}(?:{REDUCING}|{RAISING}|改善|优化|[低高短快])(?![到至为了]*\d)")
_CHANGED_BY_POINTS = re.compile(rf"(?:{REDUCING}|{RAISING}|[低高])了?[\d.]+个百分点")
_OLD_FOLLOWS = re.compile(
    r"[，（]而?(?:(?P<year>(?:去年|上年|前年)(?:的?同[期月][仅只才还]?[为是有]?|[仅只才还]?[为是有]))|"
    r"(?:以前|原来|原先|此前|之前|过去|改[革造]前)平?均?(?:为|是|有|要|需要?|得))(?:仅|只|约|近|平均)?"
)
_OLD_ENDS = re.compile("$|[。；）]|，(?!现|如今|目前|今)")
_CHANGED_BY = re.compile(rf"(?:{REDUCING}|{RAISING}|多|快|早)[^，。；]{{0,3}}$")
_LIST_GAP = re.compile(r"[^，。；：！？]{0,14}[、和及与][^，。；：！？]{0,14}|[、和及与]")
_WINDOW = 40
_FARTHEST = 60  # characters between 过去需要90天 and 现在只要30天


class Change(NamedTuple):
    """The indexes of the old and the new quantity; `same_unit` tells whether they can be subtracted."""

    old: int
    new: int
    same_unit: bool
    start: int  # where 由 or the old value stands


def changes(text: str, found: Sequence[Quantity]) -> list[Change]:
    """Every pair of an old and a new value, each quantity in one pair at most."""
    if len(found) < 2:
        return []
    readers = [read for read, sign in _READERS if sign.search(text)]
    pairs: list[Change] = []
    used: set[int] = set()
    for index in range(len(found) - 1):
        if index in used or found[index + 1].start - found[index].end > _FARTHEST:
            continue
        for read in readers:
            new_pairs = read(text, found, index)
            if used:
                new_pairs = [pair for pair in new_pairs if pair.old not in used and pair.new not in used]
            if new_pairs:
                pairs += new_pairs
                used.update(place for pair in new_pairs for place in (pair.old, pair.new))
                break
    return pairs


def _pair(found: Sequence[Quantity], old: int, new: int, start: int) -> Change:
    return Change(old, new, found[old].unit in ("", found[new].unit), start)


def _gap(text: str, found: Sequence[Quantity], left: int) -> str | None:
    """The words between a quantity and the next; None when there is no next or it is far."""
    if left + 1 >= len(found) or found[left + 1].start - found[left].end > _WINDOW:
        return None
    return text[found[left].end : found[left + 1].start]


def _from_to(text: str, found: Sequence[Quantity], index: int) -> list[Change]:
    """由X…到Y, with lists on both sides too: 由8个环节、20天压减为3个环节、5天."""
    start = found[index].start
    words = text[max(0, start - 22) : start]
    before = _FROM.search(words) if "由" in words or "从" in words else None
    if not before:
        return []
    opening = start - (min(start, 22) - before.start())
    last = index
    while (
        (gap := _gap(text, found, last)) is not None
        and not (_connects(gap) or _names_parts(text, found, last, gap))
        and _LIST_GAP.fullmatch(gap)
        and last < index + 6
    ):
        last += 1
    gap = _gap(text, found, last)
    if gap is None or not (_connects(gap) or _PLAIN_CONNECTOR.match(gap) or _names_parts(text, found, last, gap)):
        return []
    new = last + 1
    if not found[new].unit:
        return []
    news = [new]
    while len(news) <= last - index and (gap := _gap(text, found, news[-1])) is not None and _LIST_GAP.fullmatch(gap):
        news.append(news[-1] + 1)
    olds = list(range(index, last + 1))
    if len(olds) == len(news):
        return [_pair(found, old, now, opening) for old, now in zip(olds, news, strict=True) if found[now].unit]
    same = [old for old in olds if found[old].unit in ("", found[new].unit)] or olds[-1:]
    times = found[same[-1]].unit in TIME_UNITS and found[new].unit in TIME_UNITS
    if found[same[-1]].unit not in ("", found[new].unit) and not times and "，" in _gap_before(text, found, new):
        return []
    return [_pair(found, same[-1], new, opening)]


def _names_parts(text: str, found: Sequence[Quantity], last: int, gap: str) -> bool:
    """True for 由6个简化为申请、通水2个: what is counted stands between the verb and the new number."""
    old, new = found[last], found[last + 1]
    named = _LISTING_CONNECTOR.match(_QUOTATION.sub("“”", gap))
    return bool(named) and old.unit == new.unit and bool(_SHORT_END.match(text, new.end))


def _gap_before(text: str, found: Sequence[Quantity], index: int) -> str:
    return text[found[index - 1].end : found[index].start]


def _connects(gap: str) -> bool:
    if "。" in gap or "；" in gap or "：" in gap:
        return False
    if _BARE_CONNECTOR.match(gap.lstrip("”")):
        return True
    return bool(_CONNECTOR.search(gap)) and gap.count("，") <= 1


def _into(text: str, found: Sequence[Quantity], index: int) -> list[Change]:
    """X整合为Y, X压减至Y without 由, and X→Y."""
    gap = _gap(text, found, index)
    if gap is None:
        return []
    old, new = found[index], found[index + 1]
    if _ARROW.match(gap) and new.unit:
        return [_pair(found, index, index + 1, old.start)]
    if not old.unit or not new.unit or "，" in gap or "、" in gap.rstrip("“") or not _connects(gap):
        return []
    if old.unit != new.unit and not (old.unit in TIME_UNITS and new.unit in TIME_UNITS):
        return []
    return [_pair(found, index, index + 1, old.start)]


def _once_and_now(text: str, found: Sequence[Quantity], index: int) -> list[Change]:
    """过去需要90天，现在只要30天."""
    start = found[index].start
    old = _OLD.search(text[max(0, start - 22) : start])
    if not old or not found[index].unit:
        return []
    for new in range(index + 1, min(index + 4, len(found))):
        between = text[found[index].end : found[new].start]
        if len(between) > _FARTHEST or not found[new].unit:
            break
        if _AMOUNT.search(between):
            break  # 比改革前的18天缩短13天: an amount, not the new value
        if _NEW.search(between) and not between.count("。") > 1:
            same = found[new].unit == found[index].unit
            if same or (found[new].unit in TIME_UNITS and found[index].unit in TIME_UNITS):
                opening = start - (min(start, 22) - old.start())
                return [Change(index, new, same, opening)]
    return []


def _than_before(text: str, found: Sequence[Quantity], index: int) -> list[Change]:
    """Y，较去年X大幅缩短: `index` is the new value."""
    gap = _gap(text, found, index)
    if gap is None or "。" in gap or "；" in gap or not _THAN_OLD.search(gap):
        return []
    if _CHANGED_BY.search(gap):
        return []  # 较去年缩短3天: an amount, not the old value
    new, old = found[index], found[index + 1]
    if not new.unit or new.unit != old.unit:
        return []
    after = text[old.end : old.end + 14]
    by_points = old.unit == "%" and _CHANGED_BY_POINTS.match(after)
    if not (by_points or _CHANGED.match(after) or after[:1] in tuple("的，。；）")):
        return []
    return [Change(index + 1, index, True, new.start)]


def _now_and_once(text: str, found: Sequence[Quantity], index: int) -> list[Change]:
    """Y，去年同期为X, and Y，原来要X: `index` is the new value."""
    gap = _gap(text, found, index)
    follows = gap and _OLD_FOLLOWS.fullmatch(gap)
    if not follows:
        return []
    new, old = found[index], found[index + 1]
    if not new.unit or new.unit != old.unit or not _OLD_ENDS.match(text, old.end):
        return []
    if not follows["year"] and _AMOUNT.search(text[max(0, new.start - 8) : new.start]):
        return []  # 省下4天，原来要6天: an amount, not the new value
    return [Change(index + 1, index, True, new.start)]


# Each way to tell a change, and what stands in every text that tells one so.
_READERS = (
    (_from_to, re.compile("[由从]")),
    (_into, re.compile("[到至为成作在入变并合换→➔>⇒]")),
    (_once_and_now, re.compile("去|以[前往]|原|前|往年|曾|传统|常规")),
    (_than_before, re.compile("较|比|而|低于|高于")),
    (_now_and_once, re.compile("[，（]而?(?:[去上前]年|以前|原|此前|之前|过去|改[革造]前)")),
)
