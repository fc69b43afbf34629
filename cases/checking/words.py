"""Words that must not stand in a text, are better replaced, or want a second look."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from cases.checking.findings import BLOCKS, REPLACE, Field, Finding, Rule
from cases.content import gettext_noop
from cases.folding import fold
from cases.parsing.lexicon import Lexicon

SHORTEST = 2  # characters of the words of a rule: single ones stand in too many words

_MESSAGES = {
    BLOCKS: (gettext_noop("“%(words)s”不能使用"), gettext_noop("“%(words)s”不能使用：%(note)s")),
    REPLACE: (gettext_noop("“%(words)s”宜改为“%(fix)s”"), gettext_noop("“%(words)s”宜改为“%(fix)s”：%(note)s")),
}
_HINT = (gettext_noop("请留意“%(words)s”"), gettext_noop("请留意“%(words)s”：%(note)s"))


class Watch:
    """Rules ready to be looked for in texts, whatever their width, case or kind of characters."""

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        self._lexicon = Lexicon((fold(rule.words), (rule, tuple(_contexts(rule)))) for rule in rules)

    def find(self, text: str) -> Iterator[tuple[int, int, Rule]]:
        """The words of rules in a text, the longest at each place, not inside what is allowed."""
        folded, at = fold(text), 0
        while found := self._lexicon.find(folded, at):
            at, words, (rule, contexts) = found
            if any(at >= offset and folded.startswith(context, at - offset) for offset, context in contexts):
                at += 1
                continue
            yield at, at + len(words), rule
            at += len(words)


def _contexts(rule: Rule) -> Iterator[tuple[int, str]]:
    """Each context in which the words are fine, with each place in it where they stand; what replaces them is one."""
    words = fold(rule.words)
    for context in map(fold, (*rule.allowed, rule.replacement)):
        place = context.find(words)
        while place >= 0:
            yield place, context
            place = context.find(words, place + 1)


@functools.lru_cache(maxsize=2)
def watch_for(rules: tuple[Rule, ...]) -> Watch:
    """The rules made ready; the last ones are kept, as they change far more seldom than texts."""
    return Watch(rules)


def find_words(fields: list[Field], rules: tuple[Rule, ...]) -> Iterator[Finding]:
    """A finding for every place where words of a rule stand."""
    watch = watch_for(rules)
    for path, text in fields:
        for start, end, rule in watch.find(text):
            fix = rule.replacement if rule.level == REPLACE else None
            if fix == text[start:end]:
                continue  # written rightly already: the rule differs from it in width or case only
            params: dict[str, object] = {"words": text[start:end], "fix": rule.replacement, "note": rule.note}
            message = _MESSAGES.get(rule.level, _HINT)[bool(rule.note)]
            yield Finding(path, rule.level, message, params, start, end, fix)
