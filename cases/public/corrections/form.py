"""The form 我要纠错: what is wrong, where, and how the sender can be reached, if they want to be."""

from __future__ import annotations

import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.models.corrections import LONGEST_CONTACT, LONGEST_QUOTE, LONGEST_TEXT, CorrectionKind

_TOO_LONG = _("最多 %(limit_value)d 个字，现在是 %(show_value)d 个。")


# What stands around these would be read backwards.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def clean_text(text: str) -> str:
    """What was typed without characters that nobody types: controls, NUL, halves of others; breaks are one."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(one for one in text if one in "\n\t" or not _is_control(one)).strip()


def _is_control(character: str) -> bool:
    return character in _TURNING or unicodedata.category(character) in ("Cc", "Cs")


class TypedField(forms.CharField):
    """A text as it was meant."""

    def to_python(self, value: Any) -> str:
        return clean_text(str(value)) if value not in self.empty_values else ""


class CorrectionForm(forms.Form):
    quote = TypedField(
        label=_("有错的原文"),
        required=False,
        max_length=LONGEST_QUOTE,
        error_messages={"max_length": _TOO_LONG},
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("从页面上复制，最多 300 字；说的是整篇案例就留空。"),
    )
    kind = forms.ChoiceField(
        label=_("是哪一类问题"),
        choices=CorrectionKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一类。"), "invalid_choice": _("请选一类。")},
    )
    text = TypedField(
        label=_("错在哪里，应该是什么"),
        max_length=LONGEST_TEXT,
        error_messages={"required": _("请写明错在哪里。"), "max_length": _TOO_LONG},
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("有依据的话，请写上出处或网址。"),
    )
    contact = TypedField(
        label=_("联系方式（可不填）"),
        required=False,
        max_length=LONGEST_CONTACT,
        error_messages={"max_length": _TOO_LONG},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    website = forms.CharField(
        label=_("请不要填这一栏"), required=False
    )  # a trap: nobody sees it, machines fill in whatever there is

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if self.is_bound and name in self.errors:
                field.widget.attrs["aria-invalid"] = "true"
        for name in ("quote", "text", "contact"):  # each stands with a help text, and its errors under it
            told = [f"{self[name].id_for_label}_helptext"]
            if self.is_bound and name in self.errors:
                told.append(f"{self[name].id_for_label}_error")
            self.fields[name].widget.attrs["aria-describedby"] = " ".join(told)

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("这一栏请留空。"))
        return ""
