"""Text that must not be lost: what is typed and not yet saved, and what a save replaced."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models.draft import Case


class UnsavedText(models.Model):
    """What one person has typed in the form of a case: one working copy, written over by each autosave.

    It never touches the case. `typed` is the tree of the form (the keys of the exchange format, every leaf the text
    as typed, also a wrong one); null while the form is open and nothing was typed.
    """

    # null: a new one, or one deleted since. Whoever was writing in it still has their text.
    case = models.ForeignKey(Case, on_delete=models.SET_NULL, null=True, related_name="unsaved")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    token = models.CharField(max_length=32, unique=True)  # of the tab
    base_version = models.PositiveIntegerField(default=0)  # Case.version the form was drawn from
    typed = models.JSONField(null=True)
    step = models.PositiveIntegerField(default=0)  # raised by the tab: an autosave that comes late is older
    opened_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    typed_at = models.DateTimeField(null=True)
    is_closed = models.BooleanField(default=False)  # saved, thrown away, or (with text) set aside for another tab

    class Meta:
        verbose_name = verbose_name_plural = _("未保存的文字")
        indexes = [
            models.Index(fields=["case", "seen_at"], name="unsaved_seen"),
            models.Index(fields=["by", "-seen_at"], name="unsaved_of_person"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "by"],
                condition=Q(case__isnull=False, is_closed=False),
                name="unsaved_one_a_person",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.token}"


class DraftSave(models.Model):
    """The content that a save replaced: what two people started from, when both changed it. The last ten are kept."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="saves")
    version = models.PositiveIntegerField()  # Case.version this content had
    content = models.JSONField()  # CaseContent as JSON
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = _("保存前的内容")
        constraints = [models.UniqueConstraint(fields=["case", "version"], name="draft_save_once_a_version")]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.version}"
