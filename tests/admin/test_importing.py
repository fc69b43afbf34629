from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cases.editing.importing import import_article
from cases.models import Case, SourceText
from tests.admin.browser import drawn_fields
from tests.builders import make_region, make_theme, make_user
from tests.editing.test_importing import ARTICLE

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parent.parent
IMPORT = "admin:cases_case_import"


@pytest.fixture
def editor(client):
    user = make_user("editor", permissions=("add_case", "change_case", "view_case"))
    client.force_login(user)
    return user


def preview_address():
    return reverse("admin:cases_case_preview", args=[SourceText.objects.get().pk])


def test_a_pasted_article_is_previewed_kept_as_a_draft_and_opened(client, editor):
    make_region()
    make_theme()

    page = client.post(reverse(IMPORT), {"text": ARTICLE.replace("\n", "\r\n")}, follow=True)
    assert page.redirect_chain == [(preview_address(), 302)]
    assert SourceText.objects.get().text == ARTICLE
    assert Case.objects.count() == 0

    page = client.post(preview_address(), {"known": "0"}, follow=True)
    case = Case.objects.get()
    assert page.redirect_chain == [(reverse("admin:cases_case_change", args=[case.pk]), 302)]
    assert (case.source_text, case.created_by) == (SourceText.objects.get(), editor)
    fields = drawn_fields(page)
    assert fields["initiatives-0-measures-0-heading"] == "并窗口"
    assert fields["region"] == "411100"


def test_the_preview_marks_every_kind_and_every_metric_in_the_article(client, editor):
    make_region()

    page = client.post(reverse(IMPORT), {"text": ARTICLE}, follow=True).content.decode()

    for look, words in (("title", "：把窗口搬进园区"), ("initiative", "减环节"), ("measure", "并窗口")):
        assert f'<span class="piece piece--{look}"' in page
        assert f">{words}</span>" in page
    metric = ARTICLE.index("把6个窗口")
    assert f'href="#row-metrics@{metric}">1</a>' in page
    assert f'id="row-metrics@{metric}"' in page
    assert "河南省 / 漯河市" in page


def test_the_preview_is_titled_by_the_title_found_else_by_the_name(client, editor):
    furniture = "当前位置：首页 > 经验交流\n"
    page = client.post(reverse(IMPORT), {"text": furniture + ARTICLE}, follow=True)
    assert page.context["title"] == "预览：漯河市：把窗口搬进园区"

    untitled = SimpleUploadedFile("没有题目.txt", "2024年5月1日\n".encode())
    page = client.post(reverse(IMPORT), {"file": untitled}, follow=True)
    assert page.context["title"] == "预览：没有题目.txt"


def test_an_uploaded_file_is_read_in_its_own_encoding(client, editor):
    upload = SimpleUploadedFile("稿子.txt", ARTICLE.encode("gb18030"))

    client.post(reverse(IMPORT), {"file": upload})

    article = SourceText.objects.get()
    assert (article.name, article.text) == ("稿子.txt", ARTICLE)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({}, "请粘贴文稿，或者选择一个文件。"),
        ({"text": "一", "file": SimpleUploadedFile("a.txt", b"1")}, "请只用一种方式：粘贴文稿，或者上传文件。"),
        ({"file": SimpleUploadedFile("空.txt", b"")}, "“空.txt”是空文件，请检查是否保存完整"),
        ({"file": SimpleUploadedFile("稿.docx", b"PK")}, "“稿.docx”是 Word 文件，目前只能读 .txt"),
        ({"file": SimpleUploadedFile("大.txt", b"a" * 5_300_000)}, "“大.txt”超过 4 MB"),
    ],
    ids=["nothing", "both", "empty", "word", "large"],
)
def test_what_cannot_be_read_is_told_and_nothing_is_kept(client, editor, data, told):
    page = client.post(reverse(IMPORT), data)

    assert told in page.content.decode()
    assert SourceText.objects.count() == 0


def test_the_same_article_again_offers_the_case_there_is_or_a_new_one(client, editor):
    client.post(reverse(IMPORT), {"text": ARTICLE})
    client.post(preview_address(), {"known": "0"})
    case = Case.objects.get()

    page = client.post(reverse(IMPORT), {"text": ARTICLE}, follow=True)

    assert page.context["known"] == [case]
    assert f'<a href="{reverse("admin:cases_case_change", args=[case.pk])}">' in page.content.decode()
    assert 'value="仍然新建"' in page.content.decode()
    client.post(preview_address(), {"known": "1"})
    assert Case.objects.count() == 2


def test_a_button_pressed_twice_makes_one_draft(client, editor):
    client.post(reverse(IMPORT), {"text": ARTICLE})

    client.post(preview_address(), {"known": "0"})
    page = client.post(preview_address(), {"known": "0"})

    assert Case.objects.count() == 1
    assert [str(message) for message in page.context["messages"]][-1] == "这篇文稿刚才已经存为草稿，没有再存一遍。"


def test_only_those_who_may_add_cases_import(client):
    client.force_login(make_user("reader", permissions=("view_case",)))

    assert client.get(reverse(IMPORT)).status_code == 403
    assert reverse(IMPORT) not in client.get(reverse("admin:cases_case_changelist")).content.decode()


def test_control_characters_of_a_pasted_article_are_dropped(client, editor):
    client.post(reverse(IMPORT), {"text": ARTICLE[:9] + "\x00\x07" + ARTICLE[9:]})

    assert SourceText.objects.get().text == ARTICLE


@pytest.mark.parametrize("article", ["一、办得快\n" * 62, "一、办得快\n" * 40_000], ids=["initiatives", "characters"])
def test_an_article_too_large_for_one_case_is_told_and_cannot_be_kept(client, editor, article):
    page = client.post(reverse(IMPORT), {"text": article}, follow=True)

    text = page.content.decode()
    assert "这篇文稿太长，一个案例放不下，不能存为草稿。" in text
    assert "存为草稿后" not in text
    assert len(text) < 1_000_000
    assert client.post(preview_address(), {"known": "0"}).status_code == 200
    assert Case.objects.count() == 0


def test_the_preview_tells_of_a_case_that_the_article_is_likely_to_be(client, editor):
    text = (ROOT / "corpus" / "a01-news-prose.txt").read_text(encoding="utf-8")
    case = import_article("", text.encode(), by=editor).case

    page = client.post(reverse(IMPORT), {"text": text.replace("，", ",")}, follow=True)

    assert [(one.case, words) for one, words in page.context["duplicates"]] == [(case.pk, "文字相近，几乎没有改动")]
    assert f'href="{reverse("admin:cases_case_change", args=[case.pk])}"' in page.content.decode()
