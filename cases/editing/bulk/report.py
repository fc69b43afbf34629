"""What came of a step with many cases: kept nowhere, but told as a page and as a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import astuple, dataclass

from django.core import signing

from cases.editing.bulk.lines import DONE, LEFT, OUTCOMES, Line

_SALT = "bulk-report"


@dataclass(frozen=True, slots=True)
class Report:
    """What was done (a translatable name), and what came of each case."""

    action: str
    lines: tuple[Line, ...]

    @property
    def left(self) -> list[Line]:
        """Those for which there was no time."""
        return [line for line in self.lines if line.outcome == LEFT]

    @property
    def done(self) -> list[Line]:
        return [line for line in self.lines if line.outcome == DONE]

    def counts(self) -> list[tuple[str, int]]:
        """How many came to each outcome, in the order of OUTCOMES; those that came to none are left out."""
        found = Counter(line.outcome for line in self.lines)
        return [(outcome, found[outcome]) for outcome in OUTCOMES if found[outcome]]

    def after(self, earlier: Iterable[Line]) -> Report:
        """This one, which went on with what was left, behind what was done before."""
        return Report(self.action, (*(line for line in earlier if line.outcome != LEFT), *self.lines))

    def signed(self) -> str:
        """As text that nobody can change, for the page to send back when the file is asked for."""
        return signing.dumps([self.action, [astuple(line) for line in self.lines]], salt=_SALT, compress=True)


def read_report(signed: str) -> Report:
    """Raises signing.BadSignature for what is no report of this site, as it makes them now."""
    told = signing.loads(signed, salt=_SALT)
    try:
        action, lines = told
        report = Report(action, tuple(Line(*line) for line in lines))
    except (TypeError, ValueError):
        raise signing.BadSignature from None
    if not all(line.outcome in OUTCOMES for line in report.lines):
        raise signing.BadSignature
    return report
