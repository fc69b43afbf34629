"""Saying what is Chinese on a page of another language, so that a voice reads it as Chinese (WCAG 3.1.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator

LANGUAGE = ' lang="zh-CN"'
_CHARACTER = r"[\u3001-\u303f\u3400-\u9fff\uf900-\ufaff\uff01-\uff5e]"
_RUN = re.compile(rf"{_CHARACTER}(?:[^A-Za-z]*[\u3001-\u9fff\uff01-\uff5e])?")
_LATIN = re.compile(r"[A-Za-z]")
_TOKEN = re.compile(r"<!--.*?-->|<(?:script|style|title)\b.*?</(?:script|style|title)>|<[^>]*>|[^<]+", re.DOTALL)
_OPENING = re.compile(r"<([a-z][a-z0-9]*)\b")
_IN_CHINESE = re.compile(r'\slang="zh')
_WITHOUT_CONTENT = {"br", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_TEXT_ALONE = {"option", "textarea"}  # they hold no elements: the whole says what it is
_TYPED = re.compile(r'\svalue="([^"]*)"')


def mark_runs(text: str) -> str:
    """The text, which is escaped, with a span about each run of Chinese.

    >>> mark_runs("Cases in 漯河市")
    'Cases in <span lang="zh-CN">漯河市</span>'
    """
    return _RUN.sub(rf"<span{LANGUAGE}>\g<0></span>", text)


def mark_page(html: str) -> str:
    """The page with all Chinese text marked that is not marked yet; an element with nothing else bears the mark itself.

    >>> mark_page('<p>漯河</p><p>in 漯河</p><p lang="zh-CN">在<b>漯河</b></p>')
    '<p lang="zh-CN">漯河</p><p>in <span lang="zh-CN">漯河</span></p><p lang="zh-CN">在<b>漯河</b></p>'
    """
    return "".join(_marked(_TOKEN.findall(html)))


def _marked(tokens: list[str]) -> Iterator[str]:
    within: list[str] = []  # elements that are open: one that says it is Chinese, and those in it
    bears_mark = False  # the element of which the next text is the whole
    for place, token in enumerate(tokens):
        name = _name_of(token)
        if within:
            _step(within, token, name)
            yield token
        elif name:
            bears_mark = _is_all_chinese(name, tokens[place + 1 : place + 3])
            is_marked = bool(_IN_CHINESE.search(token))
            if is_marked:
                _step(within, token, name)
            needs_mark = not is_marked and (bears_mark or _is_typed_chinese(name, token))
            yield f"<{name}{LANGUAGE}{token[len(name) + 1 :]}" if needs_mark else token
        else:
            yield token if bears_mark or token.startswith("<") else mark_runs(token)
            bears_mark = False


def _step(within: list[str], token: str, name: str) -> None:
    """Go into an element, or out of it and of those in it that were not closed."""
    closed = token[2:-1].strip() if token.startswith("</") else ""
    if name and name not in _WITHOUT_CONTENT and not token.endswith("/>"):
        within.append(name)
    elif closed in within:
        del within[len(within) - 1 - within[::-1].index(closed) :]


def _name_of(token: str) -> str:
    """The name of the element that a token opens; "" for one that opens none, or is a whole script."""
    found = _OPENING.match(token)
    return "" if found is None or token.endswith(("</script>", "</style>", "</title>")) else found[1]


def _is_all_chinese(name: str, following: list[str]) -> bool:
    """Whether an element has nothing in it but one text, all of it Chinese; some Chinese, if it can hold no more."""
    if len(following) < 2 or following[1] != f"</{name}>" or following[0].startswith("<"):
        return False
    return bool(_RUN.search(following[0]) and (name in _TEXT_ALONE or not _LATIN.search(following[0])))


def _is_typed_chinese(name: str, token: str) -> bool:
    typed = _TYPED.search(token) if name == "input" and 'type="hidden"' not in token else None
    return bool(typed and _RUN.search(typed[1]))
