"""Where the last initiative ends: paragraphs after it that close the article."""

from __future__ import annotations

import re

from cases.parsing.characters import Line
from cases.parsing.sections import Section

_LATE = re.compile(
    r"截至|全年|一年来|效果|成效|取得|截止|下一步|下步|今年|去年|近年来|改革(?:以来|后)|实施以来|如今|目前|据悉|据了解|据介绍|接下来|"
    r"未来|今后|通过|经过|自.{2,12}以来|一年来|“|该|20\d\d年|[一二三四五六七八九十]+年来|随着|在.{2,12}下，|"
    r"此外|同时|运行|推行|开展|得益于|总的|总之|至此|春风|优化营商环境"
)

_PLAN = re.compile(r"下一步|下步|接下来|今后|未来，|据悉|据了解")
_TOTAL = re.compile(
    r"(?:截至|截止|目前|如今|眼下|改革以来|实施以来|今年以来|去年以来|一年来|据统计).{0,12}"
    r"(?:全[市县区州省旗]|(?<!各)[\u4e00-\u9fff]{1,4}[市县区州](?!场))"
)


def late_paragraphs(initiatives: list[Section]) -> list[Line]:
    """Take from the last initiative the paragraphs that end the article rather than belong to it."""
    if not initiatives:
        return []
    last, others = initiatives[-1], initiatives[:-1]
    tail = _tail(last)
    if len(tail) < 1 or not others:
        return []
    usual = max(len(_tail(other)) for other in others)
    bare = not any(other.paragraphs or other.measures for other in others)
    own = 0 if last.measures or _same_line(last) or bare else 1
    keep = max(usual, own)
    if len(tail) <= keep:
        late = [line for line in tail[-1:] if _PLAN.match(line.text) or _TOTAL.match(line.text)]
        late = late if len(tail) > own else []
    else:
        late = tail[keep:]
        if len(others) < 2 and not any(_LATE.match(line.text) for line in late):
            late = []
    if late:
        del (last.measures[-1] if last.measures else last).paragraphs[-len(late) :]
    return late


def _tail(section: Section) -> list[Line]:
    """The paragraphs at the end of an initiative that a closing could hide among."""
    if section.measures:
        measure = section.measures[-1]
        lines = measure.paragraphs
        return lines if measure.heading is None or not lines else lines[1:] if _same_line(measure) else lines
    if section.heading is not None and section.paragraphs and _same_line(section):
        return section.paragraphs[1:]
    return section.paragraphs


def _same_line(section: Section) -> bool:
    """True when the text runs on in the line of the heading."""
    if section.heading is None or not section.paragraphs:
        return False
    return section.paragraphs[0].start - section.heading.end <= 4
