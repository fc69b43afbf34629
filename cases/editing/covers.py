"""Covers drawn by code: a quiet landscape whose motif follows what the case is about.

The same seed always gives the same picture. Nothing in it is text, so it needs no font and no translation.
"""

from __future__ import annotations

import functools
import io
import math
import random

from PIL import Image, ImageDraw

SIZE = (1200, 675)
SCALE = 2  # drawn larger and reduced, for smooth edges

Colour = tuple[int, int, int]
PAPER: Colour = (251, 250, 247)
SUN: Colour = (246, 214, 107)
# Sky above, ink of the nearest ridge: pairs of one family, calm beside the page's 黛蓝.
PALETTES: tuple[tuple[Colour, Colour], ...] = (
    ((226, 234, 241), (31, 78, 121)),
    ((231, 238, 233), (46, 98, 86)),
    ((240, 233, 226), (122, 74, 52)),
    ((234, 232, 242), (70, 66, 120)),
    ((238, 236, 226), (92, 88, 48)),
    ((228, 238, 242), (30, 98, 122)),
)


def draw_cover(seed: str, motif: str = "ridges") -> bytes:
    """A PNG of 1200 × 675. `motif` is one of MOTIFS; another word draws ridges alone."""
    chance = random.Random(seed)  # noqa: S311 - a picture, not a secret
    sky, ink = chance.choice(PALETTES)
    width, height = SIZE[0] * SCALE, SIZE[1] * SCALE
    picture = Image.new("RGB", (width, height), sky)
    draw = ImageDraw.Draw(picture)
    _draw_sky(draw, width, height, sky)
    _draw_sun(draw, chance, width, height)
    for layer in range(4):
        depth = (layer + 1) / 4
        _draw_ridge(draw, chance, width, height, 0.42 + 0.14 * layer, _between(sky, ink, 0.18 + 0.62 * depth**1.4))
        if layer == (3 if motif == "road" else 2):  # a road crosses the nearest hill, the rest stands behind it
            MOTIFS.get(motif, _draw_nothing)(draw, chance, width, height, _between(sky, ink, 0.62))
    kept = io.BytesIO()
    picture.resize(SIZE, Image.Resampling.LANCZOS).save(kept, "PNG")
    return kept.getvalue()


def _between(first: Colour, second: Colour, part: float) -> Colour:
    red, green, blue = (round(a + (b - a) * part) for a, b in zip(first, second, strict=True))
    return red, green, blue


def _draw_sky(draw: ImageDraw.ImageDraw, width: int, height: int, sky: Colour) -> None:
    for y in range(height):
        draw.line([(0, y), (width, y)], fill=_between(sky, PAPER, min(1.0, y / height * 1.6)))


def _draw_sun(draw: ImageDraw.ImageDraw, chance: random.Random, width: int, height: int) -> None:
    x, y, radius = chance.uniform(0.15, 0.85) * width, chance.uniform(0.16, 0.34) * height, 0.075 * height
    draw.ellipse([x - radius, y - radius, x + radius, y + radius], fill=SUN)


def _draw_ridge(
    draw: ImageDraw.ImageDraw, chance: random.Random, width: int, height: int, level: float, fill: Colour
) -> None:
    """A line of hills: a few waves of falling height, closed at the lower edge."""
    waves = [(chance.uniform(0.6, 1.2) * n, chance.uniform(0, math.tau), 0.07 / n) for n in (1, 2.3, 5.1)]
    points = [
        (x, height * (level - sum(a * math.sin(math.tau * f * x / width + p) for f, p, a in waves)))
        for x in range(0, width + 8, 8)
    ]
    draw.polygon([*points, (width, height), (0, height)], fill=fill)


def _draw_nothing(draw: ImageDraw.ImageDraw, chance: random.Random, width: int, height: int, fill: Colour) -> None:
    """Hills alone."""


def _draw_buildings(draw: ImageDraw.ImageDraw, chance: random.Random, width: int, height: int, fill: Colour) -> None:
    x = chance.uniform(0.08, 0.4) * width
    for _tower in range(chance.randint(6, 9)):
        wide, tall = chance.uniform(0.03, 0.055) * width, chance.uniform(0.18, 0.42) * height
        top = 0.84 * height - tall
        draw.rectangle([x, top, x + wide, height], fill=fill)
        for row in range(2, int(tall / (0.035 * height))):
            if chance.random() < 0.5:
                y = top + row * 0.035 * height
                draw.rectangle([x + wide * 0.25, y, x + wide * 0.42, y + 0.014 * height], fill=SUN)
        x += wide * chance.uniform(1.08, 1.4)


def _draw_road(draw: ImageDraw.ImageDraw, chance: random.Random, width: int, height: int, fill: Colour) -> None:
    start, bend = chance.uniform(0.2, 0.8), chance.uniform(-0.3, 0.3)
    left, right = [], []
    for step in range(61):
        near = step / 60
        centre = (start + bend * math.sin(near * math.pi) * (1 - near) + (0.5 - start) * near) * width
        half = (0.004 + 0.12 * near**2) * width
        y = (0.6 + 0.4 * near) * height
        left.append((centre - half, y))
        right.append((centre + half, y))
    draw.polygon([*left, *reversed(right)], fill=PAPER)


def _draw_network(draw: ImageDraw.ImageDraw, chance: random.Random, width: int, height: int, fill: Colour) -> None:
    knots = [(chance.uniform(0.08, 0.92) * width, chance.uniform(0.12, 0.62) * height) for _knot in range(13)]
    for x, y in knots:
        for near_x, near_y in sorted(knots, key=functools.partial(math.dist, (x, y)))[1:3]:
            draw.line([(x, y), (near_x, near_y)], fill=fill, width=3 * SCALE)
    for x, y in knots:
        radius = chance.uniform(0.01, 0.02) * height
        draw.ellipse([x - radius, y - radius, x + radius, y + radius], fill=fill, outline=PAPER, width=2 * SCALE)


def _draw_boats(draw: ImageDraw.ImageDraw, chance: random.Random, width: int, height: int, fill: Colour) -> None:
    for _boat in range(chance.randint(2, 4)):
        x, y, size = chance.uniform(0.1, 0.85) * width, chance.uniform(0.66, 0.76) * height, 0.05 * width
        draw.polygon(
            [(x, y), (x + size, y), (x + size * 0.8, y + size * 0.18), (x + size * 0.2, y + size * 0.18)], fill
        )
        draw.polygon([(x + size * 0.5, y - size * 0.75), (x + size * 0.5, y - 6), (x + size * 0.92, y - 6)], PAPER)


MOTIFS = {
    "ridges": _draw_nothing,
    "buildings": _draw_buildings,
    "road": _draw_road,
    "network": _draw_network,
    "boats": _draw_boats,
}
