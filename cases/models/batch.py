"""批量导入: files given together, and what became of each. Once a file is read its bytes are let go."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from cases.models.draft import SourceText
from cases.models.fields import one_of


class FileStage(models.TextChoices):
    """How far a file of a batch has come."""

    WAITING = "waiting", _("待读取")
    READ = "read", _("已读取")
    REFUSED = "refused", _("读不出")
    CHOSEN = "chosen", _("待建草稿")
    MADE = "made", _("已建草稿")


class ImportBatchQuerySet(models.QuerySet):
    def seen_by(self, user):
        """An editor sees the batches of their own, an administrator all."""
        return self if user.is_superuser else self.filter(received_by=user)

    def with_counts(self):
        """Add `total` and, by stage, `waiting`, `read`, `refused`, `chosen` and `made`: numbers of files."""
        by_stage = {stage.value: Count("files", filter=Q(files__stage=stage)) for stage in FileStage}
        return self.annotate(total=Count("files"), **by_stage)


class ImportBatch(models.Model):
    """Files that were given together."""

    received_at = models.DateTimeField(_("收到时间"), auto_now_add=True)
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name=_("导入人"))
    is_compared = models.BooleanField(default=False, editable=False)  # its files with each other, when all are read

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("批量导入")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return str(_("第 %(number)d 批") % {"number": self.pk})


class ImportFile(models.Model):
    """One file of a batch. Whoever works on it claims it first, by compare and set of `claimed_at`."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(_("文件"), max_length=255)
    stage = models.CharField(_("进度"), max_length=10, choices=FileStage.choices, default=FileStage.WAITING)
    claimed_at = models.DateTimeField(null=True, editable=False)
    tries = models.PositiveSmallIntegerField(default=0, editable=False)  # claims of the present stage
    article = models.ForeignKey(SourceText, on_delete=models.SET_NULL, null=True, related_name="import_files")
    refusal = models.JSONField(
        default=list, blank=True
    )  # [message, params]: why nothing came of it; [] if something did
    found = models.JSONField(default=list, blank=True)  # FoundCase of cases.editing.batch as JSON, one for each case
    sketches = models.JSONField(default=list, blank=True)  # of the same cases, to compare them with each other
    beside = models.JSONField(
        default=dict, blank=True
    )  # pictures of a saved page: path to bytes in base 64; emptied too
    data = models.BinaryField(default=b"")  # as received; emptied when it is read. The last column: SQLite skips it

    class Meta:
        verbose_name = verbose_name_plural = _("批量导入的文件")
        ordering = ["pk"]
        indexes = [models.Index(fields=["batch", "stage"], name="import_file_stage")]
        constraints = [one_of("stage", FileStage.values, name="import_file_stage_known")]

    def __str__(self) -> str:
        return self.name
