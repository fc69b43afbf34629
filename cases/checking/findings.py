"""What a check says of a case, what it is given to know, and the texts it looks at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from cases.content import CaseContent, InitiativeContent, MeasureContent, MetricContent
from cases.parsing.result import Words

BLOCKS, REPLACE, HINT = "blocks", "replace", "hint"  # keeps it from readers; has a better word; wants a look


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at. A person reads `gettext(message) % params`."""

    path: str  # of the field it is about, as in the content: "initiatives[0].measures[1].text"
    level: str  # BLOCKS, REPLACE or HINT
    message: str
    params: dict[str, object] = field(default_factory=dict)
    start: int | None = None  # the words it is about, `text[start:end]` of the field, where it is about some
    end: int | None = None
    fix: str | None = None  # what to put in their place


@dataclass(frozen=True, slots=True)
class Rule:
    """Words to watch for. Fine inside one of `allowed`: 第一 is nothing in 第一季度."""

    words: str
    level: str = HINT
    replacement: str = ""
    allowed: tuple[str, ...] = ()
    note: str = ""  # why, for the editor


@dataclass(frozen=True, slots=True)
class FormerName:
    """A body or a division that has another name since a year."""

    name: str
    present: str
    since: int  # the first year in which the former name is out of use everywhere
    allowed: tuple[str, ...] = ()  # words that hold it by chance


@dataclass(frozen=True)
class CheckWords:
    """What the checks know of the world besides the case."""

    rules: tuple[Rule, ...] = ()
    vocabulary: Words = field(default_factory=Words)
    former: tuple[FormerName, ...] = ()
    dead: frozenset[str] = frozenset()  # addresses that did not answer


Field = tuple[str, str]  # path and text


def sentences_of(content: CaseContent) -> list[Field]:
    """The fields that readers read as sentences, in reading order, empty ones left out."""
    fields = [("title", content.title), ("subtitle", content.subtitle), ("summary", content.summary)]
    fields.append(("intro", content.intro))
    for number, initiative in enumerate(content.initiatives):
        fields += texts_of_initiative(initiative, f"initiatives[{number}]")
    fields.append(("closing", content.closing))
    return [(path, text) for path, text in fields if text]


def texts_of_initiative(initiative: InitiativeContent, here: str) -> Iterator[Field]:
    parts: list[tuple[str, InitiativeContent | MeasureContent]] = [(here, initiative)]
    parts += [(f"{here}.measures[{number}]", measure) for number, measure in enumerate(initiative.measures)]
    for path, part in parts:
        yield f"{path}.heading", part.heading
        yield f"{path}.text", part.text


def all_texts(content: CaseContent) -> list[Field]:
    """Every field with words of the editor's or the article's, but not the quotes: they stand in the text already."""
    fields = sentences_of(content)
    for name in ("source_name", "author", "responsible_editor", "organization"):
        fields.append((name, getattr(content, name)))
    for name in ("tags", "policies", "honours"):
        fields += [(f"{name}[{number}]", words) for number, words in enumerate(getattr(content, name))]
    for number, picture in enumerate(content.pictures):
        fields += [(f"pictures[{number}].alt", picture.alt), (f"pictures[{number}].caption", picture.caption)]
    for path, metric in metrics_of(content):
        fields += [(f"{path}.label", metric.label), (f"{path}.period", metric.period)]
    return [(path, text) for path, text in fields if text]


def metrics_of(content: CaseContent) -> Iterator[tuple[str, MetricContent]]:
    """Every metric with its path, in the order of `all_metrics`."""
    yield from ((f"metrics[{number}]", metric) for number, metric in enumerate(content.metrics))
    for place, initiative in enumerate(content.initiatives):
        here = f"initiatives[{place}].metrics"
        yield from ((f"{here}[{number}]", metric) for number, metric in enumerate(initiative.metrics))
