"""A .pdf with text: its words as the author wrote them, without what the printer added."""

from cases.reading import Note, Reading, read_file
from tests.reading.building import pdf


def test_characters_that_fonts_take_for_others_are_the_ordinary_ones():
    assert read_file("a.pdf", pdf(("⼯作⽇、⻚⾯、⻓沙、豈、ﬁle",))) == Reading("工作日、页面、长沙、豈、file\n")


def test_pages_follow_each_other_without_their_numbers():
    pages = [
        ("漯河：优化营商环境", "由5天压缩到1天", "- 1 -"),
        ("第二页的正文", "第 2 页 共 3 页"),
        ("最后一页的正文", "3/3"),
    ]

    assert read_file("a.pdf", pdf(*pages)).text == "漯河：优化营商环境\n由5天压缩到1天\n第二页的正文\n最后一页的正文\n"


def test_what_stands_at_the_edge_of_most_pages_is_left_out_and_a_repeated_line_within_them_is_kept():
    parts = [f"{part}的开头\n每一页\n{part}的末尾\n" for part in "甲乙丙丁"]
    pages = [("漯河经验选编", *part.split(), f"漯河 {number}") for number, part in enumerate(parts, start=8)]

    assert read_file("a.pdf", pdf(*pages)).text == "".join(parts)


def test_a_line_that_only_two_pages_share_is_kept():
    assert read_file("a.pdf", pdf(("甲的正文正文", "同一句"), ("乙的正文正文", "同一句"))).text.count("同一句") == 2


def test_a_picture_stands_at_the_end_of_its_page():
    reading = read_file("a.pdf", pdf(("漯河优化营商环境",), picture=(64, 50)))

    (picture,) = reading.pictures
    assert (picture.name, picture.place, picture.data[:4]) == ("1-1.png", len(reading.text), b"\x89PNG")


def test_a_picture_that_is_too_large_or_too_short_is_told():
    for size in ((40_000, 40_000), (9_000, 2_000)):
        reading = read_file("a.pdf", pdf(("漯河优化营商环境",), picture=size))
        assert (reading.pictures, reading.notes) == (
            (),
            (Note("有 %(count)d 张图片没有取出，可以在案例里添加", {"count": 1}),),
        )


def test_lines_and_shadows_are_no_pictures():
    reading = read_file("a.pdf", pdf(("漯河优化营商环境",), picture=(600, 2)))

    assert (reading.pictures, reading.notes) == ((), ())
