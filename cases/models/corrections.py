"""纠错: what readers report of a public case, and what they were answered. Nothing of who they are is asked for."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.models.draft import Case
from cases.models.fields import one_of

LONGEST_QUOTE, LONGEST_TEXT, LONGEST_CONTACT, LONGEST_ANSWER = 300, 2000, 100, 1000  # characters


class CorrectionKind(models.TextChoices):
    """What seems to be wrong."""

    TYPO = "typo", _("错别字")
    NUMBER = "number", _("数字有误")
    LINK = "link", _("链接打不开")
    FILING = "filing", _("地区、部门或主题不对")
    OTHER = "other", _("其他")


class CorrectionState(models.TextChoices):
    RECEIVED = "received", _("收到")
    WORKING = "working", _("处理中")
    ACCEPTED = "accepted", _("已采纳")
    DECLINED = "declined", _("未采纳")


OPEN_STATES = [CorrectionState.RECEIVED.value, CorrectionState.WORKING.value]


class Correction(models.Model):
    """One report on one case. What was sent is never changed, but that the contact goes after the answer."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="corrections", verbose_name=_("案例"))
    version = models.PositiveIntegerField(default=0)  # number of the publication that was read
    kind = models.CharField(_("类型"), max_length=10, choices=CorrectionKind.choices)
    quote = models.CharField(_("原文"), max_length=LONGEST_QUOTE, blank=True)  # the words that were selected
    place = models.CharField(max_length=120, blank=True)  # path in the content of their first; "" if they stood nowhere
    text = models.TextField(_("说明"))
    contact = models.CharField(_("联系方式"), max_length=LONGEST_CONTACT, blank=True)
    digest = models.CharField(max_length=64)  # of what was sent: the same again is told as received
    token = models.CharField(max_length=40, unique=True)  # in the address of the receipt, and known to the sender alone
    received_at = models.DateTimeField(_("收到时间"), db_index=True)
    state = models.CharField(
        _("状态"), max_length=10, choices=CorrectionState.choices, default=CorrectionState.RECEIVED
    )
    answer = models.CharField(_("答复"), max_length=LONGEST_ANSWER, blank=True)  # the sender reads it
    answered_at = models.DateTimeField(_("答复时间"), null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("答复人")
    )

    class Meta:
        verbose_name = verbose_name_plural = _("纠错")
        ordering = ["-received_at", "-pk"]
        default_permissions = ("view", "change")
        indexes = [
            models.Index(fields=["state", "received_at"], name="correction_waiting"),
            models.Index(fields=["answered_at"], condition=~Q(contact=""), name="correction_with_contact"),
        ]
        constraints = [
            one_of("kind", CorrectionKind.values, name="correction_kind_known"),
            one_of("state", CorrectionState.values, name="correction_state_known"),
            models.UniqueConstraint(
                fields=["case", "digest"], condition=Q(state__in=OPEN_STATES), name="correction_open_once"
            ),
            models.CheckConstraint(
                name="correction_answered_as_a_whole",
                condition=Q(state__in=OPEN_STATES, answered_at__isnull=True)
                | (~Q(state__in=OPEN_STATES) & Q(answered_at__isnull=False) & ~Q(answer="")),
            ),
        ]

    def __str__(self) -> str:
        return gettext("%(kind)s：%(words)s") % {
            "kind": self.get_kind_display(),
            "words": (self.quote or self.text)[:30],
        }

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES
