"""The plain text of a page of the site, as headings and paragraphs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Block:
    text: str
    is_heading: bool = False


def text_blocks(body: str) -> list[Block]:
    """Blank lines part paragraphs, `## ` opens a heading; the lines of a paragraph stay lines.

    >>> text_blocks("## A\\n\\nB\\nC")
    [Block(text='A', is_heading=True), Block(text='B\\nC', is_heading=False)]
    """
    blocks: list[Block] = []
    paragraph: list[str] = []
    for line in [*body.replace("\r\n", "\n").split("\n"), ""]:
        is_heading = line.startswith("## ")
        if paragraph and (is_heading or not line.strip()):
            blocks.append(Block("\n".join(paragraph)))
            paragraph = []
        if is_heading:
            blocks.append(Block(line[3:].strip(), is_heading=True))
        elif line.strip():
            paragraph.append(line.strip())
    return blocks


def opening_of(blocks: list[Block], *, most: int = 120) -> str:
    """The first paragraph as one line, cut at `most` characters; "" for a page of headings alone."""
    line = next((" ".join(block.text.split()) for block in blocks if not block.is_heading), "")
    if len(line) <= most:
        return line
    kept = line[: most - 1]
    if kept[-1].isascii() and line[most - 1] != " " and " " in kept:
        kept = kept.rpartition(" ")[0]  # a word of English is not cut in two
    return kept.rstrip() + "…"
