import io
import threading

import pytest
from PIL import Image

from cases.editing.pictures import pictures_folder, store_picture
from cases.renditions import Rendition, Size, Unreadable, remove_renditions, rendition, renditions_folder, size_of


def stored(size=(1200, 800), kind="JPEG", mode="RGB"):
    buffer = io.BytesIO()
    Image.new(mode, size, (70, 130, 180, 90) if mode == "RGBA" else "steelblue").save(buffer, kind)
    return store_picture(f"现场.{kind}", buffer.getvalue())


@pytest.mark.parametrize(
    ("width", "offered"),
    [
        (300, [(480, 300)]),
        (480, [(480, 480)]),
        (481, [(480, 480), (960, 481)]),
        (1200, [(480, 480), (960, 960), (1600, 1200)]),
        (9000, [(480, 480), (960, 960), (1600, 1600)]),
    ],
)
def test_no_width_beyond_that_of_the_picture_is_offered(width, offered):
    assert Size(width, 10).renditions == tuple(Rendition(limit, real) for limit, real in offered)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_rendition_is_a_smaller_webp_of_the_same_shape(kind):
    made = Image.open(rendition(stored(kind=kind), 480))

    assert (made.format, made.size) == ("WEBP", (480, 320))


def test_a_picture_is_never_enlarged():
    assert Image.open(rendition(stored(size=(300, 90)), 960)).size == (300, 90)


def test_a_transparent_picture_stays_transparent():
    assert Image.open(rendition(stored(kind="PNG", mode="RGBA"), 480)).mode == "RGBA"


def test_a_tall_picture_is_bound_by_its_width_alone():
    assert Image.open(rendition(stored(size=(600, 3000)), 480)).size == (480, 2400)


def test_a_rendition_is_made_once_and_nothing_half_written_stays():
    file = stored()
    together = [threading.Thread(target=rendition, args=(file, 480)) for _ in range(4)]
    for thread in together:
        thread.start()
    for thread in together:
        thread.join()
    first = rendition(file, 480).stat()

    assert rendition(file, 480).stat() == first
    assert [path.name for path in renditions_folder().iterdir()] == [f"{file.partition('.')[0]}-480.webp"]


def test_size_is_read_from_the_file():
    assert size_of(stored(size=(640, 360))) == Size(640, 360)


def test_a_picture_whose_file_is_missing_has_no_size():
    with pytest.raises(Unreadable):
        size_of("0" * 64 + ".jpg")


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_file_cut_short_is_unreadable(kind):
    path = pictures_folder() / stored(kind=kind)
    path.write_bytes(path.read_bytes()[:-20])

    with pytest.raises(Unreadable):
        size_of(path.name)


def test_a_file_that_comes_back_is_seen():
    path = pictures_folder() / stored(size=(30, 20))
    data = path.read_bytes()
    path.write_bytes(b"broken")
    with pytest.raises(Unreadable):
        size_of(path.name)
    path.write_bytes(data)

    assert size_of(path.name) == Size(30, 20)


def test_what_is_no_picture_makes_no_rendition():
    path = pictures_folder() / stored()
    path.write_bytes(b"broken")

    with pytest.raises(Unreadable):
        rendition(path.name, 480)
    assert list(renditions_folder().iterdir()) == []


def test_renditions_can_be_thrown_away():
    file = stored()
    made = [rendition(file, limit) for limit in (480, 960)]
    remove_renditions(file)

    assert [path for path in made if path.exists()] == []
