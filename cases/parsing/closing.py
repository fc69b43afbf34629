"""Where the last initiative ends: paragraphs after it that close the article."""

from __future__ import annotations

import re

from cases.parsing.characters import Line
from cases.parsing.headings import lead_length
from cases.parsing.sections import Section

_LATE = re.compile(
    r"截至|全年|一年来|效果|成效|取得|截止|下一步|下步|今年|去年|近年来|改革(?:以来|后)|实施以来|如今|目前|据悉|据了解|据介绍|接下来|"
    r"未来|今后|通过|经过|自.{2,12}以来|一年来|“|该|20\d\d年|[一二三四五六七八九十]+年来|随着|在.{2,12}下，|"
    r"此外|同时|运行|推行|开展|得益于|总的|总之|至此|春风|优化营商环境"
)

_PLAN = re.compile(
    r"(?:.{0,20}(?:表示|介绍|说|透露)，“?)?(?:(?:下一步|下步|接下来|今后|未来，|下一阶段|下阶段|面向未来|展望未来)|"
    r"据悉|据了解)"
)
_AHEAD = re.compile(
    r"(?:.{0,20}(?:表示|介绍|说|透露)，“?)?(?:下一步|下步|接下来|今后|下一阶段|下阶段|面向未来|展望未来|未来，)"
)
_YEAR = r"(?:20\d\d年|今年|去年|当年|全年)"
_PART = (
    r"(?:全年|上半年|下半年|前?[一二三四\d]个?季度|前\d{1,2}个?月|前[一二三四五六七八九十]{1,2}个?月|"
    r"\d{1,2}月?(?:—|~|至|到)\d{1,2}月(?:份|底|末)?|\d{1,2}月(?:份|底|末)?(?!\d))"
)
_PERIOD = (
    r"(?:(?:截至|截止|自).{1,16}?(?:，|以来)|截至.{1,10}|目前|如今|眼下|当前|"
    rf"(?:改革|实施|推行|运行)(?:.{{0,4}}年)?(?:多|半)?以?来|近年来|{_YEAR}{_PART}?(?:以来)?|{_PART}|"
    r"[一二两三四五\d]年(?:多|半)?(?:以)?来|(?:据|经)(?:初步|不完全)?统计)"
)
_WHOLE = (
    r"(?:全[市县区州省旗盟镇院局关域]|关区|辖区|全系统|[该我](?:[市县区州省旗院局关委办]|中心|公司)|"
    r"(?<!各)[\u4e00-\u9fff]{1,5}[市县区州旗盟](?!场|分|域|间))"
)
_TOTAL = re.compile(rf"(?:(?:据|经)(?:初步|不完全)?统计，)?{_PERIOD}.{{0,12}}?{_WHOLE}|据[^，。]{{2,8}}统计，{_PERIOD}")
_SUMMARY = re.compile(
    r"(?:一系列|一项项|一桩桩|一个个|一组组|一串串|这些|上述|各项|多项)"
    r"(?:改革|惠企|便民|利企|务实|暖心|创新|服务|有力|务实)*"
    r"(?:举措|措施|做法|变化|数据|数字|成果|政策).{0,8}?(?:，|换来|带来|赢得|背后|推动|激发|让)|"
    r"改革(?:带来|红利|成效|换来).{0,16}|.{0,8}(?:带来的)?变化(?:看得见|实实在在|有目共睹).{0,6}|"
    r"(?:数据|数字)(?:显示|表明|见证|最有说服力|是最好)"
)
_LONGEST_ANNOUNCEMENT = 24  # characters of a sentence that only leads to the totals in the next


def late_paragraphs(initiatives: list[Section]) -> list[Line]:
    """Take from the last initiative the paragraphs that end the article rather than belong to it."""
    if len(initiatives) < 2:
        return []
    last, others = initiatives[-1], initiatives[:-1]
    bare = not any(other.paragraphs or other.measures for other in others)
    tail = last.paragraphs if bare and not _runs_on(last) else _spare(last)
    spare = [line for other in others for line in _spare(other)]
    usual = max(len(_spare(other)) for other in others)
    late = tail[usual:]
    if len(others) < 2 and not any(_LATE.match(line.text) for line in late):
        late = []
    if late and len(last.paragraphs) > 2 and all(lead_length(line.text) for line in last.paragraphs):
        late = []  # one more measure than the others have
    if not late:
        late = _closing_run(tail, spare)
    if late:
        del (last.measures[-1] if last.measures else last).paragraphs[-len(late) :]
    return late


def tells_plans(text: str) -> bool:
    """True for a paragraph about what is to come: 下一步，…, 该局负责人表示，下一步…"""
    return _AHEAD.match(text) is not None


def _closing_run(tail: list[Line], others: list[Line]) -> list[Line]:
    """The last paragraphs as far as they tell of plans or totals; no totals if other sections tell theirs, too."""
    totals = not any(_tells_totals(line.text) for line in others)
    start = len(tail)
    while start and (_PLAN.match(tail[start - 1].text) or (totals and _tells_totals(tail[start - 1].text))):
        start -= 1
    return tail[start:]


def _tells_totals(text: str) -> bool:
    """True for a paragraph whose first sentence, or second after a short one, sums up: 今年1至6月，全州…"""
    first, _, rest = text.partition("。")
    if _TOTAL.match(first) or _SUMMARY.match(first):
        return True
    return len(first) <= _LONGEST_ANNOUNCEMENT and bool(rest) and bool(_TOTAL.match(rest))


def _spare(section: Section) -> list[Line]:
    """The paragraphs at the end of an initiative that a closing could hide among: all but the first under a heading."""
    holder = section.measures[-1] if section.measures else section
    return holder.paragraphs[1:]


def _runs_on(section: Section) -> bool:
    """True when the text begins in the line of the heading, or there is none."""
    return not section.heading or not section.paragraphs or section.paragraphs[0].start - section.heading.end <= 4
