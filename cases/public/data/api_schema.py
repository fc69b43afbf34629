"""What the description of the API (OpenAPI) says beyond the signatures: filters, answers, and words for people."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext, gettext_lazy

from cases.content import KINDS, gettext_noop
from cases.exporting.dictionary import record_schemas
from cases.exporting.vocabulary import VOCABULARY
from cases.identity import site_name
from cases.search.query import MAX_LENGTH
from cases.search.selection import FACETS, MOST_VALUES

_KEY = {"type": "string", "pattern": "^[a-z0-9-]{1,80}$"}
_VALUES: dict[str, dict[str, Any]] = {  # of the facets, as read_selection takes them
    "region": {"type": "string", "pattern": "^[0-9]{6}$"},
    "department": _KEY,
    "theme": _KEY,
    "tag": {"type": "string", "pattern": r"^[^\x00]{1,100}$"},
    "year": {"type": "string", "pattern": "^(19|20)[0-9]{2}$"},
    "kind": {"type": "string", "enum": [kind for kind in KINDS if kind]},
}

_PARAMETERS = {
    "q": gettext_noop("搜索的词，用空格隔开，都要出现"),
    "region": gettext_noop("行政区划代码；上级包含下级"),
    "department": gettext_noop("部门的标识"),
    "theme": gettext_noop("主题的标识"),
    "tag": gettext_noop("标签的标识"),
    "year": gettext_noop("案例的年份"),
    "kind": gettext_noop("有这一类指标的案例；查指标时就是指标的种类"),
    "metrics": gettext_noop("只要有指标数据的案例"),
    "page": gettext_noop("第几页"),
    "page_size": gettext_noop("每页几条"),
    "unit": gettext_noop("指标的单位，照原文"),
    "changed": gettext_noop("只要有原值和现值的指标"),
    "pk": gettext_noop("案例地址里的数字"),
}
_SUMMARIES = {
    "cases": gettext_noop("案例，按条件筛选"),
    "case": gettext_noop("一个案例"),
    "metrics": gettext_noop("指标数据，按条件筛选"),
    "regions": gettext_noop("地区和案例数"),
    "departments": gettext_noop("部门和案例数"),
    "themes": gettext_noop("主题和案例数"),
    "tags": gettext_noop("标签和案例数"),
}
_STATUSES = {
    200: gettext_noop("成功"),
    302: gettext_noop("已撤下，另有案例代替：地址在 Location 和 moved_to"),
    304: gettext_noop("与 If-None-Match 相同，没有变化"),
    400: gettext_noop("筛选条件无法识别"),
    404: gettext_noop("没有这个案例或这一页"),
    410: gettext_noop("已撤下，附原因"),
    422: gettext_noop("参数的类型或范围不对"),
}
_ERROR = {"$ref": "#/components/schemas/Error"}


def _answer(status: int, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": gettext_lazy(_STATUSES[status]), "content": {"application/json": {"schema": schema}}}


def list_of(name: str, *statuses: int, filtered: bool = False, paged: bool = False) -> dict[str, Any]:
    """`openapi_extra` of an operation that answers {"count", "next", "items"}."""
    answer = {
        "type": "object",
        "properties": {
            "count": {"type": "integer", "minimum": 0},
            "next": {"type": ["string", "null"]},
            "items": {"type": "array", "items": {"$ref": f"#/components/schemas/{name}"}},
        },
        "required": ["count", "next", "items"],
        "additionalProperties": False,
    }
    errors = [*statuses, *([404, 422] if filtered or paged else [])]
    responses = {200: _answer(200, answer)} | {status: _answer(status, _ERROR) for status in errors}
    return {"responses": responses, "parameters": _filters() if filtered else []}


def one_case() -> dict[str, Any]:
    """`openapi_extra` of the operation that answers one case."""
    withdrawn = {"$ref": "#/components/schemas/Withdrawn"}
    responses = {200: _answer(200, {"$ref": "#/components/schemas/Case"})}
    responses |= {status: _answer(status, withdrawn) for status in (302, 410)}
    return {"responses": responses | {status: _answer(status, _ERROR) for status in (404, 422)}}


def _filters() -> list[dict[str, Any]]:
    """The parameters that read_selection reads."""
    several = {facet: {"type": "array", "items": _VALUES[facet], "maxItems": MOST_VALUES} for facet in FACETS}
    forms = (
        {"q": {"type": "string", "maxLength": MAX_LENGTH}} | several | {"metrics": {"type": "string", "enum": ["1"]}}
    )
    return [{"in": "query", "name": name, "required": False, "schema": form} for name, form in forms.items()]


def complete(schema: Any) -> Any:
    """The description with its words and the shapes it refers to."""
    schema["info"] |= {
        "title": site_name(),
        "description": gettext("已发布案例的只读接口：不用申请，不用密钥，其他网站的网页也可以直接读取。"),
    }
    if settings.DATA_LICENCE_NAME:
        address = {"url": settings.DATA_LICENCE_URL} if settings.DATA_LICENCE_URL else {}
        schema["info"]["license"] = {"name": settings.DATA_LICENCE_NAME} | address
    schema["components"]["schemas"] = _shapes()
    for path in schema["paths"].values():
        for operation in path.values():
            name = operation["operationId"].rpartition("_")[2]
            operation |= {"operationId": name, "summary": gettext(_SUMMARIES[name])}
            for parameter in operation["parameters"]:
                parameter["description"] = gettext(_PARAMETERS[parameter["name"]])
                parameter["schema"].pop("title", None)
    return schema


def _shapes() -> dict[str, Any]:
    shapes = record_schemas()
    text, nullable = {"type": "string"}, {"type": ["string", "null"]}
    of_case = {"case": text, "title": text, "address": text, "region": nullable, "place": text, "department": nullable}
    of_case |= {"listed_on": text, "initiative": {"type": ["integer", "null"]}}
    withdrawn = {"detail": text, "reason": text, "withdrawn_at": text, "moved_to": nullable}
    shapes["MetricOfCase"] = _object(of_case | shapes["Metric"]["properties"])
    shapes["Error"] = _object({"detail": text})
    shapes["Withdrawn"] = _object(withdrawn)
    names = {"Region": "regions", "Department": "departments", "Theme": "themes", "Tag": "tags"}
    forms: dict[str, dict[str, Any]] = {"cases": {"type": "integer"}, "parent": nullable}
    forms |= {"aliases": {"type": "array", "items": text}}
    for shape, name in names.items():
        fields = {column.name: forms.get(column.name, text) for column in VOCABULARY[name]}
        shapes[shape] = _object(fields | {"address": text})
    return shapes


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}
