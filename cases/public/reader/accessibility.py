"""The page 无障碍: what the site does for who reads otherwise, and the reading tools themselves."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from cases.public.views import public_page

# Values as choices.js knows them; "" is what the page is by itself.
SIMPLE = ("simple", "on", _("大字版（只留正文，一栏显示）"))
SIZES = (
    ("", _("标准")),
    ("2", _("大")),
    ("3", _("特大")),
    ("4", _("超大")),
)
SCHEMES = (
    ("", _("跟随系统")),
    ("light", _("浅色")),
    ("dark", _("深色")),
    ("contrast", _("黑白高对比")),
    ("contrast-yellow", _("黄黑高对比")),
)
SWITCHES = (  # as SIMPLE: name, value when on, what it is called
    ("spacing", "wide", _("加宽行距和字距")),
    ("pointer", "large", _("大鼠标指针")),
    ("ruler", "on", _("阅读辅助线")),
    ("keys", "off", _("关闭单个字母的快捷键")),
)
KEYS = (
    ("/", _("到搜索框")),
    ("?", _("打开快捷键说明")),
    ("g", _("快速前往：输入城市、主题或页面")),
    ("c", _("引用这个案例，并复制引文")),
    ("p", _("上一篇案例")),
    ("n", _("下一篇案例")),
    ("Esc", _("关闭窗口，停止朗读")),
)


@public_page
def accessibility_page(request: HttpRequest) -> HttpResponse:
    context: dict[str, Any] = {"section": "accessibility", "simple": SIMPLE, "sizes": SIZES, "schemes": SCHEMES}
    context |= {"switches": SWITCHES, "keys": KEYS}
    return render(request, "cases/reader/accessibility.html", context)
