"""更名与合并: a tag or theme that goes by another name now. What is kept here must never stop a publication."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.admin.audited import Audited
from cases.admin.fields import LineField
from cases.admin.merging import MergePages
from cases.content import LIMITS
from cases.models import Alias, Theme
from cases.models.published import tag_slug


class AliasForm(forms.ModelForm):
    """A rename, checked against the vocabulary and the renames there are."""

    old = LineField(
        label=_("原来的"), max_length=80, help_text=_("主题填标识（如 logistics-transport），标签填标签本身。")
    )
    new = LineField(
        label=_("改为"),
        max_length=80,
        help_text=_("写法同上。公开的案例马上照此归类，原来的地址转到新的；先预览，确认之后才生效。"),
    )

    class Meta:
        model = Alias
        fields = ("kind", "old", "new")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if {"kind", "old", "new"} <= set(cleaned):
            clean_word = _theme if cleaned["kind"] == "theme" else _tag
            for name in ("old", "new"):
                try:
                    cleaned[name] = clean_word(cleaned[name], is_new=name == "new")
                except ValidationError as error:
                    self.add_error(name, error)
        if {"kind", "old", "new"} <= set(cleaned):
            self._check_way(**{name: cleaned[name] for name in ("kind", "old", "new")})
        return cleaned

    def _check_way(self, *, kind: str, old: str, new: str) -> None:
        """One rename of a word at most, and none that leads back to it."""
        others = {alias.old.lower(): alias for alias in Alias.objects.filter(kind=kind).exclude(pk=self.instance.pk)}
        if tag_slug(old) == tag_slug(new):
            self.add_error("new", _("“改为”和“原来的”是同一个（大小写不算不同）；请填另一个。"))
        elif known := others.get(old.lower()):
            told = _("“%(old)s”已经改为“%(new)s”；要换一个去处，请修改那一条。")
            self.add_error("old", ValidationError(told, params={"old": known.old, "new": known.new}))
        elif way := _way_back(old, new, others):
            told = _("这样会绕成一圈：%(way)s。请改填别的，或者先删除其中一条。")
            self.add_error("new", ValidationError(told, params={"way": " → ".join(way)}))


def _way_back(old: str, new: str, others: dict[str, Alias]) -> list[str]:
    """The words from `old` by `new` and the other renames to `old` again; empty if they end elsewhere."""
    way = [old, new]
    while way[-1].lower() in others and len(way) <= len(others) + 1:
        way.append(others[way[-1].lower()].new)
        if way[-1].lower() == old.lower():
            return way
    return []


def _theme(slug: str, *, is_new: bool) -> str:
    """The slug of a theme there is; of one that is in use, where it is the new one."""
    theme = Theme.objects.filter(pk=slug.strip()).first()
    if theme is None:
        raise ValidationError(
            _("没有标识为“%(slug)s”的主题；请到“主题”表里查它的标识，填标识而不是名称。"), params={"slug": slug}
        )
    if is_new and theme.is_retired:
        raise ValidationError(_("主题“%(name)s”已停用；请改填在用的主题，或者先启用它。"), params={"name": theme.name})
    return theme.pk


def _tag(word: str, *, is_new: bool) -> str:
    """The word with single blanks, as tags are kept."""
    word = " ".join(word.split()).strip('"')
    if not any(character.isalnum() for character in word):
        raise ValidationError(_("标签里没有文字；请填一个词，如“四好农村路”。"))
    if len(word) > LIMITS["tag"]:
        told = _("标签有 %(length)d 个字，最多 %(limit)d 个；请缩短。")
        raise ValidationError(told, params={"length": len(word), "limit": LIMITS["tag"]})
    return word


@admin.register(Alias)
class AliasAdmin(MergePages, Audited):
    form = AliasForm
    list_display = ("old", "new", "kind")
    list_filter = ("kind",)
    search_fields = ("old", "new")
