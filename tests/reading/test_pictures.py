"""Pictures of a document: those that are kept as they are, those that become PNG, and those a note names."""

import io

import pytest
from PIL import Image

from cases.reading import read_file
from cases.reading.pictures import MOST_CONVERTED, Pictures, may_need_converting
from cases.reading.writing import Writer
from tests.reading.documents import docx, drawing, paragraph, run


def encoded(form: str, mode: str = "RGB", size: tuple[int, int] = (64, 48), **options: object) -> bytes:
    made = io.BytesIO()
    Image.new(mode, size).save(made, form, **options)
    return made.getvalue()


def told(reading) -> list[str]:
    return [note.message % note.params for note in reading.notes]


@pytest.mark.parametrize(
    ("ending", "data", "mode"),
    [
        ("gif", encoded("GIF", "P"), "RGB"),
        ("gif", encoded("GIF", "P", transparency=0), "RGBA"),
        ("gif", encoded("GIF", save_all=True, append_images=[Image.new("RGB", (64, 48), "red")]), "RGB"),
        ("bmp", encoded("BMP"), "RGB"),
        ("bmp", encoded("BMP", "1"), "L"),
        ("tif", encoded("TIFF", compression="tiff_lzw"), "RGB"),
        ("tif", encoded("TIFF", compression="jpeg"), "RGB"),
        ("tiff", encoded("TIFF", "CMYK"), "RGB"),
        ("tiff", encoded("TIFF", "1", compression="group4"), "L"),
    ],
)
def test_a_gif_bmp_or_tiff_becomes_a_png_in_the_process_that_reads(ending, data, mode):
    body = paragraph(run("正文")) + paragraph(drawing("窗口", "办事窗口"))

    reading = read_file("a.docx", docx(body, media={f"窗口.{ending}": data}))

    assert told(reading) == []
    [picture] = reading.pictures
    assert (picture.name, picture.alt, picture.place) == ("窗口.png", "办事窗口", 2)
    with Image.open(io.BytesIO(picture.data)) as opened:
        assert (opened.format, opened.mode, opened.size) == ("PNG", mode, (64, 48))


def test_the_picture_beside_a_page_is_converted_whatever_its_name():
    reading = read_file(
        "a.html", "<html><body><p>正文</p><img src='1'></body></html>".encode(), beside={"1": encoded("GIF")}
    )
    assert [picture.name for picture in reading.pictures] == ["1.png"]


def taken(*pictures: tuple[bytes, str]) -> tuple[list[str], list[str]]:
    """The names of the pictures that were taken, and the notes about the others."""
    writer = Writer()
    writer.flow("正文")
    found = Pictures(writer)
    for data, name in pictures:
        found.take(data, name)
    reading = writer.reading(notes=found.notes())
    return [picture.name for picture in reading.pictures], told(reading)


def test_pictures_of_other_forms_and_damaged_ones_are_named():
    damaged = encoded("TIFF", compression="tiff_lzw")[:40]
    assert taken(
        (b"\x01\0\0\0", "媒体/图.emf"), (damaged, "扫描.tif"), (encoded("TIFF", "F"), "深.tif"), (b"x", "4")
    ) == (
        [],
        ["有 4 张图片的格式读不出来（图.emf、扫描.tif、深.tif），没有读入，请另存为 JPEG 或 PNG 后上传"],
    )


def test_a_dot_that_keeps_a_place_is_left_out_without_a_word():
    assert taken((encoded("GIF", size=(1, 1)), "dot.gif"), (encoded("BMP", size=(500, 8)), "line.bmp")) == ([], [])


def test_what_would_take_too_long_to_convert_is_left_out_and_told():
    side = int((MOST_CONVERTED / 2) ** 0.5) + 1
    half = [(encoded("GIF", "L", size=(side, side - number)), f"{number}.gif") for number in range(3)]
    assert taken(*half) == (["0.png"], ["有 2 张图片太大或太多，没有读入，请压缩后上传"])


def test_more_pixels_than_pillow_opens_are_left_out_and_told():
    bomb = encoded("GIF").replace(b"\x40\0\x30\0", b"\xff\xff\xff\xff")
    assert taken((bomb, "弹.gif")) == ([], ["有 1 张图片太大或太多，没有读入，请压缩后上传"])


@pytest.mark.parametrize("file", [b"media/1.GIF", b"Content-Type: image/tiff", b"<img src='a.bmp?v=1'>"])
def test_a_file_with_such_a_picture_is_known(file):
    assert may_need_converting(file, [])


def test_other_files_need_no_converting():
    assert not may_need_converting(b"media/1.png a.gifts", [encoded("PNG")])
