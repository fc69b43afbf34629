import hashlib
import io
import os
import subprocess
import sys
import zlib

import pytest
from django.core.management import call_command
from PIL import Image

from cases.content import PictureContent
from cases.editing.pictures import PictureError, clean_media, pictures_folder, store_picture
from cases.renditions import rendition, renditions_folder
from tests.builders import make_case, make_published_case


def picture_bytes(kind="JPEG", size=(60, 40), **options):
    mode = options.pop("mode", "RGB")
    buffer = io.BytesIO()
    Image.new(mode, size, options.pop("color", "steelblue")).save(buffer, kind, **options)
    return buffer.getvalue()


def kept(file):
    return (pictures_folder() / file).read_bytes()


@pytest.mark.parametrize(("kind", "extension"), [("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "webp")])
def test_a_picture_is_named_by_the_digest_of_what_is_kept(kind, extension):
    file = store_picture("现场.jpg", picture_bytes(kind))

    assert file == f"{hashlib.sha256(kept(file)).hexdigest()}.{extension}"
    assert Image.open(io.BytesIO(kept(file))).format == kind


def test_the_same_picture_twice_is_one_file():
    first, second = (store_picture(name, picture_bytes()) for name in ("一.jpg", "二.jpg"))

    assert first == second
    assert [path.name for path in pictures_folder().iterdir()] == [first]


def test_metadata_is_dropped_and_the_picture_turned_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by a quarter
    exif[0x010E] = "taken at home"
    file = store_picture("现场.jpg", picture_bytes(exif=exif, comment=b"taken at home"))

    picture = Image.open(io.BytesIO(kept(file)))
    assert (picture.size, dict(picture.getexif())) == ((40, 60), {})
    assert b"taken at home" not in kept(file)


def test_a_transparent_picture_stays_transparent():
    file = store_picture("图标.png", picture_bytes("PNG", mode="RGBA", color=(0, 0, 0, 0)))

    assert Image.open(io.BytesIO(kept(file))).getpixel((0, 0)) == (0, 0, 0, 0)


def bomb():
    """A PNG of a few bytes that claims 60,000 × 60,000 pixels."""
    header = b"\x00\x00\xea\x60\x00\x00\xea\x60\x08\x02\x00\x00\x00"
    chunk = b"IHDR" + header
    return b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0d" + chunk + zlib.crc32(chunk).to_bytes(4) + b"\x00\x00\x00\x00IDAT"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "图片“现场.jpg”读不出来；请用看图软件另存为 JPEG、PNG 或 WebP 后再上传。"),
        (
            b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            "图片“现场.jpg”读不出来；请用看图软件另存为 JPEG、PNG 或 WebP 后再上传。",
        ),
        (picture_bytes("GIF"), "图片“现场.jpg”读不出来；请用看图软件另存为 JPEG、PNG 或 WebP 后再上传。"),
        (picture_bytes()[:400], "图片“现场.jpg”读不出来；请用看图软件另存为 JPEG、PNG 或 WebP 后再上传。"),
        (b"\xff" * (10 * 1024 * 1024 + 1), "图片“现场.jpg”有 10.0 MB，最大 10 MB；请压缩后再上传。"),
        (bomb(), "图片“现场.jpg”超过 4000 万像素；请缩小尺寸后再上传。"),
        (
            picture_bytes("PNG", size=(8000, 5001), mode="1", color=0),
            "图片“现场.jpg”超过 4000 万像素；请缩小尺寸后再上传。",
        ),
        (picture_bytes("WEBP", size=(4000, 3001)), "图片“现场.jpg”超过 1200 万像素；请缩小尺寸后再上传。"),
    ],
    ids=["empty", "svg", "gif", "cut off", "too heavy", "bomb", "too large", "too large a WebP"],
)
def test_what_is_no_usable_picture_is_refused_by_name_and_nothing_is_kept(data, message):
    with pytest.raises(PictureError) as refused:
        store_picture("现场.jpg", data)

    assert str(refused.value) == message
    assert not pictures_folder().exists()


MEASURE = """
import resource, sys
import django
django.setup()
from cases.editing.pictures import store_picture
own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
store_picture("图", open(sys.argv[1], "rb").read())
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - own)
"""


@pytest.mark.parametrize(
    ("kind", "mode", "size"),
    [("JPEG", "RGB", (6300, 6300)), ("PNG", "RGBA", (6300, 6300)), ("WEBP", "RGB", (4000, 3000))],
)
def test_the_largest_pictures_are_kept_in_little_memory(tmp_path, kind, mode, size):
    file = tmp_path / "picture"
    file.write_bytes(picture_bytes(kind, size=size, mode=mode))
    own = {"DJANGO_SETTINGS_MODULE": "config.settings", "VAR_DIR": str(tmp_path), "DATABASE_URL": "sqlite:///:memory:"}

    command = [sys.executable, "-c", MEASURE, str(file)]
    measured = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, **own})

    assert int(measured.stdout) < 230 * 1024  # KB


@pytest.fixture
def old_files(db):
    """One file named by a draft, one by a published case that was edited since, one by nothing; all a day old."""
    drafted, published, stray = (store_picture("图.png", picture_bytes("PNG", size=(n, n))) for n in (10, 20, 30))
    make_case(pictures=(PictureContent(file=drafted),))
    case = make_published_case(pictures=(PictureContent(file=published),)).case
    case.pictures.all().delete()
    for path in pictures_folder().iterdir():
        os.utime(path, (0, 0))
    return drafted, published, stray


def remaining():
    return {path.name for path in pictures_folder().iterdir()}


def test_clean_media_removes_only_what_nothing_names(old_files):
    drafted, published, stray = old_files

    assert clean_media() == [stray]
    assert remaining() == {drafted, published}
    assert clean_media() == []


def test_clean_media_removes_the_renditions_of_what_it_removes(old_files):
    drafted, published, _stray = old_files
    for file in old_files:
        rendition(file, 480)
    clean_media()

    kept = {path.name.partition("-")[0] for path in renditions_folder().iterdir()}
    assert kept == {drafted.partition(".")[0], published.partition(".")[0]}


def test_clean_media_leaves_young_files_to_wait_for_their_row(old_files):
    drafted, published, stray = old_files
    young = store_picture("新.png", picture_bytes("PNG", size=(40, 40)))
    store_picture("又.png", picture_bytes("PNG", size=(30, 30)))  # the stray one, wanted again

    assert clean_media() == []
    assert remaining() == {drafted, published, stray, young}


def test_a_dry_run_tells_and_removes_nothing(old_files, capsys):
    call_command("clean_media", "--dry-run")

    assert capsys.readouterr().out == "可以删除 1 个文件\n"
    assert remaining() == set(old_files)
