"""The checks of `cases.checking` with what this site knows: its word rules, its departments, its dead links.

They run while somebody writes, when a text is saved, and again before it is submitted or published: a rule that was
made since, or a link that died since, counts then.
"""

from __future__ import annotations

import csv
import functools
from collections.abc import Iterable
from pathlib import Path

from cases.checking.all_checks import check
from cases.checking.findings import BLOCKS, HINT, REPLACE, CheckWords, Finding, FormerName, Rule, all_texts
from cases.checking.links import addresses_of
from cases.checking.words import find_words
from cases.content import CaseContent, gettext_noop
from cases.editing.duplicates import likely_duplicates
from cases.editing.inspection.links import surely_dead
from cases.editing.requirements import Remark, advice, missing_to_publish
from cases.models import Case, Department, User, WordRule
from cases.models.words import WordLevel
from cases.parsing.result import DepartmentWord, Words
from cases.vocabulary import shipped_words

_DATA = Path(__file__).parent.parent / "data"
_LEVELS = {WordLevel.FORBIDDEN: BLOCKS, WordLevel.REPLACE: REPLACE, WordLevel.HINT: HINT}


# What blocks


def blocking(content: CaseContent) -> list[Remark]:
    """What keeps a case from its reviewers and readers: what is missing, and words that must not stand in it."""
    return blocking_each([content])[0]


def blocking_each(contents: Iterable[CaseContent]) -> list[list[Remark]]:
    """`blocking` of each of these; one query however many."""
    rules = _forbidden()
    return [missing_to_publish(content) + _forbidden_words(content, rules) for content in contents]


def _forbidden_words(content: CaseContent, rules: tuple[Rule, ...]) -> list[Remark]:
    return [Remark(found.message, found.path, found.params) for found in find_words(all_texts(content), rules)]


def _forbidden() -> tuple[Rule, ...]:
    return tuple(_rule(row) for row in WordRule.objects.filter(is_active=True, level=WordLevel.FORBIDDEN))


# Everything


def check_case(
    content: CaseContent, *, by: User, case: Case | None = None, with_duplicates: bool = True
) -> list[Finding]:
    """Everything there is to look at in a text, what blocks first; three queries, and three to six for duplicates.

    `case` is the one it is the text of; cases that are like it are named as far as the person may see them.
    """
    found = check(content, words=known_words(content))
    blocks = [_finding(remark, BLOCKS) for remark in missing_to_publish(content)]
    hints = [_finding(remark, HINT) for remark in advice(content)]
    told = {finding.path for finding in found if finding.level == BLOCKS}
    found = [*(finding for finding in blocks if finding.path not in told), *found]
    return [
        *found,
        *(hint for hint in hints if not _is_told(hint.path, found)),
        *(_duplicates(content, by=by, case=case) if with_duplicates else ()),
    ]


def _finding(remark: Remark, level: str) -> Finding:
    return Finding(remark.path, level, remark.message, remark.params)


def _is_told(path: str, found: Iterable[Finding]) -> bool:
    """True when something is said of a field already, or of one of a list."""
    return any(finding.path == path or finding.path.startswith(f"{path}[") for finding in found)


def _duplicates(content: CaseContent, *, by: User, case: Case | None) -> list[Finding]:
    likely = likely_duplicates(content, but=[case.pk] if case else [])
    if not likely:
        return []
    seen = set(Case.objects.visible_to(by).filter(pk__in=[one.case for one in likely]).values_list("pk", flat=True))
    return [_duplicate(one.title if one.case in seen else "") for one in likely]


def _duplicate(title: str) -> Finding:
    """`title` is "" for a case that the person may not see."""
    message = gettext_noop("可能和已有的案例重复：%(title)s")
    hidden = gettext_noop("可能和已有的一个案例重复，它不在您负责的地区和部门之内")
    return Finding("title", HINT, message if title else hidden, {"title": title})


# What the site knows


def known_words(content: CaseContent) -> CheckWords:
    """What the checks are given for a text; three queries, two if it names no address."""
    rules = tuple(_rule(row) for row in WordRule.objects.filter(is_active=True))
    departments = Department.objects.current().values_list("slug", "name", "aliases")
    return CheckWords(
        rules=rules + _slips(frozenset(rule.words for rule in rules)),
        vocabulary=_vocabulary(tuple((slug, name, tuple(aliases)) for slug, name, aliases in departments)),
        former=_former_names(),
        dead=_dead(addresses_of(content)),
    )


def _rule(row: WordRule) -> Rule:
    return Rule(row.words, _LEVELS[WordLevel(row.level)], row.replacement, tuple(row.allowed), row.note)


@functools.lru_cache(maxsize=2)
def _vocabulary(departments: tuple[tuple[str, str, tuple[str, ...]], ...]) -> Words:
    """The divisions that ship with the site, which nobody edits, and the departments as they are called here."""
    return Words(regions=shipped_words().regions, departments=tuple(DepartmentWord(*row) for row in departments))


@functools.lru_cache(maxsize=2)
def _slips(but: frozenset[str]) -> tuple[Rule, ...]:
    """Slips of the pen that ship with the site, except words for which the site has a rule of its own."""
    rows = [row for row in _rows("typos.csv") if row["words"] not in but]
    return tuple(Rule(row["words"], REPLACE, row["replacement"], _split(row["allowed"])) for row in rows)


@functools.cache
def _former_names() -> tuple[FormerName, ...]:
    rows = _rows("former_names.csv")
    return tuple(FormerName(row["name"], row["present"], int(row["since"]), _split(row["allowed"])) for row in rows)


def _rows(name: str) -> list[dict[str, str]]:
    with (_DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _split(words: str) -> tuple[str, ...]:
    return tuple(filter(None, words.split("|")))


def _dead(addresses: set[str]) -> frozenset[str]:
    if not addresses:
        return frozenset()
    return frozenset(surely_dead().filter(address__in=addresses).values_list("address", flat=True))
