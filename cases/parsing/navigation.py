"""What leads to an article on its page: breadcrumbs, bars of links, names of sites and columns, site suffixes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cases.parsing.characters import Line, listed

_LINK = re.compile(r"【([^【】]*)】（[^（）]*）")
_STEP = re.compile(r"—*>+|[»›→▸]|》")  # between the parts of a breadcrumb, and nowhere else
_WEAK_STEP = re.compile(r"[/|丨\\·_∨▼▾﹀⌄]|：：|—")  # a headline may hold one of these
_SENTENCE = re.compile(r"[，。；：！？“”《]")
_WORD = re.compile(r"[\u4e00-\u9fffa-z]")
_LONGEST_PART, _LONGEST_WEAK_PART, _LONGEST_SITE = 14, 8, 16
_LONGEST_LAST_PART = 60  # some pages end the breadcrumb with the headline

_COLUMN = re.compile(
    r".{0,10}(?:要闻|动态|新闻|专栏|专题|频道|报|网|网站|客户端|融媒体?|融媒体中心|传媒|头条|资讯|信息|快讯|快递|速递|传真|集锦|选登|展播|"
    r"之窗|之声|公众号|电视台|广播|播报|报道|视点|风采|专刊|特刊|周刊|头版|要情|栏目|选编|汇编|行动|进行时|正文|专报|公开|公示|"
    r"案例(?:（[一二三四五六七八九十\d]{1,3}）)?)"
    r"|.{0,6}(?:在线|发布|观察|聚焦|交流|纪实|云)"
)
# The name of a series of a paper: 营商环境看丹东, 走进营商一线. 优化营商环境 alone is half a headline.
_SERIES = re.compile(
    r"(?!优化|打造|提升|护航|改善|擦亮|激活|赋能|厚植|做优|建设|营造|助|为|让|以|聚|把|筑|破)[\u4e00-\u9fff]{0,5}营商(?:环境)?"
    r"[\u4e00-\u9fff·]{1,7}(?<![的再与和])"
)
_ORDINAL = r"第[\d〇零一二三四五六七八九十百]{1,5}[期批辑号集卷]"
_MASTHEAD = re.compile(
    rf"[^，。：；！？“”]{{0,24}}(?:简报|专报|快报|内参|要情|专刊|专栏|展播|选登|汇编|选编|集锦)(?:（[^（）]{{1,16}}）|{_ORDINAL})*"
    rf"|[^，。：；！？“”]{{0,20}}?[（〔]?(?:总|20\d\d年?[）〕]?)?{_ORDINAL}[）〕]?(?:（[^（）]{{1,14}}）)*"
    r"|内部(?:资料|刊物|文件|参考).{0,8}"
)
_PROVINCES = listed(
    "北京 天津 河北 山西 内蒙古 辽宁 吉林 黑龙江 上海 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 广西 海南 "
    "重庆 四川 贵州 云南 西藏 陕西 甘肃 青海 宁夏 新疆"
)
POSTED_FROM = re.compile(rf"(?:发表于|ip属地：?)? ?(?:{'|'.join(_PROVINCES)})")  # under what an account posts
_LATIN = re.compile(r"[a-z &|·.'—]{2,30}")
_BETWEEN_WORDS = re.compile(r"[ |丨/·【】（）]")
_AROUND = "‹›<>【】〔〕（）()·|/丨—#* "
_BAR_WORDS = frozenset(
    listed(
        "无障碍 无障碍浏览 无障碍阅读 无障碍版 长者助手 长者模式 长者版 长者专区 长辈版 老年版 大字版 敬老版 "
        "关怀版 关爱版 适老版 适老化 适老模式 辅助浏览 简体 繁体 简体版 繁体版 简体中文 繁体中文 中文 英文 "
        "english 登录 登陆 注册 退出 搜索 搜一搜 站内搜索 高级搜索 网站地图 网站支持ipv6 ipv6 手机版 移动版 "
        "移动端 手机站 app 客户端 微信 微博 公众号 首页 主页 收藏 rss "
        "设为首页 加入收藏 智能问答 智能机器人 个人中心 用户中心 邮箱 返回 关闭 打印 分享 字号 大 中 小"
    )
)
_SITE_END = re.compile(
    r"(?:政府|网|网站|日报|晚报|报|官网|频道|新闻|在线|客户端|委员会|局|厅|办公室|中心|法院|公司|首页|动态|要闻|专栏|公开|案例|经验)$"
)
_OWN_WORDS = re.compile(r"[，：；、“”‘’《》—\d市县区省州旗局委院厅关镇乡]")
_HALF_SENTENCE = re.compile(r"[的和与及以把让为在到向将用从]$|^(?:推行|推动|打造|创新|深化|聚焦|坚持|探索|以|让|把)")
_COMPLETE = re.compile(r"[：，“]")
_OPENS_WITH_NAME = re.compile(r"[\u4e00-\u9fff]{1,9}(?:[市县区省州旗局委院厅]|：)")


def is_breadcrumb(text: str) -> bool:
    """True for short parts joined by > » → (or, all of them shorter still, by / | —), without sentence punctuation."""
    text = _LINK.sub(r"\1", text).strip("/|>»›→》—∨▼▾﹀⌄ ")
    parts = [part.strip() for part in _STEP.split(text)]
    if len(parts) > 1 and all(map(_WORD.search, parts)) and not any(map(_SENTENCE.search, parts[:-1])):
        last = _LONGEST_LAST_PART if len(parts) > 2 else _LONGEST_PART
        short = all(len(part) <= _LONGEST_PART for part in parts[:-1]) and len(parts[-1]) <= last
        return short and (len(parts) > 2 or not _SENTENCE.search(parts[-1]))
    parts = [part.strip() for part in _WEAK_STEP.split(text)]
    if len(parts) < 2 or not all(map(_WORD.search, parts)) or _SENTENCE.search(text):
        return False
    first = _LONGEST_SITE if len(parts) > 3 else _LONGEST_WEAK_PART
    short = len(parts[0]) <= first and all(len(part) <= _LONGEST_WEAK_PART for part in parts[1:])
    return short and ("—" not in text or len(parts) > 2 or any(map(_COLUMN.fullmatch, parts)))


def is_column(text: str) -> bool:
    """True for a line that reads like the name of a site or a column: 法院要闻, 上观新闻, News."""
    name = text.strip(_AROUND)
    if _LATIN.fullmatch(name):
        return True
    return bool(name) and not re.search("[，。；：]", name) and bool(_COLUMN.fullmatch(name))


def is_masthead(text: str) -> bool:
    """True for the name or the number of a bulletin or a series: 德宏州优化营商环境工作简报, 第21期（总第164期）."""
    return bool(_MASTHEAD.fullmatch(text.strip(_AROUND)) or _MASTHEAD.fullmatch(text))


def is_account(line: Line) -> bool:
    """True for the account that posted an article, and from which province: 西安高新发布 陕西, 原创 张某 漯河发布."""
    parts = _parts(line)
    posted = bool(parts) and (POSTED_FROM.fullmatch(parts[-1]) or parts[0] == "原创")
    return bool(posted) and len(parts) <= 5 and len(line.text) <= 30


def is_bar(line: Line) -> bool:
    """True for a line of links to other versions of the page: 无障碍浏览 长者助手 简体 繁体."""
    parts = _parts(line)
    known = sum(part in _BAR_WORDS for part in parts)
    opens = len(parts) > 2 and parts[0] in ("首页", "网站首页", "主页")
    return len(parts) > 1 and (opens or known * 2 >= len(parts)) and all(len(part) <= 8 for part in parts)


def is_kicker(upper: str, lower: str) -> bool:
    """True for a short noun phrase over a headline that is complete without it."""
    if len(lower) >= 8 and _SERIES.fullmatch(upper) and not lower.startswith("—"):
        return True
    if _OWN_WORDS.search(upper) or _HALF_SENTENCE.search(upper) or lower.startswith("—"):
        return False
    if _OPENS_WITH_NAME.match(lower) and len(lower) >= 10:
        return len(upper) <= 16
    return len(upper) <= 8 and len(lower) >= 10 and bool(_COMPLETE.search(lower))


def without_suffix(line: Line) -> int:
    """Where a headline ends before the name of its site: 标题_绵阳市人民政府, 标题 - 某某网."""
    text = line.text
    end = text.find("_")
    if end >= 2:
        return len(text[:end].rstrip())
    for match in reversed(list(re.finditer(r"(?<!—)—(?!—)|[|丨]", text))):
        suffix = text[match.end() :]
        blank = match[0] != "—" or (_gap(line, match.start()) and _gap(line, match.end()))
        if match.start() < 6 or not 2 <= len(suffix) <= 16 or not blank or not _SITE_END.search(suffix):
            break
        text = text[: match.start()]
    return len(text)


def is_told_again(line: Line, below: Sequence[str]) -> bool:
    """True for a headline with the name of its site that one of the lines below tells without."""
    if line.text[: without_suffix(line)] in below:
        return True
    return any(line.text.startswith(f"{one}{parting}") for one in below if len(one) > 6 for parting in "—_|丨")


def _gap(line: Line, at: int) -> bool:
    return 0 < at < len(line.text) and line.places[at] > line.places[at - 1] + 1


def _parts(line: Line) -> list[str]:
    """The words of a line between blanks and | /."""
    if isinstance(line.places, range) and not _BETWEEN_WORDS.search(line.text):
        return [line.text]
    pieces, piece = [], ""
    for at, character in enumerate(line.text):
        if character in " |丨/·【】（）" or _gap(line, at):
            pieces.append(piece)
            piece = ""
        piece += "" if character in " |丨/·【】（）" else character
    return [one for one in [*pieces, piece] if one]
