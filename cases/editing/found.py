"""What is told of a case that was found in a file, and of what it is likely to be already."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.utils.translation import gettext

from cases.parsing.result import Parsed


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A case, or another file of the batch, that an article is likely to be."""

    way: str  # "file": the very same file; "address": the same source address; "text": text that is alike
    title: str  # of the case; the name of the file
    case: int | None = None  # pk
    file: int | None = None  # pk of an ImportFile
    likeness: float = 0.0  # share of the text that is the same, 0 to 1

    def seen_without(self, hidden: Collection[int]) -> Duplicate:
        """The same; without its name if the case is one of those that are hidden."""
        return replace(self, title=gettext("另一个案例（不在您的范围）"), case=None) if self.case in hidden else self


@dataclass(frozen=True, slots=True)
class FoundCase:
    """One case that was found in a file."""

    title: str
    start: int | None = None  # of several cases in one article
    published_at: str = ""  # as the preview writes it
    source_name: str = ""
    address: str = ""
    region: str = ""  # code
    organization: str = ""
    initiatives: int = 0
    measures: int = 0
    metrics: int = 0
    doubts: int = 0  # what the preview lists to be looked at first
    is_article: bool = True
    is_chosen: bool = False  # a draft of it is wanted, or was made
    duplicates: tuple[Duplicate, ...] = ()

    @property
    def facts(self) -> list[str]:
        """Where it comes from, as far as it says."""
        return [fact for fact in dict.fromkeys((self.source_name, self.organization)) if fact]

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> FoundCase:
        duplicates = tuple(Duplicate(**one) for one in data["duplicates"])
        return cls(**{**data, "duplicates": duplicates})


def count_doubts(parsed: Parsed) -> int:
    """How many things there are to look at first.

    A stretch left over and the issue about it are one, and so are a text and its heading.
    """
    placed = {span.path for span in parsed.spans}
    unsure = [one for one in parsed.findings if one.is_doubtful and _heading_over(one.path) not in placed]
    left_over = {stretch.start for stretch in parsed.unplaced}
    told = {finding.path for finding in unsure}
    issues = [issue for issue in parsed.issues if issue.start not in left_over and not _is_told(issue.path, told)]
    return len({finding.key for finding in unsure}) + len(left_over) + len(issues)


def _heading_over(path: str) -> str | None:
    """The place of the heading over a text; None for what is no text of an initiative or a measure."""
    above, _, name = path.rpartition(".")
    return f"{above}.heading" if name == "text" else None


def _is_told(path: str, told: Collection[str]) -> bool:
    return bool(path) and any(place == path or place.startswith(f"{path}[") for place in told)
