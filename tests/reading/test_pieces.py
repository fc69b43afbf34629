"""The pieces of a saved page, and how many of its pictures are read with it."""

import pytest

from cases.reading.pieces import LARGEST_PICTURE, MOST_PICTURES, PIECE, within_bounds


@pytest.mark.parametrize("folder", ["页_files", "页.files", "页_FILES"])
def test_the_folder_of_a_page_is_known_in_every_browser(folder):
    assert PIECE.match(f"夹/{folder}/1.png")["page"] == "夹/页"


def test_a_folder_of_another_name_holds_no_pieces():
    assert PIECE.match("夹/附件/1.png") is None


def test_pictures_that_are_too_many_or_too_large_are_left_out():
    half = LARGEST_PICTURE // 2

    assert within_bounds([1] * (MOST_PICTURES + 1), int) == [1] * MOST_PICTURES
    assert within_bounds([LARGEST_PICTURE + 1, half, LARGEST_PICTURE, half, 1], int) == [half, LARGEST_PICTURE, half]
