"""A web page as a flat list of its elements and texts in document order, hidden ones left out.

Each node knows where what lies in it ends, so that a part of the page is a slice, and how much text a
part holds is the difference of two running sums. Nothing here calls itself, however deep a page is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

_DEEPEST = 500  # elements in one another, as browsers bound them; a parser needs quadratic time for more
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*)")
_WHOLE_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*)(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
# Elements that close themselves or one another, and so do not tell how deep the page is.
_UNCOUNTED = frozenset(
    "area base br col embed hr img input link meta param source track wbr p li dt dd tr td th tbody thead tfoot "
    "option optgroup rb rt rtc rp html head body".split()
)
_UNREAD = frozenset(
    "script style noscript template iframe object embed applet svg canvas video audio map select button textarea input "
    "datalist nav aside footer head title meta link rt rp del dialog frameset frame math".split()
)
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all")
_SHORTEST_PROSE = 15  # characters of a text that is more than a label


@dataclass(slots=True)
class Node:
    """An element, or a text, whose tag is ""."""

    tag: str
    parent: int  # index among the nodes; -1 for the first
    end: int = 0  # index of the first node that does not lie in it
    attributes: dict[str, str] = field(default_factory=dict)
    text: str = ""
    in_link: bool = False

    @property
    def style(self) -> str:
        return self.attributes.get("style", "").lower()

    @property
    def names(self) -> str:
        """Its id and classes, lower case."""
        return f"{self.attributes.get('id', '')} {self.attributes.get('class', '')}".lower()


class Tree:
    """The nodes of a page, with running sums of the text in them."""

    def __init__(self, nodes: list[Node]) -> None:
        self.nodes = nodes
        self._words = self._sums(lambda node: len(node.text.strip()))
        self._prose = self._sums(_prose)
        self._linked = self._sums(lambda node: len(node.text.strip()) if node.in_link else 0)

    def _sums(self, size: Callable[[Node], int]) -> list[int]:
        return [0, *accumulate(map(size, self.nodes))]

    def words(self, start: int, end: int | None = None) -> int:
        """How many characters stand in a node, or from one node to before another."""
        return self._words[self.nodes[start].end if end is None else end] - self._words[start]

    def prose(self, start: int, end: int | None = None) -> int:
        """How many of them are in sentences rather than labels and links."""
        return self._prose[self.nodes[start].end if end is None else end] - self._prose[start]

    def linked(self, index: int) -> int:
        """How many of them are links."""
        return self._linked[self.nodes[index].end] - self._linked[index]

    def text(self, index: int) -> str:
        """The words of a node without blanks."""
        return "".join("".join(node.text.split()) for node in self.nodes[index : self.nodes[index].end])

    def children(self, index: int) -> Iterator[int]:
        at = index + 1
        while at < self.nodes[index].end:
            yield at
            at = self.nodes[at].end

    def ancestors(self, index: int) -> Iterator[int]:
        """The node itself, then what it lies in, up to the page."""
        while index >= 0:
            yield index
            index = self.nodes[index].parent


def _prose(node: Node) -> int:
    size = len(node.text.strip())
    return size if not node.in_link and (size >= _SHORTEST_PROSE or "。" in node.text) else 0


def read_tree(html: str) -> Tree:
    """The visible part of a page."""
    try:
        body = LexborHTMLParser(shallow(html)).body
    except SelectolaxError:  # all it says when it gets no memory; any bytes are a page to it
        raise MemoryError from None
    walk = _Walk()
    if body is not None:
        walk.through(body)
    return Tree(walk.nodes)


class _Walk:
    """A walk through a page in document order, which notes whatever is seen."""

    def __init__(self) -> None:
        self.nodes = [Node("body", -1, end=1)]
        self._open = [0]  # indexes of the elements it is in, the outermost first

    def through(self, body: LexborNode) -> None:
        at = body.first_child
        while at is not None:
            child = self._enter(at)
            at = self._following(at) if child is None else child
        while self._open:
            self._leave()

    def _enter(self, at: LexborNode) -> LexborNode | None:
        """Note a text or an element; returns the first that lies in an element, which is open then."""
        index = self._open[-1]
        if at.is_text_node:
            text = at.text_content or ""
            self.nodes.append(Node("", index, len(self.nodes) + 1, text=text, in_link=self.nodes[index].in_link))
            return None
        node = _element(at.tag or "", at.attributes, self.nodes[index], index) if at.is_element_node else None
        if node is None:
            return None
        self.nodes.append(node)
        node.end = len(self.nodes)
        child = at.first_child
        if child is not None:
            self._open.append(len(self.nodes) - 1)
        return child

    def _following(self, at: LexborNode) -> LexborNode | None:
        """What follows a text or an element with all that lies in it; elements that end before are left."""
        above: LexborNode | None = at
        while above is not None and above.next is None and len(self._open) > 1:
            self._leave()
            above = above.parent
        return above.next if above is not None else None

    def _leave(self) -> None:
        self.nodes[self._open.pop()].end = len(self.nodes)


def _element(tag: str, attributes: dict[str, str | None], parent: Node, at: int) -> Node | None:
    """The node of an element; None for one that is not seen."""
    if tag in _UNREAD or "hidden" in attributes:
        return None
    told = {name: value or "" for name, value in attributes.items()}
    if "style" in told and _HIDDEN.search(told["style"].lower()):
        return None
    return Node(tag, at, attributes=told, in_link=parent.in_link or tag == "a")


def shallow(html: str) -> str:
    """The page without the tags that lie deeper than any page of a person does; their words stay."""
    depth = 0
    for match in _TAG.finditer(html):
        if match[2].lower() not in _UNCOUNTED:
            depth = max(0, depth - 1) if match[1] else depth + 1
            if depth > _DEEPEST:
                return _flattened(html)
    return html


def _flattened(html: str) -> str:
    depth, dropped = 0, 0

    def keep(match: re.Match[str]) -> str:
        nonlocal depth, dropped
        if match[2].lower() in _UNCOUNTED:
            return match[0]
        if not match[1]:
            if depth >= _DEEPEST:
                dropped += 1
                return "\n"
            depth += 1
        elif dropped:
            dropped -= 1
            return "\n"
        else:
            depth = max(0, depth - 1)
        return match[0]

    return _WHOLE_TAG.sub(keep, html)
