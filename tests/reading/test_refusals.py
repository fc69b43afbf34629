"""Every file that is refused, and the sentence that says what to do instead."""

import struct
import subprocess
import sys
import time
import zlib

import pytest

from cases.reading import ReadingError, read_file
from tests.reading.building import OLE, docx, external, flagged, pdf, png, relationships, zipped
from tests.stuck import STUCK

MB = 1024**2
TEMPLATE = "word/_rels/settings.xml.rels"
OFTEN = "word/_rels/document.xml.rels"


def bomb() -> bytes:
    """A document whose text is 150 MB of blanks, packed to less than one."""
    return docx(parts={"word/document.xml": b" " * (150 * MB)})


def nested_entities() -> str:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    return f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY e0 "lol">{entities}]><d>&e9;</d>'


def lying_size() -> bytes:
    """A zip whose directory says that its 30 MB are 10 bytes."""
    archive = docx(parts={"word/document.xml": b"a" * (30 * MB)})
    return archive.replace(struct.pack("<I", 30 * MB), struct.pack("<I", 10))


WORD = "请用 Word 或 WPS 打开，另存为 .docx 后再导入"
REFUSED = {
    "empty": ("空.txt", b"", "“空.txt”是空文件，请检查是否保存完整"),
    "blank": ("blank.txt", b" \n\t\r\n", "“blank.txt”里没有文字，请检查是否保存完整"),
    "rules": ("线.txt", b"---\n***\n", "“线.txt”里没有文字，请检查是否保存完整"),
    "bullets": ("项.md", b"# \n\n- \n![](1.png)\n", "“项.md”里没有文字，请检查是否保存完整"),
    "a page of rules": ("页.html", "<html><p>·</p><hr><p>——</p>".encode(), "“页.html”里没有文字，请检查是否保存完整"),
    "a document of rules": ("文.docx", lambda: docx("——"), "“文.docx”里没有文字，请检查是否保存完整"),
    "large text": ("大.txt", lambda: b"a" * (4 * MB + 1), "“大.txt”超过 4 MB，请拆分成单篇文章后再导入"),
    "200 MB": ("大.docx", lambda: bytes(200 * MB), "“大.docx”超过 20 MB，请拆分成单篇文章或压缩图片后再导入"),
    "unknown": ("a.xyz", b"x", "“a.xyz”不是支持的格式，请另存为 .docx 或 .txt 后再导入"),
    "no ending": ("article", b"x", "“article”不是支持的格式，请另存为 .docx 或 .txt 后再导入"),
    "folders": ("../../etc/a.rtf", b"{\\rtf1", "“a.rtf”是 RTF 文件，" + WORD),
    "binary": (
        "bin.txt",
        bytes(range(256)) * 20,
        "“bin.txt”不是文本文件，请另存为 .txt（UTF-8）后再导入",
    ),
    "other encoding": (
        "latin.txt",
        b"\xff\xfa\xe9" * 40,
        "“latin.txt”的编码无法识别，请另存为 UTF-8 编码的 .txt 后再导入",
    ),
    "half a character": (
        "odd.txt",
        b"\xff\xfea",
        "“odd.txt”的编码无法识别，请另存为 UTF-8 编码的 .txt 后再导入",
    ),
    "old Word": ("旧.doc", OLE, "“旧.doc”是旧版 Word 文件，" + WORD),
    "old Word as docx": ("旧.docx", OLE, "“旧.docx”是旧版 Word 文件，" + WORD),
    "WPS": ("稿.wps", OLE, "“稿.wps”是 WPS 文件，请用 WPS 打开，另存为 .docx 后再导入"),
    "sheet": (
        "表.xlsx",
        b"PK\x03\x04",
        "“表.xlsx”是表格或演示文稿，请把正文复制到 Word 里，另存为 .docx 后再导入",
    ),
    "sheet as docx": (
        "表.docx",
        zipped({"[Content_Types].xml": "<a/>", "xl/workbook.xml": "<a/>"}),
        "“表.docx”是表格或演示文稿，请把正文复制到 Word 里，另存为 .docx 后再导入",
    ),
    "rich text as docx": ("稿.docx", b"{\\rtf1 a}", "“稿.docx”是 RTF 文件，" + WORD),
    "open document": ("稿.odt", b"PK\x03\x04", "“稿.odt”是 ODT 文件，请打开后另存为 .docx 再导入"),
    "picture": ("图.jpg", b"\xff\xd8\xff", "“图.jpg”是图片，里面的文字读不出来；请导入文字稿，图片可以在案例里添加"),
    "picture as text": ("图.txt", png(), "“图.txt”是图片，里面的文字读不出来；请导入文字稿，图片可以在案例里添加"),
    "RAR": ("包.rar", b"Rar!\x1a\x07", "“包.rar”是不支持的压缩格式，请解压后重新打包成 .zip 再导入"),
    "7z as zip": ("包.zip", b"7z\xbc\xaf\x27\x1c", "“包.zip”是不支持的压缩格式，请解压后重新打包成 .zip 再导入"),
    "archive": ("包.zip", zipped({"a.txt": "a"}), "“包.zip”是压缩包，请用批量导入，或解压后逐个导入"),
    "password": (
        "密.docx",
        OLE + "EncryptedPackage".encode("utf-16-le") + bytes(40),
        "“密.docx”设了打开密码，请用 Word 打开，去掉密码后另存为 .docx 再导入",
    ),
    "zip password": ("密.docx", flagged(docx("漯河"), 1), "“密.docx”加了密码，请去掉密码后再导入"),
    "3,001 parts": (
        "多.docx",
        lambda: docx("漯河", parts={f"word/media/{number}.png": b"" for number in range(2998)}),
        "“多.docx”由 3001 个部分组成，最多 3000 个；请用 Word 打开，拆分成单篇文章或删去多余的图片，另存后再导入",
    ),
    "docx is a page": (
        "页.docx",
        b"\xef\xbb\xbf \n<!DOCTYPE html><html><p>a</p>",
        "“页.docx”其实是网页，请把扩展名改成 .html 后再导入",
    ),
    "docx is a text": (
        "字.docx",
        "漯河".encode(),
        "“字.docx”的内容不是这种格式，请检查是否保存完整，或用原来的软件打开后另存",
    ),
    "text is a docx": ("文.txt", docx("漯河"), "“文.txt”其实是 Word 文档，请把扩展名改成 .docx 后再导入"),
    "text is a PDF": ("pdf.txt", b"%PDF-1.7 ...", "“pdf.txt”其实是 PDF 文件，请把扩展名改成 .pdf 后再导入"),
    "page is a mail": (
        "页.html",
        b"From: <a>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b--",
        "“页.html”其实是单个文件的网页，请把扩展名改成 .mht 后再导入",
    ),
    "cut off": ("断.docx", docx("漯河")[:-40], "“断.docx”已损坏，打不开；请重新保存或重新下载后再导入"),
    "macros": (
        "宏.docx",
        docx("漯河", parts={"word/vbaProject.bin": b"x"}),
        "“宏.docx”带有宏，为安全起见不读；请用 Word 打开，另存为不带宏的 .docx 后再导入",
    ),
    "macro ending": (
        "宏.docm",
        docx("漯河"),
        "“宏.docm”带有宏，为安全起见不读；请用 Word 打开，另存为 .docx 后再导入",
    ),
    "broken XML": (
        "坏.docx",
        docx(parts={"word/document.xml": "<a><b></a>"}),
        "“坏.docx”里的 XML 已损坏，读不出来；请用 Word 打开，另存为 .docx 后再导入",
    ),
    "entities": (
        "炸.docx",
        docx(parts={"word/document.xml": nested_entities()}),
        "“炸.docx”里有不该出现的实体声明，为安全起见不读；请用 Word 打开，另存为 .docx 后再导入",
    ),
    "entities in UTF-16": (
        "炸.docx",
        docx(parts={"word/other.bin": nested_entities().replace("1.0", '1.0" encoding="utf-16', 1).encode("utf-16")}),
        "“炸.docx”里有不该出现的实体声明，为安全起见不读；请用 Word 打开，另存为 .docx 后再导入",
    ),
    "remote template": (
        "链.docx",
        docx("漯河", parts={TEMPLATE: relationships(external("attachedTemplate", "http://a.example/t.dotm"))}),
        "“链.docx”链接了外部的图片、模板或对象，为安全起见不读；请用 Word 打开，断开链接或改为嵌入，另存后再导入",
    ),
    "template on a server": (
        "链.docx",
        docx("漯河", parts={TEMPLATE: relationships(external("attachedTemplate", "file://server/share/t.dotm"))}),
        "“链.docx”链接了外部的图片、模板或对象，为安全起见不读；请用 Word 打开，断开链接或改为嵌入，另存后再导入",
    ),
    "linked picture": (
        "链.docx",
        docx("漯河", parts={OFTEN: relationships(external("image", "http://a.example/1.png"))}),
        "“链.docx”链接了外部的图片、模板或对象，为安全起见不读；请用 Word 打开，断开链接或改为嵌入，另存后再导入",
    ),
    "bomb": ("弹.docx", bomb, "“弹.docx”解压后异常庞大，可能是压缩炸弹，没有读；请检查文件来源"),
    "lying size": ("弹.docx", lying_size, "“弹.docx”已损坏，打不开；请重新保存或重新下载后再导入"),
    "scan": (
        "扫.pdf",
        pdf(()),
        "“扫.pdf”里没有文字，多半是扫描件；请先做文字识别（OCR），或导入它的 Word 文件",
    ),
    "damaged PDF": ("坏.pdf", b"%PDF-1.7\n" + bytes(3000), "“坏.pdf”已损坏，打不开；请重新保存或重新下载后再导入"),
    "long PDF": (
        "长.pdf",
        pdf(*(("正文",) for _ in range(101))),
        "“长.pdf”有 101 页，最多读 100 页；请拆分成单篇文章后再导入",
    ),
    "locked PDF": (
        "锁.pdf",
        pdf(
            ("正文",),
            trailer=f"/ID [<{'00' * 16}> <{'00' * 16}>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 "
            f"/O <{'11' * 32}> /U <{'22' * 32}> >>",
        ),
        "“锁.pdf”加了密码，请去掉密码后再导入，或复制正文粘贴",
    ),
    "PDF locked with AES": (
        "锁.pdf",
        pdf(
            ("正文",),
            trailer=f"/ID [<00> <00>] /Encrypt << /Filter /Standard /V 5 /R 6 /Length 256 /P -4 /O <{'11' * 48}> "
            f"/U <{'22' * 48}> /OE <{'33' * 32}> /UE <{'44' * 32}> /Perms <{'55' * 16}> >>",
        ),
        "“锁.pdf”加了密码，请去掉密码后再导入，或复制正文粘贴",
    ),
    "name that turns the direction of writing": (
        "通知\u202etxt.\n\x07exe",
        b"MZ",
        "“通知txt.exe”不是支持的格式，请另存为 .docx 或 .txt 后再导入",
    ),
    "page without a page": (
        "页.mht",
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b--\r\n",
        "“页.mht”里没有网页，请用浏览器打开原网页，另存为 .html 后再导入",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_file_that_cannot_be_read_is_refused_by_name_with_what_to_do(case, tmp_path, settings, monkeypatch):
    name, data, expected = REFUSED[case]
    data = data() if callable(data) else data
    settings.MEDIA_ROOT = tmp_path / "media"
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    started = time.monotonic()

    with pytest.raises(ReadingError) as error:
        read_file(name, data)

    assert error.value.message % error.value.params == expected
    assert time.monotonic() - started < STUCK
    assert list(tmp_path.iterdir()) == []


def test_an_ordinary_link_and_the_template_of_its_author_refuse_no_document():
    parts = {
        OFTEN: relationships(external("hyperlink", "https://a.example/")),
        TEMPLATE: relationships(external("attachedTemplate", "file:///C:\\Users\\me\\Normal.dotm")),
    }
    assert read_file("链.docx", docx("漯河：优化营商环境", parts=parts)).text.strip() == "漯河：优化营商环境"


MEASURE = """
import resource, sys, time
from cases.reading import ReadingError, read_file
data = open(sys.argv[1], "rb").read()
started = time.monotonic()
try:
    read_file(sys.argv[1], data)
except ReadingError:
    taken = time.monotonic() - started
    # Not what the kernel counts for this process: that begins with the memory of the one it was forked from.
    own = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))
    print(taken, own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def greedy_pdf() -> bytes:
    """A page whose commands are 200 KB, packed twice, and 300 MB unpacked."""
    packed = zlib.compress(zlib.compress(b"1 0 0 1 50 780 Tm " * (17 * MB), 9), 9)
    return pdf(("正文",)).replace(
        b"/Contents 11 0 R", b"/Contents 12 0 R"
    ) + b"12 0 obj\n<< /Filter [/FlateDecode /FlateDecode] /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (
        len(packed),
        packed,
    )


@pytest.mark.parametrize(
    ("name", "build"),
    [
        ("a.docx", bomb),
        ("b.docx", lying_size),
        ("c.docx", lambda: docx(parts={"word/document.xml": "<a>" + "<b/>" * (4 * MB) + "</a>"})),
        ("d.docx", lambda: docx(parts={"word/document.xml": "<a>" * MB})),
        ("e.pdf", greedy_pdf),
        ("f.docx", lambda: b"PK\x03\x04" + bytes(20 * MB - 4)),
        ("g.pdf", lambda: b"%PDF-1.7\n" + b"1 0 obj\n<<" * (2 * MB - 1)),
        ("i.html", lambda: b"<html><body>" + b"<table><tr><td>" * 400_000),
        ("h.mht", lambda: b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\n" * (3 * MB)),
    ],
)
def test_what_a_greedy_file_may_take_is_bounded(name, build, tmp_path):
    file = tmp_path / name
    file.write_bytes(build())

    command = [sys.executable, "-c", MEASURE, str(file)]
    measured = subprocess.run(command, capture_output=True, text=True, check=True)

    taken, *memory = map(float, measured.stdout.split())
    assert taken < STUCK
    assert sum(memory) < 300 * 1024  # KB of both processes together


def test_a_large_picture_that_packs_well_refuses_no_document():
    assert read_file("a.docx", docx("漯河", parts={"word/media/1.bmp": b"BM" + bytes(30 * MB)})).text.strip() == "漯河"
