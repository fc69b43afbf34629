"""The operations of the API as a page shows them, read from its OpenAPI description."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cases.public.data.api import api


@dataclass(frozen=True, slots=True)
class Parameter:
    name: str
    form: str  # 整数，1–100
    description: str


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    description: str


@dataclass(frozen=True, slots=True)
class Field:
    name: str
    type: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One address of the API."""

    name: str
    path: str
    summary: str
    parameters: tuple[Parameter, ...]
    answers: tuple[Answer, ...]
    fields: tuple[Field, ...]  # of one item, where it is no record of the exchange format
    example: str  # "" where the address needs to be filled in


_EXAMPLES = {
    "cases": "?region=410000&year=2024&page_size=5",
    "metrics": "?changed=1&page_size=5",
    "regions": "",
    "departments": "",
    "themes": "",
    "tags": "?page_size=10",
}


def documented_operations() -> list[Operation]:
    schema = api.get_openapi_schema()
    return list(_operations(schema))


def _operations(schema: Any) -> Iterator[Operation]:
    for path, methods in schema["paths"].items():
        said = methods["get"]
        name = said["operationId"]
        yield Operation(
            name=name,
            path=path,
            summary=said["summary"],
            parameters=tuple(
                Parameter(one["name"], form_in_words(one["schema"]), one["description"]) for one in said["parameters"]
            ),
            answers=tuple(Answer(int(status), str(one["description"])) for status, one in said["responses"].items()),
            fields=_fields(schema, said),
            example=reverse(f"api:{name}") + _EXAMPLES[name] if name in _EXAMPLES else "",
        )


def _fields(schema: Any, operation: Any) -> tuple[Field, ...]:
    answer = operation["responses"][200]["content"]["application/json"]["schema"]
    item = answer.get("properties", {}).get("items", {}).get("items", answer)
    shape = item["$ref"].rpartition("/")[2]
    if shape == "Case":
        return ()  # the data dictionary has them
    properties = schema["components"]["schemas"][shape]["properties"]
    return tuple(Field(name, _type(form)) for name, form in properties.items())


def _type(form: Any) -> str:
    types = form.get("type", "string")
    return " | ".join(types) if isinstance(types, list) else types


def form_in_words(form: Any) -> str:
    """What a parameter takes: 整数，1–100; 文字，最多 40 字; 可重复，最多 20 个."""
    if form["type"] == "array":
        inner = form_in_words(form["items"])
        return _("%(form)s；可重复，最多 %(most)d 个") % {"form": inner, "most": form["maxItems"]}
    if form["type"] == "integer":
        if form["maximum"] > 10**9:
            return _("整数")
        return _("整数，%(least)d–%(most)d") % {"least": form["minimum"], "most": form["maximum"]}
    if form["type"] == "boolean":
        return _("1 或 0")
    if "enum" in form:
        return " / ".join(form["enum"])
    if "maxLength" in form:
        return _("文字，最多 %(most)d 字") % {"most": form["maxLength"]}
    return {"^[0-9]{6}$": _("六位数字"), "^(19|20)[0-9]{2}$": _("四位数字")}.get(form.get("pattern", ""), _("文字"))
