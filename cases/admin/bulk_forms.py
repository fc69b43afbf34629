"""What is asked once for many cases: why they are returned or taken down, which words they get."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.admin.fields import ParagraphsField, TagsField
from cases.admin.review.forms import reason_field, redirect_field, return_reasons_field
from cases.models import Theme


class NothingForm(forms.Form):
    """For what needs no choice."""


class ReturnForm(forms.Form):
    reasons = return_reasons_field()
    opinion = ParagraphsField(
        label=_("意见"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text=_("编辑会看到，每个案例都记同样的原因和意见。"),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if not self.errors and not cleaned["reasons"] and not cleaned["opinion"]:
            raise forms.ValidationError(_("请选择退回的原因，或者写明意见。"))
        return cleaned


class WithdrawForm(forms.Form):
    reason = reason_field(_("读者打开原地址时会看到这段话。和“转到案例”至少填一项。"))
    redirect_to = redirect_field(_("可不填。填写后，读者打开原地址会转到这个已发布的案例。"))

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if not self.errors and not cleaned["reason"] and not cleaned["redirect_to"]:
            raise forms.ValidationError(_("请写明撤下的原因，或者选择转到的案例。"))
        return cleaned


class RetagForm(forms.Form):
    add = TagsField(label=_("添加标签"), required=False, help_text=_("多个标签用逗号或顿号隔开。"))
    remove = TagsField(label=_("去掉标签"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if self.errors:
            return cleaned
        if not cleaned["add"] and not cleaned["remove"]:
            raise forms.ValidationError(_("请填写要添加或者去掉的标签。"))
        if both := {tag.lower() for tag in cleaned["add"]} & {tag.lower() for tag in cleaned["remove"]}:
            told = _("“%(tag)s”既要添加又要去掉，请只填一处。")
            raise forms.ValidationError(told, params={"tag": min(both)})
        return cleaned


class ThemeChoice(forms.ModelChoiceField):
    def label_from_instance(self, theme: Theme) -> str:
        return theme.full_name


class MoveThemeForm(forms.Form):
    old = ThemeChoice(Theme.objects.order_by("scheme", "order"), label=_("原来的主题"))
    new = ThemeChoice(Theme.objects.current().order_by("scheme", "order"), label=_("改为"))

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if not self.errors and cleaned["old"] == cleaned["new"]:
            raise forms.ValidationError(_("两个主题是同一个，请选另一个。"))
        return {name: theme.pk for name, theme in cleaned.items()}


FORMS: dict[str, type[forms.Form]] = {
    "publish": NothingForm,
    "return": ReturnForm,
    "withdraw": WithdrawForm,
    "retag": RetagForm,
    "theme": MoveThemeForm,
    "export": NothingForm,
}
