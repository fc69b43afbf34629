"""What is told of a case that was found in a file, and of what it is likely to be already."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A case, or another file of the batch, that an article is likely to be."""

    way: str  # "file": the very same file; "address": the same source address; "text": text that is alike
    title: str  # of the case; the name of the file
    case: int | None = None  # pk
    file: int | None = None  # pk of an ImportFile
    likeness: float = 0.0  # share of the text that is the same, 0 to 1


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
