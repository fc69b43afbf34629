"""What is counted of the public pages: sums by day, nothing of who was there."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST_COUNTED = 60  # characters of a search that is counted


class SearchedWord(models.Model):
    """What was searched on one day, folded as search compares it, and how often.

    Written by `cases.public.search.counting`.
    """

    day = models.DateField(_("日期"))
    text = models.CharField(_("搜索的内容"), max_length=LONGEST_COUNTED)
    times = models.PositiveIntegerField(_("次数"))
    times_in_vain = models.PositiveIntegerField(_("没有结果的次数"))

    class Meta:
        verbose_name = verbose_name_plural = _("读者搜索")
        constraints = [models.UniqueConstraint(fields=["day", "text"], name="searched_word_once_a_day")]

    def __str__(self) -> str:
        return self.text
