"""Which published cases are meant: the words and facets of an address.

Pages, feeds, files and the API read the same parameters by the same rules: `q` holds words, `region`,
`department`, `theme`, `tag`, `year` and `kind` may each be given several times, `metrics=1` asks for cases with
metrics. A case is meant if it has one of the values of every facet asked for. `Hits` finds them.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from cases.content import KINDS
from cases.search.query import is_too_long

MOST_VALUES = 20  # of one facet
FACETS = ("region", "department", "theme", "tag", "year", "kind")  # their order in addresses

FACET_TITLES: Mapping[str, Any] = {  # for people
    "region": _("地区"),
    "department": _("部门"),
    "theme": _("主题"),
    "tag": _("标签"),
    "year": _("年份"),
    "kind": _("指标类型"),
}

_FORMS: Mapping[str, re.Pattern[str]] = {
    "region": re.compile(r"[0-9]{6}"),
    "department": re.compile(r"[a-z0-9_-]{1,80}", re.IGNORECASE),
    "theme": re.compile(r"[a-z0-9_-]{1,80}", re.IGNORECASE),
    "tag": re.compile(r"[^\0\ud800-\udfff]{1,100}"),
    "year": re.compile(r"(?:19|20)[0-9]{2}"),
    "kind": re.compile("|".join(filter(None, KINDS))),
}


class BadParameter(ValueError):
    """A parameter that no address of ours holds: `name` and a sentence for people."""

    def __init__(self, name: str, message: Any) -> None:
        super().__init__(str(message))
        self.name = name


@dataclass(frozen=True, slots=True)
class Selection:
    """Words and facets; empty it means every published case. Values of a facet are unique and in the order given."""

    text: str = ""
    region: tuple[str, ...] = ()  # codes; a division means all that it holds
    department: tuple[str, ...] = ()
    theme: tuple[str, ...] = ()
    tag: tuple[str, ...] = ()
    year: tuple[str, ...] = ()  # of the day a case is listed on
    kind: tuple[str, ...] = ()  # of metrics: a case has one of such a kind
    with_metrics: bool = False

    def __bool__(self) -> bool:
        return self != Selection()

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """The pairs of its address, always in the same order."""
        pairs = [("q", self.text)] if self.text else []
        pairs += [(facet, value) for facet in FACETS for value in getattr(self, facet)]
        return [*pairs, ("metrics", "1")] if self.with_metrics else pairs

    def address(self, path: str, **more: object) -> str:
        """`path` with the parameters of the selection, and others behind them."""
        query = urlencode([*self.parameters, *((name, str(value)) for name, value in more.items())])
        return f"{path}?{query}" if query else path

    def adding(self, facet: str, value: str) -> Selection:
        """With one more value of a facet."""
        return self._with(facet, tuple(dict.fromkeys([*getattr(self, facet), value])))

    def without(self, facet: str, value: str | None = None) -> Selection:
        """Without a value of a facet, or without the facet; `q` and `metrics` are facets here, too."""
        if facet in ("q", "metrics"):
            return dataclasses.replace(self, text="") if facet == "q" else dataclasses.replace(self, with_metrics=False)
        left = () if value is None else tuple(one for one in getattr(self, facet) if one != value)
        return self._with(facet, left)

    def _with(self, facet: str, values: tuple[str, ...]) -> Selection:
        return dataclasses.replace(self, **{facet: values})  # type: ignore[arg-type]  # a facet of several values


def read_selection(parameters: QueryDict) -> Selection:
    """The selection that an address asks for; other parameters are left alone.

    Raises BadParameter for a value that is none, for too many of them, and for too long a search.
    """
    text = " ".join(parameters.get("q", "").replace("\0", " ").split())
    if is_too_long(text):
        raise BadParameter("q", _("搜索的内容太长，请只留下最要紧的词。"))
    values: dict[str, Any] = {facet: _values(parameters, facet) for facet in FACETS}
    return Selection(text=text, **values, with_metrics=parameters.get("metrics", "") == "1")


def _values(parameters: QueryDict, facet: str) -> tuple[str, ...]:
    given = tuple(dict.fromkeys(value for value in parameters.getlist(facet) if value))
    if len(given) > MOST_VALUES:
        raise BadParameter(facet, _("一次最多选 %(most)d 个值。") % {"most": MOST_VALUES})
    for value in given:
        if not _FORMS[facet].fullmatch(value):
            message = _("地址中的%(title)s（参数“%(name)s”）无法识别，请重新选择。")
            raise BadParameter(facet, message % {"title": FACET_TITLES[facet], "name": facet})
    return given
