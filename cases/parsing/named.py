"""What an article calls by name: documents in 《》, honours, and practices that can be its tags."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from cases.content import LIMITS
from cases.parsing.characters import Line, Source, listed

_READ_AT_MOST = 20_000  # characters of the body that are searched
_MOST_TAGS = 8

_DOCUMENT = re.compile(
    r"(?:条例|办法|方案|意见|通知|规定|规则|细则|规划|纲要|计划|措施|决定|标准|规范|指南|指引|清单|目录|要点|"
    r"政策|台账|制度|协议|章程|公约|公告|通告|批复|法|若干举措|举措|流程|手册|白皮书|工作机制|机制|预案|备忘录|"
    r"合约|规程|导则|\d+条|[一二三四五六七八九十]+条)(?:（[^）]{1,16}）)?$"
)
_TITLED = re.compile(r"《([^《》\n]{3,120}(?:《[^《》\n]{1,60}》[^《》\n]{0,60})?)》")
_NO_DOCUMENT = re.compile(r"(?:报|杂志|新闻联播|证|证书|执照|承诺书|告知书|通知书|确认书|凭证)$")
_AWARDED = (
    r"荣获|获评为?|被评为|评为|获得|被授予|荣膺|授予|入选为?|入围|被命名为|被认定为|被确定为|被列为|被列入|列入|获批|"
    r"荣登|斩获|摘得"
)
_HONOUR_END = (
    r"称号|荣誉|[一二三]等奖|特等奖|金奖|银奖|铜奖|奖项|奖|先进(?:集体|单位|个人|典型|(?![\u4e00-\u9fff]))|示范(?:区|点|县|市|城市|单位|窗口|"
    r"案例|项目|基地|中心|岗)|(?:典型|优秀|创新|改革|最佳|十佳|示范|推广|最佳实践)(?:经验|案例|实践案例|做法|成果)|"
    r"典型经验做法|范例|试点(?:城市|地区|单位|县|市|区|项目)?|青年文明号”?|达标城市|改革案例|红旗单位|红旗窗口|文明单位|文明窗口|"
    r"标杆城市|百佳|十佳"
)
_HONOUR = re.compile(
    rf"(?:{_AWARDED})(?:了)?(?P<honour>[^，。；！？\n]{{2,44}}?(?:{_HONOUR_END})(?:称号|荣誉)?(?![\u4e00-\u9fff]{{0,2}}(?:的企业|企业|名单外|力度|资金))”?)"
)
_CLEAR = listed("荣获 获评 获评为 被评为 被授予 荣膺 入选 入选为 被命名为 被认定为")
_NOT_OURS = re.compile(r"(?:企业|公司|商户|家|户|名|人|项目|产品|品牌)(?:先后|成功|均|已|已经|也|全部)?$")
_QUANTITY = re.compile(r"^(?:了)?[\d一二两三四五六七八九十百千]+(?:余|多)?(?:个|家|项|件|名|份|次|户)")
_QUOTED = re.compile(r"“([^“”]{2,14})”")
_SLOGAN = re.compile(r"[，。！？；：]")
# Practices by the names the field knows them by; an article that speaks of one can be found by it.
PRACTICES = listed(
    "一网通办 一网统管 一窗通办 一窗受理 一件事一次办 高效办成一件事 一业一证 一照多址 一证多址 一照通 证照分离 "
    "多证合一 免申即享 容缺受理 告知承诺 承诺制 拿地即开工 交房即交证 多测合一 联合验收 区域评估 标准地 分阶段办理 "
    "桩基先行 跨省通办 省内通办 全域通办 就近办 掌上办 不见面审批 不见面办理 秒批 秒报 智能审批 远程视频勘验 帮办代办 "
    "双随机一公开 信用监管 首违不罚 柔性执法 包容审慎 非现场监管 扫码入企 综合查一次 亮码检查 涉企检查 "
    "不来即享 政策直达 政企直通车 营商环境监督员 服务专员 首席服务官 企业服务专班 企业家座谈 接诉即办 "
    "水电气联合报装 水电气暖 三零服务 获得电力 供电报装 不动产登记 带押过户 税费同缴 非接触式办税 信易贷 银税互动 "
    "远程异地评标 不见面开标 电子保函 评定分离 机器管招投标 智慧法庭 诉源治理 府院联动 预重整 多元解纷 "
    "公平竞争审查 单一窗口 两步申报 提前申报 船边直提 抵港直装 人才服务 用工服务 园区事项园区办 亩均论英雄 "
    "党建引领 政务服务驿站 办不成事反映窗口 电子证照 电子印章 数字营商"
)
_PRACTICE = re.compile("|".join(sorted(map(re.escape, PRACTICES), key=len, reverse=True)))


class Named(NamedTuple):
    """A name, the place of its words, how sure it is that it is one, and why."""

    name: str
    start: int
    end: int
    certainty: float
    reason: str
    times: int = 1  # how often it is told, the headline and headings counting more


def documents(source: Source, lines: Sequence[Line]) -> list[Named]:
    """Documents named in 《》, with it, each once."""
    found: dict[str, Named] = {}
    for line in _opening(lines):
        for match in _TITLED.finditer(line.text) if "《" in line.text else ():
            name = _name(source, *line.stretch(*match.span()))
            sure = bool(_DOCUMENT.search(match[1]))
            if sure and len(name) <= LIMITS["policy"] and not _NO_DOCUMENT.search(match[1]):
                found.setdefault(name, Named(name, *line.stretch(*match.span()), 0.95, ""))
    return list(found.values())


def honours(source: Source, lines: Sequence[Line]) -> list[Named]:
    """Titles won and pilots granted, each once; not those that firms won, and no mere count of them."""
    found: dict[str, Named] = {}
    for line in _opening(lines):
        for match in _HONOUR.finditer(line.text):
            before = line.text[max(0, match.start() - 8) : match.start()]
            if _NOT_OURS.search(before) or _QUANTITY.match(match["honour"]):
                continue
            start, end = match.span("honour")
            words = line.text[start:end]
            start += len(words) - len(words.lstrip("了的为"))
            end -= words.count("”") > words.count("“")
            name = _name(source, *line.stretch(start, end)) if start < end else ""
            if 4 <= len(name) <= LIMITS["honour"]:
                verb = line.text[match.start() : match.start("honour")].rstrip("了")
                certainty = 0.9 if verb in _CLEAR else 0.7
                found.setdefault(name, Named(name, *line.stretch(start, end), certainty, verb))
    return list(found.values())


def tags(source: Source, title: Sequence[Line], headings: Sequence[Line], lines: Sequence[Line]) -> list[Named]:
    """Practices by the names the headline quotes, headings repeat and the field knows; at most eight.

    A practice the text tells of only once is none of its tags, unless the headline or a heading names it.
    """
    quoted = [one for line in title for one in _quoted(source, line, 0.9, "title")]
    repeated = Counter(name for line in headings for name in set(_QUOTED.findall(line.text)))
    quoted += [
        one for line in headings for one in _quoted(source, line, 0.8, "headings") if repeated[_plain(one, line)] > 1
    ]
    known: dict[str, Named] = {}
    counts: Counter[str] = Counter()
    weighed = [(3, title), (2, headings), (1, _opening(lines))]
    for weight, line in ((weight, line) for weight, those in weighed for line in those):
        for match in _PRACTICE.finditer(line.text):
            counts[match[0]] += weight
            if match[0] not in known:
                known[match[0]] = Named(match[0], *line.stretch(*match.span()), 0.0, "practice")
    practices = [
        Named(name, known[name].start, known[name].end, 0.9 if count > 3 else 0.75, "practice", count)
        for name, count in counts.most_common()
        if count > 1
    ]
    found: dict[str, Named] = {}
    for one in [*quoted, *practices]:
        if one.name and not any(one.name.lower() in name for name in found):
            found.setdefault(one.name.lower(), one)
    return list(found.values())[:_MOST_TAGS]


def _name(source: Source, start: int, end: int) -> str:
    """The words of a stretch in one line, broken lines joined."""
    return " ".join("".join(map(str.strip, source.words(start, end).split("\n"))).split())


def _plain(one: Named, line: Line) -> str:
    return line.text[line.index_at(one.start) : line.index_at(one.end - 1) + 1]


def _quoted(source: Source, line: Line, certainty: float, reason: str) -> list[Named]:
    return [
        Named(_name(source, *stretch)[: LIMITS["tag"]], *stretch, certainty, reason)
        for match in _QUOTED.finditer(line.text)
        if not _SLOGAN.search(match[1])
        for stretch in [line.stretch(*match.span(1))]
    ]


def _opening(lines: Sequence[Line]) -> list[Line]:
    kept, length = [], 0
    for line in lines:
        if length >= _READ_AT_MOST:
            break
        kept.append(line)
        length += len(line.text)
    return kept
