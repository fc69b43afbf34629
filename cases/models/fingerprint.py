"""By what cases are found that are like an article; written with the draft, by `cases.editing.duplicates`."""

from __future__ import annotations

from django.db import models

from cases.models.draft import Case


class FingerprintMark(models.Model):
    """One of the first values of the sketch of a case: cases alike share several, so nobody has to look at all."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    value = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["value", "case"], name="fingerprint_mark_value")]

    def __str__(self) -> str:
        return str(self.value)
