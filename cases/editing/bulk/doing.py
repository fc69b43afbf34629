"""Doing one thing with many cases, one after the other, each in a transaction of its own."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable

from django.db import transaction
from django.utils.translation import gettext, ngettext

from cases.content import ContentError
from cases.editing.bulk.lines import DONE, LEFT, REFUSED, Line
from cases.editing.drafts import Conflict
from cases.editing.permissions import NotAllowed
from cases.editing.requirements import Incomplete
from cases.models import Case

SECONDS = 15.0  # a request takes up no new case after so long; what is left can be gone on with
_log = logging.getLogger(__name__)


def each(lines: Iterable[Line], cases: dict[int, Case], step: Callable[[Case], object]) -> list[Line]:
    """Take a step with the cases of lines, as long as there is time. `cases` by their keys, as they were foreseen.

    One that was saved meanwhile is refused: what happens is what the preview showed.
    """
    started = time.monotonic()
    told = []
    for line in lines:
        if time.monotonic() - started > SECONDS:
            told.append(Line(line.case, line.title, LEFT, "", line.version))
            continue
        case = cases.get(line.case)
        told.append(_one(line, case, step))
    return told


def _one(line: Line, case: Case | None, step: Callable[[Case], object]) -> Line:
    if case is None:
        return Line(line.case, line.title, REFUSED, gettext("已经不在，或者不在您负责的范围之内。"))
    case.version = line.version
    try:
        with transaction.atomic():
            step(case)
    except Exception as error:  # what is wrong with one case shall not keep the others waiting
        return Line(line.case, line.title, REFUSED, told_of(error))
    return Line(line.case, line.title, DONE)


def told_of(error: Exception) -> str:
    """What a person is told of what kept a step from being taken."""
    match error:
        case NotAllowed():
            return gettext(str(error))
        case Conflict():
            return gettext("预览之后有人保存过，请看过再操作。")
        case Incomplete():
            return missing_words(error)
        case ContentError():
            return gettext(error.message) % error.params
    _log.error("bulk", exc_info=error)
    return gettext("系统出错，已经记录下来。")


def missing_words(incomplete: Incomplete) -> str:
    """The first three things that are missing, and how many more."""
    words = [gettext(remark.message) % remark.params for remark in incomplete.missing]
    told = gettext("还缺：%(missing)s") % {"missing": gettext("；").join(words[:3])}
    more = len(words) - 3
    return told + (ngettext("等 %(n)d 项", "等 %(n)d 项", len(words)) % {"n": len(words)} if more > 0 else "")
