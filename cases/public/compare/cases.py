"""Two to four cases side by side. Everything is in the cases themselves: no further query."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from cases.content import CaseContent
from cases.models.published import PublishedCase
from cases.presenting.evidence import placed_metrics
from cases.public.compare.choice import Chosen
from cases.public.compare.table import (
    MEASURE_WORDS,
    Column,
    Number,
    Section,
    Step,
    Word,
    fact_row,
    facts_section,
    initiatives_section,
    measures_section,
    metrics_section,
    sharing,
)


def compare_cases(chosen: Chosen) -> tuple[list[Column], list[Section]]:
    """Heads and sections."""
    contents = [case.content for case in chosen.cases]
    pairs = list(zip(chosen.cases, contents, strict=True))
    columns = [
        Column(case.title, case.get_absolute_url(), chosen.choice.without_case(case.pk).address())
        for case in chosen.cases
    ]
    sections = [
        _facts(chosen.cases, contents),
        metrics_section([numbers_of(*pair) for pair in pairs]),
        initiatives_section([initiatives_of(*pair) for pair in pairs]),
        measures_section([measures_of(*pair) for pair in pairs]),
    ]
    return columns, [section for section in sections if section.rows]


def numbers_of(case: PublishedCase, content: CaseContent, name: str = "") -> list[Number]:
    """The metrics of a case, each leading to its words."""
    path = case.get_absolute_url()
    return [
        Number(placed.metric, f"{path}#{'evidence' if placed.evidence else 'metric'}-{placed.order + 1}", name)
        for placed in placed_metrics(content)
    ]


def initiatives_of(case: PublishedCase, content: CaseContent, name: str = "") -> list[Step]:
    """The initiatives of a case with the names of their measures."""
    return [
        Step(
            part.heading or part.text[:MEASURE_WORDS],
            f"{case.get_absolute_url()}#initiative-{number}",
            tuple(measure.heading or _beginning(measure.text) for measure in part.measures),
            name,
        )
        for number, part in enumerate(content.initiatives, start=1)
    ]


def measures_of(case: PublishedCase, content: CaseContent) -> list[Step]:
    """The measures of all initiatives of a case."""
    return [
        Step(
            measure.heading,
            f"{case.get_absolute_url()}#initiative-{number}",
            (_beginning(measure.text),) if measure.text else (),
        )
        for number, part in enumerate(content.initiatives, start=1)
        for measure in part.measures
    ]


def _beginning(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= MEASURE_WORDS else f"{line[:MEASURE_WORDS]}…"


def _facts(cases: tuple[PublishedCase, ...], contents: list[CaseContent]) -> Section:
    themes = [[Word(str(theme), theme.get_absolute_url()) for theme in case.themes.all()] for case in cases]
    tags = [[Word(tag.name, tag.get_absolute_url()) for tag in case.tags.all()] for case in cases]
    policies = [[Word(policy) for policy in content.policies] for content in contents]
    return facts_section(
        [
            fact_row(_("城市"), (_term(case.region) for case in cases)),
            fact_row(_("部门"), (_term(case.department) for case in cases)),
            fact_row(_("实施单位"), (_text(content.organization) for content in contents)),
            fact_row(_("日期"), (_text(case.listed_on.isoformat()) for case in cases)),
            fact_row(_("主题"), sharing(themes)),
            fact_row(_("标签"), sharing(tags)),
            fact_row(_("政策文件"), sharing(policies)),
            fact_row(_("荣誉"), ([Word(honour) for honour in content.honours] for content in contents)),
        ]
    )


def _term(term: Any) -> list[Word]:
    return [Word(str(term), term.get_absolute_url())] if term else []


def _text(text: str) -> list[Word]:
    return [Word(text)] if text else []
