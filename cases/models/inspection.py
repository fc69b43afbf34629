"""巡检: what was found in the texts that readers see, so that no page has to read them all to say it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.content import LIMITS
from cases.models.fields import one_of


class FindingKind(models.TextChoices):
    SOURCE = "source", _("缺少来源")
    PICTURE = "picture", _("图片缺少说明")
    META = "meta", _("元标签缺项")


class CaseFinding(models.Model):
    """One thing that is wrong with a public case. Written anew whenever the case is looked at."""

    case = models.BigIntegerField(db_index=True)  # a key, no reference: publishing touches none of these rows
    kind = models.CharField(max_length=10, choices=FindingKind.choices)
    place = models.CharField(max_length=120)  # path in the content: pictures[0].alt
    message = models.CharField(max_length=200)  # a translatable sentence

    class Meta:
        indexes = [models.Index(fields=["kind", "case"], name="case_finding_of_kind")]
        constraints = [one_of("kind", FindingKind.values, name="case_finding_kind_known")]

    def __str__(self) -> str:
        return f"{self.case} {self.kind} {self.place}"


class CaseLink(models.Model):
    """An address in a public case, with its place."""

    case = models.BigIntegerField(db_index=True)
    address = models.CharField(_("链接"), max_length=LIMITS["source_url"], db_index=True)
    place = models.CharField(max_length=120)

    def __str__(self) -> str:
        return f"{self.case} {self.place} {self.address}"


class IgnoredLink(models.Model):
    """An address that is told to be dead and need not be mended, with the reason why."""

    address = models.CharField(_("链接"), max_length=LIMITS["source_url"], unique=True)
    reason = models.CharField(_("原因"), max_length=200)
    at = models.DateTimeField(_("时间"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("操作人")
    )

    class Meta:
        verbose_name = verbose_name_plural = _("不再提示的链接")
        ordering = ["-at", "-pk"]
        default_permissions = ("add", "delete")

    def __str__(self) -> str:
        return self.address


class Inspection(models.Model):
    """When texts and links were looked at. One row."""

    started_at = models.DateTimeField(null=True)  # whoever looks at all of them has claimed it then
    finished_at = models.DateTimeField(null=True)  # when all had been looked at last
    released_until = models.DateTimeField(null=True)  # those released up to then were looked at
    cases = models.PositiveIntegerField(default=0)  # of the last look at all
    wanted_at = models.DateTimeField(null=True)  # when somebody last asked for a look at all
    links_checked_at = models.DateTimeField(null=True)  # when a run over the links ended last

    def __str__(self) -> str:
        return f"{self.finished_at}"
