"""`parse_articles`: JSON for every article, a line for every file that is none."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.reading.building import docx, pdf, zipped

TEXT = "焦作市交通运输局推行流动窗口\n\n2023-05-11\n\n一、窗口进园区\n\n办件1268件。\n"


def run(*arguments) -> tuple[str, str, str]:
    """What goes to stdout, to stderr, and the last word of a failure."""
    out, err = StringIO(), StringIO()
    try:
        call_command("parse_articles", *map(str, arguments), stdout=out, stderr=err)
    except CommandError as error:
        return out.getvalue(), err.getvalue(), str(error)
    return out.getvalue(), err.getvalue(), ""


def test_an_article_is_printed_as_json(tmp_path):
    (tmp_path / "jiaozuo.txt").write_text(TEXT, encoding="utf-8")

    out, err, failure = run(tmp_path / "jiaozuo.txt")

    article = json.loads(out)
    assert (err, failure) == ("", "")
    assert (article["id"], article["region_code"], article["department"]) == ("jiaozuo", "410800", "焦作市交通运输局")
    assert [initiative["heading"] for initiative in article["initiatives"]] == ["窗口进园区"]
    assert [(metric["value"], metric["unit"]) for metric in article["metrics"]] == [(1268, "件")]


def test_a_folder_is_written_one_file_an_article_and_bad_ones_do_not_stop_it(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(b"")
    (tmp_path / "c.txt").write_text(TEXT, encoding="gb18030")

    out, err, failure = run(tmp_path, tmp_path / "none.txt", "--out", tmp_path / "found")

    assert sorted(path.name for path in (tmp_path / "found").iterdir()) == ["a.json", "c.json"]
    assert out == ""
    assert err.splitlines() == ["“b.txt”是空文件，请检查是否保存完整", f"{tmp_path / 'none.txt'}：找不到这个文件"]
    assert failure == "有 2 个文件没有读成"


@pytest.mark.usefixtures("db")
def test_it_needs_no_query(tmp_path, django_assert_num_queries):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    with django_assert_num_queries(0):
        run(tmp_path)


def test_a_folder_is_read_with_every_format_and_its_archives(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "a.docx").write_bytes(docx(*TEXT.split()))
    (tmp_path / "b.pdf").write_bytes(pdf(tuple(TEXT.split())))
    (tmp_path / "c.md").write_text(TEXT, encoding="utf-8")
    (tmp_path / "d.zip").write_bytes(zipped({"2023/e.txt": TEXT, "2023/f.doc": "x", "g.txt": ""}))
    (tmp_path / "h.doc").write_bytes(b"x")
    (tmp_path / "score.py").write_text("", encoding="utf-8")

    _out, err, failure = run(tmp_path, "--out", tmp_path / "found")

    assert sorted(path.name for path in (tmp_path / "found").iterdir()) == [
        *("a.json", "a.txt.json", "b.json", "c.json", "e.json")
    ]
    assert [line.partition("”")[0] for line in err.splitlines()] == ["“f.doc", "“g.txt", "“h.doc"]
    assert failure == "有 3 个文件没有读成"


def test_what_a_browser_saved_beside_a_page_is_no_article(tmp_path):
    (tmp_path / "页.html").write_text(f"<html><body><p>{TEXT}</p></body></html>", encoding="utf-8")
    (tmp_path / "页_files").mkdir()
    (tmp_path / "页_files" / "frame.html").write_text("<p>x</p>", encoding="utf-8")

    run(tmp_path, "--out", tmp_path / "found")

    assert [path.name for path in (tmp_path / "found").iterdir()] == ["页.json"]


def test_a_file_that_is_too_large_is_not_read(tmp_path):
    with (tmp_path / "大.docx").open("wb") as file:
        file.truncate(200 * 1024**2)

    assert run(tmp_path)[1] == "“大.docx”超过 20 MB，请拆分成单篇文章或压缩图片后再导入\n"
