"""What is no metric although it has a number and a unit: ranks, plans, thresholds, names, lists.

Each rule names one kind of the list in README, "What counts as a metric"; it looks at the words
before and after the number inside its sentence. `times`, `periods` and `thresholds` hold the rules
for another time, for how long and how often, and for whom.
"""

from __future__ import annotations

import re
import string
from bisect import bisect_right

from cases.parsing.marks import quoted_ranges
from cases.parsing.metrics.changes import RAISING, REDUCING
from cases.parsing.metrics.periods import is_period
from cases.parsing.metrics.quantities import Quantity
from cases.parsing.metrics.thresholds import is_threshold
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
_SCORE = re.compile(r"(?:满意度|得分|评分|分值|评价|平均分|考评|考核|指数|总分|测评|成绩|好评)[^，。；]{0,20}$")
_SANCTION_UNITS = TIME_UNITS | MONEY_UNITS
_TASK_UNITS = frozenset(("项", "个", "条", "件"))
_SANCTION = re.compile(r"(?:处以|拘留|禁入|禁止|责令|吊销|有期徒刑|并处|限制|滞纳金)[^，。；]{0,14}$")
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
# What every branch of _AMONG_BEFORE ends with.
_AMONG_ENDS = frozenset("国省市区州县疆球界内类评海有部角的")
_STANDARD_SIGN = re.compile("[对围按参依根聚锚紧瞄针比遵严立着]")  # one of them opens every branch of _STANDARD
# One of these stands in front of every number that others set, and of every old value told alone.
_OUTSIDE_WORDS = re.compile("法定|规定|标准|要求|均|水平|目标|[戒红格]线")
_STOP = re.compile("[。！；]")
_BY_MEDIA = re.compile(r"被[^，。；]{0,8}等$")
_ONE_OF = re.compile(r"[^，。；、]{0,14}之一")
_AIMED_AT = re.compile(r"(?:聚焦|围绕|紧扣|锚定|瞄准)[^，。；]{0,6}[\d一二三四五六七八九十][^，。；]{0,9}、$")
_CHANGED = re.compile(rf"{REDUCING}|{RAISING}")
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
    if not paired and counts_nothing(quantity):
        return "list"
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


def counts_nothing(quantity: Quantity) -> bool:
    """True for 一窗, 一网, 一次, which most paragraphs are full of; they count only beside another number."""
    return quantity.bare_one and quantity.unit not in TIME_UNITS and quantity.unit not in RATIO_UNITS


def _why_not_alone(around: Surroundings, quantity: Quantity, before: str, after: str) -> str:
    """The rules for a number that is no end of a change."""
    if quantity.unit in _SANCTION_UNITS and _SANCTION.search(before):
        return "sanction"
    if is_period(around.text, quantity, before):
        return "period"
    if is_threshold(around.text, quantity, before):
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
    if not paired and text.startswith("级", quantity.unit_end):
        return True  # 20万吨级码头
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


def _is_list(around: Surroundings, quantity: Quantity, before: str, after: str) -> bool:
    """Indefinite numbers, structure counts and Chinese numerals that announce a list."""
    unit = quantity.unit
    if _INDEFINITE.search(before) or (quantity.han and before.endswith(("数", "多", "若", "每", "上", "成"))):
        return True
    if quantity.han and _ONE_AND_MORE.fullmatch(quantity.spelled):
        return True  # 一多半, 多元
    if quantity.spelled[0] in "百千万亿" and (
        (quantity.qualifier == "exact" and unit != "%") or (quantity.spelled in ("亿", "万") and unit in MONEY_UNITS)
    ):
        return True
    if unit in RATIO_UNITS or unit in MONEY_UNITS:
        return False
    if quantity.spelled.startswith("半") and (before.endswith(("大", "小")) or _IDIOM.search(before)):
        return True  # 大半天, 十天半个月
    if unit in TIME_UNITS:
        return False
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
