"""What each field of the exchange format holds: for the data dictionary and for the description of the API.

The fields are those of the dataclasses; a field without a description here fails a test.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from decimal import Decimal
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from cases import content
from cases.content import CaseContent, InitiativeContent, MeasureContent, MetricContent, PictureContent, gettext_noop

Description = tuple[str, str]  # Chinese (translatable), English

OBJECTS: dict[type, str] = {  # as the description of the API names them
    CaseContent: "Case",
    InitiativeContent: "Initiative",
    MeasureContent: "Measure",
    MetricContent: "Metric",
    PictureContent: "Picture",
}

_FORMAT: Description = (gettext_noop("格式版本，现为 1"), "version of the format, now 1")
_ID: Description = (gettext_noop("案例的编号，全站唯一，不会改变"), "identifier of the case, unique, never changes")

DESCRIPTIONS: dict[type, dict[str, Description]] = {
    CaseContent: {
        "title": (gettext_noop("标题"), "title"),
        "subtitle": (gettext_noop("副标题"), "subtitle"),
        "published_at": (
            gettext_noop("原文发布时间：2023-12-18 或 2023-12-18T10:41（北京时间），不详为 null"),
            "when the article first appeared: a day, or a minute (Asia/Shanghai); null if unknown",
        ),
        "source_name": (gettext_noop("来源"), "where it first appeared"),
        "source_url": (gettext_noop("原文链接"), "address of the original"),
        "origin": (gettext_noop("original 原创，reprint 转载"), "original or reprint"),
        "author": (gettext_noop("作者"), "author"),
        "responsible_editor": (gettext_noop("责任编辑"), "responsible editor"),
        "region": (gettext_noop("行政区划代码，见地区表"), "code of the region, see regions"),
        "department": (gettext_noop("部门的标识，见部门表"), "slug of the kind of office, see departments"),
        "organization": (gettext_noop("实施单位的全称"), "full name of the body that did it"),
        "themes": (gettext_noop("主题的标识，见主题表"), "slugs of themes, see themes"),
        "tags": (gettext_noop("标签，按编辑给的次序"), "free words, in the editor's order"),
        "intro": (gettext_noop("导语；换行分段"), "opening paragraphs, one a line"),
        "summary": (gettext_noop("编辑写的摘要"), "the editor's summary"),
        "initiatives": (gettext_noop("举措（一、二、三……），按原文次序"), "initiatives, in the order of the article"),
        "metrics": (
            gettext_noop("属于整个案例的指标数据，出自导语或结语"),
            "metrics of the whole case, from intro or closing",
        ),
        "closing": (gettext_noop("结语"), "closing paragraphs"),
        "policies": (gettext_noop("政策文件"), "policy documents named"),
        "honours": (gettext_noop("荣誉"), "titles and honours won"),
        "pictures": (gettext_noop("图片；文件不在数据里"), "pictures; the files are not part of the data"),
    },
    InitiativeContent: {
        "heading": (gettext_noop("举措的标题，不含序号"), "heading, without its number"),
        "text": (gettext_noop("第一条具体措施之前的文字"), "text before the first measure"),
        "measures": (gettext_noop("具体措施（一是、二是……）"), "measures"),
        "metrics": (gettext_noop("这条举措的指标数据"), "metrics of the initiative"),
    },
    MeasureContent: {
        "heading": (gettext_noop("具体措施的短名，不含序号"), "short name, without its number"),
        "text": (gettext_noop("具体措施的文字"), "text"),
    },
    MetricContent: {
        "label": (gettext_noop("指标名称"), "what is measured"),
        "value": (gettext_noop("现值，写作文本的数；万、亿已乘开"), "value, a decimal as text"),
        "unit": (gettext_noop("单位，照原文"), "unit, as written"),
        "from_value": (gettext_noop("原值，单位相同"), "the value before, in the same unit"),
        "qualifier": (gettext_noop("限定：exact、over 超过、under 不到、about 约"), "exact, over, under or about"),
        "direction": (
            gettext_noop("level 达到的水平，up 增加，down 减少"),
            "level reached, or change up or down",
        ),
        "kind": (
            gettext_noop(
                "种类：amount 数量、share 占比、growth 增长、reduction 压减、completion 目标完成度、"
                "satisfaction 满意度、duration 时长，不详为空"
            ),
            "amount, share, growth, reduction, completion of a target, satisfaction, duration; empty if unknown",
        ),
        "period": (gettext_noop("时段，照原文"), "period, as written"),
        "quote": (gettext_noop("原文依据，逐字出自案例"), "the words it was taken from, verbatim"),
    },
    PictureContent: {
        "file": (gettext_noop("文件名，即内容的 SHA-256"), "file name: the SHA-256 of its bytes"),
        "name": (gettext_noop("编辑用的文件名"), "name the editor gave"),
        "alt": (gettext_noop("文字描述"), "description in words"),
        "caption": (gettext_noop("图片说明"), "caption"),
        "is_cover": (gettext_noop("是否封面"), "whether it is the cover"),
    },
}

_WORDS = {"origin": content.ORIGINS, "qualifier": content.QUALIFIERS, "direction": content.DIRECTIONS} | {
    "kind": content.KINDS
}
_CODES = {"region": "^[0-9]{6}$", "department": "^[a-z0-9][a-z0-9-]*$"}


@dataclass(frozen=True, slots=True)
class FieldEntry:
    """One line of the data dictionary. `place` is the path to the field: initiatives[].metrics[].value."""

    place: str
    type: str
    title: str  # Chinese, translatable
    title_en: str


def data_dictionary() -> list[FieldEntry]:
    """Every field of a record, in the order of the format; the fields of a list stand behind it."""
    head = [FieldEntry("format", "integer", *_FORMAT), FieldEntry("id", "string", *_ID)]
    return head + _entries(CaseContent, "")


def _entries(kind: type, before: str) -> list[FieldEntry]:
    entries = []
    hints = get_type_hints(kind)
    for field in dataclasses.fields(kind):
        form = _form(field.name, hints[field.name])
        name = " | ".join(form["type"]) if isinstance(form["type"], list) else form["type"]
        entries.append(FieldEntry(before + field.name, name, *DESCRIPTIONS[kind][field.name]))
        if (item := next(iter(get_args(hints[field.name])), None)) in OBJECTS:
            entries += _entries(item, f"{before}{field.name}[].")
    return entries


def record_schemas() -> dict[str, Any]:
    """JSON Schema of each object of the format by its name; "Case" is a whole record."""
    schemas = {name: _schema(kind) for kind, name in OBJECTS.items()}
    case = schemas["Case"]
    head = {"format": {"const": content.FORMAT, "description": _FORMAT[0]}}
    head |= {"id": {"type": "string", "description": _ID[0]}}
    case["properties"] = head | case["properties"]
    case["required"] = list(case["properties"])
    return schemas


def _schema(kind: type) -> dict[str, Any]:
    hints = get_type_hints(kind)
    properties = {
        name: _form(name, hints[name]) | {"description": DESCRIPTIONS[kind][name][0]} for name in DESCRIPTIONS[kind]
    }
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _form(name: str, hint: Any) -> dict[str, Any]:
    """JSON Schema of one field by its name and type."""
    if name in _CODES:
        return {"type": ["string", "null"], "pattern": _CODES[name]}
    if name in _WORDS:
        return {"type": "string", "enum": list(_WORDS[name])}
    if get_origin(hint) is tuple:
        item = get_args(hint)[0]
        items = {"$ref": f"#/components/schemas/{OBJECTS[item]}"} if item in OBJECTS else {"type": "string"}
        return {"type": "array", "items": items}
    if get_origin(hint) is UnionType:  # a number or a moment, or null
        numeric = Decimal in get_args(hint)
        return {"type": ["string", "null"], "pattern": r"^-?[0-9]+(\.[0-9]+)?$" if numeric else "^[0-9]{4}-[0-9]{2}-"}
    return {"type": "boolean" if hint is bool else "string"}
