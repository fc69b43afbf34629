"""Numbers of another time: what is planned, and what was before the practice."""

from __future__ import annotations

import re

from cases.parsing.metrics.changes import RAISING, REDUCING
from cases.parsing.metrics.quantities import Quantity
from cases.parsing.metrics.units import RATIO_UNITS, TIME_UNITS

_PLAN = re.compile(
    r"力争|争取(?:在|于|实现|达到|让|使|把|早日|尽快|到|[^，。；]{0,4}[年月]|[^，。；]{0,3}季度)|预计|"
    r"预期(?<![超合]预期)(?<!超出预期|好于预期|符合预期)(?!效果|成效|值)|拟(?:于|在|新|建|再|投|用|开|推|引|对|增)|有望|下一步|下步|"
    r"计划(?<!按计划)(?<!按照计划|生产计划|采购计划|行动计划|工作计划)(?!由|从|内|外|的|书|表|处|科|完成率|任务|单列|总量|生育|目标|数|经济|性)"
    r"(?=[^，。；]{0,8}(?:投|建|增|引|培|完成|实现|扩|新|用|年|于|到))(?![^，。；]{0,12}(?:较|比|同比|已|了))"
    r"|(?:还|即|也|都|，|^)将(?:于|把|在(?![谈建册岗线手办库校职途押用营户研产])|有(?![关效限色])|对(?![口外应接]))"
    r"|(?<![已曾均即])将(?:再|逐步|继续|陆续|持续|进一步|全力|全面|努力|力争|加快|适时|尽快|分批|"
    r"(?:新增|新建|实现|达到?|建成|建设(?!项目)|扩大|增加|覆盖|完成|推出|投入|培育|引进|开通|增设|启动|推广|打造|建立|组建|举办|"
    r"安排|压缩|压减|提高|提升|缩短|走访|投放|发放|设立|布设|改造|选派|配备|带动|惠及|投用|交付|上线|落地|招聘)(?!后|过|的)"
    r"(?![^，。；\d]{0,10}(?:由|从|登记|时限|时间|审批|流程|环节|工程|用地|面|率|对象|单位|主体)))|即将(?![到过届失满])|打算"
    r"|目标(?:是|为|：)|明年|未来|规划(?:建设|到|新|布局|面积)|确定的?目标|提出(?:到|用)|到“?十[四五]五”?末"
    r"|还(?:要|将)(?:再|新|投|陆续|增|扩)|(?:要|计划)再(?!次|度)|(?<![已曾均即])将(?:新[设开]|对标|围绕|聚焦|瞄准|锚定)"
    r"|将(?:挂牌|授牌|揭牌|开工|开业|开园|投产|竣工)(?:近|约|超过?|逾|至少|不少于)?$|努力(?:让|使|把|将|实现|做到|达到|打造|推动|争取)|(?<!为)(?<!为了)确保[^，。；]{0,8}(?:年内|年底|今年|全年|本年|明年|20\d\d年)"
    r"|(?<!截至)(?<!截止)到(?:今|本|明)?年底(?!，?(?:已|共|累计|全))"
    r"|(?<!按)(?<!按照|工作|各项|标准|具体)要求(?!明确|严|高|和|下|后|、)[^，。；]{0,20}$"
    r"|(?:应当|必须|不得|原则上|应在|应于)[^，。；]{0,20}$"
)
# One of these stands in every plan, so that most paragraphs need no closer look.
_PLAN_WORDS = re.compile(
    "力争|争取|预计|预期|拟|有望|下一步|下步|计划|将|打算|目标|明年|未来|规划|提出|到十|到“十|努力|确保|年底|要求|"
    "应当|必须|不得|原则上|应在|应于|到20|还要|要再"
)
_PLAN_AFTER = re.compile(
    r"[^，。；]{0,14}(?<![已曾均即])将(?:再|逐步|继续|陆续|进一步|全部完成|建成)|"
    r"[^，。；“]{0,4}的?(?:奋斗|预期|年度|发展)?目标(?!任务|已|均|顺利|全)"
)
_DONE_SINCE = re.compile("，(?:截至目前|目前|今年以来|现已|已|先后|全年(?!将)|累计)")  # 计划投资5亿元，已完成3亿元
_DONE_AHEAD = re.compile(r"(?:完成|超额|提前|如期|达成|超过|兑现)[^，。；]{0,14}$")
_UNTIL_YEAR = re.compile(r"到(20\d\d)年")
_OLD_ALONE = re.compile(
    r"(?:过去(?!的?[一二两三四五六七八九十\d]+[年个天周])|以前|以往|原来|原先|此前|从前|改革前|曾经|往年|原本|(?<![\u4e00-\u9fff])之前|(?<=[革施行此这线])之前|往往|动辄|"
    r"动不动|经常[要得]|常常[要得]|一度|原需|原要|原定|曾(?=[需要花用等跑因])|最[长多慢高久](?:时|的时候|得|要[等跑交提花盖用排拖])|"
    r"(?:传统|正常|常规)(?:模式|方式|流程|程序|办法|做法|情况|审批|办理))(?:[^。；！？]{0,30})$"
)
# One of these stands in front of every old value, so that most paragraphs need no closer look.
_OLD_WORDS = re.compile(
    "过去|以前|原|前|曾|往|动辄|动不动|经常|常常|一度|最|传统|正常|常规|比|较|惦|牵挂|盼|等|拖|耗|腾|奔波|发愁|纠结|僵持|搁置|卡|遍"
)
_WAITED = re.compile(
    r"(?<![只仅才少])(?:惦记|惦念|牵挂|盼|等|等待|拖|拖延|耗|折腾|奔波|发愁|纠结|僵持|搁置|卡)(?:了|着|上)?"
    r"(?:近|将近|整整|大约|约|足足|快|超过|差不多)?$"
)
# 同一份材料要交6遍: how often a paper was handed in is the old burden, unless the text says 只.
_REPEATED = re.compile("(?<![只仅少免])(?:改|交|填|报|录|抄)了?$")
_BASELINE = re.compile(
    r"(?:比|较|相比)(?:(?!减|增|降|压缩|缩短|提高|提升|上升|少|多|快|高|低)[^，。；\d]|20\d\d年){1,14}$"
)
_BASELINE_AFTER = re.compile(
    rf"[^，。；、\d]{{0,6}}?(?:又|再|已|平均|大幅|整整)?(?:{REDUCING}|{RAISING}|提前|快|慢|多|省)了?(?![到至为成])[^，。；、\d]{{0,4}}\d"
)
_CHANGED_BY = re.compile(rf"(?:{REDUCING}|{RAISING})了?$")
_COMPARED = re.compile(r"(?:较|比|相比|相较|同比|低于|高于)[^，。；]{0,4}$")
_INTO_NEW = re.compile(rf"(?:{REDUCING}|{RAISING}|变|整合|合并|优化|调整|改)了?[到至为成]")
_NOW = re.compile(r"现在|如今|目前|眼下|改革后|现|今|已|后来|[这此]次|没想到|因此|为此|于是")
_NOW_AFTER = re.compile(r"[^，。；]{0,14}的[^，。；]{1,10}(?:现在|如今|目前)|[^，。；]{0,8}，(?:现在|如今)")
_AT_ONCE_AFTER = re.compile(r"(?:变|缩短|压缩|压减|提速|改|降)?[为成至到][“‘]?(?:即|当[天日场]|立等|秒|实时|零|现场)")


def may_plan(text: str) -> bool:
    """False for a paragraph in which `is_plan` is nowhere true."""
    return bool(_PLAN_WORDS.search(text))


def may_be_old(text: str) -> bool:
    """False for a paragraph in which `is_old` is nowhere true."""
    return bool(_OLD_WORDS.search(text))


def is_plan(before: str, after: str, published: int | None) -> bool:
    """True behind the words of a plan, to the end of the sentence, and where 将 or 目标 follows."""
    planned = list(_PLAN.finditer(before))
    if planned and not _DONE_SINCE.search(before, planned[-1].end()):
        return True
    if _PLAN_AFTER.match(after) and not _DONE_AHEAD.search(before):
        return True
    year = _UNTIL_YEAR.search(before)
    return bool(year and published and int(year[1]) > published)


def is_old(quantity: Quantity, before: str, after: str) -> bool:
    """True for the old value alone, and for one that a change is measured from: 比原来的18天缩短13天."""
    if quantity.unit in TIME_UNITS and _WAITED.search(before):
        return True
    if quantity.unit == "遍" and _REPEATED.search(before):
        return True
    if _BASELINE.search(before) and _BASELINE_AFTER.match(after):
        return True
    if quantity.unit in RATIO_UNITS and _CHANGED_BY.search(before):
        return False  # 原先各自踏勘，并成一次，核查频次减少66.7%
    old = _OLD_ALONE.search(before)
    if old is None or _COMPARED.search(before[: old.start()]):
        return False
    rest = before[old.start() + 1 :]
    return not _NOW.search(rest) and not _INTO_NEW.search(rest)


def was_time(quantity: Quantity, after: str) -> bool:
    """True for 3天办结的业务现在当天办: the old time of what is told anew."""
    return quantity.unit in TIME_UNITS and bool(_NOW_AFTER.match(after) or _AT_ONCE_AFTER.match(after))
