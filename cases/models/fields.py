"""Columns that Django does not have."""

from __future__ import annotations

import datetime
import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.content import Moment, moment_text, parse_moment

# 2024年3月1日9时5分, whose words stand as escapes: they are read, never shown.
_DAY = r"(\d{4})\s*[-/.\u5e74]\s*(\d{1,2})\s*[-/.\u6708]\s*(\d{1,2})\s*\u65e5?"
_TIME = r"(?:\s*T\s*|\s+|(?<=\u65e5)\s*)(\d{1,2})\s*[:\u65f6\u70b9]\s*(\d{2})\s*\u5206?"
_TYPED = re.compile(f"{_DAY}(?:{_TIME})?", re.ASCII)
YEARS = range(1949, 2101)


def one_of(field: str, words: list[str], *, name: str) -> models.CheckConstraint:
    """The check that a column holds one of these words, whoever writes it."""
    return models.CheckConstraint(name=name, condition=models.Q((f"{field}__in", words)))


def parse_typed_moment(value: Any) -> Moment | None:
    """The moment a value stands for; raises ValidationError for what is none.

    Typed with or without zeros, by 2024-1-1, 2024/1/1 or 2024年1月1日, a time as 9:05 behind it.
    """
    if value in (None, ""):
        return None
    if isinstance(value, datetime.date):
        return value
    typed = _TYPED.fullmatch(unicodedata.normalize("NFKC", str(value)).strip())
    try:
        year, month, day, *time = (int(part) for part in typed.groups() if part) if typed else (0, 0, 0)
        moment: Moment = datetime.date(year, month, day)
        if time:
            moment = datetime.datetime.combine(moment, datetime.time(*time))  # type: ignore[arg-type]  # two or three numbers
    except ValueError:
        raise ValidationError(_("请写作 2023-12-18 或 2023-12-18 10:41。"), code="invalid") from None
    if year not in YEARS:
        raise ValidationError(_("年份应在 1949 到 2100 之间。"), code="invalid")
    return moment


class MomentFormField(forms.CharField):
    """One line, 2023-12-18 or 2023-12-18 10:41 or what means the same; cleans to a date, a naive datetime, or None."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.pop("max_length", None)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Moment | None:  # type: ignore[override]  # a CharField gives text
        return parse_typed_moment((super().to_python(value) or "").replace("\x00", ""))

    def prepare_value(self, value: Any) -> Any:
        return value if value is None or isinstance(value, str) else moment_text(value).replace("T", " ")

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return initial != self.to_python(data)
        except ValidationError:
            return True


class MomentField(models.Field):
    """A day, or a day with hour and minute, exactly as precise as the article gave it.

    Kept as its ISO text (2023-12-18 or 2023-12-18T10:41, Asia/Shanghai), which sorts by time.
    In Python it is a date, a naive datetime, or None.
    """

    description = _("日期，或日期和时间")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = 16
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_length"]
        return name, path, args, kwargs

    def get_internal_type(self) -> str:
        return "CharField"

    def from_db_value(self, value: str | None, expression: object, connection: object) -> Moment | None:
        return parse_moment(value) if value else None

    def to_python(self, value: Any) -> Moment | None:
        return parse_typed_moment(value)

    def get_prep_value(self, value: Any) -> str | None:
        moment = self.to_python(super().get_prep_value(value))
        return None if moment is None else moment_text(moment)

    def value_to_string(self, obj: models.Model) -> str:
        return self.get_prep_value(self.value_from_object(obj)) or ""

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": MomentFormField, **kwargs})
