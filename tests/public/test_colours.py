"""Every pair of text and ground that the pages use can be read: WCAG AA in light and dark, AAA in high contrast."""

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).parents[2] / "static" / "css" / "tokens.css"
PAIRS = [
    *((text, ground) for text in ("ink", "quiet", "main") for ground in ("paper", "surface")),
    ("main", "main-soft"),
    ("ink", "main-soft"),
    ("on-main", "main"),
    ("on-main", "main-deep"),
    ("warning", "warning-soft"),
    ("ink", "warning-soft"),
    ("quiet", "tile-0"),
    *(("on-tile-light", f"tile-{shade}") for shade in (1, 2)),
    *(("on-tile-dark", f"tile-{shade}") for shade in (3, 4)),
    ("ink", "evidence"),
    ("main", "evidence"),
]


SCHEMES = {"light": 4.5, "dark": 4.5, "contrast": 7, "contrast-yellow": 7}  # what is asked of a pair


def tokens_of(scheme):
    """The colours of a scheme: those of light or dark, and over them those of high contrast, as the browser does."""
    sheet = TOKENS.read_text(encoding="utf-8")
    both = re.findall(r"--([\w-]+): var\(--when-light, (.+?)\) var\(--when-dark, (.+?)\);", sheet)
    tokens = {name: light if scheme == "light" else dark for name, light, dark in both}
    if scheme.startswith("contrast"):
        for selector, block in re.findall(
            r'^  :root\[data-scheme(\^?="contrast[^"]*")\] \{(.*?)\}', sheet, re.M | re.S
        ):
            if selector == '^="contrast"' or selector == f'="{scheme}"':
                tokens |= dict(re.findall(r"--([\w-]+): (#[^;]+);", block))
    return tokens


def rgb(colour, ground=None):
    """Red, green and blue of #rrggbb, or of rgb(r g b / p%) laid over the ground."""
    if colour.startswith("#"):
        return [int(colour[place : place + 2], 16) for place in (1, 3, 5)]
    red, green, blue, share = map(int, re.findall(r"\d+", colour))
    return [
        (over * share + under * (100 - share)) / 100 for over, under in zip((red, green, blue), ground, strict=True)
    ]


def luminance(colour):
    parts = [value / 255 for value in colour]
    linear = [value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4 for value in parts]
    return sum(weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(first, second):
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_stands_out_from_its_ground(scheme, text, ground):
    tokens = tokens_of(scheme)
    under = rgb(tokens[ground], ground=rgb(tokens["paper"]))

    assert contrast(rgb(tokens[text]), under) >= SCHEMES[scheme]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_edge_of_a_field_can_be_seen(scheme):
    tokens = tokens_of(scheme)

    assert contrast(rgb(tokens["edge"]), rgb(tokens["paper"])) >= 3


def test_every_colour_of_high_contrast_is_one_of_the_palette():
    assert tokens_of("contrast").keys() == tokens_of("light").keys()
    assert tokens_of("contrast-yellow")["ink"] != tokens_of("contrast")["ink"]
