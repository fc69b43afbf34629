"""A page saved in one file: its words, its pictures and where it was saved from."""

import base64

import pytest

from cases.reading import read_file
from tests.reading.building import mht, png

ADDRESS = "http://www.example.gov.cn/2023/t1.html"
PAGE = '<html><body><h1>漯河：优化营商环境</h1><p>由5天压缩到1天。</p><p><img src="%s" alt="现场"></p></body></html>'


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "gb2312"])
def test_the_page_is_read_in_the_encoding_its_part_declares(encoding):
    reading = read_file("页.mht", mht(PAGE % "a.png", encoding=encoding))

    assert reading.text.split() == ["漯河：优化营商环境", "由5天压缩到1天。"]


def test_pictures_are_found_under_the_address_the_page_shows_them_by():
    picture = "http://www.example.gov.cn/2023/a.png"

    reading = read_file("页.mhtml", mht(PAGE % picture, pictures={picture: png()}, address=ADDRESS))

    assert [(one.data, one.alt, one.place) for one in reading.pictures] == [(png(), "现场", len(reading.text))]
    assert reading.address == ADDRESS


def test_pictures_are_found_by_their_number_in_what_word_saves():
    page = base64.b64encode((PAGE % "cid:p1@a").encode("gb18030"))
    data = (
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\n'
        b"Content-Type: text/html; charset=gb2312\r\nContent-Transfer-Encoding: base64\r\n"
        b"Content-Location: file:///C:/a.htm\r\n\r\n" + page + b"\r\n--b\r\n"
        b"Content-Type: image/png\r\nContent-ID: <p1@a>\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + base64.encodebytes(png())
        + b"\r\n--b--\r\n"
    )

    reading = read_file("页.mht", data)

    assert reading.text.split() == ["漯河：优化营商环境", "由5天压缩到1天。"]
    assert [one.data for one in reading.pictures] == [png()]
    assert reading.address == ""  # a path on somebody's disk is no address


def test_a_part_that_names_an_encoding_nobody_knows_is_read_as_any_text():
    assert "漯河" in read_file("页.mht", mht(PAGE % "a.png").replace(b"charset=utf-8", b"charset=nonsense")).text
