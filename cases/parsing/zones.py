"""Zones, ports and crossings that go by a name of their own, with the code of the division that holds them.

兰州新区 and 海口江东新区 tell by their names where they lie and need no line here. Where a zone lies in several
divisions it is the one above them.
"""

from __future__ import annotations

from cases.parsing.characters import listed

_BY_CODE = {  # …海关 and …口岸 stand for their first words where these are ordinary ones alone
    "110000": "中关村",
    "110108": "中关村科学城",
    "120116": "东疆保税 东疆综合 东疆海关",
    "130600": "雄安新区",
    "150727": "阿日哈沙特",
    "150824": "甘其毛都",
    "152525": "珠恩嘎达布其",
    "152923": "策克海关 策克口岸",
    "210200": "金普新区 大窑湾",
    "222404": "圈河",
    "310115": "临港新片区 洋山港 外高桥 张江",
    "320100": "江北新区",
    "330900": "舟山群岛新区",
    "350128": "平潭综合实验区",
    "360000": "赣江新区",
    "370211": "西海岸新区",
    "410100": "郑东新区",
    "420100": "东湖高新 东湖新技术开发区 长江新区 光谷",
    "430100": "湘江新区",
    "440100": "中新广州知识城 白云机场",
    "440300": "前海 蛇口 皇岗 文锦渡 福田口岸 深圳湾 大鹏海关 福中海关 福强海关",
    "440400": "横琴 拱北 闸口海关 港珠澳大桥海关",
    "450700": "钦州港",
    "451423": "水口海关 水口口岸",
    "451481": "友谊关",
    "460100": "江东新区",
    "460200": "崖州湾",
    "460400": "洋浦",
    "500000": "两江新区",
    "510000": "天府新区",
    "520000": "贵安新区",
    "530100": "滇中新区",
    "530581": "猴桥",
    "532624": "天保口岸 天保海关",
    "532822": "打洛",
    "532823": "磨憨",
    "533102": "畹町 姐告",
    "540235": "樟木",
    "610000": "西咸新区",
    "653131": "红其拉甫",
    "654201": "巴克图",
}
ZONES = {name: code for code, names in _BY_CODE.items() for name in listed(names)}
