"""The review of a case: its steps, the comments on its passages, and what is to happen at a set time."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models.draft import Case, CaseStage
from cases.models.fields import one_of
from cases.models.history import Publication, Revision


class ReviewStep(models.TextChoices):
    """What somebody did with a case."""

    SUBMITTED = "submitted", _("提交审核")
    TAKEN_BACK = "taken_back", _("收回")
    APPROVED = "approved", _("审核通过")
    RETURNED = "returned", _("退回")
    PUBLISHED = "published", _("发布")
    FORCED = "forced", _("强制发布")
    WITHDRAWN = "withdrawn", _("撤下")
    ARCHIVED = "archived", _("归档")
    RESTORED = "restored", _("恢复")
    COPIED = "copied", _("复制为新案例")
    SCHEDULED = "scheduled", _("定时")
    UNSCHEDULED = "unscheduled", _("取消定时")


class Way(models.TextChoices):
    """How a step came about."""

    ADMIN = "admin", _("后台")
    COMMAND = "command", _("命令")
    TIMER = "timer", _("定时")
    IMPORT = "import", _("导入")


class Review(models.Model):
    """A step of a case on its way, with the opinion of whoever took it. A fact: never changed or deleted."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reviews", verbose_name=_("案例"))
    round = models.PositiveIntegerField(default=0)  # submissions so far
    step = models.CharField(_("步骤"), max_length=20, choices=ReviewStep.choices)
    stage = models.CharField(_("原阶段"), max_length=20, choices=CaseStage.choices)  # that the case was in before
    revision = models.ForeignKey(
        Revision, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("版本")
    )
    opinion = models.TextField(_("意见"), blank=True)
    reasons = models.JSONField(_("退回原因"), default=list)  # codes of editing.review.reasons
    way = models.CharField(_("途径"), max_length=10, choices=Way.choices, default=Way.ADMIN)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("操作人")
    )
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("审核记录")
        ordering = ["pk"]
        indexes = [models.Index(fields=["case", "-id"], name="review_last_of_case")]
        constraints = [
            one_of("step", ReviewStep.values, name="review_step_known"),
            one_of("way", Way.values, name="review_way_known"),
            # of two reviewers at one moment one wins, whatever the program thinks
            models.UniqueConstraint(
                fields=["case", "round", "stage"],
                condition=Q(step=ReviewStep.APPROVED),
                name="review_stage_approved_once_a_round",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.step}"


class ReviewComment(models.Model):
    """A remark on a passage, or the answer to one. The passage is known by its place and words: texts change."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="comments")
    round = models.PositiveIntegerField(default=0)
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, null=True, related_name="+")
    path = models.CharField(max_length=120)  # of the text in the content: initiatives[0].text
    quote = models.CharField(_("原文"), max_length=300, blank=True)
    text = models.TextField(_("批注"))
    answers = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="replies")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("时间"))
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = _("批注")
        ordering = ["pk"]
        indexes = [models.Index(fields=["case", "closed_at"], name="comment_open_of_case")]
        constraints = [
            models.CheckConstraint(
                name="comment_closed_as_a_whole",
                condition=Q(answers__isnull=True) | Q(closed_at__isnull=True, closed_by__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return self.text[:30]


class Schedule(models.Model):
    """What the timer is to do with a case: open until it is done or cancelled."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="schedules", verbose_name=_("案例"))
    kind = models.CharField(_("动作"), max_length=10, choices=Publication.KINDS)  # what readers see from then on
    at = models.DateTimeField(_("时间"))
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, null=True, related_name="+")  # to be published
    reason = models.CharField(_("原因"), max_length=500, blank=True)  # of a withdrawal: readers see it
    redirect_to = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("设定人")
    )
    made_at = models.DateTimeField(_("设定时间"))
    done_at = models.DateTimeField(_("完成时间"), null=True)
    cancelled_at = models.DateTimeField(_("取消时间"), null=True)
    cancelled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    tries = models.PositiveIntegerField(default=0)
    trouble = models.CharField(_("未能完成的原因"), max_length=500, blank=True)

    IS_OPEN = Q(done_at__isnull=True, cancelled_at__isnull=True)

    class Meta:
        verbose_name = verbose_name_plural = _("定时")
        ordering = ["at", "pk"]
        indexes = [
            models.Index(
                fields=["at"], condition=Q(done_at__isnull=True, cancelled_at__isnull=True), name="schedule_open"
            )
        ]
        constraints = [
            one_of("kind", [kind for kind, _label in Publication.KINDS], name="schedule_kind_known"),
            models.UniqueConstraint(
                fields=["case", "kind"],
                condition=Q(done_at__isnull=True, cancelled_at__isnull=True),
                name="schedule_one_of_a_kind",
            ),
            models.CheckConstraint(
                name="schedule_says_what",
                condition=Q(kind="published", revision__isnull=False)
                | (Q(kind="withdrawn") & (~Q(reason="") | Q(redirect_to__isnull=False))),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind} {self.at:%Y-%m-%d %H:%M}"


class PreviewLink(models.Model):
    """A way for somebody outside to see a case before it is public. Its address is signed, and stands nowhere."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="preview_links")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, null=True, related_name="+")  # null: the draft
    note = models.CharField(_("给谁看"), max_length=100, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("建立时间"))
    expires_at = models.DateTimeField(_("到期时间"))
    revoked_at = models.DateTimeField(_("撤销时间"), null=True)
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    opened = models.PositiveIntegerField(_("打开次数"), default=0)
    last_opened_at = models.DateTimeField(_("最近打开"), null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("预览链接")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.note or f"{self.case_id}"
