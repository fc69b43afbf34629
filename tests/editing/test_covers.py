import io

import pytest
from PIL import Image

from cases.editing.covers import MOTIFS, SIZE, draw_cover


@pytest.mark.parametrize("motif", MOTIFS)
def test_a_cover_is_a_picture_of_its_size(motif):
    picture = Image.open(io.BytesIO(draw_cover("demo", motif)))

    assert (picture.format, picture.size) == ("PNG", SIZE)


def test_the_seed_alone_decides_the_picture():
    assert draw_cover("a") == draw_cover("a")
    assert draw_cover("a") != draw_cover("b")
