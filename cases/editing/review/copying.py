"""复制为新案例: the text of a case as a draft of its own."""

from __future__ import annotations

from django.db import transaction

from cases.editing.drafts import read_draft, write_draft
from cases.editing.permissions import require
from cases.editing.review.moving import write_down
from cases.models import Case, ReviewStep, User


@transaction.atomic
def copy_case(case: Case, *, by: User) -> Case:
    """A new draft with the working copy of `case`, at whatever stage that is. Raises NotAllowed.

    Who wrote words of it that nobody approved yet wrote those of the copy, too. The case itself is not claimed:
    nothing of it changes, and who edits it need not be told.
    """
    require(by, "copy", case)
    copy = write_draft(read_draft(case), by=by, is_demo=case.is_demo)
    copy.writers.add(*case.writers.all())
    write_down(case, ReviewStep.COPIED, by=by, stage=case.stage, opinion=str(copy.pk))
    return copy
