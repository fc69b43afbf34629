"""The columns (栏目) of the site: what they are called, what they hold, of what type they are, how long they may rest.

One row for each kind of page, read by the meta tags, the site map and the inspection panel. Types are the words that
inspectors of government sites know; a column of news that rests for more than two weeks, one of notices for more than
six months, is found fault with (政府网站与政务新媒体检查指标).
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

TYPES = (  # known to those who inspect
    *("首页", "概况信息", "机构职能", "负责人信息", "工作动态", "政策文件", "信息公开指南", "信息公开目录"),
    *("信息公开年报", "依法申请公开", "数据发布", "数据开放", "政策解读", "回应关切", "办事服务", "咨询投诉"),
    *("征集调查", "在线访谈"),
)
NEWS = 14  # days
NOTICES = 182


@dataclass(frozen=True, slots=True)
class Column:
    """A row of the table; its words are translated where they are shown."""

    key: str
    name: str | Promise
    description: str | Promise  # never empty
    keywords: str | Promise  # half-width commas between
    type: str = "工作动态"
    silent_after: int | None = None  # days without a new case; None: it may rest


COLUMNS = (
    Column(
        "home",
        _("首页"),
        _("各地优化营商环境的经验做法，逐条可查、逐数可证"),
        _("营商环境,经验做法,典型案例"),
        "首页",
        NEWS,
    ),
    Column(
        "cases",
        pgettext_lazy("several", "案例"),
        _("全部已发布的营商环境案例，按时间排列"),
        _("营商环境,案例,经验做法"),
        silent_after=NEWS,
    ),
    Column(
        "regions",
        pgettext_lazy("several", "地区"),
        _("按省、市、县列出的营商环境案例"),
        _("营商环境,城市,省份,案例"),
        silent_after=NEWS,
    ),
    Column(
        "departments",
        pgettext_lazy("several", "部门"),
        _("按部门归类的营商环境案例"),
        _("营商环境,部门,案例"),
        silent_after=NEWS,
    ),
    Column(
        "themes",
        pgettext_lazy("several", "主题"),
        _("按营商环境主题归类的案例"),
        _("营商环境,主题,评价指标,案例"),
        silent_after=NEWS,
    ),
    Column("tags", _("标签"), _("按具体做法归类的案例"), _("营商环境,做法,标签,案例"), silent_after=NEWS),
    Column(
        "numbers",
        _("数字"),
        _("案例里的指标数据，每个数字都有原文依据"),
        _("营商环境,指标数据,数据"),
        "数据发布",
        NOTICES,
    ),
    Column("search", _("搜索"), _("在全部案例的标题、正文和指标里查找"), _("营商环境,搜索,案例"), "办事服务"),
    Column(
        "compare", _("对比"), _("把几个案例或几个城市的做法和指标并排对照"), _("营商环境,对比,城市,案例"), "数据发布"
    ),
    Column(
        "policies",
        _("政策"),
        _("案例所依据的政策文件，以及依据它的案例"),
        _("营商环境,政策文件,依据"),
        "政策文件",
        NOTICES,
    ),
    Column("map", _("案例地图"), _("各省各市的案例数量"), _("营商环境,地图,省份,城市"), "数据发布"),
    Column("trends", _("逐年趋势"), _("各主题、各城市案例和指标逐年的数量"), _("营商环境,趋势,年份"), "数据发布"),
    Column("matrix", _("主题与地区对照表"), _("每个主题在每个地区有多少案例"), _("营商环境,主题,地区"), "数据发布"),
    Column("data", _("开放数据"), _("全部案例和指标的数据文件与接口"), _("营商环境,开放数据,接口"), "数据开放"),
    Column("corrections", _("我要纠错"), _("报告案例里的错误，并查看处理结果"), _("营商环境,纠错,咨询"), "咨询投诉"),
    Column("sitemap", _("网站地图"), _("全站的栏目，以及案例所属的省份、主题和部门"), _("网站地图,栏目"), "概况信息"),
    Column(
        "reading-list",
        _("阅读清单"),
        _("读者自己选出的案例，可以排序、批注、打印和分享"),
        _("营商环境,阅读清单,案例"),
        "办事服务",
    ),
    Column(
        "accessibility",
        _("无障碍"),
        _("字号、配色、朗读等阅读工具，以及本站的无障碍声明"),
        _("营商环境,无障碍,适老化,长辈版"),
        "办事服务",
    ),
    Column("about", _("关于本站"), _("本站是什么，由谁主办，如何联系"), _("营商环境,关于本站"), "概况信息"),
)
