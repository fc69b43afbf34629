"""用词规则: words that must not stand in a case, that are better replaced, or that want a second look."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.admin.audited import Audited
from cases.admin.fields import LineField, LinesField
from cases.admin.person import person
from cases.checking.words import SHORTEST
from cases.folding import fold
from cases.models import WordRule
from cases.models.words import WordLevel


class WordRuleForm(forms.ModelForm):
    """A rule that can do what it says: found in texts, allowed where it stands, replaced by something else."""

    words = LineField(
        label=_("词语"),
        max_length=100,
        help_text=_("至少两个字。全角半角、大小写、繁体简体都算同一个词，写一种就够。"),
    )
    replacement = LineField(
        label=_("替换为"), max_length=100, required=False, help_text=_("级别是“替换”时要填；编辑点一下就换上。")
    )
    allowed = LinesField(
        label=_("例外"),
        limit=100,
        required=False,
        help_text=_("含有这个词但允许出现的写法，每行一个。如“第一”的例外：第一季度。"),
    )

    class Meta:
        model = WordRule
        fields = ("level", "words", "replacement", "allowed", "note", "is_active")

    def clean_words(self) -> str:
        words: str = self.cleaned_data["words"]
        if len(words) < SHORTEST:
            raise ValidationError(_("一个字会在太多词里出现，至少要两个字。"))
        others = WordRule.objects.exclude(pk=self.instance.pk).values_list("words", flat=True)
        if known := next((other for other in others if fold(other) == fold(words)), None):
            raise ValidationError(_("已经有“%(words)s”的规则了，请修改那一条。"), params={"words": known})
        return words

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        words, replacement = cleaned.get("words", ""), cleaned.get("replacement", "")
        if cleaned.get("level") == WordLevel.REPLACE and not replacement:
            self.add_error("replacement", _("请填写替换成什么。"))
        elif replacement and replacement == words:
            self.add_error("replacement", _("“替换为”和“词语”是同一个，请填另一个。"))
        for context in cleaned.get("allowed", ()):
            if words and fold(words) not in fold(context):
                told = _("例外“%(context)s”里没有“%(words)s”，不起作用；请写出整个允许的写法。")
                self.add_error("allowed", ValidationError(told, params={"context": context, "words": words}))
        return cleaned


@admin.register(WordRule)
class WordRuleAdmin(Audited):
    """Rules count from the next check on: when a case is saved, submitted or published."""

    form = WordRuleForm
    list_display = ("words", "level", "replacement", "allowed_line", "note", "standing", "updated_at")
    list_filter = ("level", "is_active")
    list_per_page = 100
    show_full_result_count = False
    search_fields = ("words", "replacement", "note")
    search_help_text = _("可搜词语、替换为和说明")

    @admin.display(description=_("例外"))
    def allowed_line(self, rule: WordRule) -> str:
        return gettext("、").join(rule.allowed)

    @admin.display(description=_("状态"), ordering="is_active")
    def standing(self, rule: WordRule) -> str:
        """In words: Django's icons call themselves True and False."""
        return "" if rule.is_active else gettext("已停用")

    def save_model(self, request: HttpRequest, obj: WordRule, form: Any, change: bool) -> None:
        obj.updated_by = person(request)
        super().save_model(request, obj, form, change)
