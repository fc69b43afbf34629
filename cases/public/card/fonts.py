"""Which fonts drawn cards are set in: a Chinese one of the machine, or the one that CARD_FONT names."""

from __future__ import annotations

import functools
from pathlib import Path

from django.conf import settings
from PIL import ImageFont

SONG = (  # headings
    "/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc",  # Debian: fonts-noto-cjk
    "/usr/share/fonts/noto-cjk/NotoSerifCJK-Bold.ttc",
    "/usr/share/fonts/google-noto-serif-cjk-fonts/NotoSerifCJK-Bold.ttc",
    "/usr/share/fonts/opentype/source-han-serif/SourceHanSerifSC-Bold.otf",
    "/System/Library/Fonts/Supplemental/Songti.ttc",
    "C:/Windows/Fonts/simsun.ttc",
)
SANS = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-sans-cjk-fonts/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/opentype/source-han-sans/SourceHanSansSC-Regular.otf",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",
    "/System/Library/Fonts/PingFang.ttc",
    "/System/Library/Fonts/Hiragino Sans GB.ttc",
    "C:/Windows/Fonts/msyh.ttc",
)
_SIMPLIFIED = 2  # of the faces in a file of Noto: JP, KR, SC, TC, HK

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


@functools.lru_cache(maxsize=64)
def font(is_song: bool, size: int) -> Font:
    """The face at a size; one without Chinese where the machine has none."""
    file = _file(is_song, settings.CARD_FONT)
    return _face(file, size) if file else ImageFont.load_default(size)


def has_chinese() -> bool:
    """Whether Chinese words can be drawn here."""
    return bool(_file(False, settings.CARD_FONT))


def _file(is_song: bool, chosen: str) -> str:
    """The file of the font, "" if none is found; each kind stands in for the other."""
    return chosen or next((file for file in (SONG + SANS if is_song else SANS + SONG) if Path(file).is_file()), "")


def _face(file: str, size: int) -> Font:
    return ImageFont.truetype(file, size, index=_SIMPLIFIED if "CJK" in Path(file).name else 0)
