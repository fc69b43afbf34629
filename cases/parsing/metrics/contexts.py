"""What is no metric although it has a number and a unit: ranks, plans, thresholds, names, lists.

Each rule names one kind of the list in README, "What counts as a metric"; it looks at the words
before and after the number inside its sentence.
"""

from __future__ import annotations

import re
import string
from bisect import bisect_right

from cases.parsing.marks import quoted_ranges
from cases.parsing.metrics.changes import RAISING, REDUCING
from cases.parsing.metrics.quantities import Quantity
from cases.parsing.metrics.times import is_old, is_plan, may_be_old, may_plan, was_time
from cases.parsing.metrics.units import MONEY_UNITS, PEOPLE_UNITS, RATIO_UNITS, TIME_UNITS

_PLAN_REACH = 150  # characters of a sentence that a plan may reach over
_RANK_BEFORE = re.compile(r"(?:第|前|后|列第?|居第?|位居|排名?第?|Top|top)$")
_RANK_MOVE = re.compile(
    r"(?:提升|上升|前移|前进|跃升|提高|进位|下降|攀升|跃居|晋升|上移|进|升|比上年|较上年|较去年)了?$"
)
_AMONG_FIRST = re.compile("(?<![目此之以当年提日眼])前$")
_AMONG_BEFORE = re.compile(
    r"(?:全国|全省|全市|全区|全州|全县|全疆|全球|世界|国内|同类|参评|省内|市内|区内|沿海|所有|[东西中南北]部|长三角)的?$"
)
_AMONG_AFTER = re.compile(
    r"[^，。；]{0,16}(?:之一|评价中|评比中|考核中|测评中|评估中|排名中|竞赛中|比武中|中，?(?:总|综合|成绩|均|并|位)?"
    r"(?:排|列|居|位|名|第|率先|首|唯一|脱颖|领先|得分))"
)
_QUOTED_QUANTITY = re.compile(r"“\D{0,4}[\d.,]+\D{1,6}”|“[^\d“”]{1,6}(?:天|日|月|小时|分钟|年)”")
_ACRONYM = re.compile("[a-z]{3}$")  # GDP186亿元
_CODE_AFTER = re.compile(r"[^，。；、]{0,8}(?:代码|编码|号码|密码|身份证|账号|编号|序列号|条码)")
_STANDARD = re.compile(
    r"(?:对照|对标|围绕|按照|参照|依照|依据|根据|聚焦|锚定|紧扣|瞄准|针对|比照|遵循|严格执行|立足|"
    r"着眼)[^，。；、]{0,7}$"
)
_OUTSIDE = re.compile(
    r"(?:法定(?:办理|审批|办结)?(?:时限|期限|时间)?|(?:国家|省|部|市|上级|全国|全省|全市|世行|行业|国内|"
    r"国际)(?:级|定|里|厅|委|平均|有关)?(?:规定|标准|要求|均值|平均水平|平均|最高水平|先进水平|目标)|"
    r"规定的?(?:时限|期限|时间)|目标值|警戒线|红线|及格线)"
    r"(?:为|是|的|：|不得超过)?[^，。；\d、]{0,5}$"
)
_HONOUR_BEFORE = re.compile(
    r"(?:荣获|荣立|评出|评选|选出|当选|推选|选树|获评|被评为|评为|入选|入围|通报表扬|授予|斩获|捧回|摘得|荣膺|命名为?|获颁|表彰|喜获|获批|获得?(?:国家|省|市|"
    r"全国|全省|部)级?)[^，。；]{0,20}$"
)
_HONOUR_AFTER = re.compile(
    r"[^，。；]{0,14}(?:荣获|荣立|受到?[^，。；]{0,14}(?:表扬|表彰|嘉奖|奖励|推介)|立[一二三]等功|获评|入选|入围|上榜|被评为|被授予|获得?[^，。；]{0,8}(?:表彰|推广|奖|称号|荣誉|肯定|批示|"
    r"通报表扬)|在[^，。；]{0,8}(?:推广|交流|刊发)|(?:作|做)?(?:经验|典型)?交流发言|被[^，。；]{0,14}(?:推广|"
    r"评|采用|报道|刊发|确定|列为|命名|表彰|宣传|采纳为))"
)
# One of these stands in every honour, so that most paragraphs need no closer look.
_HONOUR_WORDS = re.compile(
    "荣|评|选|入围|通报表扬|授予|斩获|捧回|摘得|命名|获|表彰|表扬|嘉奖|奖|推介|立[一二三]等功|上榜|推广|称号|肯定|"
    "批示|交流|刊发|采用|报道|确定|列为|宣传|采纳|转载|关注|典型案例|优秀案例|十大"
)
_HONOUR_NAMED = re.compile(
    r"[^，。；、]{0,8}(?:荣誉称号|荣誉|称号|奖项|奖牌|大奖|金奖|银奖|表彰|殊荣|典型案例|优秀案例|十大)"
)
_REPORTED = re.compile(r"[^，。；]{0,10}(?:报道|刊发|转载|宣传|推介|关注)")
_GAIN = re.compile(r"(?:获得?|荣获|拿下|赢得|收获|取得)[^，。；]{0,40}$")
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
_SCORE = re.compile(r"(?:满意度|得分|评分|分值|评价|平均分|考评|考核|指数|总分|测评|成绩|好评)[^，。；]{0,20}$")
_SANCTION_UNITS = TIME_UNITS | MONEY_UNITS
_TASK_UNITS = frozenset(("项", "个", "条", "件"))
_SANCTION = re.compile(r"(?:处以|拘留|禁入|禁止|责令|吊销|有期徒刑|并处|限制|滞纳金)[^，。；]{0,14}$")
_ALL_DAY_AFTER = re.compile(
    r"[”’]?(?:[^，。；、]{0,4})(?:自助|不打烊|在线|服务(?!.{0,4}办结)|热线|值守|客服|受理|全天|待命|营业|"
    r"开放|咨询|运行|监控|值班|轮班|政务|“|“?不|智能|无人|全时|响应机制|随时|通关(?!时间))"
)
_PER = re.compile(
    r"每(?:隔|个|逢)?$|每(?:周|月|年|天|日|季度?|半年)(?:至少|不少于)?$|(?:一|1)(?:周|月|年|天|日|季度?)$"
)
_ABSTRACT = re.compile(
    r"(?:大|主要|重点|关键|不同)?(?:方面|维度|层面|层次|阶段|梯度|梯队|板块|关键词|“[^”]{1,2}”|字|抓手|原则|类别|层级|"
    r"大类|类|理念|导向|等级|级别|档次|等次|档位|类型)"
)
_LEADERS = re.compile(
    r"(?:[^，。；、]{0,4})(?:领导|局长|市长|县长|区长|州长|常委|班子|县级|副县|副市|主任|书记|“|牵头|负责人|模范|标兵|先进|劳模|能手)"
)
_OFFICIALS = re.compile(
    r"[^，。；、]{0,6}(?:领导|市长|县长|区长|州长|常委|书记)[^，。；]{0,6}(?:出席|到会|到场|参加|任|为|担任|组成|带队)"
)
_TASKS_AFTER = re.compile(r"(?:[^，。；、]{0,8})(?:任务|目标|要求|指标要求|硬任务|重点任务)(?!全部|均|已|完成|落)")
_DONE = re.compile(r"(?:完成|办结|落实|推进|销号|达|解决|兑现|承接)[^，。；]{0,8}$")
_INDEFINITE = re.compile(r"[几哪某]$")
_COUNTING_VERB = re.compile(
    rf"(?:{REDUCING}|{RAISING}|共|累计|已|达|达到|完成|办理|办结|解决|化解|受理|走访|举办|开展|召开|组织|"
    rf"破|新增|新建|改建|扩建|改造|引进|招引|培育|创建|投放|购置|查处|培训|处理|接待|发放|建成|设立|建立|布设|签约|引进|落地|审结|调解|帮助|服务|为|仅|收集|征集|配备|"
    rf"选派|招聘|抽调|设)[^，。；、\d]{{0,10}}$"
)
_NOUN_BEFORE = re.compile(
    r"(?:企业|单位|机构|商户|公司|案件|项目|问题|线索|活动|会议|车辆|船舶|设备|网点|站点|窗口|基地|园区|产品|品牌|专利|"
    r"纠纷|证照|订单|诉求|合同|协议|门店|院校|学校|医院|床位|泊位|车位|线路|航线|桥梁|道路|仓库|工厂|车间|大户|人才|专员)$"
)
_IDIOM = re.compile("[一三五十]天$")
_CIRCLE_AFTER = re.compile("[^，。；、]{0,8}圈")
_GLUED_TO = frozenset(string.ascii_lowercase + "+×*#/—~第")
# What every branch of _AMONG_BEFORE and of _PER ends with.
_AMONG_ENDS = frozenset("国省市区州县疆球界内类评海有部角的")
_PER_ENDS = frozenset("每隔个逢周月年天日季度半至少于")
_STANDARD_SIGN = re.compile("[对围按参依根聚锚紧瞄针比遵严立着]")  # one of them opens every branch of _STANDARD
# One of these stands in front of every number that others set, and of every old value told alone.
_OUTSIDE_WORDS = re.compile("法定|规定|标准|要求|均|水平|目标|[戒红格]线")
_STOP = re.compile("[。！；]")
_BY_MEDIA = re.compile(r"被[^，。；]{0,8}等$")
_ONE_OF = re.compile(r"[^，。；、]{0,14}之一")
_AIMED_AT = re.compile(r"(?:聚焦|围绕|紧扣|锚定|瞄准)[^，。；]{0,6}[\d一二三四五六七八九十][^，。；]{0,9}、$")
_CHANGED = re.compile(rf"{REDUCING}|{RAISING}")
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
_ONE_AND_MORE = re.compile("[一二三四五六七八九两][余多来]")
_SENTENCE_END = re.compile("[。；！？]")
_CLAUSE_END = re.compile(r"$|[，。；、！？：）”]|（|了|多|余|以上|以下|并|且|和|及|，")


class Surroundings:
    """The text a number stands in, with what is quoted in it and where its sections begin."""

    def __init__(self, text: str, year: int | None = None) -> None:
        self.text = text
        self.year = year
        self.may_plan = may_plan(text)
        self.may_honour = bool(_HONOUR_WORDS.search(text))
        self.may_be_outside = bool(_OUTSIDE_WORDS.search(text))
        self.may_be_old = may_be_old(text)
        self._quoted = quoted_ranges(text)
        self._starts = [start for start, _ in self._quoted]
        self._stops = [match.end() for match in _SENTENCE_END.finditer(text)]

    def quoted(self, place: int) -> str:
        """The quotation or title a place stands in, with its marks; "" outside."""
        index = bisect_right(self._starts, place) - 1
        if index < 0 or self._quoted[index][1] <= place:
            return ""
        return self.text[slice(*self._quoted[index])]

    def before(self, place: int, longest: int = 60) -> str:
        """The words of the sentence before a place."""
        index = bisect_right(self._stops, place)
        return self.text[max(0, place - longest, self._stops[index - 1] if index else 0) : place]

    def after(self, place: int, longest: int = 24) -> str:
        """The words of the sentence from a place on."""
        index = bisect_right(self._stops, place)
        end = place + longest
        return self.text[place : min(end, self._stops[index] - 1) if index < len(self._stops) else end]


def why_not(around: Surroundings, quantity: Quantity, paired: bool) -> str:
    """The rule that says the quantity is no metric, by name; "" when it is one."""
    before, after = around.before(quantity.start), around.after(quantity.end)
    if _is_name(around, quantity, before, paired):
        return "name"
    if around.may_plan and is_plan(around.before(quantity.start, _PLAN_REACH), after, around.year):
        return "plan"
    if _is_honour(around, quantity, before, after):
        return "honour"
    if _is_rank(quantity, before, after):
        return "rank"
    if _is_standard(around, quantity, before, paired):
        return "standard"
    if quantity.unit == "分" and not _SCORE.search(before):
        return "mark"
    return "" if paired else _why_not_alone(around, quantity, before, after)


def _why_not_alone(around: Surroundings, quantity: Quantity, before: str, after: str) -> str:
    """The rules for a number that is no end of a change."""
    if quantity.unit in _SANCTION_UNITS and _SANCTION.search(before):
        return "sanction"
    if _is_period(around, quantity, before):
        return "period"
    if _is_threshold(around, quantity, before):
        return "threshold"
    if (around.may_be_old and is_old(quantity, before, after)) or was_time(quantity, after):
        return "old"
    if _is_list(around, quantity, before, after):
        return "list"
    if quantity.unit in _TASK_UNITS and _TASKS_AFTER.match(after) and not _DONE.search(before):
        return "task"
    return ""


def _is_name(around: Surroundings, quantity: Quantity, before: str, paired: bool) -> bool:
    text = around.text
    if quantity.unit == "位" and _CODE_AFTER.match(text[quantity.end : quantity.end + 14]):
        return True
    if quantity.unit in TIME_UNITS and _CIRCLE_AFTER.match(text[quantity.end : quantity.end + 10]):
        return True  # 15分钟便民服务圈
    last = text[quantity.start - 1 : quantity.start]
    if quantity.unit == "层" and last in tuple("厦楼座栋号场心"):
        return True
    if (
        last in _GLUED_TO
        and quantity.qualifier != "about"
        and not _ACRONYM.search(text[max(0, quantity.start - 4) : quantity.start])
    ):
        return True
    if before.endswith("共印") or (quantity.unit == "路" and before.endswith(("坐", "乘"))):
        return True  # copies of a document, 乘6路车
    if text[quantity.end : quantity.end + 1] in ("+", "×"):
        return True
    quoted = around.quoted(quantity.start)
    if quoted.startswith("《"):
        return True
    if not quoted:
        return False
    if paired and _QUOTED_QUANTITY.fullmatch(quoted) and quantity.unit_end - quantity.start >= len(quoted) - 6:
        return False  # 由“5个工作日”缩短为“1个工作日”
    return len(quoted) <= 18 and not _STOP.search(quoted) and quoted.count("，") < 2


def _is_honour(around: Surroundings, quantity: Quantity, before: str, after: str) -> bool:
    if quantity.unit in TIME_UNITS or quantity.unit in RATIO_UNITS or quantity.unit in MONEY_UNITS:
        return False
    if not around.may_honour:
        return False
    if _HONOUR_BEFORE.search(before):
        return True
    if _HONOUR_AFTER.match(after) or (_BY_MEDIA.search(before) and _REPORTED.match(after)):
        return True
    return bool(_HONOUR_NAMED.match(after) and _GAIN.search(before))


def _is_rank(quantity: Quantity, before: str, after: str) -> bool:
    if before.endswith("第"):
        return True
    if quantity.unit not in RATIO_UNITS and (
        ("之一" in after and _ONE_OF.match(after))
        or (before[-1:] in _AMONG_ENDS and _AMONG_BEFORE.search(before[-5:]) and _AMONG_AFTER.match(after))
    ):
        return True
    if _AMONG_FIRST.search(before) and quantity.unit in ("名", "位", "%", "强", "个", "家"):
        return True
    if quantity.unit in ("位", "名", "个"):
        if after.startswith(("位次", "名次")):
            return True
        if quantity.unit != "个" and (_RANK_MOVE.search(before[-5:]) or _RANK_BEFORE.search(before[-4:])):
            return True
    return False


def _is_standard(around: Surroundings, quantity: Quantity, before: str, paired: bool) -> bool:
    if not paired and quantity.unit in ("个", "项", "条") and before.endswith("、") and _AIMED_AT.search(before):
        return True
    near = before[-12:]
    if (
        _STANDARD_SIGN.search(near)
        and _STANDARD.search(near)
        and not (paired or (quantity.unit in TIME_UNITS and "按照" not in before))
    ):
        return True
    if paired or quantity.unit in ("个百分点", "倍") or not around.may_be_outside:
        return False
    outside = _OUTSIDE.search(before)
    return outside is not None and not _CHANGED.search(before[outside.end() - 5 :])


def _is_period(around: Surroundings, quantity: Quantity, before: str) -> bool:
    unit, text = quantity.unit, around.text
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


def _is_threshold(around: Surroundings, quantity: Quantity, before: str) -> bool:
    text = around.text
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


def _is_list(around: Surroundings, quantity: Quantity, before: str, after: str) -> bool:
    """Bare 一, indefinite numbers, structure counts and Chinese numerals that announce a list."""
    unit = quantity.unit
    if _INDEFINITE.search(before) or (quantity.han and before.endswith(("数", "多", "若", "每", "上", "成"))):
        return True
    if quantity.han and _ONE_AND_MORE.fullmatch(quantity.spelled):
        return True  # 一多半, 多元
    if quantity.spelled[0] in "百千万亿" and (
        (quantity.qualifier == "exact" and unit != "%") or (quantity.spelled in ("亿", "万") and unit in MONEY_UNITS)
    ):
        return True
    if unit in RATIO_UNITS or (unit in MONEY_UNITS and not quantity.bare_one):
        return False
    if quantity.spelled.startswith("半") and (before.endswith(("大", "小")) or _IDIOM.search(before)):
        return True  # 大半天, 十天半个月
    if unit in TIME_UNITS:
        return False
    if quantity.bare_one:
        return True
    if _ABSTRACT.match(around.text, quantity.unit_end) and unit in ("个", "种", "项", "条"):
        return True
    if unit in PEOPLE_UNITS and _OFFICIALS.match(after):
        return True
    if not quantity.small or quantity.qualifier == "over":
        return False
    if unit in PEOPLE_UNITS:
        return (
            unit == "人" or quantity.value < 3 or bool(_LEADERS.match(after)) or not "\u4e00" <= after[:1] <= "\u9fff"
        )
    if _NOUN_BEFORE.search(before[-2:]) and _CLAUSE_END.match(around.text, quantity.unit_end):
        return False  # 高新技术企业五家
    postposed = bool(_CLAUSE_END.match(around.text, quantity.unit_end))
    return not (postposed and unit not in ("头", "步", "道") and _COUNTING_VERB.search(before))
