"""Words the site watches over while somebody writes, and addresses that were found dead."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.content import LIMITS
from cases.models.fields import one_of


class WordLevel(models.TextChoices):
    FORBIDDEN = "forbidden", _("禁止")
    REPLACE = "replace", _("替换")
    HINT = "hint", _("提示")


class WordRule(models.Model):
    """Words that must not stand in a case, that are better replaced, or that want a second look."""

    level = models.CharField(_("级别"), max_length=10, choices=WordLevel.choices)
    words = models.CharField(_("词语"), max_length=100, unique=True)
    replacement = models.CharField(_("替换为"), max_length=100, blank=True)
    allowed = models.JSONField(  # contexts in which the words are fine
        _("例外"), default=list, blank=True, help_text=_("含有这个词但允许出现的写法，每行一个。")
    )
    note = models.CharField(_("说明"), max_length=200, blank=True, help_text=_("编辑会看到，写明理由或依据。"))
    is_active = models.BooleanField(_("启用"), default=True)
    updated_at = models.DateTimeField(_("修改时间"), auto_now=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, editable=False
    )

    class Meta:
        verbose_name = verbose_name_plural = _("用词规则")
        ordering = ["level", "words"]
        constraints = [
            one_of("level", WordLevel.values, name="word_rule_level_known"),
            models.CheckConstraint(
                name="word_rule_says_what_instead", condition=~Q(level="replace") | ~Q(replacement="")
            ),
        ]

    def __str__(self) -> str:
        return self.words


class DeadLink(models.Model):
    """An address outside that did not answer when it was last tried."""

    address = models.CharField(_("链接"), max_length=LIMITS["source_url"], unique=True)
    checked_at = models.DateTimeField(_("检查时间"))
    status = models.PositiveIntegerField(_("状态码"), default=0)  # of HTTP; 0 if there was no answer
    fails = models.PositiveIntegerField(_("连续失败次数"), default=1)

    class Meta:
        verbose_name = verbose_name_plural = _("失效链接")

    def __str__(self) -> str:
        return self.address
