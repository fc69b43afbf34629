"""The record of what was done on this site. Entries are facts: never changed; taken out by `prune_audit` alone."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.models.fields import one_of


class AuditOutcome(models.TextChoices):
    DONE = "done", _("完成")
    REFUSED = "refused", _("被拒绝")
    FAILED = "failed", _("失败")


class AuditWay(models.TextChoices):
    """Where from somebody acted."""

    ADMIN = "admin", _("后台")
    COMMAND = "command", _("命令")
    TIMER = "timer", _("定时")
    LOGIN = "login", _("登录")
    PUBLIC = "public", _("公开页面")


class AuditEntry(models.Model):
    """Who did what, when, from where, with what before and after. No foreign keys: nothing can empty an entry."""

    at = models.DateTimeField(_("时间"), db_index=True)
    actor = models.BigIntegerField(null=True)  # key of the User
    actor_name = models.CharField(_("操作人"), max_length=150, blank=True)  # or what was typed at a failed log-in
    role = models.CharField(_("角色"), max_length=60, blank=True)
    address = models.GenericIPAddressField(_("来源地址"), null=True)
    way = models.CharField(_("途径"), max_length=10, choices=AuditWay.choices)
    action = models.CharField(_("动作"), max_length=40)  # publish, login, export, …
    kind = models.CharField(_("对象类型"), max_length=40, blank=True)  # case, user, theme, …
    key = models.CharField(_("对象编号"), max_length=80, blank=True)
    title = models.CharField(_("对象"), max_length=300, blank=True)  # as it was called then
    case = models.BigIntegerField(null=True)  # key of the Case it is about: who sees it sees the entry
    before = models.JSONField(_("原来"), null=True)  # the changed fields by their path
    after = models.JSONField(_("现在"), null=True)
    outcome = models.CharField(_("结果"), max_length=10, choices=AuditOutcome.choices, default=AuditOutcome.DONE)
    note = models.CharField(_("说明"), max_length=500, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("操作记录")
        ordering = ["-pk"]
        default_permissions = ("view",)
        permissions = [("export_audit", _("导出操作记录"))]
        indexes = [
            models.Index(fields=["case", "-id"], name="audit_of_case"),
            models.Index(fields=["actor", "-id"], name="audit_of_actor"),
            models.Index(fields=["action", "-id"], name="audit_of_action"),
        ]
        constraints = [
            one_of("way", AuditWay.values, name="audit_way_known"),
            one_of("outcome", AuditOutcome.values, name="audit_outcome_known"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_name} {self.action} {self.title}"
