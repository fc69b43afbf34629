"""Pictures are bounded by what they become when they are unpacked."""

import io

import pytest
from PIL import Image

from cases.reading import Note, Reading, ReadPicture
from cases.reading.pixels import MOST_PIXELS, pixels, within_pixels, work
from tests.reading.building import png


def encoded(form: str, **options: object) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (30, 70)).save(made, form, **options)
    return made.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        encoded("PNG"),
        encoded("JPEG"),
        encoded("JPEG", progressive=True, exif=b"Exif\0\0" + bytes(5000)),
        encoded("WEBP"),
        encoded("WEBP", lossless=True),
        encoded("WEBP", exif=b"Exif\0\0" + bytes(50)),
    ],
)
def test_the_header_tells_the_pixels(data):
    assert pixels(data) == 30 * 70


@pytest.mark.parametrize(
    "data", [b"", b"\x89PNG", b"\xff\xd8", b"\xff\xd8\xff", b"\xff\xd8\xff\xc0\0", b"RIFF____WEBPVP8L", b"x"]
)
def test_a_header_that_is_cut_off_tells_nothing(data):
    assert pixels(data) == 0


def test_pictures_that_together_are_too_large_are_left_out_and_told():
    large, small = ReadPicture(png(7_000, 7_000), "a.png"), ReadPicture(png(), "b.png")

    reading = within_pixels(Reading("漯河", (large, large, small)))

    assert work(large.data) == 2 * pixels(large.data)
    assert 2 * work(large.data) > MOST_PIXELS
    assert reading.pictures == (large, small)
    assert reading.notes == (Note("有 %(count)d 张图片太大或太多，没有读入，请压缩后上传", {"count": 1}),)
