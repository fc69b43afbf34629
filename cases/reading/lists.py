"""The numbers and bullets a browser shows before the items of a list."""

from __future__ import annotations

import re

from cases.reading.counting import numeral
from cases.reading.tree import Node, Tree

_FORMS = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([a-z-]+)")
_COMMA = ("cjk-", "simp-chinese", "trad-chinese", "japanese-")  # forms whose numbers 、 follows
_NUMBERED = re.compile(
    r"[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})(?:[、.．）)]|是)|[①-⑳⑴-⒛●•■◆·]|第[一二三四五六七八九十]{1,3}|首先|其次"
)
_BULLET = "●"
_SHORTEST_ITEM = 12  # characters that the items of a list have on average; shorter ones are links and labels
_LABELLED = re.compile(r"[^，。]{1,8}[：:]")


class Lists:
    """Counts the items of the lists of a page."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._next: dict[int, int] = {}  # list → number of its next item
        self._bulleted: dict[int, bool] = {}

    def label(self, index: int) -> str:
        """What stands before an item, "" when nothing does or the item says its number itself. Counts it."""
        item = self._tree.nodes[index]
        above = self._tree.nodes[item.parent]
        words = self._tree.text(index)[:12] if item.end - index < 400 else ""
        own = bool(_NUMBERED.match(words))
        if above.tag == "ol":
            number = self._count(item, above)
            return "" if own else _numbered(number, _form(item) or _form(above) or "decimal")
        if above.tag != "ul" or own or _form(item) == "none" or _LABELLED.match(words):
            return ""
        return f"{_BULLET} " if self._is_bulleted(item.parent) else ""

    def _count(self, item: Node, above: Node) -> int:
        number = _integer(item.attributes.get("value")) if "value" in item.attributes else None
        if number is None:
            start = _integer(above.attributes.get("start"))
            number = self._next.get(item.parent, 1 if start is None else start)
        self._next[item.parent] = number + 1
        return number

    def _is_bulleted(self, index: int) -> bool:
        """True for a list whose items are text rather than links."""
        if index not in self._bulleted:
            items = max(1, sum(self._tree.nodes[child].tag == "li" for child in self._tree.children(index)))
            words = self._tree.words(index)
            shown = _form(self._tree.nodes[index]) != "none"
            self._bulleted[index] = (
                shown and words >= items * _SHORTEST_ITEM and self._tree.linked(index) * 2 < max(1, words)
            )
        return self._bulleted[index]

    @staticmethod
    def sign(text: str) -> str:
        """The number or bullet Word wrote before a paragraph; letters that only its fonts of symbols show as ●."""
        plain = text.replace("\xa0", " ").strip()
        if not plain:
            return ""
        if re.fullmatch(r"[a-zA-Z§ØüÜ·\ue000-\uf8ff¨v]", plain):
            return f"{_BULLET} "
        return plain if plain[-1] in "、）．。" else f"{plain} "


def _numbered(number: int, form: str) -> str:
    if form in ("none", "disc", "circle", "square"):
        return "" if form == "none" else f"{_BULLET} "
    return numeral(number, form) + ("、" if form.startswith(_COMMA) else ". ")


def _form(node: Node) -> str:
    """How a list is numbered, in the names of CSS; "" when it does not say."""
    style = _STYLE.search(node.style)
    return style[1] if style else _FORMS.get(node.attributes.get("type", ""), "")


def _integer(text: str | None) -> int | None:
    return int(text) if text and re.fullmatch(r"-?\d{1,6}", text.strip()) else None
