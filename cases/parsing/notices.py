"""A notice that an article is attached to, and where it ends."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cases.parsing.headline import LONGEST_TITLE

_NOTICE = re.compile(r"(?:通知|通报|函|公告|简报)$|关于(?:印发|转发|推广|学习|做好)")
_NOTICE_BODY = re.compile(
    r"印发给|现(?:将|予)|请(?:认真|结合|各)|特此通知|各(?:县|市|区|省|有关|部门|单位|科室|乡镇)[^。]{0,40}：$"
)
_ATTACHED = re.compile(r"附件?[：:]?[\d一二三四五]?[：:、.]?$|附：.{4,60}$|附件[\d一二三四五]?[：:]?[^。；]{4,60}$")
_ATTACHED_ALONE = re.compile(r"附件?[\d一二三四五]?[：:、.]?")
_SHORTEST_ATTACHED = 80  # characters of an article under a notice


def attached_at(texts: Sequence[str]) -> int | None:
    """The line 附件 under a notice that an article follows; None in other texts."""
    opening = (at for at, text in enumerate(texts[:8]) if _NOTICE.search(text) and len(text) < LONGEST_TITLE)
    head = next(opening, None)
    if head is None or not any(map(_NOTICE_BODY.search, texts[head:])):
        return None
    left = sum(map(len, texts[head + 2 :]))
    said, found = False, []
    for at in range(head + 1, len(texts) - 2):
        left -= len(texts[at]) if at > head + 1 else 0
        said = said or bool(_NOTICE_BODY.search(texts[at]))
        if said and left > _SHORTEST_ATTACHED and _ATTACHED.match(texts[at]):
            found.append(at)
    alone = [at for at in found if _ATTACHED_ALONE.fullmatch(texts[at])]
    with_title = [at for at in found if not _ATTACHED.match(texts[at + 1])]
    return next(iter(alone or with_title), None)
