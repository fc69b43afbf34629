"""Lines that say who wrote an article or supplied it."""

from __future__ import annotations

import re

_CREDIT = re.compile(
    r"[（(]?(?:记者|通讯员|特约记者|本报记者|作者|供稿|撰稿|来源|文|图|文/图|图/文|编辑|责编|责任编辑|"
    r"供稿单位|报送单位|摄影|审核|校对|初审|复审|终审|监制)[：:/ ]?[^。；]{0,60}[）)]?"
)
_SUPPLIED = re.compile(
    r"[（(][^（）。，]{2,40}(?:供稿|报送|提供|供图|整理|推荐)[）)]|[（(][^（）。，]{4,40}(?:局|委|办|中心|"
    r"法院|公司|政府|厅|海关)[）)]"
)
_SUPPLIER = re.compile(r"[（(](?P<name>[^（）。，：]{4,40}?) ?(?:供稿|报送|提供|推荐)[）)]")
_REPORTER = re.compile(r"[（(]?(?:本报)?(?:记者|通讯员|作者)[：: ]?([^（）]{2,30})[）)]?$")
_REPORTERS = re.compile(
    r"[□■◎●○〇◇（(]?(?P<name>(?:(?:本报|本网|特约|见习|全媒体|融媒体?)?(?:记者|通讯员|实习生)[：:/ ]?"
    r"[^，。：；“”]{2,12}[；、 ]?){1,3})[）)]?"
)
_LONGEST = 40  # characters of a line of reporters


def is_credit(text: str) -> bool:
    """True for a line under an article that only tells who wrote, edited or supplied it."""
    written = bool(_CREDIT.fullmatch(text)) and bool(re.search("[：:（(/]|^(?:记者|通讯员)", text))
    return written or bool(_SUPPLIED.fullmatch(text))


def reporter_at_end(text: str) -> tuple[int, int] | None:
    """Where the names stand in （记者 徐某） and （德宏州商务局 供稿） under an article."""
    match = _REPORTER.match(text) or _SUPPLIER.fullmatch(text)
    return match.span(1) if match else None


def names_reporters(text: str) -> bool:
    """True for a line over an article that names the reporters: □ 本报记者 徐某."""
    return len(text) <= _LONGEST and bool(_REPORTERS.fullmatch(text))


def reporters(text: str) -> tuple[int, int] | None:
    """Where the names stand in such a line."""
    match = _REPORTERS.fullmatch(text)
    return match.span("name") if match else None
