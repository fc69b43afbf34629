"""A .zip of articles: what is read of it, and how little a bad one can do."""

import io
import os
import struct
import zipfile

import pytest

from cases.reading import ReadingError, read_archive, read_file
from tests.reading.building import docx, flagged, png, renamed, zipped

MB = 1024**2
BOMB = "“%s”解压后异常庞大，可能是压缩炸弹，没有读；请检查文件来源"


def told(data: bytes, name: str = "包.zip") -> dict[str, bytes | str]:
    """Name of each file in the archive → its bytes, or the sentence that refuses it."""
    return {
        file.name: file.error.message % file.error.params if file.error else file.data
        for file in read_archive(name, data)
    }


def refusal(data: bytes, name: str = "包.zip") -> str:
    with pytest.raises(ReadingError) as error:
        told(data, name)
    return error.value.message % error.value.params


def test_articles_come_out_by_name_with_their_folders():
    files = {"乙/二.docx": docx("漯河"), "甲.txt": "漯河", "乙/丙/三.md": "# 漯河"}

    assert told(zipped(files)) == {
        "乙/丙/三.md": "# 漯河".encode(),
        "乙/二.docx": files["乙/二.docx"],
        "甲.txt": "漯河".encode(),
    }


def test_documents_that_are_packed_as_they_are_make_no_document_of_the_archive():
    document = docx("漯河", parts={"xl/workbook.xml": "<a/>"})

    assert told(zipped({"甲.docx": document}, stored=True)) == {"甲.docx": document}


def test_names_without_the_mark_of_utf_8_are_read_as_gb18030_or_utf_8():
    archive = zipped({"abcd.txt": "一", "efghij.txt": "二"})
    archive = renamed(archive, {"abcd": "漯河".encode("gb18030"), "efghij": "漯河".encode()})

    assert [(file.name, file.data.decode()) for file in read_archive("a.zip", archive)] == [
        ("漯河.txt", "一"),
        ("漯河.txt", "二"),
    ]


def test_a_name_with_backslashes_has_folders():
    assert told(renamed(zipped({"2023/a.txt": "一"}), {"2023/a": b"2023\\a"})) == {"2023/a.txt": "一".encode()}


def test_what_systems_leave_behind_is_left_out():
    litter = ["__MACOSX/._a.txt", ".DS_Store", "甲/.DS_Store", "甲/Thumbs.db", "~$a.docx", "desktop.ini"]

    assert told(zipped({"a.txt": "一", **dict.fromkeys(litter, "x")})) == {"a.txt": "一".encode()}


def test_the_pictures_of_a_page_come_with_it_and_its_other_pieces_are_left_out():
    page = '<img src="%E9%A1%B5_files/1.png"><img src="图/二.png">'
    files = {"甲/页.html": page, "甲/页_files/1.png": png(), "甲/页_files/style.css": "x", "甲/图/二.png": png(50, 50)}

    (file,) = read_archive("a.zip", zipped(files))

    assert (file.name, file.data, dict(file.beside)) == (
        "甲/页.html",
        page.encode(),
        {"图/二.png": png(50, 50), "页_files/1.png": png()},
    )


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("xx/etc/a.txt", b"../etc/a.txt"),
        ("xetc/a.txt", b"/etc/a.txt"),
        ("xx/a.txt", b"C:/a.txt"),
        ("xxa.txt", b"\\\\a.txt"),
        ("a/xx/b.txt", b"a/../b.txt"),
    ],
)
def test_a_name_that_leads_out_of_the_archive_is_refused_and_the_rest_is_read(name, raw):
    archive = renamed(zipped({name: "恶", "b/good.txt": "好"}), {name: raw})
    shown = raw.decode().replace("\\", "/")

    assert told(archive) == {
        shown: f"“{shown}”的路径指向压缩包之外，为安全起见不读；请重新打包",
        "b/good.txt": "好".encode(),
    }


def test_a_link_and_a_name_with_a_nul_are_refused():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("xaxb.txt", "一")
    sentence = "“%s”的路径指向压缩包之外，为安全起见不读；请重新打包"

    assert told(renamed(made.getvalue(), {"xaxb": b"xa\0b"})) == {
        "link.txt": sentence % "link.txt",
        "xa�b.txt": sentence % "xa�b.txt",
    }


def test_files_that_are_no_articles_are_refused_one_by_one():
    files = {"a.txt": "一", "b.zip": zipped({"c.txt": "x"}), "d.doc": "x", "e.jpg": b"x", "f.exe": "x"}

    assert told(zipped(files)) == {
        "a.txt": "一".encode(),
        "b.zip": "“b.zip”是压缩包里的压缩包，请解压后重新打包",
        "d.doc": "“d.doc”是旧版 Word 文件，请用 Word 或 WPS 打开，另存为 .docx 后再导入",
        "e.jpg": "“e.jpg”是图片，里面的文字读不出来；请导入文字稿，图片可以在案例里添加",
        "f.exe": "“f.exe”不是支持的格式，请另存为 .docx 或 .txt 后再导入",
    }


def test_a_bomb_among_the_files_is_refused_and_the_rest_is_read():
    assert told(zipped({"a.txt": b"a" * (3 * MB), "b.txt": "一", "c.txt": os.urandom(5 * MB)})) == {
        "a.txt": BOMB % "a.txt",
        "b.txt": "一".encode(),
        "c.txt": "“c.txt”超过 4 MB，请拆分成单篇文章或压缩图片后再导入",
    }


def test_locked_and_damaged_files_are_refused_one_by_one():
    locked = flagged(zipped({"a.txt": "一"}), 1)
    damaged = bytearray(zipped({"甲.txt": "一" * 20}, stored=True))
    damaged[len(damaged) // 3] ^= 0xFF

    assert told(locked) == {"a.txt": "“a.txt”加了密码，请去掉密码后再导入"}
    assert told(bytes(damaged)) == {"甲.txt": "“甲.txt”已损坏，打不开；请重新保存或重新下载后再导入"}


def test_an_archive_with_too_much_in_it_is_refused_as_a_whole():
    many = zipped(dict.fromkeys(map(str, range(3001)), ""))
    sizes = {f"{number}.txt": b"" for number in range(30)}
    nothing, much = struct.pack("<III", 0, 0, 0), struct.pack("<III", 0, 0, 11 * MB)  # CRC, packed, unpacked
    large = zipped(sizes, stored=True).replace(nothing, much)

    assert refusal(many) == "“包.zip”里有 3001 个文件，最多 3000 个；请分成几个压缩包"
    assert refusal(large) == BOMB % "包.zip"


def test_entries_that_share_their_bytes_are_a_bomb():
    one = zipped({"a.txt": b"a" * 50_000})
    start = one.index(b"PK\x01\x02")
    record, end = one[start : one.index(b"PK\x05\x06")], one[one.index(b"PK\x05\x06") :]
    records = b"".join(record.replace(b"a.txt", f"{number}.txt".encode()) for number in range(9))
    end = end[:8] + struct.pack("<HHI", 9, 9, len(records)) + end[16:]

    assert refusal(one[:start] + records + end) == BOMB % "包.zip"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"PK\x03\x04" + bytes(100), "“包.zip”已损坏，打不开；请重新保存或重新下载后再导入"),
        (zipped({"a.txt": "一"})[:-5], "“包.zip”已损坏，打不开；请重新保存或重新下载后再导入"),
        (zipped({}), "“包.zip”是空的压缩包，请检查是否保存完整"),
        (zipped({"__MACOSX/a.txt": "x"}), "“包.zip”是空的压缩包，请检查是否保存完整"),
        (b"", "“包.zip”是空文件，请检查是否保存完整"),
        (docx("一"), "“包.zip”其实是 Word 文档，请把扩展名改成 .docx 后再导入"),
        (b"Rar!\x1a\x07", "“包.zip”是不支持的压缩格式，请解压后重新打包成 .zip 再导入"),
    ],
)
def test_an_archive_that_is_none_is_refused(data, expected):
    assert refusal(data) == expected


def test_an_archive_can_be_left_before_its_end():
    archive = zipped({f"{number:03}.txt": "漯河" * 1000 for number in range(300)})

    assert next(read_archive("a.zip", archive)).name == "000.txt"


def test_a_page_of_an_archive_is_read_with_its_pictures():
    page = (
        '<html><body><h1>漯河：优化营商环境</h1><p>由5天压缩到1天。<img src="%E9%A1%B5_files/1.png"></p></body></html>'
    )

    (file,) = read_archive("a.zip", zipped({"甲/页.html": page, "甲/页_files/1.png": png()}))

    assert [one.data for one in read_file(file.name, file.data, beside=file.beside).pictures] == [png()]
