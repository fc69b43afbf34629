"""Every check of a case while it is written, in one call.

They read the content alone and what they are given to know; the same content always gives the same findings.
"""

from __future__ import annotations

from cases.checking.findings import BLOCKS, HINT, REPLACE, CheckWords, Finding, all_texts
from cases.checking.links import check_links, check_pictures, check_sources
from cases.checking.names import check_names, check_organization
from cases.checking.numbers import check_numbers
from cases.checking.words import find_words
from cases.content import CaseContent

_ORDER = {BLOCKS: 0, REPLACE: 1, HINT: 2}


def check(content: CaseContent, *, words: CheckWords) -> list[Finding]:
    """What there is to look at, what blocks first, then what has a better word, each in reading order."""
    fields = all_texts(content)
    found = [
        *find_words(fields, words.rules),
        *check_names(fields, words.vocabulary, words.former, content.published_at),
        *check_organization(content, words.vocabulary),
        *check_numbers(content),
        *check_sources(content),
        *check_links(content, words.dead),
        *check_pictures(content),
    ]
    return sorted(found, key=lambda finding: _ORDER[finding.level])
