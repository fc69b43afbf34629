"""The text of a web page: saved in a file, in a .mht or .zip with its pictures, or pasted from Word or a browser.

The article is kept and the page round it left out where that is certain; what is left of it the parser
knows by its words. Block elements end lines, the numbers a browser shows before the items of a list are
written, tables become rows. Nothing is fetched: pictures come from data: addresses and from `pictures`.
"""

from __future__ import annotations

import base64
import binascii
import codecs
import re
from collections.abc import Mapping
from urllib.parse import unquote, unquote_to_bytes

from cases.reading.article_body import Extent, article_extent
from cases.reading.encodings import check_words, decoded, is_binary
from cases.reading.files import Reading, ReadingError
from cases.reading.lists import Lists
from cases.reading.page_head import PageHead, own_title, read_head
from cases.reading.pictures import Pictures, kind_of
from cases.reading.tree import Node, Tree, read_tree
from cases.reading.writing import Line, Writer

_CHARSET = re.compile(rb"<meta\b[^<>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,20})", re.IGNORECASE)
_WHERE_CHARSET = 16_384  # bytes at the beginning of a page
_FRAGMENT = re.compile(r"<!--\s*StartFragment\s*-->(.*?)(?:<!--\s*EndFragment\s*-->|\Z)", re.IGNORECASE | re.DOTALL)
_WHOLE = re.compile(r"<(?:html|head|body)\b", re.IGNORECASE)
_OFFICE = re.compile(r"urn:schemas-microsoft-com:office:word|content=[\"']?(?:Word\.Document|Microsoft Word|WPS )")
_DATA = re.compile(r"data:image/[a-z+.-]{2,20}(?:;[a-z0-9=-]{1,40})*?(;base64)?,", re.IGNORECASE)
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)")
_NOT_BOLD = re.compile(r"font-weight\s*:\s*(?:normal|[1-4]00)")
_CENTRED = re.compile(r"text-align\s*:\s*center")
_SIZE = re.compile(r"font-size\s*:\s*(\d{1,3}(?:\.\d{1,2})?)\s*(pt|px)")
_DATE = re.compile(r"\d{4}\s*[-/.年]\s*\d{1,2}")
_SOURCE = re.compile(r"来源|稿源|发布机构|发布单位")
_BLOCKS = frozenset(
    "address article blockquote body caption center dd details div dl dt fieldset figcaption figure form h1 h2 h3 h4 "
    "h5 h6 header hgroup hr legend li main menu ol p pre section summary table tbody tfoot thead tr ul".split()
)
_BOLD_TAGS = ("b", "strong")
_SUPERSCRIPT = str.maketrans("23", "²³")
_SOURCES = ("data-src", "data-original", "data-lazy-src", "src")  # where a page says which picture it means
_HEAD_LINES, _LONG_LINE, _SHORTEST_TITLE = 12, 60, 6


def read_html(name: str, data: bytes, pictures: Mapping[str, bytes] | None = None) -> Reading:
    """The reading of a saved page. Raises ReadingError for bytes that are no text and for a page without words."""
    return html_reading(name, _decoded_page(name, data), pictures=pictures)


def html_reading(name: str, html: str, pictures: Mapping[str, bytes] | None = None) -> Reading:
    """The reading of a page or a piece of one; `pictures` holds those beside it, by the addresses it calls them."""
    fragment = _FRAGMENT.search(html)
    head, tree = read_head(html), read_tree(fragment[1] if fragment else html)
    writing = _Writing(tree, pictures or {})
    if fragment or not _WHOLE.search(html) or _OFFICE.search(html[:20_000]):
        writing.write(Extent(0, len(tree.nodes), frozenset()))
    else:
        writing.write(article_extent(tree, [head.title, head.page_title]))
        _complete(writing.writer, head)
    reading = writing.writer.reading(notes=writing.pictures.notes(), address=head.address)
    check_words(name, reading.text)
    return reading


def _decoded_page(name: str, data: bytes) -> str:
    """The page by its byte order mark, by what it says of itself, else as any text."""
    said = _CHARSET.search(data[:_WHERE_CHARSET])
    if said is None or data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or is_binary(data):
        return decoded(name, data)
    encoding = said[1].decode("ascii").lower()
    if encoding in ("gb2312", "gbk", "gb18030", "x-gbk", "gb_2312-80"):
        encoding = "gb18030"
    for one in ("utf-8", encoding):  # text of another encoding is never UTF-8 by accident
        try:
            return data.decode(one)
        except (UnicodeDecodeError, LookupError):
            continue
    try:
        return decoded(name, data)
    except ReadingError:
        text = data.decode("utf-8" if encoding in ("utf-8", "utf8") else "gb18030", errors="replace")
        if text.count("\ufffd") * 200 > len(text):
            raise
        return text


def _complete(writer: Writer, head: PageHead) -> None:
    """Put the title, the date and the source before the text when only the head of the page tells them.

    They are written as pages print them, although these lines are not the author's: the text is all that is kept
    of a page and all that the parser is given, now and whenever the article is read again, and so the editor sees
    them in their place and can correct them. They open the text as a line of facts, of which nothing enters the
    text of a case. To hand them over beside the text would take a column of what was received and an argument
    of every reading of it.
    """
    writer.end_line()
    lines = [line for line in writer.lines if line.text]
    top = "".join("".join(line.text.split()) for line in lines[:_HEAD_LINES])
    facts = [line.text for line in (*lines[:_HEAD_LINES], *lines[-5:]) if len(line.text) <= _LONG_LINE]
    missing = []
    if head.published and not any(map(_DATE.search, facts)):
        missing.append(f"发布时间：{head.published.replace('T', ' ')[:16].strip()}")
    if head.source and not any(map(_SOURCE.search, facts)):
        missing.append(f"来源：{head.source}")
    title, at = own_title(head), 0
    whole = "".join((head.title + head.page_title).split())
    told = [place for place, line in enumerate(writer.lines[:30]) if _is_title(line, whole)]
    if told:
        at = told[0] + 1
    elif title and "".join(title.split()) not in top and (head.title or not _opens_with_headline(lines)):
        writer.lines.insert(0, Line(title, level=1))
        at = 1
    if missing:
        writer.lines.insert(at, Line(" ".join(missing)))


def _is_title(line: Line, whole: str) -> bool:
    """True for a line whose words are in the titles the page gives itself."""
    words = "".join(line.text.split())
    return len(words) >= _SHORTEST_TITLE and words in whole


def _opens_with_headline(lines: list[Line]) -> bool:
    """True when the first line is neither a sentence nor facts: then the title of the page may be but the site's."""
    first = lines[0].text if lines else "。"
    return len(first) <= _LONG_LINE and "。" not in first and not _DATE.search(first) and not _SOURCE.search(first)


class _Writing:
    """Writes the nodes of a page down, one after the other."""

    def __init__(self, tree: Tree, beside: Mapping[str, bytes]) -> None:
        self.tree = tree
        self.beside = beside
        self.writer = Writer()
        self.pictures = Pictures(self.writer)
        self.lists = Lists(tree)
        self.open: list[int] = []
        self.looks: list[tuple[bool, float]] = [(False, 0)]  # bold, size: of the page and of each element that is open
        self.level = 0
        self.centred = False
        self.label = ""  # of the list item whose first line is open
        self.rows: list[bool] = []
        self.preformatted = 0

    def write(self, extent: Extent) -> None:
        nodes, at = self.tree.nodes, extent.start
        while at < extent.end:
            self.close(at)
            node = nodes[at]
            if at in extent.left_out or self.is_note_mark(at):
                at = node.end
                continue
            if node.tag:
                self.enter(at, node)
            else:
                self.words(node)
            at += 1
        self.close(len(nodes))

    def close(self, at: int) -> None:
        """Leave the elements that end before a node."""
        while self.open and self.tree.nodes[self.open[-1]].end <= at:
            self.leave(self.open.pop())

    def is_note_mark(self, at: int) -> bool:
        node = self.tree.nodes[at]
        return (
            node.tag == "sup"
            and node.end - at < 5
            and bool(re.fullmatch(r"\[\d{1,3}\]|[〔【]\d{1,3}[〕】]", self.tree.text(at)[:8]))
        )

    # words

    def words(self, node: Node) -> None:
        parent = self.tree.nodes[node.parent]
        text = node.text
        bold, size = self.looks[-1]
        if parent.tag == "sup" and text in ("2", "3"):
            text = text.translate(_SUPERSCRIPT)
        if self.is_list_sign(node.parent):
            text = self.lists.sign(text)
        if self.preformatted and "\n" in text:
            for line in text.split("\n"):
                self.writer.flow(line, bold=bold, size=size)
                self.end_line()
        else:
            self.writer.flow(text, bold=bold, size=size)

    def is_list_sign(self, index: int) -> bool:
        """True within the number or bullet that Word writes before a paragraph of a list."""
        return any(
            "mso-list:ignore" in self.tree.nodes[above].style.replace(" ", "")
            for above, _ in zip(self.tree.ancestors(index), range(3), strict=False)
        )

    def end_line(self) -> None:
        empty = self.writer.is_empty
        self.writer.end_line(self.level, centred=self.centred, label="" if empty else self.label)
        if not empty:
            self.label = ""

    # elements

    def enter(self, at: int, node: Node) -> None:
        tag = node.tag
        self.open.append(at)
        self.looks.append(self.look(node))
        if tag in _BLOCKS:
            self.end_line()
            self.centred = bool(
                _CENTRED.search(node.style) or node.attributes.get("align", "").lower() == "center" or tag == "center"
            )
        if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":
            self.level = int(tag[1])
        elif tag == "br":
            self.break_line()
        elif tag == "img":
            self.picture(node)
        elif tag == "li":
            self.label = self.lists.label(at)
        elif tag == "pre":
            self.preformatted += 1
        elif tag == "tr":
            self.rows.append(self.writer.open_row())
        elif tag in ("td", "th") and self.rows and self.rows[-1]:
            self.end_line()
            self.writer.open_cell()

    def look(self, node: Node) -> tuple[bool, float]:
        bold, size = self.looks[-1]
        style = node.style
        if style and _NOT_BOLD.search(style):
            bold = False
        elif node.tag in _BOLD_TAGS or (style and _BOLD.search(style)):
            bold = True
        found = _SIZE.search(style) if style else None
        if found:
            size = float(found[1]) * (1 if found[2] == "pt" else 0.75)
        return bold, size

    def leave(self, at: int) -> None:
        node = self.tree.nodes[at]
        tag = node.tag
        self.looks.pop()
        if tag in ("td", "th") and self.rows and self.rows[-1]:
            self.end_line()
            self.writer.close_cell()
        elif tag in _BLOCKS:
            if tag == "p" and not self.rows and self.writer.is_empty and not self.tree.words(at):
                self.end_line()
                self.writer.gap()
            self.end_line()
            self.centred = False
        if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":
            self.level = 0
        elif tag == "li":
            self.label = ""
        elif tag == "pre":
            self.preformatted -= 1
        elif tag == "tr" and self.rows.pop():
            self.writer.close_row()

    def break_line(self) -> None:
        """A line break; within the heading of a section a blank, so that the heading stays one."""
        if self.level > 1:
            self.writer.flow(" ")
        elif self.writer.is_empty and not self.rows:
            self.end_line()
            self.writer.gap()
        else:
            self.end_line()

    # pictures

    def picture(self, node: Node) -> None:
        """Take a picture that is here; count one that is not, unless it is too small to be more than a sign."""
        addresses = [node.attributes[key].strip() for key in _SOURCES if node.attributes.get(key, "").strip()]
        alt = node.attributes.get("alt", "")
        sizes = [node.attributes.get(side, "").removesuffix("px") for side in ("width", "height")]
        if any(size.isdecimal() and len(size) < 3 and int(size) < 32 for size in sizes):
            return
        here = [(data, address) for address in addresses if (data := self.data(address)) is not None]
        here.sort(key=lambda found: not kind_of(found[0]))  # beside a stand-in the picture itself may be here
        on_web = any(re.match(r"(?:https?:)?//", address, re.IGNORECASE) for address in addresses)
        if here and (kind_of(here[0][0]) or not on_web):
            data, address = here[0]
            self.pictures.take(data, "" if address.startswith("data:") else unquote(address.partition("?")[0]), alt)
        elif addresses:
            self.pictures.leave("elsewhere" if on_web else "missing")

    def data(self, address: str) -> bytes | None:
        """The bytes of a picture that came with the page; None for one that is elsewhere."""
        inline = _DATA.match(address)
        if inline:
            try:
                rest = address[inline.end() :]
                return base64.b64decode(unquote(rest)) if inline[1] else unquote_to_bytes(rest)
            except (binascii.Error, ValueError):
                return None
        plain = unquote(address.partition("#")[0]).replace("\\", "/")
        for one in (address, plain, plain.partition("?")[0], plain.partition("?")[0].removeprefix("./")):
            if one in self.beside:
                return self.beside[one]
        return None
