"""The fields of a case and of its rows: what each is called, how it is typed in, and what its text becomes.

A *typed tree* is what stands in the form: the keys of the exchange format, every leaf the text as typed, also a wrong
one (`{"title": "…", "tags": "治超、审批", "initiatives": [{"heading": "…", "metrics": [{"value": "4 4"}]}]}`).
The themes are a list of slugs, a box is "on" or "", and a row that is to be deleted has `"dropped": "on"`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.admin.fields import (
    HeadingField,
    LineField,
    LinesField,
    ParagraphsField,
    PlainDecimalField,
    TagsField,
    WebAddressField,
)
from cases.content import LIMITS
from cases.editing.pictures import is_stored
from cases.models import Case, Department, Initiative, Measure, Metric, Picture, Region, Theme
from cases.models.draft import Direction, MetricKind, Origin, Qualifier
from cases.models.fields import MomentFormField

Typed = dict[str, Any]
Words = str | Promise

DROPPED = "dropped"  # key of a row that is to be deleted, and can be had back until the form is saved


@dataclass(frozen=True, slots=True)
class Spec:
    """One field. `field` cleans what was typed; it holds no state and is shared by all requests."""

    label: Words
    field: forms.Field
    control: str = "line"  # line, text, choice, themes, picker, box, picture, hidden
    rows: int = 1  # of a text
    limit: int | None = None  # characters of a line, counted while it is typed
    choices: tuple[tuple[str, Words], ...] = ()
    help: Words = ""
    empty: Any = ""  # what stands in it when nothing was typed


class CodeField(forms.Field):
    """A code of the vocabulary; cleans to itself, "" for none."""

    def __init__(self, rows: Callable[[], models.QuerySet], **kwargs: Any) -> None:
        self.rows = rows
        super().__init__(required=False, **kwargs)

    def clean(self, value: Any) -> str:
        code = str(value or "").strip()
        if code and not self.rows().filter(pk=code).exists():
            raise ValidationError(_("词表里没有这一项，请重新选择。"))
        return code


class CodesField(CodeField):
    """Any number of codes; cleans to them, sorted."""

    def clean(self, value: Any) -> tuple[str, ...]:  # type: ignore[override]  # several
        codes = {str(code) for code in value or () if code}
        if codes and self.rows().filter(pk__in=codes).count() < len(codes):
            raise ValidationError(_("词表里没有这一项，请重新选择。"))
        return tuple(sorted(codes))


class PictureFileField(forms.Field):
    """The name of a file that is kept."""

    default_error_messages = {"required": _("请选择图片文件。")}

    def clean(self, value: Any) -> str:
        self.validate(value)
        if not is_stored(value):
            raise ValidationError(_("图片文件已不在，请重新上传。"))
        return str(value)


class BoxField(forms.Field):
    def clean(self, value: Any) -> bool:
        return bool(value)


def _line(label: Words, limit: str, *, required: bool = False, help: Words = "") -> Spec:
    field = LineField(required=required, max_length=LIMITS[limit])
    return Spec(label, field, limit=LIMITS[limit], help=help)


def _heading(label: Words, help: Words = "") -> Spec:
    return Spec(label, HeadingField(), limit=LIMITS["heading"], help=help)


def _text(label: Words, rows: int, *, strip: bool = False, help: Words = "") -> Spec:
    return Spec(label, ParagraphsField(required=False, strip=strip), control="text", rows=rows, help=help)


def _choice(label: Words, choices: Sequence[tuple[str, Words]], empty: str) -> Spec:
    field = forms.ChoiceField(choices=choices, required=empty != "")
    return Spec(label, field, control="choice", choices=tuple(choices), empty=empty)


def _help(model: type[models.Model], name: str) -> Words:
    return model._meta.get_field(name).help_text  # type: ignore[union-attr]  # a plain column


def _number(label: Words) -> Spec:
    return Spec(label, PlainDecimalField(required=False), control="number")


CASE: dict[str, Spec] = {
    "title": _line(_("标题"), "title", required=True),
    "subtitle": _line(_("副标题"), "subtitle"),
    "published_at": Spec(_("原文发布时间"), MomentFormField(required=False), help=_help(Case, "published_at")),
    "origin": _choice(_("原创或转载"), Origin.choices, Origin.REPRINT.value),
    "source_name": _line(_("来源"), "source_name"),
    "source_url": Spec(_("原文链接"), WebAddressField(required=False), limit=LIMITS["source_url"]),
    "author": _line(_("作者"), "author"),
    "responsible_editor": _line(_("责任编辑"), "responsible_editor"),
    "region": Spec(_("行政区划"), CodeField(Region.objects.all), control="picker"),
    "department": Spec(_("部门"), CodeField(Department.objects.all), control="picker"),
    "organization": _line(_("实施单位"), "organization", help=_help(Case, "organization")),
    "themes": Spec(_("主题"), CodesField(Theme.objects.all), control="themes", empty=()),
    "tags": Spec(_("标签"), TagsField(required=False), help=_("用逗号或顿号分开，如：四好农村路、治超。")),
    "summary": _text(_("摘要"), 2, help=_help(Case, "summary")),
    "intro": _text(_("导语"), 4),
    "closing": _text(_("结语"), 4),
    "policies": Spec(
        *(_("政策文件"), LinesField(required=False, limit=LIMITS["policy"])),
        control="text",
        rows=3,
        help=_("每行一个。"),
    ),
    "honours": Spec(
        *(_("荣誉"), LinesField(required=False, limit=LIMITS["honour"])),
        control="text",
        rows=3,
        help=_("每行一个。"),
    ),
}
INITIATIVE: dict[str, Spec] = {
    "heading": _heading(_("举措名称"), _("不用写序号（一、二、……），页面自己编号；具体措施也一样。")),
    "text": _text(_("正文"), 2),
}
MEASURE: dict[str, Spec] = {"heading": _heading(_("措施名称")), "text": _text(_("正文"), 2)}
METRIC: dict[str, Spec] = {
    "label": _line(pgettext_lazy("one", "指标"), "label"),
    "from_value": _number(_("原值")),
    "value": _number(_("现值")),
    "unit": _line(_("单位"), "unit"),
    "qualifier": _choice(_("限定词"), Qualifier.choices, Qualifier.EXACT.value),
    "direction": _choice(_("变化"), Direction.choices, Direction.LEVEL.value),
    "kind": _choice(_("类型"), [("", "—"), *MetricKind.choices], ""),
    "period": _line(_("时段"), "period"),
    "quote": _text(_("原文依据"), 2, strip=True),
}
PICTURE: dict[str, Spec] = {
    "file": Spec(_("图片"), PictureFileField(), control="picture"),
    "name": Spec(_("文件名"), LineField(required=False, max_length=LIMITS["name"]), control="hidden"),
    "alt": _line(_("图片描述"), "alt", help=_help(Picture, "alt")),
    "caption": _line(_("图注"), "caption"),
    "is_cover": Spec(_("封面"), BoxField(required=False), control="box"),
}

# List of rows → fields of one of them, and the lists under it. The names are those of the exchange format.
ROWS: dict[str, dict[str, Spec]] = {
    "initiatives": INITIATIVE,
    "measures": MEASURE,
    "metrics": METRIC,
    "pictures": PICTURE,
}
LISTS_OF_CASE = ("initiatives", "metrics", "pictures")
LISTS_UNDER: dict[str, tuple[str, ...]] = {"initiatives": ("measures", "metrics")}
ROW_NAMES: dict[str, Words | None] = {
    "initiatives": Initiative._meta.verbose_name,
    "measures": Measure._meta.verbose_name,
    "metrics": Metric._meta.verbose_name,
    "pictures": Picture._meta.verbose_name,
}


def blank_row(kind: str) -> Typed:
    """A row of a list in which nothing was typed."""
    fields: Typed = {name: spec.empty for name, spec in ROWS[kind].items()}
    return fields | {name: [] for name in LISTS_UNDER.get(kind, ())}


def is_blank(kind: str, row: Typed) -> bool:
    """True for a row in which nothing was typed, neither in it nor under it."""
    if any(_trimmed(row.get(name, spec.empty)) != spec.empty for name, spec in ROWS[kind].items()):
        return False
    return all(is_blank(name, under) for name in LISTS_UNDER.get(kind, ()) for under in row.get(name, ()))


def _trimmed(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


def blank_case() -> Typed:
    """The tree of an empty form."""
    fields: Typed = {name: spec.empty for name, spec in CASE.items()}
    return fields | {"themes": []} | {name: [] for name in LISTS_OF_CASE}
