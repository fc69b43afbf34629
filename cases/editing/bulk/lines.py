"""One line a case: what will happen to it, what did, or why not."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext

from cases.content import gettext_noop
from cases.models import Case

WILL, WILL_NOT, DONE, REFUSED, LEFT = "will", "will_not", "done", "refused", "left"
OUTCOMES = {
    WILL: gettext_noop("将会处理"),
    WILL_NOT: gettext_noop("不会处理"),
    DONE: gettext_noop("已处理"),
    REFUSED: gettext_noop("没有处理"),
    LEFT: gettext_noop("还没有处理"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """What becomes of one case."""

    case: int  # its key
    title: str
    outcome: str  # one of OUTCOMES
    why: str = ""  # in words a person reads, already translated
    version: int = 0  # of the case when it was foreseen


def line_of(case: Case, against: str) -> Line:
    """What is foreseen of a case; `against` is what keeps it from happening, a translatable sentence or ""."""
    outcome = WILL_NOT if against else WILL
    return Line(case.pk, case.title, outcome, gettext(against) if against else "", case.version)
