"""What happened to a case. These rows are facts: written once, never changed or deleted."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.models.draft import Case, PublicState
from cases.models.fields import one_of


class Occasion(models.TextChoices):
    """Why a revision was made."""

    SUBMITTED = "submitted", _("提交审核")
    PUBLISHED = "published", _("发布")
    OVERWRITTEN = "overwritten", _("被覆盖之前")  # by an import, or by an old version taken up again


class Revision(models.Model):
    """A case as it stood at one moment, whole."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="revisions", verbose_name=_("案例"))
    number = models.PositiveIntegerField(_("版本号"))  # 1, 2, … within the case
    content = models.JSONField(_("内容"))  # CaseContent as JSON
    digest = models.CharField(max_length=64)  # of the content; equal to the case's while nothing was changed since
    occasion = models.CharField(_("缘由"), max_length=20, choices=Occasion.choices, default=Occasion.PUBLISHED)
    note = models.CharField(_("修改说明"), max_length=500, blank=True)  # readers see it
    is_minor = models.BooleanField(_("细微修改"), default=False)  # an edit that readers need not be told of
    date_reason = models.CharField(_("更改原文发布时间的原因"), max_length=500, blank=True)
    at = models.DateTimeField(_("时间"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("操作人")
    )

    class Meta:
        verbose_name = verbose_name_plural = _("版本")
        ordering = ["case", "number"]
        indexes = [  # rows hold whole cases: which of them changed a date shall not be asked of each
            models.Index(fields=["-id"], condition=~models.Q(date_reason=""), name="revision_dated_anew")
        ]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="revision_number_once_a_case"),
            one_of("occasion", Occasion.values, name="revision_occasion_known"),
            models.CheckConstraint(
                name="revision_minor_without_note", condition=models.Q(is_minor=False) | models.Q(note="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.number}"


class Publication(models.Model):
    """A step in what readers see: a revision went public, or the case was taken down."""

    KINDS = [choice for choice in PublicState.choices if choice[0]]

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="publications", verbose_name=_("案例"))
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+", verbose_name=_("版本"))
    kind = models.CharField(_("动作"), max_length=10, choices=KINDS)
    at = models.DateTimeField(_("时间"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("操作人")
    )
    reason = models.CharField(_("原因"), max_length=500, blank=True)  # of a withdrawal: readers see it
    redirect_to = models.ForeignKey(
        Case, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("转到案例")
    )
    is_forced = models.BooleanField(_("强制发布"), default=False)  # without the reviews
    forced_reason = models.CharField(_("强制发布的原因"), max_length=500, blank=True)  # readers do not see it

    class Meta:
        verbose_name = verbose_name_plural = _("发布记录")
        ordering = ["pk"]
        indexes = [models.Index(fields=["case", "-id"], name="publication_last_of_case")]
        constraints = [
            one_of("kind", [kind for kind in PublicState.values if kind], name="publication_kind_known"),
            models.CheckConstraint(
                name="publication_forced_with_reason",
                condition=models.Q(is_forced=False)
                | (models.Q(kind=PublicState.PUBLISHED) & ~models.Q(forced_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind} {self.at:%Y-%m-%d %H:%M}"
