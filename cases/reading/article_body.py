"""Which part of a saved page is the article: its headline, the lines of facts under it, its text.

More is kept rather than less: the parser knows the furniture of pages by its words and takes it away.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from cases.reading.tree import Tree

# Where the systems that government sites run on, and WeChat, keep the text of an article.
_KNOWN = re.compile(
    r"(?:^|[\s])(?:js_content|trs_editor|trs_ueditor|trs_preappend|ucap-content|zoom|article-?content|article_content|"
    r"articlecontent|content-article|pages_content|view-content|news_content|newscontent|xxgk_content|"
    r"article-body|article_body|articlebody|main-content|con_text|artcontent|detail-content|detailcontent|"
    r"content_body|bt_content|vsb_content(?:_\d+)?|conzoom|font_?zoom)(?=\s|$)"
)
_FURNITURE = re.compile(
    r"share|breadcrumb|crumbs?(?:\b|_)|sidebar|side-bar|(?:^|[\s_-])(?:nav|menu|navbar|footer|foot|bottom|copyright|"
    r"pagination|pager|qrcode|ewm|erweima|related|recommend|xgyd|xglj|tuijian|hotnews|comments?|toolbar|"
    r"topbar|login|search|advert|ad)(?=[\s_-]|$)"
)
_INLINE = frozenset(["", "a", "b", "em", "font", "h1", "h2", "h3", "i", "p", "span", "strong", "u", "li", "blockquote"])
_BARS = frozenset(["div", "dl", "header", "li", "ol", "p", "table", "td", "tr", "ul"])
_ONLY_LINKS = 0.9
_TITLE_NAMES = re.compile(r"title|biaoti|headline|activity-name")
_KNOWN_SHARE, _SHARE = 0.4, 0.75  # of the sentences of the page that the text of the article holds
_MOST_FURNITURE = 0.3  # of the sentences of the page that a piece of furniture may hold
_LONGEST_TITLE, _MOST_NODES = 120, 60  # characters, nodes in a headline
_SHORTEST_TITLE = 6
_MOST_AROUND = 400  # characters round the headline and the text that are kept with them
_MOST_LINKS = 0.4  # share of links among them


@dataclass(frozen=True, slots=True)
class Extent:
    """The nodes from `start` to before `end`, without those that lie in nodes of `left_out`."""

    start: int
    end: int
    left_out: frozenset[int]


def article_extent(tree: Tree, titles: list[str]) -> Extent:
    """Where the article is on the page; `titles` are the names the page gives itself."""
    body = _body(tree)
    headline = _headline(tree, body, [title for title in map(_squeezed, titles) if title])
    start, end = _around(tree, body, headline)
    kept = set(tree.ancestors(body)) | (set(tree.ancestors(headline)) if headline is not None else set())
    left_out = [
        index
        for index in range(start, end)
        if tree.nodes[index].tag and index not in kept and _is_furniture(tree, index, body, headline)
    ]
    return Extent(start, end, frozenset(left_out))


def _is_furniture(tree: Tree, index: int, body: int, headline: int | None) -> bool:
    """True for a part of the page that is named as furniture, or that is but links and no line of facts."""
    node = tree.nodes[index]
    if _FURNITURE.search(node.names) and tree.prose(index) <= _MOST_FURNITURE * tree.prose(0):
        return True
    facts = body if headline is None else headline  # they stand between the headline and the text
    outside = index < facts or index >= tree.nodes[body].end
    return outside and node.tag in _BARS and tree.linked(index) > _ONLY_LINKS * tree.words(index)


def _body(tree: Tree) -> int:
    """The element that holds the text of the article."""
    total = tree.prose(0)
    known = [index for index, node in enumerate(tree.nodes) if node.attributes and _KNOWN.search(node.names)]
    fitting = [index for index in known if tree.prose(index) >= max(1, _KNOWN_SHARE * total)]
    if fitting:
        return fitting[0]
    at = 0
    while True:
        holds = [
            child
            for child in tree.children(at)
            if tree.nodes[child].tag not in _INLINE and tree.prose(child) >= max(1, _SHARE * total)
        ]
        if not holds:
            return at
        at = holds[0]


def _headline(tree: Tree, body: int, titles: list[str]) -> int | None:
    """The element nearest before the text whose words are a title of the page, else the last h1 before it."""
    heading = named = told = None
    for index in range(body):
        node = tree.nodes[index]
        if not node.tag or node.end > body or node.in_link or node.end - index > _MOST_NODES:
            continue
        size = tree.words(index)
        is_likely = _SHORTEST_TITLE <= size <= _LONGEST_TITLE and tree.words(node.parent) != size
        if not is_likely and node.tag != "h1":
            continue
        words = tree.text(index)
        if node.tag == "h1" and words:
            heading = index
        if len(words) >= _SHORTEST_TITLE and any(words in title for title in titles):
            told = index
        elif _TITLE_NAMES.search(node.names) and node.tag not in ("ul", "li"):
            named = index
    return next((found for found in (told, heading, named) if found is not None), None)


def _around(tree: Tree, body: int, headline: int | None) -> tuple[int, int]:
    """The stretch of nodes that holds the headline and the text, with little else."""
    if headline is None:
        best = body
        for index in tree.ancestors(body):
            if not _is_near(tree, index, tree.words(body)):
                break
            best = index
        return best, tree.nodes[best].end
    above = set(tree.ancestors(headline))
    block = next(index for index in tree.ancestors(body) if index in above)
    held = tree.words(headline, tree.nodes[body].end)
    if _is_near(tree, block, held):
        return block, tree.nodes[block].end
    return headline, _end_of_article(tree, body, block)


def _is_near(tree: Tree, index: int, held: int) -> bool:
    """True when a node holds little more than `held` characters, and few links in that."""
    more = tree.words(index) - held
    return more <= _MOST_AROUND and tree.linked(index) <= max(30, _MOST_LINKS * more + 0.2 * held)


def _end_of_article(tree: Tree, body: int, block: int) -> int:
    """Where the furniture after the text begins: the elements right after it that are no links stay."""
    best = body
    for index in tree.ancestors(body):
        if index == block or not _is_near(tree, index, tree.words(body)):
            break
        best = index
    return tree.nodes[best].end


def _squeezed(text: str) -> str:
    return "".join(text.split())
