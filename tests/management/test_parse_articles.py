"""`parse_articles`: JSON for every article, a line for every file that is none."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

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
