"""What is counted of the public pages: sums by day, nothing of who was there."""

from __future__ import annotations

import datetime

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


class DailyViews(models.Model):
    """How often the page of a case was read on one day, by the clock of the site.

    Keys of cases rather than references: a count outlives that a case is taken down, and publishing touches none.
    """

    case = models.BigIntegerField()
    day = models.DateField(_("日期"))
    views = models.PositiveIntegerField(_("浏览"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "day"], name="daily_views_once")]
        indexes = [models.Index(fields=["day", "case", "views"], name="daily_views_of_days")]

    def __str__(self) -> str:
        return f"{self.case} {self.day} {self.views}"


class CaseViews(models.Model):
    """What pages show: all views of a case as they were added up last, at night."""

    case = models.BigIntegerField(primary_key=True)
    views = models.PositiveBigIntegerField(_("浏览"))
    counted_at = models.DateTimeField(_("统计时间"))

    def __str__(self) -> str:
        return f"{self.case} {self.views}"

    @classmethod
    def last_counted(cls) -> datetime.datetime | None:
        """When views were added up last; None before the first night."""
        return cls.objects.aggregate(last=models.Max("counted_at"))["last"]


class ReadLog(models.Model):
    """How far the log of a server has been counted: known by its first line, so also when it was renamed and packed."""

    key = models.CharField(max_length=64, primary_key=True)  # a digest of the first line but for the address in it
    offset = models.PositiveBigIntegerField(default=0)  # bytes of whole lines that were counted, unpacked
    read_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.key[:8]} {self.offset}"
