"""Divisions named in a text: full names, short names (文山州, 漯河), chains (绵阳市涪城区), and the one it is about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from cases.parsing.characters import listed
from cases.parsing.lexicon import Lexicon
from cases.parsing.result import RegionWord, Words
from cases.parsing.zones import ZONES

_PEOPLES = listed(
    "蒙古族 回族 藏族 维吾尔 苗族 彝族 壮族 布依族 朝鲜族 满族 侗族 瑶族 白族 土家族 哈尼族 哈萨克族 哈萨克 "
    "傣族 黎族 傈僳族 佤族 畲族 拉祜族 水族 东乡族 纳西族 景颇族 "
    "柯尔克孜族 柯尔克孜 土族 达斡尔族 达斡尔 仫佬族 羌族 布朗族 撒拉族 毛南族 仡佬族 锡伯族 锡伯 阿昌族 "
    "普米族 塔吉克族 塔吉克 怒族 鄂温克族 德昂族 保安族 裕固族 独龙族 "
    "鄂伦春 赫哲族 各族 蒙古 回"
)
_AUTONOMOUS = re.compile(rf"(?P<name>.+?)(?:{'|'.join(_PEOPLES)})+自治(?P<kind>州|县|旗|区)$")
_PROVINCES = {
    "内蒙古自治区": "内蒙古",
    "广西壮族自治区": "广西",
    "西藏自治区": "西藏",
    "宁夏回族自治区": "宁夏",
    "新疆维吾尔自治区": "新疆",
}
# Short names of prefectures that are not the beginning of their full ones.
_ABBREVIATIONS = {
    "巴音郭楞蒙古自治州": ("巴州",),
    "博尔塔拉蒙古自治州": ("博州",),
    "克孜勒苏柯尔克孜自治州": ("克州",),
    "锡林郭勒盟": ("锡盟",),
    "阿拉善盟": ("阿盟",),
}
_BARE = frozenset(("城区", "老城区", "郊区", "矿区", "东区", "西区", "新城区", "开发区"))
# Short names that are words of their own in such prose.
_ORDINARY = frozenset(
    listed(
        "开放 和平 平安 新华 永安 通道 延长 大方 中方 东方 安定 开化 平和 大通 平安 和顺 兴业 兴国 新建 城中 "
        "市中 高新 桥东 桥西 开平 江南 江北 河东 河西 海北 南山 东山 西山 红旗 友好 "
        "向阳 前进 新城 长安 站前 和政 合作 建设 信息 清水 大关 永和 永平 永新 丰满 富民 利川 昌江 龙港 东兴 "
        "新兴 安宁 同心 共和 民和 团结 惠民 惠农 宁安 康乐 康平 文成 中心 太平 长乐 从江 武功 "
        "灵台 光明 东明 东宁 双江 双流 集安 大安 新安 固安 广安 安化 安图 昌平 太和 永定 永兴 宝山 静安 普宁 "
        "普安 兴安 兴隆 资源 昌乐 平顺 高平 高明 增城"
    )
)
# Short names that are other words before the name of a body: 会同市场监管局, 数据资源管理局.
_OTHER_WORDS = frozenset(("会同", "合作", "新建", "建设", "开放", "资源"))
_BORROWED = re.compile(
    r"(?:借鉴|学习|参照|对标|赴|复制|跟班|参考|比照|前往|来自|与|同|和|向|比|联合|对接|抵达|发往|销往|至|到|"
    r"从|如|包括|、|及)$"
)


class Mention(NamedTuple):
    """A division named at `text[start:end]`; several codes while it is open which one is meant."""

    start: int
    end: int
    codes: tuple[str, ...]
    full: bool  # written with 市, 区, 县 …
    chained: bool = False  # 绵阳市 stands before 涪城区
    bare: bool = False  # 新城区, 郊区: a division only where the article tells which


class _Name(NamedTuple):
    text: str
    codes: tuple[str, ...]
    full: bool
    level: str


def short_names(region: RegionWord) -> tuple[str, ...]:
    """The names a division goes by besides its full one: 文山州 and 文山, 漯河, 长阳."""
    if region.name in _PROVINCES:
        return (_PROVINCES[region.name],)
    autonomous = _AUTONOMOUS.match(region.name)
    others = _ABBREVIATIONS.get(region.name, ())
    if autonomous and len(autonomous["name"]) >= 2:
        name, kind = autonomous["name"], autonomous["kind"]
        return (name, name + kind, *others)
    if region.name.endswith("新区") and len(region.name) > 3:
        return (region.name[:-2],)
    if region.level == "prefecture" and region.name.endswith("地区"):
        return (region.name[:-2],)
    if len(region.name) > 2 and region.name[-1] in "省市县区盟旗":
        return (region.name[:-1], *others)
    return ()


def find_places(text: str, words: Words) -> list[Mention]:
    """Every division named in the text, in order, chains as one mention of their last part."""
    names = _names(words)
    found: list[Mention] = []
    at = 0
    while named := names.find(text, at):
        at, _, name = named
        end = at + len(name.text)
        if name.full and text.startswith("市场", end - 1):
            end -= 1  # 昆山市场监管局 is short for 昆山市市场监管局
        elif name.text.endswith(("海关", "口岸")):
            end -= 2  # 水口 is a place only as 水口海关
        mention = _mention(text, at, end, name, found[-1] if found else None, words)
        if mention is None:
            at += 1
            continue
        if mention.chained:
            found[-1] = mention
        else:
            found.append(mention)
        at = end
    return found


def _mention(text: str, start: int, end: int, name: _Name, previous: Mention | None, words: Words) -> Mention | None:
    """The mention of a name, joined with a parent right before it; None when it is an ordinary word here."""
    if previous is not None and previous.end == start:
        below = tuple(
            code
            for code in name.codes
            if any(code == above or is_within(code, above, words) for above in previous.codes)
        )
        if below:
            return Mention(previous.start, end, below, name.full, chained=True)
    if name.full and (text.startswith("区域", end - 1) or _is_market(text, start, end)):
        return None  # 港口区域, 合作市场
    if name.text in ZONES and _inside_a_word(text, start, end):
        return None
    if name.full and name.text not in _BARE:
        return Mention(start, end, name.codes, True)
    if name.full:
        opens = start == 0 or text[start - 1] in _OPENERS or not "一" <= text[start - 1] <= "龥"
        return Mention(start, end, name.codes, True, bare=True) if opens and _names_a_body(text, end) else None
    if _inside_a_word(text, start, end) or name.text in _OTHER_WORDS:
        return None
    following = text[end : end + 1]
    if name.level == "county" and name.text not in _ORDINARY:
        opens = start == 0 and (following == "：" or bool(_ACTS.match(text, end)))
        return (
            Mention(start, end, name.codes, False)
            if opens or _ZONE.match(text, end) or _names_a_body(text, end)
            else None
        )
    if name.text in _ORDINARY and not (start == 0 and following == "：") and not _names_a_body(text, end):
        return None
    return Mention(start, end, name.codes, False)


def _is_market(text: str, start: int, end: int) -> bool:
    """True for 合作市场, where 合作市 is no city."""
    return text.startswith("市场", end) and text[start:end] in _ORDINARY and not _names_a_body(text, end)


_OPENERS = "由在与和向经让被从据，。；：、“（《"
# Words that begin or end in the middle of what reads like a short name: 拱北|海关, 诚信|阳光, 长治久安.
_LONGER = re.compile(
    r"路|街|族|河(?![东西])|江(?!区|市|县|海关|[东南西北]新?区)|湾|巷|弄|大道|大桥|大厦|号|商会|会馆|拉面|牛肉|米粉|久安|"
    r"(?<=海)(?:关|岸)|(?<=海口)岸|(?<=东营)商环|(?<=平)台|(?<=南通)(?:过|道|关|行|往|知|办|达|畅)|(?<=信阳)光|"
    r"(?<=日照)(?:料|护|顾|章|此)|(?<=大连)(?:接|通|片|续)|(?<=三明)(?:确|显|治)|(?<=保定)(?:期|价|点|向|位|时)|"
    r"(?<=大同)小|(?<=大庆)祝|(?<=通化)解|(?<=前海)[关口外上南运域]|(?<=中山)装|(?<=白银)(?:饰|价)"
)
_LONGER_LEFT = re.compile(
    r"诚(?=信阳)|关(?=怀化解)|[确担](?=保定)|经(?=济源)|公(?=开封)|平(?=衡阳)|固(?=定西)|完(?=毕节)|国(?=泰安)|拱(?=北海)|目(?=前海)"
)


def _inside_a_word(text: str, start: int, end: int) -> bool:
    """True for what is part of a longer word: 苏州河, 拱北海关."""
    if text.startswith("海海关", end - 1):
        return False  # 北海海关
    return bool(_LONGER.match(text, end) or (start and _LONGER_LEFT.match(text, start - 1)))


_BODY_AFTER = re.compile(
    r"(?:税务|法院|海关|公安|市场监管|市场监督|行政审批|政务服务|人社|人力资源|住建|交通|供电|不动产|"
    r"自然资源|自规|发改|发展和改革|发展改革|财政|教育|科技|工信|民政|司法|生态环境|水利|水务|农业|商务|文旅|"
    r"文广|卫健|应急|审计|医保|统计|工商联|检察院|大数据|数据|金融|公积金|公共资源|经开区|高新区|开发区|人行|"
    r"消防|邮政|烟草|林业|城管|综合执法|投资促进|招商|营商|支行|支公司|管委会|管理局|片区|产业园|纪委|组织部|残联|气象|示范区|新区|分行|海关|园区|工业园)"
)


# What follows the short name of a county that is one: 昆山经济技术开发区, and at the head of a line 义乌推行….
_ZONE = re.compile(r"[\u4e00-\u9fff]{0,8}(?:开发区|管委会|管理委员会|园区|保税区|示范区|合作区|试验区)")
_ACTS = re.compile("推行|推出|推动|打造|创新|聚焦|坚持|探索|深化|着力|持续|优化|全力|率先|建立|启动|上线|以[“‘]|[“‘]")


def _names_a_body(text: str, end: int) -> bool:
    return bool(_BODY_AFTER.match(text, end))


def is_within(code: str, above: str, words: Words) -> bool:
    """True when a division lies strictly inside another."""
    while code in words.region_by_code:
        code = words.region_by_code[code].parent
        if code == above:
            return True
    return False


def lineage(code: str, words: Words) -> list[str]:
    """The code and those above it."""
    codes = []
    while code in words.region_by_code:
        codes.append(code)
        code = words.region_by_code[code].parent
    return codes


class Context:
    """The divisions an article names without doubt, with how often each is named, itself or one inside it."""

    def __init__(self, codes: Iterable[str], words: Words) -> None:
        self.named = Counter(codes)
        self.inside: Counter[str] = Counter()  # code -> how often divisions strictly inside it are named
        for code, times in self.named.items():
            for above in lineage(code, words)[1:]:
                self.inside[above] += times

    def points(self, code: str, words: Words) -> int:
        """How much speaks for a division: itself, those above it, those beside it in the same city."""
        above = lineage(code, words)[1:]
        points = 3 * self.named[code] + 2 * sum(self.named[other] for other in above)
        if above and words.region_by_code[code].level == "county":
            points += self.inside[above[0]] - self.named[code]
        return points


def settle(codes: Sequence[str], context: Context, words: Words) -> tuple[str, ...]:
    """The codes that the other divisions named in the article speak for; all of them when none does.

    恩施 is both a prefecture and a city in it: the higher level is preferred.
    """
    if len(codes) < 2:
        return tuple(codes)
    lowest = [code for code in codes if not any(is_within(code, other, words) for other in codes)]
    if len(lowest) == 1:
        return tuple(lowest)
    points = {code: context.points(code, words) for code in lowest}
    best = max(points.values())
    return tuple(code for code in lowest if points[code] == best)


def borrowed(text: str, mention: Mention) -> bool:
    """True for a place only named beside another: 与许昌, 借鉴杭州, 曲江、浈江、武江."""
    before = text[max(0, mention.start - 4) : mention.start]
    return bool(_BORROWED.search(before)) or text[mention.end : mention.end + 1] == "、"


def _names(words: Words) -> Lexicon[_Name]:
    if "places" not in words.indexes:
        words.indexes["places"] = Lexicon((name.text, name) for name in _all_names(words))
    return words.indexes["places"]


def _all_names(words: Words) -> list[_Name]:
    """Every name a division goes by, full names first."""
    codes: dict[tuple[str, bool], list[RegionWord]] = {}
    for region in words.regions:
        codes.setdefault((region.name, True), []).append(region)
        for short in short_names(region):
            codes.setdefault((short, short[-1] in "州县旗" and len(short) > 2), []).append(region)
    names = [
        _Name(zone, (code,), True, words.region_by_code[code].level)
        for zone, code in ZONES.items()
        if code in words.region_by_code
    ]
    order = ("province", "prefecture", "county")
    for (text, full), regions in codes.items():
        highest = min(regions, key=lambda region: order.index(region.level)).level
        if not full and highest != "county":  # 朝阳 alone is the prefecture or one of the districts
            regions = [region for region in regions if region.level != "county"] + [
                region for region in regions if region.level == "county"
            ]
        names.append(_Name(text, tuple(region.code for region in regions), full, highest))
    return sorted(names, key=lambda name: not name.full)
