"""How sure the parser is of each kind of thing it finds, and why, in words an editor understands.

The figures are shares of right answers: `bench/certainty.py` measures them over annotated articles and over
copies of those without headlines, numbers or opening paragraphs.
"""

from __future__ import annotations

from typing import NamedTuple

from cases.content import gettext_noop
from cases.parsing.marks import is_bullet
from cases.parsing.metrics import FoundMetric


class Why(NamedTuple):
    """How sure, from 0 to 1, and the reason: a person reads `gettext(reason) % params`."""

    certainty: float
    reason: str
    params: dict[str, object] = {}


BY_EDITOR = Why(1.0, gettext_noop("编辑定的"))
MARKED = Why(1.0, gettext_noop("编辑标出的"))

# facts of the page

TITLE_MARKED = Why(0.97, gettext_noop("文件中标为一级标题"))
TITLE_OVER_FACTS = Why(0.97, gettext_noop("下面紧接日期、来源等信息的一行"))
TITLE_FIRST = Why(0.72, gettext_noop("正文上方的短行"))
TITLE_BROKEN = Why(0.6, gettext_noop("由上下几行拼成"))
TITLE_ALONE = Why(0.8, gettext_noop("开头的一行，下面就是正文"))
TITLE_SHORT = Why(0.4, gettext_noop("不像标题，也可能是栏目名称或正文里的一行"))
SUBTITLE = Why(0.95, gettext_noop("标题下方以破折号开头的一行"))
DATE_BARE = Why(0.92, gettext_noop("标题附近单独写着的日期"))
DATE_SIGNED = Why(0.8, gettext_noop("文末落款的日期"))
SOURCE_BESIDE_DATE = Why(0.85, gettext_noop("与日期写在同一行，没有写“来源”"))
SOURCE_ALONE = Why(0.7, gettext_noop("日期旁边单独成行的报刊、网站名称"))
REPORTERS = Why(0.9, gettext_noop("单独成行的记者、作者姓名"))


def labelled(label: str, certainty: float = 0.98) -> Why:
    return Why(certainty, gettext_noop("来自“%(label)s”一栏"), {"label": label.replace(" ", "")})


def of_the_page(why: Why) -> Why:
    """The same fact, told for the whole page and not by the case itself."""
    return Why(min(why.certainty, 0.85), gettext_noop("这个案例自己没有写，取自整个页面"))


# initiatives and measures

_STYLES = {
    "chapter": 0.97,
    "han": 0.97,
    "paren_han": 0.96,
    "digit": 0.85,
    "named": 0.92,
    "leading_zero": 0.92,
    "paren_digit": 0.82,
    "circled": 0.9,
    "ordinal": 0.92,
    "sequence": 0.85,
    "side": 0.7,
    "item": 0.87,
}
_INNER_STYLES = ("paren_digit", "circled", "sequence", "side", "item")
_MARKED_HEADING = gettext_noop("文件中标为标题")
_NUMBERED = gettext_noop("编号“%(mark)s”")
_OWN_LINE = gettext_noop("没有编号，按独立成行的短句认作标题")
_LEAD = gettext_noop("没有编号，按段首短句认作标题")
_BRACKET = gettext_noop("方括号里的标题")


def heading(style: str, mark: str, outermost: bool) -> Why:
    """Why an initiative (the outermost level) or a measure is one; `mark` is its number as written.

    一是 and its kind usually number measures: an article that has nothing above them may have lost its headings.
    """
    if style.startswith("markdown") or style == "bold":
        return Why(0.95 if style != "bold" else 0.85, _MARKED_HEADING)
    if style == "bracket":
        return Why(0.9, _BRACKET)
    if style == "lead":
        return Why(0.55 if outermost else 0.3, _LEAD)
    if style in ("line", "") or not mark.strip():
        return Why(0.74 if outermost else 0.6, _OWN_LINE)
    certainty = (0.85 if outermost else 0.7) if is_bullet(style) else _STYLES.get(style, 0.85)
    if outermost and style in _INNER_STYLES:
        certainty = min(certainty, 0.78)
    return Why(certainty, _NUMBERED, {"mark": mark})


def text_under(why: Why) -> Why:
    return Why(why.certainty, gettext_noop("标题之下、下一个标题之前的文字"))


INTRO = Why(0.93, gettext_noop("第一条举措之前的文字"))
INTRO_OF_PROSE = Why(0.7, gettext_noop("没有找到举措，全文都放在导语里"))
CLOSING = Why(0.85, gettext_noop("最后一条举措之后的小节"))
CLOSING_LATE = Why(0.72, gettext_noop("像是收尾的段落：总的成效或下一步打算"))

# metrics


def metric(found: FoundMetric, from_text: str, to_text: str) -> Why:
    """Why a number is a metric; the texts are the old and the new value as numbers with their unit."""
    if found.from_value is not None:
        return Why(0.97, gettext_noop("变化：由%(old)s到%(new)s"), {"old": from_text, "new": to_text})
    if not found.label:
        return Why(0.7, gettext_noop("只有数字和量词，没有说明对象"))
    if found.certainty < 0.75:
        return Why(0.5, gettext_noop("用汉字写的小数目，也可能是在列举"))
    if found.kind in ("growth", "reduction"):
        return Why(0.95, gettext_noop("“%(label)s”的增减：%(new)s"), {"label": found.label, "new": to_text})
    sure = 0.95 if found.unit in ("%", "元", "工作日", "天", "小时", "分钟") or found.value >= 20 else 0.8
    return Why(sure, gettext_noop("写明了“%(label)s”的数量：%(new)s"), {"label": found.label, "new": to_text})


# region, body, themes, names

REGION_BY_EDITOR = Why(1.0, gettext_noop("编辑选定的"))
REGION_OPEN = Why(0.3, gettext_noop("同名的地区有几个，文中没有说明是哪一个"))
DEPARTMENT = gettext_noop("由单位名称推出")


def region_in(where: str, name: str, certainty: float) -> Why:
    """Why a region; `where` is title, body, opening, text, source or organization."""
    return Why(certainty, _REGION[where], {"name": name})


_REGION = {
    "title": gettext_noop("题目中写明“%(name)s”"),
    "organization": gettext_noop("由单位名称“%(name)s”推出"),
    "opening": gettext_noop("正文开头写明“%(name)s”"),
    "text": gettext_noop("文中提到“%(name)s”"),
    "source": gettext_noop("由来源“%(name)s”推出"),
    "": gettext_noop("由文中提到的地名推测"),
}


def organization_in(where: str, name: str, certainty: float) -> Why:
    return Why(certainty, _ORGANIZATION[where], {"name": name})


_ORGANIZATION = {
    "title": gettext_noop("题目中写明“%(name)s”"),
    "byline": gettext_noop("单独成行的单位名称“%(name)s”"),
    "opening": gettext_noop("正文开头写明“%(name)s”"),
    "text": gettext_noop("文中提到“%(name)s”"),
    "source": gettext_noop("由来源“%(name)s”推出"),
    "relative": gettext_noop("文中的“%(name)s”，按所在地区补全"),
    "": gettext_noop("由文中提到的单位推测"),
}


def theme(words: list[str], certainty: float) -> Why:
    return Why(certainty, gettext_noop("出现%(words)s等词"), {"words": "".join(f"“{word}”" for word in words[:3])})


_TAGS = {
    "title": gettext_noop("题目中引号里的做法名称"),
    "headings": gettext_noop("几个标题里都提到"),
    "practice": gettext_noop("文中出现%(count)d次的常见做法名称"),
}


def tag(kind: str, certainty: float, count: int) -> Why:
    return Why(certainty, _TAGS[kind], {"count": count} if kind == "practice" else {})


DOCUMENT = Why(0.95, gettext_noop("书名号里的文件名称"))


def honour(verb: str, certainty: float) -> Why:
    return Why(certainty, gettext_noop("“%(verb)s”之后的名称"), {"verb": verb})
