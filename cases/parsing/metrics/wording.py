"""The words of a metric: its label, its quote, the period and the kind it speaks of."""

from __future__ import annotations

import re

from cases.content import LIMITS
from cases.parsing.metrics.changes import RAISING, REDUCING
from cases.parsing.metrics.units import MONEY_UNITS, RATIO_UNITS, TIME_UNITS

LONGEST_QUOTE_BEFORE = 40
LONGEST_QUOTE_AFTER = 16
_UP_TO_CLAUSE = re.compile("(?s:.*)[，。；：！？（）]")
_CLAUSE_OR_LISTED = re.compile("[，。；：！？（）、]")
_DIGIT = re.compile(r"\d")
_TWO_HAN = re.compile("[\u4e00-\u9fff].*[\u4e00-\u9fff]")
_TWO_LETTERS = re.compile("[\u4e00-\u9fffa-z].*[\u4e00-\u9fffa-z]")
_NUMBER_OR_STOP = re.compile(r"[，。；：、！？（）\d]")
_UP_TO_SENTENCE = re.compile("(?s:.*)[。；！？]")
_UP_TO_STOP = re.compile("(?s:.*)[，。；：！？]")
_PERIOD = re.compile(
    r"截至目前|截至(?:\d{4}年)?(?:\d{1,2}月)?(?:\d{1,2}日|底|末)?|\d{4}年(?:以来|来|上半年|下半年|"
    r"前?[一二三四]季度|全年|底)?|今年(?:以来|前?\d{1,2}个月|上半年|[一二三四]季度|1[—~至]\d{1,2}月|"
    r"\d{1,2}月份?)?"
    r"|去年(?:底|以来|同期)?|[一二三四]季度|上半年|下半年|1[—~至]\d{1,2}月份?|改革(?:以来|后)|实施以来|目前|"
    r"近[三两]年来?"
)
_PERIOD_SIGN = re.compile("[截年今去季半改实目月]")  # one of them stands in every period
_SENSED = re.compile(
    r"(?P<up>增收|创收|多增|多赚|多卖|多挣|多收入)了?[约近超过逾]*$"
    r"|(?P<down>便宜|少花费?|少付|少缴|少交|少填|少跑|少走|少提交)[\u4e00-\u9fff]{0,4}$"
)
_ADDED = re.compile("新增了?[约近超过逾]*$")  # 首贷户新增1418户 is a change, 新增企业1418家 a count
_REDUCED = re.compile(
    r"(?:累计|共|已|平均|再|年均?|每年|全年|年度|每月|月均|可|约|帮助?|群众|企业)*"
    r"(?:减少|取消|精简|压减|压缩|缩短|减掉|砍掉|削减)(?!了?[到至])"
)
_COUNTED_NOUN = re.compile(
    "等|政策|问题|措施|事项|工程|项目|行动|服务|活动|案件|申请|业务|任务|方案|举措|需求|诉求|协议"
)
_FILLER = re.compile(
    r"^(?:截至目前|截至(?:\d{4}年)?(?:\d{1,2}月)?(?:\d{1,2}日|底|末)?|目前|已经?|共(?!享|建|同|用)|累计|其中|还|并(?![网联轨入])|也|都|"
    r"今年以来|今年|去年|当年|年底前|上半年|下半年|全年|每年|同时|此外|先后|近年来|改革后|如今|现在|的|对(?=全)|现(?!场|金|代|有|行|状)|"
    r"使得?(?!用)|让|将|把|为(?=[^，。；]{2})|实现|全市|全县|全区|全省|全州|在(?=全)|就(?!业|医|诊|近|地|学)|能(?!源|力|耗)|"
    r"(?<![\u4e00-\u9fff])[她他它我你](?:们)?|只(?:需|要|用|跑|花)?|仅(?:需|用)?|，|、|“|”)+"
)
_TRAILING = re.compile(
    rf"(?:由|从(?!业)|自|将|已|达到?|成为|为|到|至|是|仅需?|只[需要用花跑]?|约(?<![节签预履邀集制]约)|近(?<![附最临邻]近)|将近|接近|超过?|不超过?|不到|逾|突破|不低于|不少于|"
    rf"最[快短长多少]|至[少多]|平均(?!数)|原来的?|原先的?|过去的?|以前的?|现在|如今|目前|需要?|要|花了?|用了?(?<!信用)(?<!费用)(?<!作用)|"
    rf"分别|共计?|累计|的|了|在|比(?<![占对]比)|较|被|稳定在|保持在|维持在|可|能|新增|多增|变|同比|环比|等(?!待)|有|大约|大幅|"
    rf"≤|≥|≦|≧|<|>|—|{REDUCING}|{RAISING}|“|”)+$"
)
_TRAILING_SIGNS = "".join(set(_TRAILING.pattern))  # nothing else stands in what _TRAILING matches
_BARE = re.compile("将近|接近|不到|不足|最多|至多|最少|至少|超过|大约|只需|仅需|仅用|只用|平均|不超过|不低于|最快|最短")
_AGAINST = re.compile(
    r"是(?:20\d\d年|上年|去年|以前|过去)的?$|连续[\d一二两三四五六七八九十]+[年月]$|(?:与|同)[^，。；]{2,12}相比$|(?:较|比(?!例|率|重|值|如|武|赛|对))[^，。；]{1,12}$"
)
_AGAINST_OPENS = re.compile("[是连与同较比]")
_CHANGED_WORDS = re.compile(rf"{REDUCING}|{RAISING}|整合|合并|归并|优化|变|合|并|改|→|[，。；\d]")
_CHANGE_WORDS = re.compile(rf"^(?:{REDUCING}|{RAISING}|整合|合并|归并|优化|变|并)[到至为成了]?.*$")


# One of these stands in every clause that tells a change: it opens a verb of change, 多赚, 创收, 便宜, 低了 or 超出.
_CHANGE_SIGN = re.compile(f"[{''.join(sorted({word[0] for word in f'{REDUCING}|{RAISING}'.split('|')}))}多创便低超高]")
_RATE = re.compile("(?P<up>增幅|涨幅|增速)|降幅|减幅")
_REACHED = re.compile(
    r"(?:至|到|为|达|达到|占|率|减按|目标的|计划的)"
    r"(?:约|近|将近|接近|超|超过|逾|不超|不超过|不到|不足|不高于|不低于|最短|最快|最多|仅|≤|了)?$"
)
_BESIDE_OTHERS = re.compile("(?:高于|高出|超出|低于)[^，。；]{0,8}(?:平均|均值|水平)")
_COMPARED = re.compile("高于|高出|超出|低于")
_AHEAD = re.compile(r"提前[\u4e00-\u9fff]{0,3}$")
_MONEY_CHANGED = re.compile(r"同比|较|比上年|比去年|增长|增加了?$|下降|降低了?$|多[\u4e00-\u9fff]?了$")
_DOWN = re.compile(rf"{REDUCING}|低了?$")
_UP = re.compile(
    "提高|提升|上升|增长|增加|净增|延长|高出|多[\u4e00-\u9fff]?了$|[比较][^，。；]{0,8}多[\u4e00-\u9fff]{0,2}$"
)
_RATIO_UP = re.compile(rf"{RAISING}|高出?了?$|多出?了?$")
_COMPLETION = re.compile(r"(?:目标|任务|计划|指标)[^，。；]{0,6}的?(?:约|近|超)?$|完成(?:率|进度|年度)")


def clause_start(text: str, place: int, longest: int = LONGEST_QUOTE_BEFORE) -> int:
    """Where the clause that holds a place begins, at most `longest` characters before it."""
    low = max(0, place - longest)
    before = _UP_TO_CLAUSE.match(text, low, place)
    return before.end() if before else low


def clause_end(text: str, place: int, longest: int = LONGEST_QUOTE_AFTER) -> int:
    """Where the clause that holds a place ends."""
    mark = _CLAUSE_OR_LISTED.search(text, place, min(len(text), place + longest))
    return mark.start() if mark else min(len(text), place + longest)


def quote_range(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch that tells the metric: its number with the noun before it, or after it when it opens the clause."""
    first = clause_start(text, start)
    if not _TWO_HAN.search(_without_filler(text[first:start].lstrip("“”"))):
        end = max(end, clause_end(text, end))
    while first < start and text[first] in "”’ 、":
        first += 1
    return first, end


def label(text: str, first: int, start: int, end: int, between: str = "") -> str:
    """What is counted, a few words: 办理时限, 走访企业.

    They stand before the number, else `between` the old and the new (20项材料精简到6项), else after it
    (12个综合窗口), else in the clause before (总量15万户，较年初净增3万户). In a row of a table they are its
    first cell.
    """
    if "|" in text[:start] and (cell := _noun(text.lstrip("| ").partition("|")[0])):
        return cell[: LIMITS["label"]]
    words = _noun(text[first:start].rpartition("、")[2]) or _noun(_DIGIT.split(text[first:start], 1)[0])
    if not words and between:
        words = _noun(_CHANGED_WORDS.split(between, 1)[0])
    if not words:
        words = _noun(_CHANGE_WORDS.sub("", _NUMBER_OR_STOP.split(text[end : end + 12], 1)[0].lstrip("的")))
    if not words and first and text[first - 1] == "，":
        before = text[clause_start(text, first - 1) : first - 1]
        words = _noun(_DIGIT.split(before, 1)[0])
    if not words:
        words = text[first:start].strip("“”，、：的 ")
        words = text[first:end] if len(words) < 2 or _BARE.fullmatch(words) else words
    return words[: LIMITS["label"]]


def _without_filler(words: str) -> str:
    filler = _FILLER.match(words)
    return words[filler.end() :] if filler else words


def _without_trailing(words: str) -> str:
    trailing = _TRAILING.search(words, len(words.rstrip(_TRAILING_SIGNS)))
    return words[: trailing.start()] if trailing else words


def _noun(words: str) -> str:
    """The words without fillers, verbs of change and what they are compared with; "" when none are left."""
    words = _without_filler(words.lstrip("“”"))
    words = _without_trailing(words)
    if _AGAINST_OPENS.search(words):
        words = _without_trailing(_AGAINST.sub("", words))
    words = words.strip("“”，、：（） ")
    return words if _TWO_LETTERS.search(words) else ""


def period(text: str, start: int) -> str:
    """The time the sentence before a number names, as written; "" when it names none."""
    low = max(0, start - 60)
    before = _UP_TO_SENTENCE.match(text, low, start)
    sentence = text[before.end() if before else low : start]
    found = _PERIOD.findall(sentence) if _PERIOD_SIGN.search(sentence) else []
    return str(found[-1])[: LIMITS["period"]] if found else ""


def _in_noun(words: str, found: re.Match[str]) -> bool:
    """True for 税费减免等问题63个: the word of change is part of what is counted."""
    if found[0] in ("减少", "取消", "精简", "压减", "砍掉", "削减", "省去"):
        return False
    return bool(_COUNTED_NOUN.search(words[found.end() :]))


def direction(before: str, unit: str) -> str:
    """up or down when the words before an amount tell a change by it, level when they tell what was reached."""
    ratio = unit in ("%", "个百分点", "倍")
    earlier = _UP_TO_STOP.match(before)
    clause = before[earlier.end() :] if earlier else before
    if not _CHANGE_SIGN.search(clause):
        return "level"
    words = clause if ratio else clause.rpartition("、")[2]
    if unit in RATIO_UNITS and (rate := _RATE.search(words)):
        return "up" if rate["up"] else "down"
    if _REACHED.search(words[-7:]):
        return "level"
    if unit in ("%", "个百分点") and _BESIDE_OTHERS.search(words):
        return "level"  # beside others, not beside what was
    if sensed := _SENSED.search(words):
        return "up" if sensed["up"] else "down"
    added = _ADDED.search(words)
    if added and len(_without_filler(words[: added.start()])) >= 2:
        return "up"
    if unit in TIME_UNITS and _AHEAD.search(words):
        return "up"
    if unit in MONEY_UNITS and not _MONEY_CHANGED.search(words):
        return "level"
    down = [found for found in _DOWN.finditer(words) if not _in_noun(words, found)]
    up = list((_RATIO_UP if ratio else _UP).finditer(words))
    if unit == "个百分点" and (compared := _COMPARED.findall(words)):
        return "down" if compared[-1] == "低于" else "up"
    near = (40 if "分别" in clause else 8) if ratio else 3
    for found, name, others in ((down, "down", up), (up, "up", down)):
        later = others and others[-1].start() > found[-1].start() if found else False
        if found and len(words) - found[-1].end() <= near and not later:
            return name
    opening = _REDUCED.match(clause)
    return "down" if opening else "level"


def kind(words: str, unit: str, way: str, paired: bool) -> str:
    """Which kind of number it is; the kinds of percentage are kept apart (DOMAIN.md §4)."""
    if unit in TIME_UNITS:
        return "duration"
    if unit not in ("%", "‰", "个百分点", "倍"):
        return "amount"
    if "满意" in words or "好评" in words:
        return "satisfaction"
    if _COMPLETION.search(words):
        return "completion"
    if way == "up" and not paired:
        return "growth"
    if way == "down" and not paired:
        return "reduction"
    return "share" if unit in ("%", "‰") else "amount"
