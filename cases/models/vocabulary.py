"""Places, departments and themes: the words by which cases are filed.

Rows ship with the project (`cases/data`) and are loaded by `load_vocabulary`, which retires
and never deletes: a revision of years ago must still find the names it was filed under.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cases.content import CaseContent
from cases.models.fields import one_of


class VocabularyQuerySet(models.QuerySet):
    def current(self):
        """Rows an editor may still choose."""
        return self.filter(is_retired=False)


class VocabularyRow(models.Model):
    """A word in Chinese and English. Its key stands in addresses and exports and never changes."""

    name = models.CharField(_("名称"), max_length=100)
    name_en = models.CharField(_("英文名称"), max_length=150, blank=True)
    is_retired = models.BooleanField(_("已停用"), default=False, help_text=_("停用后不能再选用，已有案例不受影响。"))
    # The row as it last came from the data files; tells an editor's change from ours. None: the editor's own row.
    shipped = models.JSONField(editable=False, null=True, default=None)

    objects = VocabularyQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name_en if get_language() == "en" and self.name_en else self.name


class RegionLevel(models.TextChoices):
    PROVINCE = "province", _("省级")
    PREFECTURE = "prefecture", _("地级")
    COUNTY = "county", _("县级")


class Region(VocabularyRow):
    """An administrative division by its six-digit code (GB/T 2260).

    The parent of a county is its prefecture, or its province where there is none (浦东新区, 仙桃市).
    """

    KIND: ClassVar[str] = "region"
    code = models.CharField(_("代码"), max_length=6, primary_key=True)
    level = models.CharField(_("级别"), max_length=10, choices=RegionLevel.choices)
    parent = models.ForeignKey(
        "self", verbose_name=_("上级"), on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    short_name = models.CharField(_("简称"), max_length=50, blank=True)
    pinyin = models.CharField(_("拼音"), max_length=100, blank=True)
    initials = models.CharField(_("拼音首字母"), max_length=30, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("行政区划"), pgettext_lazy("several", "行政区划")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="region_code_six_digits",
                condition=models.Q(code__regex=r"^[0-9]{6}$"),
                violation_error_message=_("代码应为六位数字。"),
            ),
            one_of("level", RegionLevel.values, name="region_level_known"),
        ]

    @property
    def short(self) -> str:
        """Its name where there is little room: 河南, 恩施州; Henan, Enshi."""
        if get_language() == "en" and self.name_en:
            return re.sub(r" (?:County|District|Prefecture)$", "", self.name_en)
        return self.short_name or self.name

    def get_absolute_url(self) -> str:
        return reverse("region", args=[self.code])

    def lineage(self) -> list[Region]:
        """This division and those that hold it, the province first; a query per level not yet loaded."""
        return [*(self.parent.lineage() if self.parent else []), self]


class Department(VocabularyRow):
    """A kind of office; the names it goes by in one place or another are its aliases."""

    KIND: ClassVar[str] = "department"
    slug = models.SlugField(_("标识"), max_length=80, primary_key=True)
    aliases = models.JSONField(_("别名"), default=list, blank=True)  # list of names
    order = models.PositiveIntegerField(_("次序"), default=0)

    class Meta:
        verbose_name, verbose_name_plural = _("部门"), pgettext_lazy("several", "部门")
        ordering = ["order", "slug"]

    def get_absolute_url(self) -> str:
        return reverse("department", args=[self.slug])


class ThemeScheme(models.TextChoices):
    NDRC18 = "ndrc18", _("营商环境评价 18 项指标")
    REGULATION722 = "regulation722", _("《优化营商环境条例》")
    B_READY = "b-ready", _("世界银行 B-READY")
    SITE = "site", _("本站主题")


class Theme(VocabularyRow):
    """A subject of one of the four schemes; names repeat between schemes, so pages show the scheme."""

    KIND: ClassVar[str] = "theme"
    slug = models.SlugField(_("标识"), max_length=80, primary_key=True)
    scheme = models.CharField(_("体系"), max_length=20, choices=ThemeScheme.choices, default=ThemeScheme.SITE)
    b_ready_topic = models.CharField(_("对应的 B-READY 主题"), max_length=80, blank=True)
    description = models.TextField(_("说明"), blank=True)
    keywords = models.JSONField(_("识别词"), default=list, blank=True)  # words that speak for it in an article
    order = models.PositiveIntegerField(_("次序"), default=0)

    class Meta:
        verbose_name, verbose_name_plural = _("主题"), pgettext_lazy("several", "主题")
        ordering = ["order", "slug"]

    @property
    def full_name(self) -> str:
        """With its scheme, where themes of several stand in one list: 纳税（营商环境评价 18 项指标）."""
        return gettext("%(theme)s（%(scheme)s）") % {"theme": self, "scheme": self.get_scheme_display()}

    def get_absolute_url(self) -> str:
        return reverse("theme", args=[self.slug])


def names_of_codes(contents: Iterable[CaseContent]) -> dict[str, dict[str, str]]:
    """Field of a case → code → what it is called, for the codes that these contents name; at most three queries."""
    fields: dict[str, tuple[Any, set[str]]] = {
        "region": (Region, set()),
        "department": (Department, set()),
        "themes": (Theme, set()),
    }
    for content in contents:
        for name, (_model, codes) in fields.items():
            value = getattr(content, name)
            codes.update(value if isinstance(value, tuple) else [value])
    return {
        name: {row.pk: str(row) for row in model.objects.filter(pk__in=codes - {""})} if codes - {""} else {}
        for name, (model, codes) in fields.items()
    }
