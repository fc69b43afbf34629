"""Draws the icons of the site that are no SVG, from the shapes of static/icon.svg: python bench/make_icons.py."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw

ROOT = Path(__file__).resolve().parent.parent
MAIN, PAPER, EVIDENCE = "#1f4e79", "#fbfaf7", "#f6d66b"
UNITS = 32  # of the SVG
FINER = 8  # drawn so much larger, then made smaller: smooth edges


def icon(size: int, *, is_whole_square: bool = False) -> Image.Image:
    """The icon; `is_whole_square` where the system cuts the corners itself."""
    scale = size * FINER / UNITS
    image = Image.new("RGBA", (size * FINER, size * FINER), MAIN if is_whole_square else (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)

    def box(colour: str, *corners: float, radius: float = 0) -> None:
        x1, y1, x2, y2 = (corner * scale for corner in corners)
        pen.rounded_rectangle((x1, y1, x2 - 1, y2 - 1), radius * scale, fill=colour)

    box(MAIN, 0, 0, 32, 32, radius=0 if is_whole_square else 6)
    box(PAPER, 8, 8, 15, 24)
    box(PAPER, 17, 8, 24, 24)
    for x, y in ((10, 12), (10, 15.5), (19, 12)):
        box(MAIN, x, y - 0.75, x + 3, y + 0.75)
    box(EVIDENCE, 19, 18, 22, 21)
    return image.resize((size, size), Image.Resampling.LANCZOS)


def main() -> None:
    (ROOT / "static" / "icons").mkdir(exist_ok=True)
    for size in (192, 512):
        few = icon(size).quantize(64, method=Image.Quantize.FASTOCTREE)
        few.save(ROOT / "static" / "icons" / f"icon-{size}.png", optimize=True)
    touch = icon(180, is_whole_square=True).convert("RGB").quantize(32)
    touch.save(ROOT / "static" / "root" / "apple-touch-icon.png", optimize=True)
    icon(48).save(ROOT / "static" / "root" / "favicon.ico", sizes=[(16, 16), (32, 32), (48, 48)])


if __name__ == "__main__":
    main()
