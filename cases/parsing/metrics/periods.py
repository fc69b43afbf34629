"""Numbers that tell how long or how often, where no practice made them so: 连续三年, 每季度1次, 24小时自助."""

from __future__ import annotations

import re

from cases.parsing.metrics.changes import RAISING, REDUCING
from cases.parsing.metrics.quantities import Quantity
from cases.parsing.metrics.units import TIME_UNITS

_PERIOD_BEFORE = re.compile(
    r"(?:连续|逾期|过去|最近|历时|为期|(?<!提)前|第|长达|满|已有|时隔|首|头|近|这|整整|隔|经过|奋战|未来|同|某|有|另|后|"
    r"上|下|全年|当|昨|(?<!如)今|明|每)$"
)
_SOON_AFTER = re.compile("后(?![续台备勤])")  # 18分钟后领到执照
_PERIOD_AFTER = re.compile("来|以来|前|后|没人|无人|间|里|之前|时间里|期间|中旬|时间内，|的时间里|如一日|过去")
_PERIOD_NAME = re.compile(
    r"(?:公示期|有效期|(?<!补正)(?<!补单)(?<!办理)(?<!审批)(?<!办结)期限|保质期|过渡期|免费期|试用期|任期|质保期|聘期|处罚期|整改期|学制)(?:为|是|由|"
    r"限)?[^，。；\d]{0,4}$"
)
_ALL_DAY_AFTER = re.compile(
    r"[”’]?(?:[^，。；、]{0,4})(?:自助|不打烊|在线|服务(?!.{0,4}办结)|热线|值守|客服|受理|全天|待命|营业|"
    r"开放|咨询|运行|监控|值班|轮班|政务|“|“?不|智能|无人|全时|响应机制|随时|通关(?!时间))"
)
_PER = re.compile(
    r"每(?:隔|个|逢)?$|每(?:周|月|年|天|日|季度?|半年)(?:至少|不少于)?$|(?:一|1)(?:周|月|年|天|日|季度?)$"
)
# What every branch of _PER ends with.
_PER_ENDS = frozenset("每隔个逢周月年天日季度半至少于")
_AT_LEAST_EVERY = re.compile(
    r"每(?:周|月|季度?|半年)(?:至少|不少于)[^，。；]{0,8}$|每(?:周|月|季度?|半年)[^，。；]{0,6}(?:至少|不少于)$"
)
_EACH = re.compile(r"每(?:个|户|家|人|件|项|名|亩|吨|年)$")
_CHANGED_BY = re.compile(rf"(?:{REDUCING}|{RAISING}|提前|省)了?[^，。；\d]{{0,10}}$")
_PROMISED = re.compile("[^，。；]{0,6}(?:办结|办好|到|响应|审结|完成|出证|内|送达|处置|反馈|回应)")
_TAKES = re.compile(rf"(?:{REDUCING}|{RAISING}|需|为|仅|用时|时限|缩短)[到至为了]?$")
_RATE_AFTER = re.compile(r"[^，。；、]{0,5}率")
_TAKES_ONE = re.compile(
    r"(?:只需|仅需|只要|需要?|最快|平均|缩短[到至为]|压缩[到至为]|降[到至为]|减[到至为]|用时|仅用?|不到)$"
)


def is_period(text: str, quantity: Quantity, before: str) -> bool:
    """True for a quantity of the paragraph that is a period or a rhythm; `before` are the words of its sentence."""
    unit = quantity.unit
    often = "每" in before
    if often and _AT_LEAST_EVERY.search(before):
        return True
    counted = unit in TIME_UNITS or unit in ("次", "场", "个", "项", "期", "人", "名", "户", "家")
    if counted and before[-1:] in _PER_ENDS and _PER.search(before[-8:]):
        return not (often and _EACH.search(before)) or unit in TIME_UNITS
    if unit not in TIME_UNITS:
        return False
    after = text[quantity.end : quantity.end + 8]
    if unit == "年":
        return True
    if unit in ("分钟", "小时") and quantity.value != 24 and _SOON_AFTER.match(after):
        return False
    if _PERIOD_AFTER.match(after) or _PERIOD_NAME.search(before):
        return True
    if _CHANGED_BY.search(before[-16:]):
        return False  # 缩短近1个月
    within = quantity.qualifier == "under"
    if within and before.endswith("后"):
        return False  # 受理后2小时内
    if _PERIOD_BEFORE.search(before) and not (before.endswith("近") and unit in ("分钟", "秒", "工作日", "小时")):
        return True
    if unit == "小时" and quantity.value in (24, 8, 7):
        return (
            not (within or _PROMISED.match(after))
            or after.startswith(("外", "之外", "以外"))
            or bool(_ALL_DAY_AFTER.match(after) and not within)
        )
    if unit == "天" and text[quantity.unit_end - 1] == "日":
        settled = within or after.startswith(("办结", "办好", "完成", "出证", "审结", "之内"))
        return not settled and not _TAKES.search(before)
    if quantity.bare_one and quantity.han:
        if _RATE_AFTER.match(after):
            return True
        useful = within or after.startswith(("就", "即", "办结", "便", "搞定", "完成", "出证", "拿", "领", "办"))
        return not useful and not _TAKES_ONE.search(before)
    return False
