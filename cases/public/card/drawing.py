"""The picture of a case that is shown where its address is passed on: title, place, day, its strongest number."""

from __future__ import annotations

import functools
import io
import re
from dataclasses import dataclass

from PIL import Image, ImageDraw

from cases.presenting.line_breaking import break_lines
from cases.public.card.fonts import Font, font, has_chinese

FORM = 2  # to be raised when the same card is drawn in another way
SIZE = WIDTH, HEIGHT = 1200, 630  # what Open Graph asks for
MARGIN = 80
COLOURS = {  # those of tokens.css, light: who shows the card has one picture for all
    "paper": "#fbfaf7",
    "ink": "#1c2430",
    "quiet": "#5b6675",
    "rule": "#e3e0d8",
    "main": "#1f4e79",
    "evidence": "#f6d66b",
}
_SHADES = 48  # colours kept: few, so that the file is small


@dataclass(frozen=True, slots=True)
class Card:
    """The words of a card; any may be ""."""

    site: str
    title: str
    facts: str = ""  # place and day
    number: str = ""  # 7 → 2
    unit: str = ""  # 个工作日
    label: str = ""  # what the number says


@functools.lru_cache(maxsize=200)
def draw_card(card: Card) -> bytes:
    """The card as PNG, below 60 KB. Without a Chinese font it bears what other fonts know: the numbers."""
    image = Image.new("RGB", SIZE, COLOURS["paper"])
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, WIDTH, 12), fill=COLOURS["main"])
    _mark(pen, MARGIN, 66)
    _write(pen, (MARGIN + 66, 90), card.site, font(True, 32), "ink", "lm")
    _write(pen, (WIDTH - MARGIN, 90), card.facts, font(False, 28), "quiet", "rm")
    _title(pen, card.title, top=160, bottom=410 if card.number or card.label else 560)
    if card.number or card.label:
        _number(pen, card)
    return _png(image)


def _mark(pen: ImageDraw.ImageDraw, left: int, top: int) -> None:
    """The icon of the site, 48 × 48."""
    unit = 48 / 32

    def box(colour: str, *corners: float, radius: float = 0) -> None:
        x1, y1, x2, y2 = (corner * unit for corner in corners)
        place = (left + x1, top + y1, left + x2 - 1, top + y2 - 1)
        pen.rounded_rectangle(place, radius * unit, fill=COLOURS[colour])

    box("main", 0, 0, 32, 32, radius=6)
    for x in (8, 17):
        box("paper", x, 8, x + 7, 24)
    for x, y in ((10, 11.3), (10, 14.7), (19, 11.3)):
        box("main", x, y, x + 3, y + 1.4)
    box("evidence", 19, 18, 22, 21)


def _title(pen: ImageDraw.ImageDraw, title: str, *, top: int, bottom: int) -> None:
    """In the largest size at which it stands whole, at most three lines."""
    words = _drawable(title)
    for size in (88, 68, 58, 50):
        face = font(True, size)
        lines = break_lines(words, WIDTH - 2 * MARGIN, face.getlength, most=3)
        if len(lines) * size * 1.35 <= bottom - top and not (lines and lines[-1].endswith("\u2026")):
            break
    for place, line in enumerate(lines):
        _write(pen, (MARGIN, top + place * size * 1.35), line, face, "ink", "lt")


def _number(pen: ImageDraw.ImageDraw, card: Card) -> None:
    """The number large, its unit small on the same line, its label below."""
    pen.line((MARGIN, 424, WIDTH - MARGIN, 424), fill=COLOURS["rule"], width=2)
    room = WIDTH - 2 * MARGIN
    number, unit = _drawable(card.number), _drawable(card.unit)
    for size in (100, 84, 60, 40):
        large, small = font(True, size), font(False, max(28, size // 3 + 4))
        if large.getlength(number) + 14 + small.getlength(unit) <= room:
            break
    _write(pen, (MARGIN, 536), number, large, "main", "ls")
    start = MARGIN + large.getlength(number) + 14 if number else MARGIN
    unit = next(iter(break_lines(unit, max(room - start + MARGIN, 1), small.getlength, most=1)), "")
    _write(pen, (start, 536), unit, small, "main", "ls")
    label = next(iter(break_lines(_drawable(card.label), room, font(False, 30).getlength, most=1)), "")
    _write(pen, (MARGIN, 586), label, font(False, 30), "quiet", "ls")


def _write(
    pen: ImageDraw.ImageDraw, place: tuple[float, float], words: str, face: Font, colour: str, anchor: str
) -> None:
    pen.text(place, _drawable(words), font=face, fill=COLOURS[colour], anchor=anchor)


def _drawable(words: str) -> str:
    """What the fonts of this machine can draw of them."""
    return words if has_chinese() else " ".join(re.sub(r"[^!-~]", " ", words).split())


def _png(image: Image.Image) -> bytes:
    file = io.BytesIO()
    image.quantize(_SHADES, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return file.getvalue()
