import os
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from cases.editing.vocabulary import load_vocabulary
from cases.models import Case, PublishedCase, SourceText
from tests.builders import make_user
from tests.reading.building import png, zipped

pytestmark = pytest.mark.django_db

CORPUS = Path(__file__).parent.parent / "corpus"


@pytest.fixture
def article(tmp_path):
    """One article of the corpus in a folder of its own."""
    load_vocabulary()
    path = tmp_path / "articles" / "云上办.txt"
    path.parent.mkdir()
    path.write_bytes((CORPUS / "c10-mixed-third-level.txt").read_bytes())
    return path


def test_an_article_is_published_as_it_is(article, capsys):
    call_command("import_articles", str(article), publish=True)

    published = PublishedCase.objects.get()
    assert capsys.readouterr().out == "新建 1 个草稿，已有 0 个；发布 1 个\n"
    assert (published.title, published.region_id) == ("呼和浩特市不动产登记“云上办”", "150100")
    assert len(published.content.initiatives) == 3
    assert SourceText.objects.get().name == "云上办.txt"


def test_an_article_known_by_its_bytes_is_not_imported_again(article, capsys):
    call_command("import_articles", str(article))
    renamed = article.rename(article.with_name("另一个名字.txt"))
    capsys.readouterr()

    call_command("import_articles", str(renamed.parent), publish=True)

    assert capsys.readouterr().out == "新建 0 个草稿，已有 1 个；发布 1 个\n"
    assert Case.objects.count() == 1


def test_a_bad_file_is_named_and_the_rest_is_imported(article, capsys):
    folder = article.parent
    bad = {
        "空.txt": b"",
        "大.txt": b"\xe5" * 5_000_000,
        "图.txt": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
        "乱.txt": bytes(range(128, 256)) * 40,
    }
    for name, data in bad.items():
        (folder / name).write_bytes(data)

    with pytest.raises(CommandError, match="5 篇没有完全导入"):
        call_command("import_articles", str(folder), str(folder / "没有.txt"))

    reasons = capsys.readouterr().err
    assert [name for name in [*bad, "没有.txt"] if name not in reasons] == []
    assert (Case.objects.count(), SourceText.objects.count()) == (1, 1)


def test_what_is_no_article_is_named_and_leaves_nothing(article, capsys):
    (article.parent / "名单.txt").write_text("张三\n李四\n王五\n", encoding="utf-8")

    with pytest.raises(CommandError, match="1 篇没有完全导入"):
        call_command("import_articles", str(article.parent))

    assert "“名单.txt”不像一篇文章，没有导入" in capsys.readouterr().err
    assert (Case.objects.count(), SourceText.objects.count()) == (1, 1)


def test_an_article_that_lacks_something_stays_a_draft(tmp_path, capsys):
    load_vocabulary()
    text = "让办事更快\n\n" + "把几张表合成一张，把几趟路并成一趟，窗口的人多走一步，办事的人就少跑一趟。" * 2
    (tmp_path / "无地区.txt").write_text(text, encoding="utf-8")

    with pytest.raises(CommandError, match="1 篇没有完全导入"):
        call_command("import_articles", str(tmp_path), publish=True)

    assert "无地区.txt：已存为草稿，未发布：缺少行政区划或实施单位" in capsys.readouterr().err
    assert (Case.objects.count(), PublishedCase.objects.count()) == (1, 0)


def test_somebody_who_may_make_no_cases_imports_none(article):
    make_user("someone")

    with pytest.raises(CommandError, match="没有做这一步的权限"):
        call_command("import_articles", str(article), by="someone")

    assert not Case.objects.exists()


def test_somebody_without_the_permission_gets_drafts(article, capsys):
    make_user("someone", permissions=("add_case",))

    with pytest.raises(CommandError, match="1 篇没有完全导入"):
        call_command("import_articles", str(article), publish=True, by="someone")

    assert (Case.objects.get().created_by.username, PublishedCase.objects.count()) == ("someone", 0)


def test_folders_are_looked_through_and_what_is_no_file_does_not_hold_up(article, capsys):
    below = article.parent / "2023"
    below.mkdir()
    article.rename(below / article.name)
    os.mkfifo(article.parent / "管道.txt")

    with pytest.raises(CommandError, match="1 篇没有完全导入"):
        call_command("import_articles", str(article.parent))

    assert "管道.txt：不是普通文件" in capsys.readouterr().err
    assert Case.objects.count() == 1


def test_a_page_comes_with_the_pictures_saved_beside_it_and_an_archive_with_its_articles(article, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    words = article.read_text(encoding="utf-8")
    body = "".join(f"<p>{line}</p>" for line in words.split("\n"))
    folder = tmp_path / "页"
    (folder / "甲_files").mkdir(parents=True)
    (folder / "甲_files" / "1.png").write_bytes(png())
    page = f'<html><body>{body}<img src="甲_files/1.png"></body></html>'
    (folder / "甲.html").write_text(page, encoding="utf-8")
    (folder / "乙.zip").write_bytes(zipped({"丙.txt": words, "丁.html": page + " ", "甲_files/1.png": png()}))

    call_command("import_articles", str(folder))

    assert sorted((case.source_text.name, case.pictures.count()) for case in Case.objects.all()) == [
        ("丁.html", 1),
        ("丙.txt", 0),
        ("甲.html", 1),
    ]


@pytest.mark.parametrize("command", ["import_articles", "parse_articles", "import_cases", "export_cases", "reindex"])
def test_wrong_arguments_are_answered_in_one_line(command):
    with pytest.raises(CommandError) as caught:
        call_command(command, "--nonsense", "x")

    assert str(caught.value).startswith("参数不对：")
    assert "\n" not in str(caught.value)
