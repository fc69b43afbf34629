"""Form fields for what Django has no field for: lines of a list, tags, plain decimals, grouped themes."""

from __future__ import annotations

import itertools
import re
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib.admin.options import BaseModelAdmin
from django.core.exceptions import ValidationError
from django.db import models
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from cases.content import DECIMAL_PLACES, LIMITS, SIGNIFICANT_DIGITS, decimal_text
from cases.models import Theme
from cases.models.vocabulary import ThemeScheme
from cases.tagging import tags_from_text, text_from_tags

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")  # what no exchange file may hold; Word leaves some behind


class ParagraphsField(forms.CharField):
    """Plain text whose paragraphs are parted by a newline; otherwise kept as it was typed."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"strip": False, **kwargs})

    def to_python(self, value: Any) -> str:
        text = (super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")
        text = _CONTROL.sub("", text.replace("\x0b", "\n").replace("\x0c", "\n"))
        return text if text.strip() else ""

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (initial or "") != self.to_python(data)


class LineField(forms.CharField):
    """Plain text on one line."""

    def to_python(self, value: Any) -> str:
        line = " ".join((super().to_python(value) or "").splitlines())
        return _CONTROL.sub("", line).strip()


class PlainText(BaseModelAdmin):
    """For an admin of content: its texts are lines and paragraphs."""

    formfield_overrides = {
        models.CharField: {"form_class": LineField, "widget": forms.TextInput(attrs={"class": "vTextField"})},
        models.TextField: {"form_class": ParagraphsField},
        models.SlugField: {},  # a CharField too, but of no prose
    }


class ListField(forms.CharField):
    """A list of words written as text; cleans to a list of strings, each at most `limit` characters."""

    def __init__(self, *, limit: int, **kwargs: Any) -> None:
        self.limit = limit
        super().__init__(**kwargs)

    def split(self, text: str) -> list[str]:
        raise NotImplementedError

    def join(self, words: list[str]) -> str:
        raise NotImplementedError

    def clean(self, value: Any) -> list[str]:
        words = self.split(super().clean(value))
        for word in words:
            if len(word) > self.limit:
                raise ValidationError(
                    _("“%(word)s…”有 %(length)d 个字，最多 %(limit)d 个。"),
                    params={"word": word[:20], "length": len(word), "limit": self.limit},
                )
        return words

    def prepare_value(self, value: Any) -> Any:
        return self.join(value) if isinstance(value, list) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (initial or []) != self.split(data or "")


class LinesField(ListField):
    """One item a line."""

    widget = forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"})

    def split(self, text: str) -> list[str]:
        return [line for line in (" ".join(line.split()) for line in text.splitlines()) if line]

    def join(self, words: list[str]) -> str:
        return "\n".join(words)


class TagsField(ListField):
    """Tags on one line, parted by a comma, 、 or ；."""

    widget = forms.TextInput(attrs={"class": "vTextField wide"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(limit=LIMITS["tag"], **kwargs)

    def split(self, text: str) -> list[str]:
        return tags_from_text(text)

    def join(self, words: list[str]) -> str:
        return text_from_tags(words)


class PlainDecimalField(forms.DecimalField):
    """A number shown as a person writes it: 44, not 44.0000000000; at most 15 digits and 10 decimal places."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})
    default_error_messages = {"invalid": _("请只写数字，如 44 或 0.5；单位写在单位栏。")}

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is None:
            return
        whole, _point, part = decimal_text(abs(value)).partition(".")
        if len((whole + part).lstrip("0")) > SIGNIFICANT_DIGITS or len(part) > DECIMAL_PLACES:
            raise ValidationError(_("数字太长：最多 15 位有效数字、10 位小数。"))

    def prepare_value(self, value: Any) -> Any:
        return decimal_text(value) if isinstance(value, Decimal) else value


class ProjectTemplate:
    """A widget drawn by a template of this project; Django's form renderer looks at those of packages alone."""

    def _render(self, template_name: str, context: dict[str, Any], renderer: object = None) -> str:
        return render_to_string(template_name, context)


class ThemesWidget(ProjectTemplate, forms.CheckboxSelectMultiple):
    """Checkboxes in one group a scheme."""

    template_name = "admin/widgets/themes.html"


class _ThemeChoices(forms.models.ModelChoiceIterator):
    def __iter__(self) -> Any:
        themes = sorted(self.queryset, key=lambda theme: (ThemeScheme.values.index(theme.scheme), theme.order))
        for scheme, group in itertools.groupby(themes, key=lambda theme: theme.scheme):
            yield ThemeScheme(scheme).label, [self.choice(theme) for theme in group]


class ThemesField(forms.ModelMultipleChoiceField):
    """Any number of themes, grouped by scheme; retired ones are offered only where they are chosen already."""

    widget = ThemesWidget
    iterator = _ThemeChoices

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Theme.objects.current(), **kwargs)
