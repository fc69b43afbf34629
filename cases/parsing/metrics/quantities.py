"""Numbers with their units: 1.2万余家, 二百七十六件, 七成以上, 2—4个工作日.

Everything that looks like a number in the text becomes a `Quantity`, with or without a unit;
whether it measures anything is for `contexts` to say.
"""

from __future__ import annotations

import re
import string
from decimal import Decimal
from typing import NamedTuple

from cases.parsing.metrics.units import TIME_UNITS, UNIT_FORM, UNITS, unit_form
from cases.parsing.numerals import SCALES, arabic, chinese_integer

_HALF = Decimal("0.5")
_HAN_DIGITS = "零〇一二两三四五六七八九"
_HAN_VALUES = {han: Decimal(value) for value, han in enumerate("零一二三四五六七八九十")} | {"两": Decimal(2)}
_OPENS_NUMBER = re.compile(rf"[\d{_HAN_DIGITS}十百千万亿半]")  # what every branch of _NUMBER begins with
_NUMBER = re.compile(
    rf"""
    (?:
      (?P<percent>百分之(?:(?P<percent_digits>\d{{1,5}}(?:\.\d{{1,6}})?)|(?P<percent_han>[{_HAN_DIGITS}十百]{{1,6}}(?:点[{_HAN_DIGITS}]{{1,4}})?)))
    | (?P<tenths>[一二两三四五六七八九1-9])成(?P<tenths_half>半|[一二三四五六七八九](?![个项家名年本套]))?
(?![本立员功果绩长分交品熟效人因为名形群套对双色就一不])
    | (?<![\d.])(?P<arabic>\d{{1,3}}(?:(?:,|[ ])\d{{3}})+(?![\d ])(?:\.\d{{1,8}})?|\d{{1,13}}(?:\.\d{{1,8}})?)(?![\d])
        (?P<vague>余|多|来|\+(?!\d))?(?P<scale>万亿|千亿|百亿|亿|千万|百万|十万|万|千(?![米瓦克伏])|百)?
    | (?P<han>[{_HAN_DIGITS}十百千万亿]{{1,12}}(?:点[{_HAN_DIGITS}]{{1,4}})?)
        (?P<han_vague>余|多|来)?(?P<han_scale>万亿|亿|万)?
    | (?P<half>半)(?=个|天|小时|日|年)
    )
    """,
    re.VERBOSE,
)
_PER = r"(?P<per>/[a-z㎡\u4e00-\u9fff]{1,3})?"
_MORE_UNIT = re.compile(
    r"(?P<vague>余|多|来|\+)?(?P<half>个半|半(?!年))?(?:个(?=多|"
    rf"半)(?P<half2>半)?(?P<vague2>多)?)?(?P<unit>{UNIT_FORM}){_PER}"
)
_UNITS_BY_OPENING = {
    opening: re.compile(f"(?P<unit>{unit_form(unit for unit in UNITS if unit[0] == opening)}){_PER}")
    for opening in {unit[0] for unit in UNITS}
}
_MORE = re.compile("[余多来+半]|个[多半]")  # what stands between a number and its unit
_MORE_OPENS = frozenset("余多来+半个")
_SHARED = frozenset(("工作日", "自然日", "个百分点", "个月", "小时"))
_AND_A_HALF = re.compile("半(?![天日夜])")
_AFTER = re.compile(
    r"(?P<over>及以上|以上|多|余)|(?P<under>之内|以内|内(?![部容外控涵设在资])|及以下|以下)|(?P<about>左右|"
    r"上下|许(?!可|诺|多))"
)
_BEFORE = re.compile(
    r"(?:(?P<under>不超过|不超|不高于|不多于|不大于|未超过|不到|不足|不满|低于|少于|小于|最多|至多|[≤≦⩽<])"
    r"|(?P<over>不低于|不少于|不小于|至少|最少|超过|超出|超|逾|突破|高于|多于|大于|[≥≧⩾>])"
    r"|(?P<about>将近|接近|大约|(?<![附最临邻靠走亲贴就新])近|"
    r"(?<![节签预履邀集制相契公条赴失违守特解爽婉])约为?|大概|大致))(?:了|至|到)?$"
)
_AFTER_OPENS = frozenset("及以多余之内左上许")  # what every branch of _AFTER begins with
_BEFORE_ENDS = frozenset("过超于到足满多少出逾破近约为概致了至≤≦⩽<≥≧⩾>")  # what every branch of _BEFORE ends with
_DATE_SIGN = re.compile(r"[年月]|季度|四五|十[三五]五|[12]\d{3}[—./]|\d[：时]\d")  # one of them stands in every date
_DATE = re.compile(
    r"(?:19|20)\d\d(?:年?[—~至、和]+(?:19|20)\d\d)?年(?:度|底|初|末)?(?:\d{1,2}月(?:\d{1,2}日)?)?|"
    r"[二一][〇零一二三四五六七八九]{3}年"
    r"|(?:19|20)\d\d[—./]\d{1,2}(?:[—./]\d{1,2})?(?!\d)"
    r"|\d{1,2}月?[—~至到、和]{1,2}\d{1,2}月份?(?:\d{1,2}日)?|"
    r"\d{1,2}月(?:\d{1,2}日(?:[—~至到]{1,2}\d{1,2}日)?|份|底|初|末|中旬|上旬|下旬)?"
    r"|[一二三四五六七八九十]{1,3}月(?:[一二三四五六七八九十]{1,3}日|份|底|初|末)?|(?:前|"
    r"第)?[一二三四两]个?季度|\d{1,2}：\d\d(?::\d\d)?|\d{1,2}时\d{1,2}分?"
    r"|[一二三四五六七八九十]四五|“?十[三四五]五”?"
)
_GLUED = re.compile(r"(?:^|[^a-z])[a-z][+]?$|[a-z\d][+]$")  # T+2, G25, 1+3
_GLUE = frozenset(string.ascii_lowercase + "+")  # what _GLUED ends with
_RANGE = re.compile("[—~]{1,2}|[至到](?!少)")
_FROM = re.compile(r"(?:由|从)[^，。；、：]{0,10}$")


class Quantity(NamedTuple):
    """A number in `text[start:end]`, its unit and what stands beside it; a tuple, as a page holds hundreds."""

    start: int  # of the number
    end: int  # after the unit, and after 以上, 以内
    value: Decimal
    unit: str  # canonical; "" when none follows
    qualifier: str  # exact, over, under, about
    han: bool  # written in Chinese numerals
    spelled: str  # the number as written, without unit
    unit_end: int  # where the unit itself ends

    @property
    def bare_one(self) -> bool:
        """一个, 1张: says one without counting."""
        return self.spelled in ("一", "1") and self.value == 1

    @property
    def small(self) -> bool:
        """A Chinese numeral up to ten, which mostly announces a list."""
        return self.han and len(self.spelled) == 1 and self.spelled != "半" and self.value <= 10


def quantities(text: str) -> list[Quantity]:
    """Every number of the text in order, dates left out, ranges as one number."""
    opening = _OPENS_NUMBER.search(text)
    if opening is None:
        return []
    dated = bool(_DATE_SIGN.search(text))
    found: list[Quantity] = []
    at = 0
    while opening := _OPENS_NUMBER.search(text, at):
        start = opening.start()
        if dated and (date := _date(text, start)):
            at = date.end()
            continue
        match = _NUMBER.match(text, start)
        if match is None:
            at = start + 1
            continue
        at = match.end()
        if text[start - 1] in _GLUE and _GLUED.search(text[max(0, start - 3) : start]):
            continue
        quantity = _quantity(text, match)
        if quantity is not None:
            found.append(quantity)
            at = max(at, quantity.end)
    return _with_shared_units(text, _with_ranges(text, found))


def _date(text: str, start: int) -> re.Match[str] | None:
    """The date whose first number stands at a place: 2024年3月, 前三季度, “十四五”."""
    if start and text[start - 1] in "前第“" and (date := _DATE.match(text, start - 1)):
        return date
    return _DATE.match(text, start)


def _quantity(text: str, match: re.Match[str]) -> Quantity | None:
    read = _read_number(match)
    if read is None:
        return None
    value, unit, vague = read
    start, end = match.span()
    unit_end, han = end, match["arabic"] is None
    if not unit:
        unit, unit_end, more, halves = _unit(text, end)
        vague = vague or more
        if halves and unit.partition("/")[0] in TIME_UNITS:
            value += _HALF
    if han and match["half"] and unit not in TIME_UNITS:
        return None
    qualifier = "over" if vague else _qualifier_before(text, start)
    end = unit_end
    if unit and text[unit_end : unit_end + 1] in _AFTER_OPENS and (after := _AFTER.match(text, unit_end)):
        end = after.end()
        if qualifier == "exact":
            qualifier = str(after.lastgroup)
    return Quantity(start, end, value, unit, qualifier, han, match[0], unit_end)


def _unit(text: str, start: int) -> tuple[str, int, bool, bool]:
    """The unit that stands behind a number, its end, and whether 余 or 多 and 半 stand with it; "" without one."""
    opening = text[start : start + 1]
    if opening in _MORE_OPENS and _MORE.match(text, start):
        counted = _MORE_UNIT.match(text, start)
        if counted:
            written, per, vague, half, half2, vague2 = counted.group("unit", "per", "vague", "half", "half2", "vague2")
            more = bool(vague or vague2 or "多" in written)
            return UNITS[written] + (per or ""), counted.end(), more, bool(half or half2 or written == "个半月")
    elif (units := _UNITS_BY_OPENING.get(opening)) and (counted := units.match(text, start)):
        unit, end = UNITS[counted["unit"]], counted.end()
        if unit == "天" and _AND_A_HALF.match(text, end):
            return unit, end + 1, False, True  # 两天半
        return unit + (counted["per"] or ""), end, False, False
    return "", start, False, False


def _read_number(match: re.Match[str]) -> tuple[Decimal, str, bool] | None:
    """Value, unit (of 百分之 and 成) and whether 余 or 多 stands with it; None when it is no number."""
    if digits := match["arabic"]:
        value, scale = arabic(digits), match["scale"]
        return value * SCALES[scale] if scale else value, "", match["vague"] is not None
    if match["percent"]:
        digits = match["percent_digits"]
        percent = arabic(digits) if digits else _han_value(match["percent_han"])
        return (percent, "%", False) if percent is not None else None
    if match["tenths"]:
        tenths = (
            Decimal(match["tenths"])
            if match["tenths"].isdigit() and match["tenths"].isascii()
            else _han_value(match["tenths"])
        )
        half = match["tenths_half"]
        more = Decimal(0) if not half else Decimal(5) if half == "半" else _han_value(half) or Decimal(0)
        return (tenths * 10 + more, "%", False) if tenths is not None else None
    if match["half"]:
        return _HALF, "", False
    counted = _han_value(match["han"])
    if counted is None:
        return None
    scale = match["han_scale"]
    return counted * SCALES[scale] if scale else counted, "", bool(match["han_vague"])


def _han_value(text: str) -> Decimal | None:
    if text in _HAN_VALUES:
        return _HAN_VALUES[text]
    whole, _, fraction = text.partition("点")
    value = chinese_integer(whole)
    if value is None:
        return None
    if fraction:
        digits = "".join(str(chinese_integer(digit)) for digit in fraction)
        return Decimal(f"{value}.{digits}")
    return Decimal(value)


def _qualifier_before(text: str, start: int) -> str:
    if not start or text[start - 1] not in _BEFORE_ENDS:
        return "exact"
    before = _BEFORE.search(text[max(0, start - 6) : start])
    return str(before.lastgroup) if before else "exact"


def _with_ranges(text: str, found: list[Quantity]) -> list[Quantity]:
    """2—4个工作日 and 20%—30% as one quantity, its upper end, about."""
    merged: list[Quantity] = []
    for quantity in found:
        previous = merged[-1] if merged else None
        if (
            previous is not None
            and quantity.start - previous.end <= 2
            and quantity.unit
            and previous.unit in ("", quantity.unit)
            and previous.value < quantity.value
            and _RANGE.fullmatch(text[previous.end : quantity.start])
            and not _FROM.search(text[max(0, previous.start - 12) : previous.start])
        ):
            merged[-1] = quantity._replace(
                start=previous.start, qualifier="about", spelled=text[previous.start : quantity.unit_end]
            )
            continue
        merged.append(quantity)
    return merged


def _with_shared_units(text: str, found: list[Quantity]) -> list[Quantity]:
    """20个、15个工作日 as twice the same unit."""
    for index in range(len(found) - 2, -1, -1):
        one, other = found[index], found[index + 1]
        listed = one.unit == "个" and other.unit in _SHARED and text[one.end : other.start] == "、"
        if listed and text.startswith("个", other.start + len(other.spelled)):
            found[index] = one._replace(unit=other.unit)
    return found
