"""What a heading is: where it ends, and which headings only hold others (主要做法, 取得成效)."""

from __future__ import annotations

import re

from cases.content import LIMITS
from cases.parsing.metrics import holds_metric

LONGEST_RUN_IN = 40
LONGEST_MEASURE = 30
LONGEST_PHRASE = 12
LONGEST_LEAD = 25
FINAL = "。；：，、！？.:;,!?—·*# "

_PRACTICE_WORDS = "做法|举措|措施|实践|经验做法|工作举措|改革举措|探索|路径|对策"
_PRACTICE = re.compile(
    r"(?:.{0,14}(?:的|，))?.{0,8}"
    r"(?:主要|具体|典型|创新|基本|特色|经验|工作|改革|重点|核心|实际|实施|推进|解决|有效|亮点|落实|"
    r"优化)(?:工作|改革|创新)?"
    rf"(?:{_PRACTICE_WORDS})(?:情况)?"
    r"(?:(?:和|及|与|、)(?:其)?(?:主要|取得|工作|实施|改革|初步|实际|特色)?的?(?:做法|成效|效果|成果|亮点|"
    r"经验|创新点|特点|举措|措施|特色))*"
    r"|做法|举措|措施|经验做法|做法(?:和|与|及)(?:成效|效果|经验)|(?:主要|改革|创新|实施)内容|(?:举措|做法|"
    r"措施)(?:和|与|及)?(?:成效|效果|经验)|探索(?:与)?实践|实践(?:与)?探索|实施(?:过程|步骤|方案)|主要工作|"
    r"改革创新(?:点|内容)"
)
_SITUATION = re.compile(
    r".{0,12}工作(?:开展|落实|推进|完成)?情况|(?:当前|目前|主要|重点)?(?:工作|任务|改革|项目|目标|试点|举措|措施|政策){0,3}"
    r"(?:落实|开展|推进|进展|完成|推动|实施|贯彻|执行){0,2}(?:工作)?(?:情况|现状|进展)|典型经验"
)
_PLAN = re.compile(
    r"(?:下一步|下步|今后|未来|后续|下一阶段|下阶段|明年|接下来).{0,16}|(?:工作)?(?:计划|打算|展望|努力方向|"
    r"改进方向)(?:与.{1,6})?|.{0,6}未来展望"
)
_OTHER = re.compile(
    r"(?:案例|改革|工作|项目|实施|创建|总体|基本|整体|创新|做法|政策|出台|问题|建设|具体|主要|实践|有关)*(?:的)?"
    r"(?:背景|概况|概述|简介|缘由|缘起|起因|由来|动因|初衷|基本情况|总体情况|情况介绍|情况简介|情况概述|背景情况)"
    r"(?:(?:和|与|及|、).{1,8})?"
    r"|(?:取得|工作|实施|主要|改革|初步|显著|实践|实际|社会|经济|应用|典型|创新|推广|项目|运行|阶段性|取得的|"
    r"案例)*(?:的)?"
    r"(?:成效|成果|效果|成绩|效益|影响|反响|评价)(?:情况|显著|明显|初显)?(?:(?:和|与|及|、).{1,10})?"
    r"|(?:工作|案例|改革|主要|几点|一些|典型|实践|创新|特色|推广|示范|借鉴|经验|做法|有益|启发)*(?:的)?"
    r"(?:经验|启示|体会|思考|点评|评析|意义|价值|亮点|创新点|特点|特色|认识|心得|建议|评述|解读|思路)"
    r"(?:(?:和|与|及|、).{1,10})?"
    r"|专家(?:点评|观点|评析|解读)|(?:群众|企业|社会|媒体)(?:声音|反馈|评价|反响|关注|点赞|感言)"
    r"|(?:存在|面临)?的?(?:主要)?(?:问题|困难|挑战|痛点|难点|短板)(?:(?:和|与|及|、).{1,6})?|"
    r"(?:当前工作)?现状|问题的?提出|(?:意见|对策|工作)建议|政策依据|适用范围|背景介绍|结语|结束语|小结|引言|"
    r"前言|导语|编者按"
    r"|推广(?:应用)?(?:情况|价值|前景)|(?:典型|案例)(?:案例|故事)|保障措施|组织保障|改革目标|工作目标|目标任务"
)
# One of these stands in every heading that only holds others: most headings and lines need no closer look.
_CONTAINER_WORDS = re.compile(
    "做法|举措|措施|实践|路径|对策|探索|内容|过程|步骤|方案|工作|创新点|情况|现状|进展|经验|下一步|下步|今后|未来|后续|下一阶段|"
    "下阶段|明年|接下来|计划|打算|展望|方向|背景|概况|概述|简介|缘|起因|由来|动因|初衷|介绍|成效|成果|效果|成绩|效益|影响|反响|评价|启示|"
    "体会|思考|点评|评析|意义|价值|亮点|特点|特色|认识|心得|建议|评述|解读|思路|观点|声音|反馈|关注|点赞|感言|问题|困难|挑战|痛点|难点|"
    "短板|依据|范围|结语|结束语|小结|引言|前言|导语|编者按|推广|案例|故事|保障|目标"
)
_BAD_START = ("在", "对", "将", "把", "通过", "针对", "由", "自")
_BAD_PHRASE_START = (*_BAD_START, "为", "以", "从", "依托", "围绕", "结合", "根据", "按照")
_SPEECH = re.compile(r"(?:说|表示|介绍|道|坦言|告诉记者|认为|指出|感慨|强调)$")
_SPEAKER = re.compile(
    r"(?:.{0,8}(?:记者|主持人|嘉宾|局长|主任|处长|科长|书记|[县市区镇]长|经理|负责人|某|某某)|问|答|q|a|q&a)[：]"
)
# Words of stories, which no heading has: 这个群…, 也有人担心…, 最让商户高兴的是…
_TELLING = re.compile(
    r"(?:这|那|也|还|又|但|可是|然而|不过|其实|原来|后来|当时|眼下|如今|现在|以前|起初|最初|最让|最令|说起|走进|来到|曾|不久|"
    r"随后|很快|于是|同样|类似|一位|一名|第[一二三四五](?:次|天)|事情|原因|变化|改变|效果|答案|故事)|"
    r"并不|并非|还有|曾经|记者|背后|某|的是|感受|没想到|不一样|怎么回事|是.{1,4}年$"
)
_CAPTION = re.compile(r"[上下左右]?图(?:[：一二三四\d为]|说|片)|（.{0,12}[摄图]）$|.{0,40}[ /]?摄$")
_EVENT = re.compile(r"(?:\d{4}年)?\d{1,2}月\d{1,2}日|\d{1,2}：\d\d|\d{4}年\d{0,2}月?")
_DATED = re.compile(r"截至|截止|今年|去年|目前|据|近年|\d{4}年|\d{1,2}月")


def container_kind(heading: str) -> str:
    """What a heading that only holds others holds: practice, situation, plan or other; "" for any other heading."""
    name = heading.strip("【】《》“”" + FINAL)
    if not 2 <= len(name) <= 24 or not _CONTAINER_WORDS.search(name):
        return ""
    if _PLAN.fullmatch(name):
        return "plan"
    if _PRACTICE.fullmatch(name) and not re.search("保障措施|存在问题", name):
        return "practice"
    if _SITUATION.fullmatch(name):
        return "situation"
    if _OTHER.fullmatch(name):
        return "other"
    return ""


def container_label(text: str) -> int:
    """The length of a container's name run into its text as a label (工作成效：…), 0 without one."""
    end = text.find("：", 0, 10)
    return end if end >= 2 and end + 1 < len(text) and container_kind(text[:end]) else 0


def initiative_heading(text: str, more: bool) -> int:
    """How many characters of an initiative's first line are its heading; `more` text of its own follows.

    A line of its own is the heading; one run into its paragraph ends at the first 。 within 40
    characters, else at the first ：, else at the first ，.
    """
    length = len(text)
    stop = text.find("。")
    ends = stop in (-1, length - 1)
    if ends and (length <= LONGEST_RUN_IN or (more and stop == -1)) and length <= LIMITS["heading"]:
        sentence = not more and text[-1] in "。；"
        if not (sentence and "，" in text and (length > LONGEST_LEAD or holds_metric(text))):
            return length
    if 0 <= stop <= LONGEST_RUN_IN and not ends:
        return stop
    for mark in "：，":
        at = text.find(mark, 0, LONGEST_RUN_IN + 1 if mark == "：" else LIMITS["heading"])
        if at > 0 and (stop == -1 or at < stop):
            return at
    return min(stop if stop > 0 else length, LIMITS["heading"])


def measure_heading(text: str, more: bool) -> int:
    """How many characters of a measure's first line are its heading, 0 when it has none.

    Up to the first 。 (or the end of a line of its own) within 30 characters, else up to the
    first ：, else a bare phrase of at most 12 characters up to the first ，. Never with a metric in it.
    """
    for mark, longest, bad in (
        ("。", LONGEST_MEASURE, _BAD_START),
        ("：", LONGEST_MEASURE, _BAD_START),
        ("，", LONGEST_PHRASE, _BAD_PHRASE_START),
    ):
        end = text.find(mark, 0, longest + 1)
        if end == -1 and mark == "。" and more and len(text) <= longest and "；" not in text[-1:]:
            end = len(text.rstrip("：，"))
        if end <= 0 or text.startswith(bad) or not (more or text[end:].strip(FINAL)):
            continue
        if not holds_metric(text[:end]) and not (mark == "，" and re.search("[；：。！？]", text[:end])):
            return end
    return 0


def lead_length(text: str) -> int:
    """The length of a short sentence that opens a paragraph as its heading, 0 when there is none."""
    match = re.match(rf"[^。：；！？]{{2,{LONGEST_LEAD}}}[。：！]", text)
    if not match or not text[match.end() :].strip(FINAL):
        return 0
    lead = match[0][:-1]
    if lead[0] in "“（《" and lead[-1] not in "”）》" and "”" not in lead:
        return 0
    if container_kind(lead) or _is_speech(match[0]) or _DATED.match(lead) or lead.count("“") != lead.count("”"):
        return 0
    if _TELLING.match(lead) or _TELLING.search(lead) or _SPEAKER.match(match[0]):
        return 0
    if holds_metric(lead):
        return 0
    return match.end() - 1


def _is_speech(sentence: str) -> bool:
    """True for a sentence that says who speaks; 好坏不由自己说。 quotes nobody."""
    told = _SPEECH.search(sentence[:-1])
    return told is not None and (told[0] != "说" or sentence[-1] != "。" or "”" in sentence)


def is_heading_line(text: str, following: str) -> bool:
    """True for a short line of its own that stands over a paragraph."""
    if not 2 <= len(text) <= 36 or text[-1] in "。；，、：…—" or "。" in text or not following:
        return False
    if _SPEAKER.match(text) or _CAPTION.match(text) or _EVENT.match(text) or "|" in text:
        return False
    if (
        text.count("“") != text.count("”")
        or text.count("（") != text.count("）")
        or (re.search("[”》]$", text) is None and text[-1] == "）")
    ):
        return False
    if following[-1] in "。！？”" and len(following) >= 10:
        return True
    return len(following) > 24 and ("。" in following or "；" in following or "，" in following)
