"""What a person is asked before a step: one form a verb, each with the version of the case they saw."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.admin.fields import LineField, ParagraphsField
from cases.admin.picking import picker
from cases.editing.drafts import read_draft
from cases.editing.review.comments import LONGEST, LONGEST_QUOTE
from cases.editing.review.reasons import REASONS
from cases.editing.review.steps import changes_date
from cases.models import Case, Publication

SHORT, LONG = ({"rows": rows, "class": "vLargeTextField"} for rows in (2, 4))


def set_version(form: forms.Form, version: int) -> None:
    """Make the next attempt of a posted form one about this version of the case."""
    posted: Any = form.data
    posted = posted.copy()
    posted[form.add_prefix("version")] = str(version)
    form.data = posted


def return_reasons_field() -> forms.Field:
    """Why a case is returned, of the reasons there most often are."""
    choices = [(code, _(words)) for code, words in REASONS.items()]
    return forms.MultipleChoiceField(
        label=_("退回原因"), required=False, choices=choices, widget=forms.CheckboxSelectMultiple
    )


def reason_field(help_text: Any) -> LineField:
    """Why a case is taken down."""
    widget = forms.Textarea(attrs=SHORT)
    return LineField(label=_("撤下原因"), required=False, max_length=500, widget=widget, help_text=help_text)


def redirect_field(help_text: Any) -> forms.Field:
    """Where readers of a case that was taken down are led."""
    column = Publication._meta.get_field("redirect_to")
    return picker(column, label=_("转到案例"), required=False, help_text=help_text)


class StepForm(forms.Form):
    """Nothing but the version; what a step asks besides is added by those below."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, case: Case) -> None:
        self.case = case
        super().__init__(data, initial={"version": case.version})

    def choices(self) -> dict[str, Any]:
        """What was said, as the verb takes it."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    def seen_again(self) -> None:
        """After a conflict: the person has been told, and the next attempt is about the case as it stands now."""
        set_version(self, self.case.version)


class OpinionForm(StepForm):
    opinion = ParagraphsField(
        label=_("意见"), required=False, max_length=LONGEST, widget=forms.Textarea(attrs=LONG), help_text=_("可不填。")
    )


class ChangeForm(StepForm):
    """What readers are told of a change, and why its date is another one."""

    asks_again = False  # also of what was submitted
    note = LineField(
        label=_("修改说明"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs=SHORT),
        help_text=_("改了什么。发布后读者看得到，请写给读者。"),
    )
    is_minor = forms.BooleanField(
        label=_("细微修改"), required=False, help_text=_("错字、标点一类，不必写说明，也不提示读者。")
    )
    date_reason = LineField(
        label=_("更改原文发布时间的原因"),
        max_length=500,
        widget=forms.Textarea(attrs=SHORT),
        help_text=_("原文发布时间和已公开的不同，会改变案例在列表里的位置，所以要写明原因。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self._not_asked():
            del self.fields[name]

    def _not_asked(self) -> tuple[str, ...]:
        if self.case.submitted_revision_id and not self.asks_again:
            return ("note", "is_minor", "date_reason")  # told when it was submitted
        if not self.case.publications.exists():
            return ("note", "is_minor", "date_reason")  # to readers, all of it is new
        return () if changes_date(self.case, read_draft(self.case)) else ("date_reason",)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("is_minor") and cleaned.get("note"):
            self.add_error("is_minor", _("细微修改不写修改说明：请去掉说明，或者不勾选细微修改。"))
        return cleaned


class SubmitForm(ChangeForm):
    opinion = ParagraphsField(
        label=_("给审核人的话"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs=SHORT),
        help_text=_("可不填，读者看不到。"),
    )


class ReturnForm(StepForm):
    reasons = return_reasons_field()
    opinion = ParagraphsField(
        label=_("意见"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs=LONG),
        help_text=_("请写明怎么改；和上面的原因至少填一项。"),
    )


class ForceForm(ChangeForm):
    asks_again = True
    reason = LineField(
        label=_("强制发布的原因"),
        max_length=500,
        widget=forms.Textarea(attrs=SHORT),
        help_text=_("为什么不等审核。记入流转记录，读者看不到。"),
    )
    field_order = ("reason",)


class WithdrawalForm(StepForm):
    reason = reason_field(_("读者打开原地址时会看到这段话，请写得体、写清楚。"))
    redirect_to = redirect_field(_("可不填。填写后，读者打开原地址会转到这个已发布的案例，不用再写原因。"))

    def clean_redirect_to(self) -> Case | None:
        target: Case | None = self.cleaned_data["redirect_to"]
        if target == self.case:
            raise forms.ValidationError(_("不能转到正要撤下的这个案例。"))
        return target

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not cleaned.get("reason") and not cleaned.get("redirect_to"):
            self.add_error("reason", _("请写明撤下的原因，或者选择转到的案例。"))
        return cleaned


class CommentForm(forms.Form):
    path = forms.CharField(widget=forms.HiddenInput, required=False, max_length=120)
    quote = ParagraphsField(
        label=_("原句"),
        required=False,
        max_length=LONGEST_QUOTE,
        widget=forms.Textarea(attrs=SHORT),
        help_text=_("可不填。先选中原文再点“批注”，会自动填入。"),
    )
    text = ParagraphsField(label=_("批注"), max_length=LONGEST, widget=forms.Textarea(attrs={**SHORT, "rows": 3}))


class AnswerForm(forms.Form):
    text = ParagraphsField(label=_("回复"), max_length=LONGEST, widget=forms.Textarea(attrs=SHORT))
