"""Pictures of the forms this site does not keep, GIF, BMP and TIFF, as PNG.

Their decoders are given bytes of strangers, so they run only where files are read: in the process that can
do nothing but compute. All that Pillow would import later, when nothing can be opened any more, is imported here.
"""

from __future__ import annotations

import io
import warnings

from PIL import BmpImagePlugin, GifImagePlugin, Image, PngImagePlugin, TiffImagePlugin

SMALLEST = 32  # pixels of the shorter side
_FORMS = [BmpImagePlugin.BmpImageFile.format, GifImagePlugin.GifImageFile.format, TiffImagePlugin.TiffImageFile.format]
# Mode of the pixels → that of the PNG, without and with transparency.
_MODES = {"1": "L", "L": "L", **dict.fromkeys(("P", "RGB", "CMYK", "YCbCr"), "RGB")}
_TRANSPARENT = {"LA": "RGBA", "PA": "RGBA", "RGBA": "RGBA"}
Image.preinit()  # what opening and saving would do first
_PNG = PngImagePlugin.PngImageFile.format


def as_png(data: bytes, *, most: int) -> bytes | None:
    """The picture as PNG, of a moving one the first frame; None for a dot that only keeps a place.

    Raises OverflowError for more than `most` pixels, ValueError when it cannot be read.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow's own bound, and what it finds odd; our bound is below
            picture = Image.open(io.BytesIO(data), formats=_FORMS)
            if picture.width * picture.height > most:
                raise OverflowError(f"{picture.width} × {picture.height}")
            return _encoded(picture) if min(picture.size) >= SMALLEST else None
    except (Image.DecompressionBombError, MemoryError):
        raise OverflowError("more than Pillow takes") from None
    except OverflowError:
        raise
    except Exception as error:  # a damaged picture makes its decoder raise whatever it likes
        raise ValueError(str(error)) from None


def _encoded(picture: Image.Image) -> bytes:
    is_transparent = picture.mode in _TRANSPARENT or "transparency" in picture.info
    mode = "RGBA" if is_transparent else _MODES[picture.mode]
    pixels = picture.convert(mode)  # a copy also in the same mode: one from a file wants to know its folder on saving
    pixels.info.clear()  # comments and profiles, which the saver would copy
    made = io.BytesIO()
    pixels.save(made, _PNG, compress_level=1)
    return made.getvalue()
