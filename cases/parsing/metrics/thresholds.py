"""Numbers that tell whom a rule is for: 160千瓦及以下的企业, 500万元以上的项目, 50公里以外的乡镇."""

from __future__ import annotations

import re

from cases.parsing.metrics.quantities import Quantity
from cases.parsing.metrics.units import TIME_UNITS

_THRESHOLD_AFTER = re.compile(
    r"(?:的|、)?(?:[^，。；、]{0,8})(?:项目|企业|用户|客户|工程|贷款|小微|业务|合同|采购|金额|投资|建筑|产业|"
    r"单位|主体|纳税人|人员|经营者|商户|申请|罚款|违法|标的|订单|居民|家庭|人才|债务|案件|资金|货物|厂房|"
    r"用地|设备|报装|接入|容量|电压|低压|非居民|社会投资|免|可|由|实行|享|给予|给|的)"
)
_BOUND = re.compile(r"(?:及以下|及以上|以下|以上|（含）|（不含）|（含[^）]{1,6}）)")
_BOUND_BEFORE = re.compile(
    r"(?:不超过|不足|低于|超过|高于|大于|小于|达到?|满|年满|容量|面积|注册资本|总投资|投资额?|金额|标的额?|"
    r"限额|额度|单价|用电|报装|电压|贷款|高于|规模|营收|收入|年龄|造价|建筑面积|注册资金|"
    r"产值)[^，。；\d]{0,4}$"
)
_SHARE_OF = re.compile(r"(?:股|比例|占比|税率|负债率|浓度)[^，。；]{0,6}$")
_OF_KIND = re.compile(r"的[^，。；]{1,10}")
_LIMITED = re.compile(r"(?:注册资本|注册资金|投资额|容量|年龄|单价|标的额|限额)(?:在|为)?$")
_STAKE = re.compile(r"(?:股|控股|股权|持股|比例|占比)[^，。；]{0,6}$")
_WORD_AFTER = re.compile(r"[\u4e00-\u9fff“]")
_RESULT = re.compile(r"(?:累计|共|已|实现|完成|节约|降低|减少|新增|发放)[^，。；]{0,12}$")
_DISTANCE_UNITS = ("公里", "米")
_DISTANCE = re.compile(r"(?:距离?|相距|海拔|远至|远在)[^，。；]{0,16}$")
_SELECTED = re.compile(r"(?:对|凡|针对)[^，。；]{1,12}(?:低于|高于|超过|不足|不到|大于|小于|达到?)$")
_PER_HOUSEHOLD = re.compile(r"(?:单户|单笔|单个|每户|每笔)(?:最高)?$")
_INVOLVING = re.compile(r"(?:涉及|牵涉|跨越?)$")


def is_threshold(text: str, quantity: Quantity, before: str) -> bool:
    """True for a quantity of the paragraph that only selects; `before` are the words of its sentence."""
    bound = _BOUND.match(text, quantity.unit_end)
    if text.startswith("（含", quantity.unit_end):
        return True
    if quantity.unit in TIME_UNITS:
        return False
    after = text[quantity.end : quantity.end + 14]
    if quantity.unit in _DISTANCE_UNITS and (_DISTANCE.search(before) or text.startswith("以外", quantity.unit_end)):
        return True
    if quantity.qualifier == "under" and _PER_HOUSEHOLD.search(before):
        return True
    if after.startswith("的") and _SELECTED.search(before):
        return True
    if bound and quantity.small and _INVOLVING.search(before):
        return True
    if quantity.unit == "%" and not _SHARE_OF.search(before):
        return bound is not None and bound[0].startswith("及")
    if not bound:
        return (
            quantity.qualifier in ("under", "over")
            and bool(_OF_KIND.match(after))
            and bool(_BOUND_BEFORE.search(before))
        )
    if _LIMITED.search(before):
        return True
    if bound[0].startswith("及") or bound[0].startswith("（"):
        return True
    if after.startswith("的"):
        return quantity.unit != "%" or bool(_STAKE.search(before))
    if bound[0] == "以下":
        return quantity.unit != "%" and bool(_WORD_AFTER.match(after))
    if quantity.unit in ("%", "个", "家", "户", "次", "件"):
        return False
    return bool(_THRESHOLD_AFTER.match(after)) and not _RESULT.search(before)
