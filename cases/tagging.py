"""How an editor's line of tags becomes words, and words a line again.

taggit splits at commas and blanks only. Chinese editors also write ， 、 ； and ;, and a tag may
hold a blank or a comma of its own when it stands in quotes: AI审批、“一件事”, "C, C++".
"""

import re
from collections.abc import Iterable

_PIECES = re.compile(r'"([^"]*)"|([^,，、;；\n"]+)')
_SEPARATORS = re.compile(r'[,，、;；\n"]')


def tags_from_text(text: str | None) -> list[str]:
    """The words of a line, in order, each once whatever its case.

    >>> tags_from_text('四好农村路、"AI 审批"， 治超')
    ['四好农村路', 'AI 审批', '治超']
    """
    words: dict[str, str] = {}
    for quoted, plain in _PIECES.findall(text or ""):
        word = " ".join((quoted or plain).split())
        if word:
            words.setdefault(word.lower(), word)
    return list(words.values())


def text_from_tags(tags: Iterable[object]) -> str:
    """A line that `tags_from_text` reads back as the same words; takes words or rows with a `name`."""
    words = [str(getattr(tag, "name", tag)) for tag in tags]
    return "，".join(f'"{word}"' if _SEPARATORS.search(word) else word for word in words)
