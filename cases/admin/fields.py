"""Form fields for what Django has no field for: lines of a list, tags, plain decimals, grouped themes."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib.admin.options import BaseModelAdmin
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.content import DECIMAL_PLACES, LIMITS, SIGNIFICANT_DIGITS, decimal_text
from cases.tagging import tags_from_text, text_from_tags

# 一 to 十 and 百, and 第…是, as escapes: they are read, never shown.
_NUMERAL = r"\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d\u5341\u767e"
# 一、 （一） 一是 1. 1、 (1) ①: what follows may not make it a figure of the heading (一、二季度, 1.5倍, 1、2号线).
_NUMBERING = re.compile(
    rf"(?:[{_NUMERAL}]+[、．.](?![{_NUMERAL}])|\u7b2c?[{_NUMERAL}]+\u662f[，,、：:]?"
    rf"|[（(](?:[{_NUMERAL}]+|[0-9]{{1,2}})[）)][、，]?|[0-9]{{1,2}}[、．.](?![0-9０-９])|[①-⑳][、．.]?)\s*(?=\S)"
)
_BLANK = "\u115f\u1160\u2800\u3164\uffa0"  # letters and a sign that show nothing
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")  # what no exchange file may hold; Word leaves some behind


def without_controls(text: str) -> str:
    return _CONTROL.sub("", text)


class ParagraphsField(forms.CharField):
    """Plain text whose paragraphs are parted by a newline; otherwise kept as it was typed."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"strip": False, **kwargs})

    def to_python(self, value: Any) -> str:
        text = (super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")
        text = without_controls(text.replace("\x0b", "\n").replace("\x0c", "\n"))
        return text if text.strip() else ""

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (initial or "") != self.to_python(data)


def is_visible(text: str) -> bool:
    """True when a reader sees something: a letter, figure, sign, not only blanks and marks without a width."""
    return any(unicodedata.category(character)[0] in "LNPS" and character not in _BLANK for character in text)


class LineField(forms.CharField):
    """Plain text on one line; "" when nothing of it can be seen."""

    def to_python(self, value: Any) -> str:
        line = " ".join((super().to_python(value) or "").splitlines())
        return without_controls(line).strip() if is_visible(line) else ""


class HeadingField(LineField):
    """The heading of an initiative or a measure, without the number that the page puts before it."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"class": "vTextField wide"})
        super().__init__(required=False, max_length=LIMITS["heading"], widget=widget, **kwargs)

    def to_python(self, value: Any) -> str:
        return _NUMBERING.sub("", super().to_python(value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (initial or "") != self.to_python(data)


class WebAddressField(forms.URLField):
    """The address of a page, https:// when nothing is said."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs |= {"max_length": LIMITS["source_url"], "assume_scheme": "https"}
        super().__init__(widget=forms.URLInput(attrs={"class": "vURLField"}), **kwargs)

    def to_python(self, value: Any) -> str:
        return super().to_python(without_controls(value or "")) or ""


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

    def to_python(self, value: Any) -> str:
        return without_controls(super().to_python(value) or "")

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
        return (initial or []) != self.split(self.to_python(data))


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

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # the stubs take it for an integer
        """Full-width figures, a real minus and commas between thousands are how people write; 1e5 and 1_000 are not."""
        typed = unicodedata.normalize("NFKC", "" if value is None else str(value)).replace("\u2212", "-").strip()
        if re.fullmatch(r"[-+]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?", typed):
            typed = typed.replace(",", "")
        if typed and not re.fullmatch(r"[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)", typed):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(typed)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is None:
            return
        whole, _point, part = decimal_text(abs(value)).partition(".")
        if len((whole + part).lstrip("0")) > SIGNIFICANT_DIGITS or len(part) > DECIMAL_PLACES:
            raise ValidationError(_("数字太长：最多 15 位有效数字、10 位小数。"))

    def prepare_value(self, value: Any) -> Any:
        return decimal_text(value) if isinstance(value, Decimal) else value
