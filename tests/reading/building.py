"""Files of every format, good and bad, built from nothing."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = (
    f'<?xml version="1.0"?><Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
MAIN = f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def zipped(files: Mapping[str, bytes | str], *, stored: bool = False) -> bytes:
    """A zip with these files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def renamed(archive: bytes, names: Mapping[str, bytes]) -> bytes:
    """The zip with names of entries replaced by bytes of the same length, as no zip tool would write them."""
    for name, raw in names.items():
        assert len(name.encode()) == len(raw)
        archive = archive.replace(name.encode(), raw)
    return archive


def flagged(archive: bytes, bits: int) -> bytes:
    """The zip with flag bits of all entries set, in both places they stand."""
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = archive.find(mark)
        while start >= 0:
            flags = struct.unpack_from("<H", archive, start + at)[0] | bits
            archive = archive[: start + at] + struct.pack("<H", flags) + archive[start + at + 2 :]
            start = archive.find(mark, start + 4)
    return archive


def relationships(*rows: str) -> str:
    return f'<?xml version="1.0"?><Relationships xmlns="{_PACKAGE}/relationships">{"".join(rows)}</Relationships>'


def external(kind: str, target: str) -> str:
    """A relationship that leads out of the document."""
    return f'<Relationship Id="x1" Type="{_OFFICE}/{kind}" Target="{target}" TargetMode="External"/>'


def docx(*paragraphs: str, parts: Mapping[str, bytes | str] | None = None, body: str = "") -> bytes:
    """A Word document with these paragraphs; `parts` adds parts or replaces them."""
    runs = body or "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    document = f'<?xml version="1.0"?><w:document xmlns:w="{_WORD}"><w:body>{runs}</w:body></w:document>'
    files = {"[Content_Types].xml": TYPES, "_rels/.rels": relationships(MAIN), "word/document.xml": document}
    return zipped({**files, **(parts or {})})


def png(width: int = 64, height: int = 64) -> bytes:
    """A grey picture."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    pixels = zlib.compress((b"\0" + b"\x80" * width) * height)
    chunks = ((b"IHDR", header), (b"IDAT", pixels), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


def pdf(*pages: tuple[str, ...], trailer: str = "", picture: tuple[int, int] | None = None) -> bytes:
    """A PDF with these lines on each page; the last page may show a grey picture."""
    letters = sorted({letter for page in pages for line in page for letter in line})
    codes = {letter: number for number, letter in enumerate(letters, start=1)}
    mapping = "".join(f"<{codes[letter]:04x}> <{letter.encode('utf-16-be').hex()}>\n" for letter in letters)
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def "
        "1 begincodespacerange <0000> <ffff> endcodespacerange "
        f"{len(letters)} beginbfchar\n{mapping}endbfchar endcmap end end"
    )
    kids = " ".join(f"{10 + 2 * number} 0 R" for number in range(len(pages)))
    shown = "/XObject << /P 7 0 R >>" if picture else ""
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        3: b"<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H "
        b"/DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
        4: b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /DW 1000 "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        5: _stream(cmap.encode()),
    }
    if picture:
        width, height = picture
        pixels = zlib.compress(b"\x80" * min(width * height, 10**6))
        told = f"/Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceGray /BitsPerComponent 8"
        objects[7] = _stream(pixels, f"{told} /Filter /FlateDecode")
    for number, page in enumerate(pages):
        lines = "".join(
            f"1 0 0 1 50 {780 - 20 * row} Tm <{''.join(f'{codes[letter]:04x}' for letter in line)}> Tj\n"
            for row, line in enumerate(page)
        )
        objects[10 + 2 * number] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {11 + 2 * number} 0 R "
            f"/Resources << /Font << /F 3 0 R >> {shown} >> >>"
        ).encode()
        objects[11 + 2 * number] = _stream(f"BT /F 12 Tf {lines} ET".encode())
    return _numbered(objects, trailer)


def _stream(data: bytes, told: str = "") -> bytes:
    return f"<< /Length {len(data)} {told} >>\nstream\n".encode() + data + b"\nendstream"


def _numbered(objects: Mapping[int, bytes], trailer: str) -> bytes:
    made, places = b"%PDF-1.7\n", {}
    for number, content in objects.items():
        places[number] = len(made)
        made += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    table = "".join(f"{number} 1\n{place:010d} 00000 n \n" for number, place in places.items())
    end = f"xref\n{table}trailer\n<< /Size 500 /Root 1 0 R {trailer} >>\nstartxref\n{len(made)}\n%%EOF"
    return made + end.encode()


def mht(page: str, *, encoding: str = "utf-8", pictures: Mapping[str, bytes] | None = None, address: str = "") -> bytes:
    """A page saved in one file, its pictures by the addresses it shows them under."""
    parts = [f"Content-Type: text/html; charset={encoding}\r\n\r\n".encode() + page.encode(encoding)]
    parts += [
        f"Content-Type: image/png\r\nContent-Location: {place}\r\n\r\n".encode() + data
        for place, data in (pictures or {}).items()
    ]
    head = (
        f"From: <Saved by Blink>\r\nSnapshot-Content-Location: {address}\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n'
    )
    return head.encode() + b"".join(b"\r\n--b\r\n" + part for part in parts) + b"\r\n--b--\r\n"
